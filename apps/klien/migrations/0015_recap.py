from django.db import migrations

from apps.klien.recap import CLIENTS, GUIDANCE
from apps.rekap.operations import declare


class Migration(migrations.Migration):
    dependencies = [("klien", "0014_occupation_of_who_works"), ("rekap", "0002_wall")]
    operations = [*declare(CLIENTS), *declare(GUIDANCE)]
