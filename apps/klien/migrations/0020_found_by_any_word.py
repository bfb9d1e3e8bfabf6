from django.db import migrations, models

import apps.klien.crypto
from apps.dasar.folding import Folded, Side


class Migration(migrations.Migration):
    dependencies = [("klien", "0019_photos_are_scanned"), ("wilayah", "0004_policies_read_once")]

    operations = [
        migrations.RemoveIndex(model_name="klien", name="klien_nama_trgm"),
        migrations.RemoveIndex(model_name="klien", name="klien_nama_kantor"),
        migrations.AddField(
            model_name="klien",
            name="telepon_hmac",
            field=apps.klien.crypto.TelephoneIndexField(
                db_comment="HMAC nomor HP untuk dicari; kosong bila tidak ada nomor", of="telepon"
            ),
        ),
        migrations.AddField(
            model_name="klien",
            name="nama_urut",
            field=models.GeneratedField(
                db_comment="Nama terlipat, untuk mengurutkan",
                db_persist=True,
                expression=Folded("nama", most=120),
                output_field=models.CharField(db_collation="C", max_length=120),
                verbose_name="kunci urut nama",
            ),
        ),
        migrations.AddField(
            model_name="klien",
            name="cari",
            field=models.GeneratedField(
                db_comment="Yang dicari tentang klien, terlipat",
                db_persist=True,
                expression=Folded(Side("nama", "alias", "panggilan", "kode", "nomor_register", "kelurahan"), most=500),
                output_field=models.CharField(db_collation="C", max_length=500),
                verbose_name="teks pencarian",
            ),
        ),
        migrations.AddIndex(
            model_name="klien",
            index=models.Index(
                fields=["bapas", "nama_urut"],
                include=("cari", "id", "pk_pembimbing", "status"),
                name="klien_cari_kantor",
            ),
        ),
        migrations.AddIndex(
            model_name="klien",
            index=models.Index(
                condition=models.Q(("telepon_hmac", ""), _negated=True),
                fields=["bapas", "telepon_hmac"],
                name="klien_telepon",
            ),
        ),
    ]
