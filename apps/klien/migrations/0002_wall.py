from django.db import migrations

from apps.wilayah.rls import append_only, protect, protect_shared, track

INTERNAL = (
    "klien", "perkara", "masabimbingan", "jadwallapor", "kebutuhan", "catatanbimbingan", "penjamin", "drafregistrasi",
    "fotobimbingan",
)
TRACKED = ("klien", "perkara", "masabimbingan", "kebutuhan", "penjamin", "kendala", "fotobimbingan")


class Migration(migrations.Migration):
    dependencies = [("klien", "0001_baseline"), ("jejak", "0002_wall")]
    operations = [
        *(protect(f"klien_{table}") for table in INTERNAL),
        protect_shared("klien_kendala"),
        *(track(f"klien_{table}") for table in TRACKED),
        append_only("klien_catatanbimbingan"),
        migrations.RunSQL("CREATE SEQUENCE klien_kode_seq;", "DROP SEQUENCE klien_kode_seq;"),
    ]
