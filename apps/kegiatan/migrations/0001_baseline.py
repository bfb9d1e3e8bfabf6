import apps.wilayah.constraints
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('kegiatan', '0001_initial'), ('kegiatan', '0003_kiriman_hadir')]

    initial = True

    dependencies = [
        ('acuan', '0001_baseline'),
        ('akun', '0001_baseline'),
        ('klien', '0001_baseline'),
        ('program', '0001_baseline'),
        ('wilayah', '0002_web_role'),
    ]

    operations = [
        migrations.CreateModel(
            name='Kegiatan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('judul', models.CharField(db_comment='Judul kegiatan', max_length=150, verbose_name='judul')),
                ('jenis', models.CharField(choices=[('pelatihan', 'Pelatihan'), ('konseling', 'Konseling'), ('keagamaan', 'Keagamaan'), ('hukum', 'Penyuluhan hukum'), ('kesehatan', 'Kesehatan'), ('sosial', 'Bakti sosial'), ('olahraga', 'Olahraga dan seni'), ('usaha', 'Magang dan usaha')], db_comment='Jenis kegiatan', max_length=10, verbose_name='jenis')),
                ('bidang', models.CharField(choices=[('kepribadian', 'Kepribadian'), ('kemandirian', 'Kemandirian'), ('kemasyarakatan', 'Kemasyarakatan')], db_comment='Bidang', max_length=15, verbose_name='bidang')),
                ('mulai', models.DateTimeField(db_comment='Waktu mulai', verbose_name='mulai')),
                ('selesai', models.DateTimeField(db_comment='Waktu selesai', verbose_name='selesai')),
                ('tempat', models.CharField(db_comment='Tempat', max_length=150, verbose_name='tempat')),
                ('kuota', models.PositiveSmallIntegerField(db_comment='Kuota peserta', verbose_name='kuota peserta')),
                ('sumber', models.CharField(choices=[('dipa', 'DIPA'), ('pemda', 'Pemda'), ('csr', 'CSR'), ('pokmas', 'Pokmas')], db_comment='Sumber dana', default='pokmas', max_length=6, verbose_name='sumber dana')),
                ('biaya_rencana', models.DecimalField(db_comment='Perkiraan biaya dalam rupiah', decimal_places=2, default=0, max_digits=14, verbose_name='perkiraan biaya (Rp)')),
                ('biaya', models.DecimalField(blank=True, db_comment='Biaya sebenarnya', decimal_places=2, max_digits=14, null=True, verbose_name='biaya sebenarnya (Rp)')),
                ('hasil', models.CharField(blank=True, db_comment='Hasil dalam satu kalimat', max_length=500, verbose_name='hasil')),
                ('status', models.CharField(choices=[('rencana', 'Direncanakan'), ('selesai', 'Selesai'), ('batal', 'Dibatalkan')], db_comment='Status', default='rencana', editable=False, max_length=8, verbose_name='status')),
                ('alasan_batal', models.CharField(blank=True, db_comment='Alasan dibatalkan', max_length=200, verbose_name='alasan batal')),
                ('dibuat_pada', models.DateTimeField(db_comment='Waktu dibuat', default=django.utils.timezone.now, editable=False, verbose_name='dibuat')),
                ('ditutup_pada', models.DateTimeField(db_comment='Waktu ditutup', editable=False, null=True, verbose_name='ditutup')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('dibuat_oleh', models.ForeignKey(db_comment='Pembuat', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kategori', models.ManyToManyField(related_name='+', to='acuan.kategorikebutuhan', verbose_name='kebutuhan yang dilayani')),
                ('mitra', models.ForeignKey(blank=True, db_comment='Mitra yang ikut melihat baris ini', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.mitra', verbose_name='mitra')),
                ('rencana', models.ForeignKey(blank=True, db_comment='Rencana kegiatan dalam program tahunan', db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='program.rencanakegiatan', verbose_name='bagian dari program')),
            ],
            options={
                'verbose_name': 'kegiatan',
                'verbose_name_plural': 'kegiatan',
                'db_table_comment': 'Kegiatan untuk klien',
                'indexes': [models.Index(fields=['bapas', 'mulai'], name='kegiatan_mulai'), models.Index(fields=['mitra', 'mulai'], name='kegiatan_mitra')],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='kegiatan_bapas_id'), apps.wilayah.constraints.SameOffice('rencana', name='kegiatan_rencana_same_office'), models.CheckConstraint(condition=models.Q(('selesai__gt', models.F('mulai'))), name='kegiatan_ends_after_start', violation_error_message='Waktu selesai harus setelah waktu mulai.'), models.CheckConstraint(condition=models.Q(('kuota__gte', 1)), name='kegiatan_quota_positive', violation_error_message='Kuota paling sedikit 1.'), models.CheckConstraint(condition=models.Q(('biaya_rencana__gte', 0), models.Q(('biaya', None), ('biaya__gte', 0), _connector='OR')), name='kegiatan_cost_not_negative', violation_error_message='Biaya tidak boleh kurang dari nol.'), models.CheckConstraint(condition=models.Q(models.Q(('biaya__isnull', False), ('ditutup_pada__isnull', False), ('status', 'selesai'), models.Q(('hasil', ''), _negated=True)), models.Q(('status', 'selesai'), _negated=True), _connector='OR'), name='kegiatan_closed_has_result'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'batal'), _negated=True), models.Q(('alasan_batal', ''), _negated=True), _connector='OR'), name='kegiatan_cancelled_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Kehadiran',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.CharField(db_comment='Salinan kode klien untuk mitra', max_length=16, verbose_name='kode klien')),
                ('panggilan', models.CharField(blank=True, db_comment='Salinan nama panggilan bila klien setuju', max_length=40, verbose_name='nama panggilan')),
                ('status', models.CharField(choices=[('belum', 'Belum dicatat'), ('hadir', 'Hadir'), ('tidak', 'Tidak hadir'), ('izin', 'Izin')], db_comment='Kehadiran', default='belum', max_length=5, verbose_name='kehadiran')),
                ('dicatat_pada', models.DateTimeField(db_comment='Waktu dicatat', default=django.utils.timezone.now, editable=False, verbose_name='dicatat')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('dicatat_oleh', models.ForeignKey(db_comment='Pencatat', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kegiatan', models.ForeignKey(db_comment='Kegiatan', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='kehadiran', to='kegiatan.kegiatan')),
                ('klien', models.ForeignKey(db_comment='Klien', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='kehadiran', to='klien.klien')),
                ('mitra', models.ForeignKey(blank=True, db_comment='Mitra yang ikut melihat baris ini', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.mitra', verbose_name='mitra')),
            ],
            options={
                'verbose_name': 'kehadiran',
                'verbose_name_plural': 'kehadiran',
                'db_table_comment': 'Daftar hadir kegiatan',
                'indexes': [models.Index(fields=['bapas', 'klien'], name='kehadiran_klien')],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='kehadiran_bapas_id'), apps.wilayah.constraints.SameOffice('kegiatan', name='kehadiran_kegiatan_same_office'), apps.wilayah.constraints.SameOffice('klien', name='kehadiran_klien_same_office'), models.UniqueConstraint(models.F('bapas'), models.F('kegiatan'), models.F('klien'), name='kehadiran_once_per_activity')],
            },
        ),
        migrations.CreateModel(
            name='KirimanHadir',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kunci', models.UUIDField(db_comment='Kunci yang dibuat perangkat saat menyimpan')),
                ('dibuat_pada', models.DateTimeField(db_comment='Waktu simpan di perangkat', verbose_name='dibuat di perangkat')),
                ('diterima_pada', models.DateTimeField(db_comment='Waktu diterima server', default=django.utils.timezone.now, verbose_name='diterima')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('kegiatan', models.ForeignKey(db_comment='Kegiatan', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='kiriman', to='kegiatan.kegiatan')),
                ('mitra', models.ForeignKey(blank=True, db_comment='Mitra yang ikut melihat baris ini', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.mitra', verbose_name='mitra')),
                ('oleh', models.ForeignKey(db_comment='Pengirim', db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'kiriman daftar hadir',
                'verbose_name_plural': 'kiriman daftar hadir',
                'db_table_comment': 'Kiriman daftar hadir dari antrean di HP',
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='kiriman_hadir_bapas_id'), apps.wilayah.constraints.SameOffice('kegiatan', name='kiriman_hadir_same_office'), models.UniqueConstraint(models.F('bapas'), models.F('kegiatan'), models.F('kunci'), name='kiriman_hadir_key_once')],
            },
        ),
    ]
