from django.db import migrations

from apps.rekap.operations import mark_anyone, mark_offices
from apps.wilayah.rls import protect


class Migration(migrations.Migration):
    dependencies = [("rekap", "0001_initial"), ("wilayah", "0002_web_role")]
    operations = [
        *(protect(f"rekap_{table}") for table in ("angka", "andil", "tanda", "versi")),
        mark_anyone(),
        mark_offices(),
    ]
