import django.db.models.deletion
from django.db import migrations, models

import apps.wilayah.constraints
from apps.wilayah.rls import append_only, protect


class Migration(migrations.Migration):
    dependencies = [("klien", "0002_wall"), ("wilayah", "0002_web_role")]

    operations = [
        migrations.AddField(
            model_name="klien",
            name="berakhir",
            field=models.DateField(
                db_comment="Hari bimbingan berakhir menurut peristiwanya; kosong selama aktif",
                editable=False,
                null=True,
                verbose_name="bimbingan berakhir",
            ),
        ),
        migrations.AddIndex(
            model_name="klien",
            index=models.Index(fields=["bapas", "berakhir"], include=("diregistrasi", "id"), name="klien_berakhir"),
        ),
        migrations.CreateModel(
            name="Jeda",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mulai", models.DateField(db_comment="Hari bimbingan berakhir", verbose_name="mulai")),
                (
                    "selesai",
                    models.DateField(
                        db_comment="Hari bimbingan berjalan lagi; hari itu sudah dibimbing", verbose_name="kembali"
                    ),
                ),
                (
                    "bapas",
                    models.ForeignKey(
                        db_comment="Bapas pemilik data",
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wilayah.bapas",
                        verbose_name="Bapas",
                    ),
                ),
                (
                    "klien",
                    models.ForeignKey(
                        db_comment="Klien",
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="jeda",
                        to="klien.klien",
                    ),
                ),
            ],
            options={
                "verbose_name": "jeda bimbingan",
                "verbose_name_plural": "jeda bimbingan",
                "db_table_comment": "Hari-hari tanpa bimbingan sebelum klien kembali; hanya bertambah",
            },
        ),
        migrations.AddIndex(model_name="jeda", index=models.Index(fields=["bapas", "klien"], name="jeda_klien")),
        migrations.AddConstraint(
            model_name="jeda", constraint=models.UniqueConstraint(fields=("bapas", "id"), name="jeda_bapas_id")
        ),
        migrations.AddConstraint(
            model_name="jeda",
            constraint=apps.wilayah.constraints.SameOffice("klien", name="jeda_klien_same_office"),
        ),
        migrations.AddConstraint(
            model_name="jeda",
            constraint=models.CheckConstraint(
                condition=models.Q(("selesai__gt", models.F("mulai"))), name="jeda_ends_after_start"
            ),
        ),
        protect("klien_jeda"),
        append_only("klien_jeda"),
    ]
