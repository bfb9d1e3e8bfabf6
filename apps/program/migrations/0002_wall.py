from django.db import migrations

from apps.wilayah.rls import protect, track

TABLES = ("programtahunan", "rencanakegiatan", "kebutuhantanpaprogram", "rincianbiaya", "realisasi")


class Migration(migrations.Migration):
    dependencies = [("program", "0001_baseline"), ("jejak", "0002_wall")]
    operations = [
        *(protect(f"program_{table}") for table in TABLES),
        *(track(f"program_{table}") for table in TABLES),
    ]
