from django.db import migrations

from apps.wilayah.rls import protect_shared, track


class Migration(migrations.Migration):
    dependencies = [("kegiatan", "0001_initial"), ("jejak", "0002_wall")]
    operations = [
        *(protect_shared(f"kegiatan_{table}") for table in ("kegiatan", "kehadiran")),
        *(track(f"kegiatan_{table}") for table in ("kegiatan", "kehadiran")),
    ]
