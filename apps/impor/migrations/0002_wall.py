from django.db import migrations

from apps.wilayah.rls import protect


class Migration(migrations.Migration):
    dependencies = [("impor", "0001_baseline"), ("wilayah", "0002_web_role")]
    operations = [
        migrations.RunSQL("ALTER TABLE impor_barisimpor SET UNLOGGED;", "ALTER TABLE impor_barisimpor SET LOGGED;"),
        *(protect(f"impor_{table}") for table in ("impor", "barisimpor", "temuanimpor", "petakolom")),
    ]
