from django.db import migrations

from apps.wilayah.rls import protect, track

TABLES = ("asesmen", "isiandomain", "butirkebutuhan", "skorasesmen")


class Migration(migrations.Migration):
    dependencies = [("asesmen", "0001_baseline"), ("jejak", "0002_wall")]
    operations = [
        *(protect(f"asesmen_{table}") for table in TABLES),
        *(track(f"asesmen_{table}") for table in TABLES),
    ]
