from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("klien", "0015_withdrawn_obstacles")]

    operations = [
        migrations.RemoveIndex(model_name="kendala", name="kendala_tanggal"),
        migrations.AddIndex(
            model_name="kendala",
            index=models.Index(
                condition=models.Q(("dibatalkan", False)),
                fields=["bapas", "-tanggal", "-id"],
                include=("jenis", "klien", "mitra"),
                name="kendala_dihitung",
            ),
        ),
    ]
