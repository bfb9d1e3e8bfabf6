from django.db import migrations

from apps.wilayah.rls import protect_shared, track


class Migration(migrations.Migration):
    dependencies = [("pokmas", "0001_baseline"), ("jejak", "0002_wall")]
    operations = [
        *(protect_shared(f"pokmas_{table}") for table in ("pokmas", "anggota")),
        *(track(f"pokmas_{table}") for table in ("pokmas", "anggota")),
    ]
