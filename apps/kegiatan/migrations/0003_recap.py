from django.db import migrations

from apps.kegiatan.recap import ACTIVITIES
from apps.rekap.operations import declare


class Migration(migrations.Migration):
    dependencies = [("kegiatan", "0002_wall"), ("rekap", "0002_wall")]
    operations = [*declare(ACTIVITIES)]
