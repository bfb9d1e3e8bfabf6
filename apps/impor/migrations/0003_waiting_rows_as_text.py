from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    """Rows that wait while this runs are checked again: their import says that the office changed."""

    dependencies = [("impor", "0002_wall")]
    operations = [
        migrations.RunSQL("TRUNCATE impor_barisimpor;", "TRUNCATE impor_barisimpor;"),
        migrations.RemoveField("barisimpor", "nilai"),
        migrations.AddField(
            "barisimpor",
            "nilai",
            ArrayField(
                models.TextField(null=True), verbose_name="nilai",
                db_comment="Nilai menurut susunan pada impor; kolom tersandi tetap tersandi",
            ),
        ),
        migrations.AddField(
            "impor",
            "susunan",
            models.JSONField(
                "susunan nilai", default=list, editable=False,
                db_comment="Nama nilai baris yang menunggu, menurut urutannya",
            ),
        ),
    ]  # fmt: skip
