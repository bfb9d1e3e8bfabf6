from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("klien", "0010_end_day"), ("perjalanan", "0003_end_day")]

    operations = [
        migrations.AddConstraint(
            model_name="klien",
            constraint=models.CheckConstraint(
                condition=Q(status="aktif", berakhir=None) | ~Q(status="aktif") & Q(berakhir__isnull=False),
                name="klien_over_has_day",
            ),
        ),
    ]
