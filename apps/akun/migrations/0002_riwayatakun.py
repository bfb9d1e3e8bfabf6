import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from apps.wilayah.rls import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("akun", "0001_initial"),
        ("wilayah", "0002_web_role"),
    ]

    operations = [
        migrations.CreateModel(
            name="RiwayatAkun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "peristiwa",
                    models.CharField(
                        choices=[
                            ("diundang", "Diundang"),
                            ("undangan-ulang", "Undangan dikirim ulang"),
                            ("penugasan-diberi", "Penugasan diberikan"),
                            ("penugasan-diakhiri", "Penugasan diakhiri"),
                            ("penugasan-dipakai", "Penugasan dipakai"),
                            ("dinonaktifkan", "Akun dinonaktifkan"),
                            ("diaktifkan", "Akun diaktifkan kembali"),
                            ("dua-langkah-dihapus", "Verifikasi dua langkah dihapus"),
                            ("token-dibuat", "Token API dibuat"),
                            ("token-dicabut", "Token API dicabut"),
                        ],
                        db_comment="Apa yang terjadi",
                        max_length=20,
                        verbose_name="peristiwa",
                    ),
                ),
                (
                    "catatan",
                    models.CharField(
                        blank=True, db_comment="Alasan atau nama token", max_length=300, verbose_name="catatan"
                    ),
                ),
                (
                    "pada",
                    models.DateTimeField(db_comment="Waktu", default=django.utils.timezone.now, verbose_name="pada"),
                ),
                (
                    "oleh",
                    models.ForeignKey(
                        db_comment="Siapa; kosong untuk perintah di peladen",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pengguna",
                    models.ForeignKey(
                        db_comment="Akun yang bersangkutan",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="riwayat_akun",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "penugasan",
                    models.ForeignKey(
                        db_comment="Penugasan yang bersangkutan, bila ada",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="akun.penugasan",
                    ),
                ),
            ],
            options={
                "verbose_name": "riwayat akun",
                "verbose_name_plural": "riwayat akun",
                "db_table_comment": "Riwayat akun dan penugasan; hanya bertambah",
                "ordering": ["-id"],
            },
        ),
        append_only("akun_riwayatakun"),
    ]
