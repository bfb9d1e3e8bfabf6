from django.db import migrations

from apps.wilayah.rls import append_only, protect_shared, track


class Migration(migrations.Migration):
    dependencies = [("kegiatan", "0001_baseline"), ("jejak", "0002_wall")]
    operations = [
        *(protect_shared(f"kegiatan_{table}") for table in ("kegiatan", "kehadiran", "kirimanhadir")),
        *(track(f"kegiatan_{table}") for table in ("kegiatan", "kehadiran")),
        append_only("kegiatan_kirimanhadir"),
    ]
