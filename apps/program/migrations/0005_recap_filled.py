from django.db import migrations

from apps.program.recap import MONEY
from apps.rekap.operations import fill


class Migration(migrations.Migration):
    atomic = False  # one transaction per office: nobody waits for the whole country

    dependencies = [("program", "0004_recap")]
    operations = [fill(MONEY)]
