from django.db import migrations

from apps.kegiatan.recap import ACTIVITIES
from apps.rekap.operations import fill


class Migration(migrations.Migration):
    atomic = False  # one transaction per office: nobody waits for the whole country

    dependencies = [("kegiatan", "0003_recap")]
    operations = [fill(ACTIVITIES)]
