import apps.berkas.models
from django.conf import settings
from django.db import migrations, models

from apps.wilayah.rls import SeeingAllRows


class Migration(migrations.Migration):

    dependencies = [
        ('acuan', '0001_baseline'),
        ('berkas', '0001_baseline'),
        ('klien', '0018_recap_filled'),
        ('wilayah', '0004_policies_read_once'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        SeeingAllRows(
            ['berkas_dokumen', 'jejak_perubahan'],
            [
                migrations.RunSQL(
                    r"UPDATE berkas_dokumen SET judul = regexp_replace(judul, '\d{16,}', '[NIK]', 'g') WHERE judul ~ '\d{16}'",
                    migrations.RunSQL.noop,
                )
            ],
        ),
        migrations.RemoveConstraint(
            model_name='dokumen',
            name='dokumen_struck_with_reason',
        ),
        migrations.AddField(
            model_name='dokumen',
            name='mentah',
            field=models.CharField(blank=True, db_comment='Berkas asli tersandi yang menunggu pemindai, bila yang disimpan dibuat ulang darinya', editable=False, max_length=80, verbose_name='unggahan asli'),
        ),
        migrations.AlterField(
            model_name='dokumen',
            name='berkas',
            field=models.FileField(blank=True, db_comment='Nama acak di bawah MEDIA_ROOT, kosong setelah dicoret atau ditolak pemindai', max_length=80, upload_to=apps.berkas.models.random_name, verbose_name='berkas'),
        ),
        migrations.AlterField(
            model_name='dokumen',
            name='pindai',
            field=models.CharField(choices=[('belum', 'Belum dipindai'), ('bersih', 'Bersih dari virus'), ('tolak', 'Ditolak pemindai')], db_comment='Hasil pemindaian virus', default='belum', editable=False, max_length=6, verbose_name='pemindaian virus'),
        ),
        migrations.AddIndex(
            model_name='dokumen',
            index=models.Index(condition=models.Q(('pindai', 'bersih'), _negated=True), fields=['bapas'], name='dokumen_not_clean'),
        ),
        migrations.AddConstraint(
            model_name='dokumen',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('alasan', ''), ('dicoret_oleh', None), ('dicoret_pada', None), models.Q(models.Q(('berkas', ''), ('pindai', 'tolak')), models.Q(models.Q(('pindai', 'tolak'), _negated=True), models.Q(('berkas', ''), _negated=True)), _connector='OR')), models.Q(('berkas', ''), ('dicoret_oleh__isnull', False), ('dicoret_pada__isnull', False), models.Q(('alasan', ''), _negated=True)), _connector='OR'), name='dokumen_struck_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='dokumen',
            constraint=models.CheckConstraint(condition=models.Q(('judul__regex', '\\d{16}'), _negated=True), name='dokumen_title_without_nik', violation_error_message='Jangan tulis NIK di sini: judul tampil pada daftar.'),
        ),
    ]
