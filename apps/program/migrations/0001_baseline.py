import apps.wilayah.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('program', '0001_initial')]

    initial = True

    dependencies = [
        ('acuan', '0001_baseline'),
        ('akun', '0001_baseline'),
        ('wilayah', '0002_web_role'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProgramTahunan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tahun', models.PositiveSmallIntegerField(db_comment='Tahun anggaran', verbose_name='tahun anggaran')),
                ('versi', models.PositiveSmallIntegerField(db_comment='Versi', default=1, editable=False, verbose_name='versi')),
                ('latar', models.TextField(blank=True, db_comment='Latar belakang program', verbose_name='latar belakang')),
                ('status', models.CharField(choices=[('draf', 'Draf'), ('diperiksa', 'Menunggu Kepala Bapas'), ('disetujui', 'Disetujui Kepala Bapas')], db_comment='Status', default='draf', editable=False, max_length=10, verbose_name='status')),
                ('potret', models.JSONField(db_comment='Jumlah kebutuhan per kategori saat program disusun', default=dict, editable=False, verbose_name='potret kebutuhan')),
                ('potret_pada', models.DateField(db_comment='Tanggal potret kebutuhan', editable=False, null=True, verbose_name='tanggal potret')),
                ('diajukan_pada', models.DateTimeField(db_comment='Waktu dikirim', editable=False, null=True, verbose_name='dikirim')),
                ('disetujui_pada', models.DateTimeField(db_comment='Waktu disetujui', editable=False, null=True, verbose_name='disetujui')),
                ('sidik', models.CharField(blank=True, db_comment='SHA-256 isi yang dikirim', editable=False, max_length=64, verbose_name='sidik isi')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('diajukan_oleh', models.ForeignKey(db_comment='Pengirim', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('disetujui_oleh', models.ForeignKey(db_comment='Penyetuju', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('disusun_oleh', models.ForeignKey(db_comment='Penyusun', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'program tahunan',
                'verbose_name_plural': 'program tahunan',
                'db_table_comment': 'Program pemberdayaan klien satu Bapas untuk satu tahun',
                'ordering': ['-tahun', '-versi'],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='program_bapas_id'), models.UniqueConstraint(models.F('bapas'), models.F('tahun'), models.F('versi'), name='program_one_version_per_year', violation_error_message='Program untuk tahun ini sudah ada.'), models.UniqueConstraint(condition=models.Q(('status', 'disetujui'), _negated=True), fields=('bapas', 'tahun'), name='program_one_open_version'), models.CheckConstraint(condition=models.Q(('disetujui_oleh', models.F('diajukan_oleh')), _negated=True), name='program_approver_is_not_submitter'), models.CheckConstraint(condition=models.Q(models.Q(('diajukan_oleh', None), ('sidik', ''), ('status', 'draf')), models.Q(models.Q(('status', 'draf'), _negated=True), ('diajukan_oleh__isnull', False), models.Q(('sidik', ''), _negated=True)), _connector='OR'), name='program_submitted_iff_submitter'), models.CheckConstraint(condition=models.Q(models.Q(('disetujui_oleh__isnull', False), ('status', 'disetujui')), models.Q(models.Q(('status', 'disetujui'), _negated=True), ('disetujui_oleh', None)), _connector='OR'), name='program_approved_iff_approver'), models.CheckConstraint(condition=models.Q(('tahun__gte', 2020), ('tahun__lte', 2100)), name='program_year_sane', violation_error_message='Isi tahun anggaran antara 2020 dan 2100.')],
            },
        ),
        migrations.CreateModel(
            name='KebutuhanTanpaProgram',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('alasan', models.CharField(db_comment='Mengapa tidak dilayani pada tahun ini', max_length=200, verbose_name='alasan')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('kategori', models.ForeignKey(db_comment='Kategori kebutuhan', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acuan.kategorikebutuhan', verbose_name='kebutuhan')),
                ('program', models.ForeignKey(db_comment='Program', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='tanpa_program', to='program.programtahunan')),
            ],
            options={
                'verbose_name': 'kebutuhan tanpa program',
                'verbose_name_plural': 'kebutuhan tanpa program',
                'db_table_comment': 'Kebutuhan yang tidak dilayani program beserta alasannya',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='tanpa_program_bapas_id'), apps.wilayah.constraints.SameOffice('program', name='tanpa_program_same_office'), models.UniqueConstraint(models.F('bapas'), models.F('program'), models.F('kategori'), name='tanpa_program_once'), models.CheckConstraint(condition=models.Q(('alasan', ''), _negated=True), name='tanpa_program_has_reason', violation_error_message='Isi alasan.')],
            },
        ),
        migrations.CreateModel(
            name='RencanaKegiatan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('judul', models.CharField(db_comment='Nama kegiatan', max_length=150, verbose_name='nama kegiatan')),
                ('bidang', models.CharField(choices=[('kepribadian', 'Kepribadian'), ('kemandirian', 'Kemandirian'), ('kemasyarakatan', 'Kemasyarakatan')], db_comment='Bidang', max_length=15, verbose_name='bidang')),
                ('target_klien', models.PositiveIntegerField(db_comment='Banyak klien yang dituju', verbose_name='target klien')),
                ('bulan', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), db_comment='Bulan 1–12', default=list, size=None, verbose_name='bulan pelaksanaan')),
                ('indikator', models.CharField(db_comment='Indikator keberhasilan', max_length=200, verbose_name='indikator keberhasilan')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('kategori', models.ForeignKey(db_comment='Kategori kebutuhan yang dilayani', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acuan.kategorikebutuhan', verbose_name='kebutuhan yang dilayani')),
                ('pelaksana', models.ForeignKey(blank=True, db_comment='Mitra pelaksana, kosong bila Bapas sendiri', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.mitra', verbose_name='pelaksana')),
                ('program', models.ForeignKey(db_comment='Program', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='rencana', to='program.programtahunan')),
            ],
            options={
                'verbose_name': 'rencana kegiatan',
                'verbose_name_plural': 'rencana kegiatan',
                'db_table_comment': 'Kegiatan yang direncanakan',
                'ordering': ['id'],
                'indexes': [models.Index(fields=['bapas', 'program'], name='rencana_program')],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='rencana_bapas_id'), apps.wilayah.constraints.SameOffice('program', name='rencana_program_same_office'), models.CheckConstraint(condition=models.Q(('target_klien__gte', 1)), name='rencana_serves_somebody', violation_error_message='Target klien paling sedikit 1.'), models.CheckConstraint(condition=models.Q(('bulan__contained_by', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]), ('bulan__len__gte', 1)), name='rencana_months_of_a_year', violation_error_message='Pilih bulan pelaksanaan.')],
            },
        ),
        migrations.CreateModel(
            name='RincianBiaya',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uraian', models.CharField(db_comment='Uraian', max_length=150, verbose_name='uraian')),
                ('hitungan', models.CharField(blank=True, db_comment='Faktor hitungan, misalnya 15 org x 2 keg', max_length=80, verbose_name='rincian hitungan')),
                ('volume', models.DecimalField(db_comment='Volume', decimal_places=2, max_digits=12, verbose_name='volume')),
                ('satuan', models.CharField(db_comment='Satuan', max_length=20, verbose_name='satuan')),
                ('harga', models.DecimalField(db_comment='Harga satuan dalam rupiah', decimal_places=2, max_digits=14, verbose_name='harga satuan (Rp)')),
                ('jumlah', models.GeneratedField(db_comment='volume x harga', db_persist=True, expression=django.db.models.expressions.CombinedExpression(models.F('volume'), '*', models.F('harga')), output_field=models.DecimalField(decimal_places=2, max_digits=18), verbose_name='jumlah (Rp)')),
                ('sumber', models.CharField(choices=[('dipa', 'DIPA'), ('pemda', 'Pemda'), ('csr', 'CSR'), ('pokmas', 'Pokmas')], db_comment='Sumber dana', max_length=6, verbose_name='sumber dana')),
                ('akun', models.ForeignKey(db_comment='Akun belanja', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acuan.akunbelanja', verbose_name='akun')),
                ('asal', models.ForeignKey(db_comment='Baris versi sebelumnya yang dilanjutkan baris ini', db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='penerus', to='program.rincianbiaya')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('rencana', models.ForeignKey(db_comment='Kegiatan', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='biaya', to='program.rencanakegiatan')),
            ],
            options={
                'verbose_name': 'rincian biaya',
                'verbose_name_plural': 'rincian biaya',
                'db_table_comment': 'Rincian anggaran biaya',
                'ordering': ['id'],
                'indexes': [models.Index(fields=['bapas', 'rencana'], name='biaya_rencana'), models.Index(condition=models.Q(('asal__isnull', False)), fields=['bapas', 'asal'], name='biaya_asal')],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='biaya_bapas_id'), apps.wilayah.constraints.SameOffice('rencana', name='biaya_rencana_same_office'), apps.wilayah.constraints.SameOffice('asal', name='biaya_origin_same_office'), models.CheckConstraint(condition=models.Q(('volume__gt', 0)), name='biaya_volume_positive', violation_error_message='Volume harus lebih dari nol.'), models.CheckConstraint(condition=models.Q(('harga__gte', 0)), name='biaya_price_not_negative', violation_error_message='Harga tidak boleh kurang dari nol.')],
            },
        ),
        migrations.CreateModel(
            name='Realisasi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tanggal', models.DateField(db_comment='Tanggal pengeluaran', verbose_name='tanggal')),
                ('jumlah', models.DecimalField(db_comment='Rupiah; negatif untuk koreksi', decimal_places=2, max_digits=18, verbose_name='jumlah (Rp)')),
                ('bukti', models.CharField(db_comment='Nomor bukti', max_length=60, verbose_name='nomor bukti')),
                ('keterangan', models.CharField(blank=True, db_comment='Keterangan', max_length=200, verbose_name='keterangan')),
                ('dicatat_pada', models.DateTimeField(db_comment='Waktu dicatat', default=django.utils.timezone.now, editable=False, verbose_name='dicatat')),
                ('disetujui_pada', models.DateTimeField(db_comment='Waktu disetujui', editable=False, null=True, verbose_name='disetujui')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('dicatat_oleh', models.ForeignKey(db_comment='Pencatat', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('disetujui_oleh', models.ForeignKey(db_comment='Penyetuju', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('rincian', models.ForeignKey(db_comment='Rincian biaya', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='realisasi', to='program.rincianbiaya')),
            ],
            options={
                'verbose_name': 'realisasi',
                'verbose_name_plural': 'realisasi',
                'db_table_comment': 'Realisasi anggaran',
                'ordering': ['tanggal', 'id'],
                'indexes': [models.Index(fields=['bapas', 'rincian'], name='realisasi_rincian')],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='realisasi_bapas_id'), apps.wilayah.constraints.SameOffice('rincian', name='realisasi_rincian_same_office'), models.CheckConstraint(condition=models.Q(('jumlah', 0), _negated=True), name='realisasi_not_zero', violation_error_message='Jumlah tidak boleh nol.'), models.CheckConstraint(condition=models.Q(('jumlah__gt', 0), models.Q(('keterangan', ''), _negated=True), _connector='OR'), name='realisasi_correction_has_reason', violation_error_message='Isi alasan koreksi.'), models.CheckConstraint(condition=models.Q(models.Q(('disetujui_oleh', None), ('disetujui_pada', None)), models.Q(('disetujui_oleh__isnull', False), ('disetujui_pada__isnull', False)), _connector='OR'), name='realisasi_approved_iff_approver'), models.CheckConstraint(condition=models.Q(('disetujui_oleh', models.F('dicatat_oleh')), _negated=True), name='realisasi_approver_is_not_recorder'), models.UniqueConstraint(models.F('bapas'), models.F('rincian'), models.F('bukti'), models.F('jumlah'), models.F('tanggal'), name='realisasi_proof_once', violation_error_message='Bukti ini sudah dicatat untuk rincian yang sama.')],
            },
        ),
    ]
