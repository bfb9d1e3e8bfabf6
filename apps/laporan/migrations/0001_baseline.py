import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('laporan', '0001_initial')]

    initial = True

    dependencies = [
        ('akun', '0001_baseline'),
        ('wilayah', '0002_web_role'),
    ]

    operations = [
        migrations.CreateModel(
            name='Laporan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis', models.CharField(choices=[('program', 'Program dan anggaran')], db_comment='Jenis laporan', default='program', max_length=10, verbose_name='jenis')),
                ('tingkat', models.CharField(choices=[('bapas', 'Bapas'), ('kanwil', 'Kanwil'), ('nasional', 'Nasional')], db_comment='Tingkat', max_length=10, verbose_name='tingkat')),
                ('tahun', models.PositiveSmallIntegerField(db_comment='Tahun anggaran', verbose_name='tahun anggaran')),
                ('versi', models.PositiveSmallIntegerField(db_comment='Versi, naik setiap laporan siap', default=1, verbose_name='versi')),
                ('final', models.BooleanField(db_comment='Final: angka dibekukan; selain itu draf', default=False, verbose_name='final')),
                ('status', models.CharField(choices=[('antre', 'Menunggu giliran'), ('berjalan', 'Sedang dibuat'), ('siap', 'Siap'), ('gagal', 'Belum jadi'), ('batal', 'Dibatalkan')], db_comment='Status pekerjaan', default='antre', max_length=8, verbose_name='status')),
                ('langkah', models.CharField(blank=True, db_comment='Langkah yang sedang berjalan', max_length=60, verbose_name='langkah')),
                ('persen', models.PositiveSmallIntegerField(db_comment='Kemajuan 0-100', default=0, verbose_name='persen')),
                ('galat', models.CharField(blank=True, db_comment='Sebab belum jadi, dalam kata', max_length=300, verbose_name='sebab belum jadi')),
                ('diminta_pada', models.DateTimeField(db_comment='Waktu diminta', default=django.utils.timezone.now, verbose_name='diminta')),
                ('denyut_pada', models.DateTimeField(db_comment='Kemajuan terakhir; lama berarti terhenti', default=django.utils.timezone.now, verbose_name='denyut')),
                ('selesai_pada', models.DateTimeField(blank=True, db_comment='Waktu selesai', null=True, verbose_name='selesai')),
                ('data_per', models.DateTimeField(blank=True, db_comment='Waktu angka diambil', null=True, verbose_name='data per')),
                ('potret', models.JSONField(db_comment='Angka beku isi laporan', default=dict, verbose_name='potret angka')),
                ('kode', models.CharField(db_comment='Kode verifikasi 12 huruf', max_length=12, unique=True, verbose_name='kode verifikasi')),
                ('berkas', models.CharField(blank=True, db_comment='Nama berkas pada penyimpanan', max_length=200, verbose_name='berkas')),
                ('nama_berkas', models.CharField(blank=True, db_comment='Nama berkas saat diunduh', max_length=150, verbose_name='nama berkas')),
                ('ukuran', models.PositiveIntegerField(db_comment='Ukuran berkas dalam bita', default=0, verbose_name='ukuran (bita)')),
                ('halaman', models.PositiveSmallIntegerField(db_comment='Banyak halaman', default=0, verbose_name='halaman')),
                ('sha256', models.CharField(blank=True, db_comment='SHA-256 berkas', max_length=64, verbose_name='SHA-256')),
                ('bapas', models.ForeignKey(blank=True, db_comment='Bapas, bila tingkat Bapas', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas')),
                ('diminta_oleh', models.ForeignKey(db_comment='Peminta', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kanwil', models.ForeignKey(blank=True, db_comment='Kanwil, bila tingkat Kanwil', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.kanwil')),
                ('penugasan', models.ForeignKey(db_comment='Penugasan peminta saat meminta', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='akun.penugasan')),
            ],
            options={
                'verbose_name': 'laporan',
                'verbose_name_plural': 'laporan',
                'db_table_comment': 'Permintaan dan berkas laporan tahunan',
                'indexes': [models.Index(fields=['sha256'], name='laporan_sha256'), models.Index(fields=['bapas', '-id'], name='laporan_bapas'), models.Index(fields=['kanwil', '-id'], name='laporan_kanwil')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('bapas__isnull', False), ('kanwil', None), ('tingkat', 'bapas')), models.Q(('bapas', None), ('kanwil__isnull', False), ('tingkat', 'kanwil')), models.Q(('bapas', None), ('kanwil', None), ('tingkat', 'nasional')), _connector='OR'), name='laporan_unit_fits_level'), models.UniqueConstraint(condition=models.Q(('status__in', ['antre', 'berjalan'])), fields=('jenis', 'tingkat', 'bapas', 'kanwil', 'tahun', 'final'), name='laporan_one_running_per_request', nulls_distinct=False), models.UniqueConstraint(condition=models.Q(('status', 'siap')), fields=('jenis', 'tingkat', 'bapas', 'kanwil', 'tahun', 'versi'), name='laporan_version_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('status', 'siap'), _negated=True), models.Q(models.Q(('sha256', ''), _negated=True), models.Q(('berkas', ''), _negated=True), ('data_per__isnull', False)), _connector='OR'), name='laporan_ready_has_file'), models.CheckConstraint(condition=models.Q(('persen__lte', 100)), name='laporan_percent')],
            },
        ),

    ]
