from django.db import migrations

from apps.program.recap import MONEY
from apps.rekap.operations import declare


class Migration(migrations.Migration):
    dependencies = [("program", "0003_approved_has_moment"), ("jejak", "0003_membuat"), ("rekap", "0002_wall")]
    operations = [*declare(MONEY)]
