from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("jejak", "0003_membuat")]

    operations = [
        migrations.AddIndex(
            model_name="akses",
            index=models.Index(fields=["verba", "-id"], name="akses_verba"),
        ),
    ]
