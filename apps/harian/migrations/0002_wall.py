from django.db import migrations

from apps.wilayah.rls import append_only, protect


class Migration(migrations.Migration):
    dependencies = [("harian", "0001_baseline")]
    operations = [protect("harian_laporankanwil"), append_only("harian_laporankanwil")]
