from django.db import migrations

from apps.wilayah.rls import append_only, protect, track


class Migration(migrations.Migration):
    dependencies = [("wajib_lapor", "0001_baseline"), ("jejak", "0002_wall")]
    operations = [
        protect("wajib_lapor_perubahanjadwal"),
        protect("wajib_lapor_tekspengingat"),
        append_only("wajib_lapor_perubahanjadwal"),
        track("wajib_lapor_tekspengingat"),
    ]
