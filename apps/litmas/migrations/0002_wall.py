from django.db import migrations

from apps.wilayah.rls import protect, track


class Migration(migrations.Migration):
    dependencies = [("litmas", "0001_baseline"), ("jejak", "0002_wall")]
    operations = [
        *(protect(f"litmas_{table}") for table in ("litmas", "pendampingan")),
        *(track(f"litmas_{table}") for table in ("litmas", "pendampingan")),
    ]
