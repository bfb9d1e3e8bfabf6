from django.db import migrations, models
from django.db.models import OuterRef, Subquery

ZONES = [
    ("Asia/Jakarta", "WIB (Jakarta)"), ("Asia/Pontianak", "WIB (Pontianak)"), ("Asia/Makassar", "WITA"),
    ("Asia/Jayapura", "WIT"),
]  # fmt: skip


def zone(**facts):
    return models.CharField("zona waktu", max_length=20, choices=ZONES, db_comment="Zona waktu IANA", **facts)


def fill(apps, schema_editor):
    """No Kanwil serves provinces of two zones, so what the Kanwil keeps is right for each of them."""
    Provinsi, Kanwil = apps.get_model("wilayah", "Provinsi"), apps.get_model("wilayah", "Kanwil")
    Provinsi.objects.update(zona_waktu=Subquery(Kanwil.objects.filter(pk=OuterRef("kanwil")).values("zona_waktu")))


class Migration(migrations.Migration):
    dependencies = [("wilayah", "0002_web_role")]
    operations = [
        migrations.AddField("provinsi", "zona_waktu", zone(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("provinsi", "zona_waktu", zone()),
    ]
