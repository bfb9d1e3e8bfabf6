from django.db import migrations

from apps.klien.recap import CLIENTS, GUIDANCE
from apps.rekap.operations import declare


class Migration(migrations.Migration):
    dependencies = [("klien", "0016_obstacles_that_count"), ("rekap", "0002_wall")]
    operations = [*declare(CLIENTS), *declare(GUIDANCE)]
