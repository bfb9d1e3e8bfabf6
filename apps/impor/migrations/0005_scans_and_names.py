from django.conf import settings
from django.db import migrations, models

from apps.wilayah.rls import SeeingAllRows


class Migration(migrations.Migration):

    dependencies = [
        ('impor', '0004_waiting_rows_are_checked_again'),
        ('wilayah', '0004_policies_read_once'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        SeeingAllRows(
            ['impor_impor'],
            [
                migrations.RunSQL(
                    r"UPDATE impor_impor SET nama_berkas = regexp_replace(nama_berkas, '\d{16,}', '[NIK]', 'g') "
                    r"WHERE nama_berkas ~ '\d{16}'",
                    migrations.RunSQL.noop,
                )
            ],
        ),
        migrations.AlterField(
            model_name='impor',
            name='status',
            field=models.CharField(choices=[('pindai', 'Menunggu pemindai'), ('unggah', 'Cocokkan kolom'), ('periksa', 'Sedang diperiksa'), ('siap', 'Menunggu keputusan'), ('simpan', 'Sedang disimpan'), ('selesai', 'Selesai'), ('gagal', 'Belum jadi'), ('batal', 'Dibatalkan')], db_comment='Status pekerjaan', default='unggah', editable=False, max_length=8, verbose_name='status'),
        ),
        migrations.AddConstraint(
            model_name='impor',
            constraint=models.CheckConstraint(condition=models.Q(('nama_berkas__regex', '\\d{16}'), _negated=True), name='impor_name_without_nik'),
        ),
    ]
