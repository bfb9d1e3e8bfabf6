from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Which budget was in force on a day follows from the moment of its approval, so there always is one."""

    dependencies = [("program", "0002_wall")]

    operations = [
        migrations.RemoveConstraint("programtahunan", "program_approved_iff_approver"),
        migrations.AddConstraint(
            "programtahunan",
            models.CheckConstraint(
                name="program_approved_iff_approver",
                condition=Q(status="disetujui", disetujui_oleh__isnull=False, disetujui_pada__isnull=False)
                | ~Q(status="disetujui") & Q(disetujui_oleh=None, disetujui_pada=None),
            ),
        ),
    ]
