from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("klien", "0011_over_has_day")]

    operations = [
        migrations.AddField(
            model_name="klien",
            name="kegiatan_utama",
            field=models.CharField(
                choices=[
                    ("bekerja", "Bekerja"),
                    ("tidak", "Tidak bekerja"),
                    ("sekolah", "Sekolah atau kuliah"),
                    ("rumah", "Mengurus rumah tangga"),
                    ("belum", "Belum diketahui"),
                ],
                db_comment="Bekerja, tidak bekerja, sekolah, mengurus rumah tangga, atau belum diketahui",
                default="belum",
                max_length=8,
                verbose_name="kegiatan utama",
            ),
        ),
        migrations.AlterField(
            model_name="klien",
            name="pekerjaan",
            field=models.CharField(
                blank=True,
                db_comment="Pekerjaan sekarang, hanya bila kegiatan utamanya bekerja",
                max_length=80,
                verbose_name="pekerjaan",
            ),
        ),
    ]
