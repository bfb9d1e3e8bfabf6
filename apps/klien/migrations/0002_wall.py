from django.db import migrations

from apps.wilayah.rls import append_only, protect, track


class Migration(migrations.Migration):
    dependencies = [("klien", "0001_initial"), ("jejak", "0002_wall")]
    operations = [
        *(
            protect(f"klien_{table}")
            for table in ("klien", "perkara", "masabimbingan", "jadwallapor", "kebutuhan", "catatanbimbingan")
        ),
        *(track(f"klien_{table}") for table in ("klien", "perkara", "masabimbingan", "kebutuhan")),
        append_only("klien_catatanbimbingan"),
        migrations.RunSQL("CREATE SEQUENCE klien_kode_seq;", "DROP SEQUENCE klien_kode_seq;"),
    ]
