from django.db import migrations

from apps.klien.recap import CLIENTS, GUIDANCE
from apps.rekap.operations import fill


class Migration(migrations.Migration):
    atomic = False  # one transaction per office: nobody waits for the whole country

    dependencies = [("klien", "0017_recap")]
    operations = [fill(CLIENTS), fill(GUIDANCE)]
