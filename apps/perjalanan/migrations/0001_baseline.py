import apps.wilayah.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('perjalanan', '0001_initial')]

    initial = True

    dependencies = [
        ('acuan', '0001_baseline'),
        ('akun', '0001_baseline'),
        ('klien', '0001_baseline'),
        ('wilayah', '0002_web_role'),
    ]

    operations = [
        migrations.CreateModel(
            name='PeristiwaAkhir',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis', models.CharField(choices=[('selesai', 'Pengakhiran bimbingan'), ('dicabut', 'Pencabutan'), ('dilimpahkan', 'Pelimpahan'), ('meninggal', 'Meninggal dunia'), ('melarikan', 'Melarikan diri')], db_comment='Status yang dituju', editable=False, max_length=12, verbose_name='jenis')),
                ('tanggal', models.DateField(db_comment='Kapan bimbingan berakhir', verbose_name='tanggal peristiwa')),
                ('keterangan', models.CharField(blank=True, db_comment='Keterangan singkat', max_length=300, verbose_name='keterangan')),
                ('sumber_nomor', models.CharField(blank=True, db_comment='Nomor surat kematian, laporan, keputusan, atau surat pelimpahan', max_length=80, verbose_name='nomor surat sumber')),
                ('sumber_tanggal', models.DateField(blank=True, db_comment='Tanggal surat sumber', null=True, verbose_name='tanggal surat sumber')),
                ('surat_nomor', models.CharField(blank=True, db_comment='Nomor surat pengakhiran dari Bapas', max_length=80, verbose_name='nomor surat pengakhiran')),
                ('status', models.CharField(choices=[('diusulkan', 'Menunggu keputusan'), ('berlaku', 'Berlaku'), ('ditolak', 'Ditolak'), ('ditarik', 'Ditarik pengusul'), ('dibatalkan', 'Dibatalkan')], db_comment='Status usul', default='diusulkan', editable=False, max_length=10, verbose_name='status')),
                ('diusulkan_pada', models.DateTimeField(db_comment='Waktu usul', default=django.utils.timezone.now, editable=False, verbose_name='diusulkan')),
                ('diputus_pada', models.DateTimeField(db_comment='Waktu putusan', editable=False, null=True, verbose_name='diputus')),
                ('alasan_putusan', models.CharField(blank=True, db_comment='Alasan bila ditolak', editable=False, max_length=300, verbose_name='alasan putusan')),
                ('dibatalkan_pada', models.DateTimeField(db_comment='Waktu dibuka kembali', editable=False, null=True, verbose_name='dibatalkan')),
                ('alasan_batal', models.CharField(blank=True, db_comment='Mengapa dibuka kembali', editable=False, max_length=300, verbose_name='alasan dibuka kembali')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('dibatalkan_oleh', models.ForeignKey(db_comment='Siapa yang membuka kembali', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('diputus_oleh', models.ForeignKey(db_comment='Pemutus', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('diusulkan_oleh', models.ForeignKey(db_comment='Pengusul', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('klien', models.ForeignKey(db_comment='Klien', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='peristiwa_akhir', to='klien.klien')),
            ],
            options={
                'verbose_name': 'peristiwa akhir',
                'verbose_name_plural': 'peristiwa akhir',
                'db_table_comment': 'Berakhirnya satu registrasi: usul, putusan, dan pembatalannya',
                'indexes': [models.Index(fields=['bapas', 'klien'], name='akhir_klien'), models.Index(fields=['bapas', 'status', 'diusulkan_pada'], name='akhir_status')],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='akhir_bapas_id'), apps.wilayah.constraints.SameOffice('klien', name='akhir_klien_same_office'), models.UniqueConstraint(condition=models.Q(('status', 'diusulkan')), fields=('bapas', 'klien'), name='akhir_one_open_proposal', violation_error_message='Usul akhir untuk klien ini sudah menunggu keputusan.'), models.UniqueConstraint(condition=models.Q(('status', 'berlaku')), fields=('bapas', 'klien'), name='akhir_one_standing', violation_error_message='Registrasi ini sudah berakhir.'), models.CheckConstraint(condition=models.Q(('diputus_oleh', models.F('diusulkan_oleh')), _negated=True), name='akhir_decider_is_not_proposer', violation_error_message='Usul ini Anda buat sendiri. Pemutus harus orang lain.'), models.CheckConstraint(condition=models.Q(models.Q(('diputus_oleh__isnull', False), ('diputus_pada__isnull', False), ('status__in', ['berlaku', 'ditolak', 'dibatalkan'])), models.Q(('diputus_oleh', None), ('diputus_pada', None), ('status__in', ['diusulkan', 'ditarik'])), _connector='OR'), name='akhir_decided_iff_decider'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'ditolak'), _negated=True), models.Q(('alasan_putusan', ''), _negated=True), _connector='OR'), name='akhir_refusal_has_reason', violation_error_message='Isi alasan.'), models.CheckConstraint(condition=models.Q(models.Q(('dibatalkan_oleh__isnull', False), ('status', 'dibatalkan'), models.Q(('alasan_batal', ''), _negated=True)), models.Q(models.Q(('status', 'dibatalkan'), _negated=True), ('alasan_batal', ''), ('dibatalkan_oleh', None)), _connector='OR'), name='akhir_reversed_iff_reason', violation_error_message='Isi alasan.'), models.CheckConstraint(condition=models.Q(('jenis', 'selesai'), models.Q(('status__in', ['berlaku', 'dibatalkan']), _negated=True), models.Q(('sumber_nomor', ''), _negated=True), _connector='OR'), name='akhir_has_source', violation_error_message='Isi nomor surat sumber.'), models.CheckConstraint(condition=models.Q(models.Q(('jenis', 'selesai'), _negated=True), models.Q(('status__in', ['berlaku', 'dibatalkan']), _negated=True), models.Q(('surat_nomor', ''), _negated=True), _connector='OR'), name='akhir_has_letter', violation_error_message='Isi nomor surat pengakhiran.')],
            },
        ),
        migrations.CreateModel(
            name='TahapBimbingan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dari', models.CharField(blank=True, choices=[('awal', 'Tahap awal'), ('lanjutan', 'Tahap lanjutan'), ('akhir', 'Tahap akhir')], db_comment='Tahap asal, kosong bila bawaan', editable=False, max_length=8, verbose_name='dari')),
                ('tahap', models.CharField(choices=[('awal', 'Tahap awal'), ('lanjutan', 'Tahap lanjutan'), ('akhir', 'Tahap akhir')], db_comment='Tahap bimbingan setelah berpindah', max_length=8, verbose_name='tahap')),
                ('mulai', models.DateField(db_comment='Hari pertama tahap ini', verbose_name='mulai')),
                ('tpp_tanggal', models.DateField(db_comment='Tanggal sidang TPP', null=True, verbose_name='tanggal sidang TPP')),
                ('tpp_nomor', models.CharField(blank=True, db_comment='Nomor hasil sidang TPP', max_length=80, verbose_name='nomor sidang TPP')),
                ('bawaan', models.BooleanField(db_comment='Tahap saat klien datang, bukan perpindahan', default=False, verbose_name='tahap bawaan')),
                ('alasan', models.CharField(blank=True, db_comment='Mengapa perpindahan sebelumnya dibatalkan', max_length=200, verbose_name='alasan')),
                ('dicatat_pada', models.DateTimeField(db_comment='Waktu dicatat', default=django.utils.timezone.now, editable=False, verbose_name='dicatat')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('dicatat_oleh', models.ForeignKey(db_comment='Pencatat', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('klien', models.ForeignKey(db_comment='Klien', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='tahap_bimbingan', to='klien.klien')),
                ('sebelumnya', models.ForeignKey(db_comment='Perpindahan sebelumnya; kosong pada yang pertama', db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='perjalanan.tahapbimbingan')),
            ],
            options={
                'verbose_name': 'tahap bimbingan',
                'verbose_name_plural': 'tahap bimbingan',
                'db_table_comment': 'Perpindahan tahap bimbingan; hanya bertambah',
                'ordering': ['id'],
                'indexes': [models.Index(fields=['bapas', 'klien', '-id'], name='tahap_klien')],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='tahap_bapas_id'), apps.wilayah.constraints.SameOffice('klien', name='tahap_klien_same_office'), models.UniqueConstraint(fields=('bapas', 'klien', 'id', 'tahap'), name='tahap_chain_target'), models.UniqueConstraint(condition=models.Q(('sebelumnya', None)), fields=('bapas', 'klien'), name='tahap_one_beginning', violation_error_message='Tahap klien ini sudah berubah. Muat ulang, lalu periksa.'), models.UniqueConstraint(condition=models.Q(('sebelumnya__isnull', False)), fields=('bapas', 'sebelumnya'), name='tahap_no_fork', violation_error_message='Tahap klien ini sudah berubah. Muat ulang, lalu periksa.'), models.CheckConstraint(condition=models.Q(models.Q(('alasan', ''), ('bawaan', True), ('dari', ''), ('sebelumnya', None)), models.Q(('alasan', ''), ('bawaan', False), ('dari', 'awal'), ('tahap', 'lanjutan')), models.Q(('alasan', ''), ('bawaan', False), ('dari', 'lanjutan'), ('tahap', 'akhir')), models.Q(('bawaan', False), ('dari', 'lanjutan'), ('tahap', 'awal'), models.Q(('alasan', ''), _negated=True)), models.Q(('bawaan', False), ('dari', 'akhir'), ('tahap', 'lanjutan'), models.Q(('alasan', ''), _negated=True)), _connector='OR'), name='tahap_step_allowed'), models.CheckConstraint(condition=models.Q(('sebelumnya__isnull', False), ('dari__in', ['', 'awal']), _connector='OR'), name='tahap_first_step_from_start'), models.CheckConstraint(condition=models.Q(models.Q(('alasan', ''), _negated=True), models.Q(('tpp_tanggal__isnull', False), models.Q(('tpp_nomor', ''), _negated=True)), _connector='OR'), name='tahap_has_tpp', violation_error_message='Isi tanggal dan nomor sidang TPP.'), models.CheckConstraint(condition=models.Q(('tpp_tanggal', None), ('tpp_tanggal__lte', models.F('mulai')), _connector='OR'), name='tahap_tpp_before_start', violation_error_message='Sidang TPP tidak boleh setelah tahap dimulai.')],
            },
        ),
        migrations.CreateModel(
            name='TahapLapas',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tahap', models.CharField(choices=[('admisi', 'Admisi dan orientasi'), ('lanjutan', 'Pembinaan lanjutan'), ('asimilasi', 'Asimilasi'), ('integrasi', 'Integrasi sosial')], db_comment='Tahap pembinaan di lapas', max_length=9, verbose_name='tahap di lapas')),
                ('mulai', models.DateField(db_comment='Hari pertama tahap ini', verbose_name='mulai')),
                ('tpp_tanggal', models.DateField(blank=True, db_comment='Tanggal sidang TPP UPT', null=True, verbose_name='tanggal sidang TPP')),
                ('tpp_tempat', models.CharField(blank=True, db_comment='UPT tempat sidang TPP, misalnya Lapas', max_length=120, verbose_name='tempat sidang TPP')),
                ('dicoret_karena', models.CharField(blank=True, db_comment='Terisi bila catatan ini keliru', editable=False, max_length=200, verbose_name='alasan dicoret')),
                ('dicatat_pada', models.DateTimeField(db_comment='Waktu dicatat', default=django.utils.timezone.now, editable=False, verbose_name='dicatat')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('dicatat_oleh', models.ForeignKey(db_comment='Pencatat', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('klien', models.ForeignKey(db_comment='Klien', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='tahap_lapas', to='klien.klien')),
            ],
            options={
                'verbose_name': 'tahap di lapas',
                'verbose_name_plural': 'tahap di lapas',
                'db_table_comment': 'Riwayat tahap pembinaan di lapas; dicatat dari berkas, tidak diputuskan di sini',
                'ordering': ['mulai', 'id'],
                'indexes': [models.Index(fields=['bapas', 'klien'], name='tahap_lapas_klien')],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='tahap_lapas_bapas_id'), apps.wilayah.constraints.SameOffice('klien', name='tahap_lapas_same_office'), models.UniqueConstraint(condition=models.Q(('dicoret_karena', '')), fields=('bapas', 'klien', 'tahap'), name='tahap_lapas_once', violation_error_message='Tahap di lapas ini sudah dicatat. Coret dulu catatan yang keliru.'), models.CheckConstraint(condition=models.Q(('tpp_tanggal', None), ('tpp_tanggal__lte', models.F('mulai')), _connector='OR'), name='tahap_lapas_tpp_before_start', violation_error_message='Sidang TPP tidak boleh setelah tahap dimulai.')],
            },
        ),
        migrations.CreateModel(
            name='TindakLanjut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bulan', models.PositiveSmallIntegerField(choices=[(3, '3 bulan'), (6, '6 bulan'), (12, '12 bulan')], db_comment='Bulan setelah bimbingan berakhir', verbose_name='bulan ke')),
                ('jatuh_tempo', models.DateField(db_comment='Hari tindak lanjut jatuh tempo', verbose_name='jatuh tempo')),
                ('tanggal', models.DateField(db_comment='Kapan dihubungi; kosong bila belum', null=True, verbose_name='tanggal dihubungi')),
                ('cara', models.CharField(blank=True, choices=[('telepon', 'Telepon/WA'), ('kunjungan', 'Kunjungan rumah'), ('kantor', 'Datang ke kantor'), ('keluarga', 'Lewat keluarga atau penjamin'), ('lain', 'Lewat pihak lain'), ('gagal', 'Belum dapat dihubungi')], db_comment='Cara menghubungi', max_length=9, verbose_name='cara menghubungi')),
                ('pekerjaan', models.CharField(blank=True, choices=[('ya', 'Ya'), ('tidak', 'Tidak'), ('tidak-tahu', 'Tidak diketahui')], db_comment='Bekerja atau berusaha', max_length=10, verbose_name='bekerja atau berusaha')),
                ('hunian', models.CharField(blank=True, choices=[('ya', 'Ya'), ('tidak', 'Tidak'), ('tidak-tahu', 'Tidak diketahui')], db_comment='Tempat tinggal tetap', max_length=10, verbose_name='punya tempat tinggal tetap')),
                ('pendidikan', models.CharField(blank=True, choices=[('ya', 'Ya'), ('tidak', 'Tidak'), ('tidak-tahu', 'Tidak diketahui')], db_comment='Sekolah atau ikut pelatihan', max_length=10, verbose_name='sekolah atau pelatihan')),
                ('proses_hukum', models.CharField(blank=True, choices=[('ya', 'Ya'), ('tidak', 'Tidak'), ('tidak-tahu', 'Tidak diketahui')], db_comment='Kembali berproses hukum', max_length=10, verbose_name='kembali berproses hukum')),
                ('catatan', models.CharField(blank=True, db_comment='Catatan singkat', max_length=300, verbose_name='catatan')),
                ('batal', models.BooleanField(db_comment='Tidak jadi, karena registrasi dibuka kembali', default=False, editable=False, verbose_name='batal')),
                ('akhir', models.ForeignKey(db_comment='Pengakhiran yang ditindaklanjuti', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='tindak_lanjut', to='perjalanan.peristiwaakhir')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('klien', models.ForeignKey(db_comment='Klien', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='tindak_lanjut', to='klien.klien')),
                ('oleh', models.ForeignKey(db_comment='Pencatat', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'tindak lanjut',
                'verbose_name_plural': 'tindak lanjut',
                'db_table_comment': 'Tindak lanjut 3, 6, dan 12 bulan setelah bimbingan berakhir',
                'ordering': ['bulan'],
                'indexes': [models.Index(fields=['bapas', 'klien'], name='tindaklanjut_klien'), models.Index(condition=models.Q(('batal', False), ('tanggal', None)), fields=['bapas', 'jatuh_tempo'], name='tindaklanjut_menunggu')],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='tindaklanjut_bapas_id'), apps.wilayah.constraints.SameOffice('klien', name='tindaklanjut_klien_same_office'), apps.wilayah.constraints.SameOffice('akhir', name='tindaklanjut_akhir_same_office'), models.UniqueConstraint(fields=('bapas', 'akhir', 'bulan'), name='tindaklanjut_once'), models.CheckConstraint(condition=models.Q(models.Q(('cara', ''), ('hunian', ''), ('oleh', None), ('pekerjaan', ''), ('pendidikan', ''), ('proses_hukum', ''), ('tanggal', None)), models.Q(('oleh__isnull', False), ('tanggal__isnull', False), models.Q(('cara', ''), _negated=True), models.Q(('pekerjaan', ''), _negated=True), models.Q(('hunian', ''), _negated=True), models.Q(('pendidikan', ''), _negated=True), models.Q(('proses_hukum', ''), _negated=True)), _connector='OR'), name='tindaklanjut_whole_or_nothing', violation_error_message='Jawab keempat pertanyaan.')],
            },
        ),
        migrations.CreateModel(
            name='UsulPencabutan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uraian', models.CharField(db_comment='Apa yang terjadi dan apa yang sudah diupayakan', max_length=500, verbose_name='uraian')),
                ('tanggal_absen', django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), blank=True, db_comment='Tanggal tidak hadir yang menjadi dasar, dari catatan bimbingan', default=list, editable=False, size=None, verbose_name='tanggal tidak hadir')),
                ('tanggal', models.DateField(db_comment='Hari usul dibuat', editable=False, verbose_name='tanggal usul')),
                ('batas', models.DateField(db_comment='Hari kerja ke-20 sejak usul, hari libur dilewati', editable=False, verbose_name='batas penyelesaian')),
                ('status', models.CharField(choices=[('usul', 'Usul'), ('bap', 'Berita acara pemeriksaan'), ('periksa', 'Pemeriksaan Bapas'), ('tpp', 'Sidang TPP'), ('ditangguhkan', 'Bimbingan ditangguhkan'), ('diteruskan', 'Diteruskan ke Menteri'), ('dicabut', 'Dicabut oleh Menteri'), ('tidak-dicabut', 'Tidak dicabut'), ('dihentikan', 'Usul dihentikan')], db_comment='Langkah terakhir', default='usul', editable=False, max_length=14, verbose_name='langkah')),
                ('dibuat_pada', models.DateTimeField(db_comment='Waktu dicatat', default=django.utils.timezone.now, editable=False, verbose_name='dibuat')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('dasar', models.ForeignKey(db_comment='Dasar usul', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acuan.dasarpencabutan', verbose_name='dasar usul')),
                ('diputus_oleh', models.ForeignKey(db_comment='Kepala Bapas yang memutus atau mencatat putusan', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('diusulkan_oleh', models.ForeignKey(db_comment='Pengusul', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('klien', models.ForeignKey(db_comment='Klien', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='usul_pencabutan', to='klien.klien')),
            ],
            options={
                'verbose_name': 'usul pencabutan',
                'verbose_name_plural': 'usul pencabutan',
                'db_table_comment': 'Berkas usul pencabutan bimbingan',
                'indexes': [models.Index(fields=['bapas', 'klien'], name='usul_klien'), models.Index(fields=['bapas', 'status', 'batas'], name='usul_status')],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='usul_bapas_id'), apps.wilayah.constraints.SameOffice('klien', name='usul_klien_same_office'), models.UniqueConstraint(condition=models.Q(('status__in', ['usul', 'bap', 'periksa', 'tpp', 'ditangguhkan', 'diteruskan'])), fields=('bapas', 'klien'), name='usul_one_open_case', violation_error_message='Usul pencabutan untuk klien ini masih berjalan.'), models.CheckConstraint(condition=models.Q(('diputus_oleh', models.F('diusulkan_oleh')), _negated=True), name='usul_decider_is_not_proposer', violation_error_message='Usul ini Anda buat sendiri. Pemutus harus orang lain.'), models.CheckConstraint(condition=models.Q(models.Q(('diputus_oleh', None), ('status__in', ['usul', 'bap', 'periksa', 'tpp'])), models.Q(models.Q(('status__in', ['usul', 'bap', 'periksa', 'tpp']), _negated=True), ('diputus_oleh__isnull', False)), _connector='OR'), name='usul_decided_iff_decider'), models.CheckConstraint(condition=models.Q(('batas__gte', models.F('tanggal'))), name='usul_deadline_after_start'), models.CheckConstraint(condition=models.Q(('uraian', ''), _negated=True), name='usul_has_story', violation_error_message='Isi uraian.')],
            },
        ),
        migrations.CreateModel(
            name='LangkahPencabutan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('langkah', models.CharField(choices=[('usul', 'Usul'), ('bap', 'Berita acara pemeriksaan'), ('periksa', 'Pemeriksaan Bapas'), ('tpp', 'Sidang TPP'), ('ditangguhkan', 'Bimbingan ditangguhkan'), ('diteruskan', 'Diteruskan ke Menteri'), ('dicabut', 'Dicabut oleh Menteri'), ('tidak-dicabut', 'Tidak dicabut'), ('dihentikan', 'Usul dihentikan')], db_comment='Langkah', editable=False, max_length=14, verbose_name='langkah')),
                ('tanggal', models.DateField(db_comment='Tanggal surat atau sidang', verbose_name='tanggal')),
                ('nomor', models.CharField(blank=True, db_comment='Nomor surat atau berita acara', max_length=80, verbose_name='nomor surat')),
                ('uraian', models.CharField(blank=True, db_comment='Isi singkat', max_length=500, verbose_name='uraian')),
                ('pada', models.DateTimeField(db_comment='Waktu dicatat', default=django.utils.timezone.now, editable=False, verbose_name='dicatat')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('oleh', models.ForeignKey(db_comment='Pencatat', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('usul', models.ForeignKey(db_comment='Usul', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='langkah', to='perjalanan.usulpencabutan')),
            ],
            options={
                'verbose_name': 'langkah pencabutan',
                'verbose_name_plural': 'langkah pencabutan',
                'db_table_comment': 'Langkah usul pencabutan; hanya bertambah',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='langkah_bapas_id'), apps.wilayah.constraints.SameOffice('usul', name='langkah_usul_same_office'), models.UniqueConstraint(fields=('bapas', 'usul', 'langkah'), name='langkah_once', violation_error_message='Langkah ini sudah dicatat.'), models.CheckConstraint(condition=models.Q(models.Q(('langkah__in', ('bap', 'tpp', 'ditangguhkan', 'diteruskan', 'dicabut', 'tidak-dicabut', 'dihentikan')), _negated=True), models.Q(('nomor', ''), _negated=True), _connector='OR'), name='langkah_has_number', violation_error_message='Isi nomor surat.')],
            },
        ),
        migrations.CreateModel(
            name='Pelimpahan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kunci', models.UUIDField(db_comment='Sama pada kedua ujung pelimpahan', default=uuid.uuid4, editable=False)),
                ('arah', models.CharField(choices=[('keluar', 'Keluar'), ('masuk', 'Masuk')], db_comment='Keluar atau masuk', editable=False, max_length=6, verbose_name='arah')),
                ('arah_lawan', models.GeneratedField(db_comment='Arah pada ujung yang lain', db_persist=True, expression=models.Case(models.When(arah='keluar', then=models.Value('masuk')), default=models.Value('keluar')), output_field=models.CharField(max_length=6))),
                ('kode_klien', models.CharField(db_comment='Kode di kantor pengirim', editable=False, max_length=16, verbose_name='kode klien')),
                ('nama_klien', models.CharField(db_comment='Nama saat dilimpahkan', editable=False, max_length=120, verbose_name='nama klien')),
                ('alasan', models.CharField(db_comment='Mengapa dilimpahkan', max_length=300, verbose_name='alasan pelimpahan')),
                ('pesan', models.CharField(blank=True, db_comment='Kata-kata pengirim untuk kantor penerima; terbaca setelah diterima', max_length=500, verbose_name='pesan untuk pembimbing baru')),
                ('surat_nomor', models.CharField(db_comment='Nomor surat pelimpahan', max_length=80, verbose_name='nomor surat pelimpahan')),
                ('surat_tanggal', models.DateField(db_comment='Tanggal surat pelimpahan', verbose_name='tanggal surat pelimpahan')),
                ('ringkasan', models.JSONField(db_comment='Angka ringkas yang diserahkan saat diterima', default=dict, editable=False, verbose_name='ringkasan bimbingan')),
                ('status', models.CharField(choices=[('menunggu', 'Menunggu jawaban'), ('diterima', 'Diterima'), ('ditolak', 'Ditolak'), ('ditarik', 'Ditarik pengirim')], db_comment='Status', default='menunggu', editable=False, max_length=8, verbose_name='status')),
                ('diminta_pada', models.DateTimeField(db_comment='Waktu diminta', default=django.utils.timezone.now, editable=False, verbose_name='diminta')),
                ('diputus_pada', models.DateTimeField(db_comment='Waktu dijawab', editable=False, null=True, verbose_name='dijawab')),
                ('alasan_putusan', models.CharField(blank=True, db_comment='Alasan bila ditolak atau ditarik', editable=False, max_length=300, verbose_name='alasan jawaban')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('diminta_oleh', models.ForeignKey(db_comment='Peminta', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('diputus_oleh', models.ForeignKey(db_comment='Penjawab', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('klien', models.ForeignKey(db_comment='Registrasi di kantor ini; pada ujung masuk baru ada setelah diterima', db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pelimpahan', to='klien.klien')),
                ('lawan', models.ForeignKey(db_comment='Kantor di ujung yang lain', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
            ],
            options={
                'verbose_name': 'pelimpahan',
                'verbose_name_plural': 'pelimpahan',
                'db_table_comment': 'Pelimpahan klien antar-Bapas; satu baris pada tiap ujung',
                'indexes': [models.Index(fields=['bapas', 'status', 'diminta_pada'], name='pelimpahan_status'), models.Index(fields=['bapas', 'klien'], name='pelimpahan_klien')],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='pelimpahan_bapas_id'), apps.wilayah.constraints.SameOffice('klien', name='pelimpahan_klien_same_office'), models.UniqueConstraint(fields=('kunci', 'arah'), name='pelimpahan_one_row_per_end'), models.UniqueConstraint(fields=('kunci', 'arah', 'bapas', 'lawan', 'status'), name='pelimpahan_mirror_target'), models.UniqueConstraint(condition=models.Q(('arah', 'keluar'), ('status', 'menunggu')), fields=('bapas', 'klien'), name='pelimpahan_one_open_per_client', violation_error_message='Pelimpahan klien ini masih menunggu jawaban.'), models.CheckConstraint(condition=models.Q(('lawan', models.F('bapas')), _negated=True), name='pelimpahan_to_another_office', violation_error_message='Pilih Bapas lain.'), models.CheckConstraint(condition=models.Q(models.Q(('arah', 'keluar'), ('klien__isnull', False)), models.Q(('arah', 'masuk'), ('klien__isnull', False), ('status', 'diterima')), models.Q(('arah', 'masuk'), ('klien', None), models.Q(('status', 'diterima'), _negated=True)), _connector='OR'), name='pelimpahan_client_at_its_end'), models.CheckConstraint(condition=models.Q(models.Q(('diputus_oleh', None), ('status', 'menunggu')), models.Q(models.Q(('status', 'menunggu'), _negated=True), ('diputus_oleh__isnull', False)), _connector='OR'), name='pelimpahan_answered_iff_who'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['ditolak', 'ditarik']), _negated=True), models.Q(('alasan_putusan', ''), _negated=True), _connector='OR'), name='pelimpahan_refusal_has_reason', violation_error_message='Isi alasan.'), models.CheckConstraint(condition=models.Q(('status', 'ditarik'), models.Q(('diputus_oleh', models.F('diminta_oleh')), _negated=True), _connector='OR'), name='pelimpahan_taker_is_not_giver', violation_error_message='Pelimpahan ini Anda minta sendiri. Penerima harus orang lain.')],
            },
        ),
    ]
