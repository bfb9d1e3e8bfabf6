from django.db import migrations

from apps.kegiatan.recap import ACTIVITIES
from apps.rekap.operations import declare, fill


class Migration(migrations.Migration):
    dependencies = [("kegiatan", "0002_wall"), ("rekap", "0002_wall")]
    operations = [*declare(ACTIVITIES), fill(ACTIVITIES)]
