from django.db import migrations

from apps.wilayah.rls import UNIT, protect


class Migration(migrations.Migration):
    dependencies = [("rilis", "0001_initial"), ("wilayah", "0004_policies_read_once")]
    operations = [protect("rilis_wajah", UNIT)]
