import apps.wilayah.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.math
import django.db.models.lookups
import django.utils.timezone
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('kerja_sosial', '0001_initial'), ('kerja_sosial', '0003_place_learns'), ('kerja_sosial', '0004_stopped'), ('kerja_sosial', '0005_call_name_follows'), ('kerja_sosial', '0006_struck_absences')]

    initial = True

    dependencies = [
        ('akun', '0001_baseline'),
        ('klien', '0001_baseline'),
        ('wilayah', '0002_web_role'),
    ]

    operations = [
        migrations.CreateModel(
            name='Perpanjangan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nomor', models.CharField(db_comment='Nomor penetapan pengadilan', max_length=80, verbose_name='nomor penetapan')),
                ('tanggal', models.DateField(db_comment='Tanggal penetapan', verbose_name='tanggal penetapan')),
                ('dicatat_pada', models.DateTimeField(db_comment='Waktu dicatat', default=django.utils.timezone.now, editable=False, verbose_name='dicatat')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('dicatat_oleh', models.ForeignKey(db_comment='Pencatat', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'perpanjangan batas waktu',
                'verbose_name_plural': 'perpanjangan batas waktu',
                'db_table_comment': 'Penetapan pengadilan tentang batas waktu kerja sosial',
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='perpanjangan_ks_bapas_id')],
            },
        ),
        migrations.CreateModel(
            name='TempatKerjaSosial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nama', models.CharField(db_comment='Nama tempat', max_length=120, verbose_name='nama tempat')),
                ('alamat', models.CharField(db_comment='Alamat tempat', max_length=200, verbose_name='alamat')),
                ('jenis', models.CharField(choices=[('kesehatan', 'Rumah sakit atau puskesmas'), ('panti', 'Panti'), ('sekolah', 'Sekolah atau lembaga pendidikan'), ('kantor', 'Kantor layanan umum'), ('publik', 'Ruang publik'), ('ibadah', 'Rumah ibadah atau pesantren'), ('lain', 'Lembaga sosial lain')], db_comment='Jenis tempat', max_length=10, verbose_name='jenis tempat')),
                ('pekerjaan', models.CharField(db_comment='Pekerjaan yang dilakukan klien', max_length=200, verbose_name='pekerjaan')),
                ('keselamatan', models.CharField(blank=True, db_comment='Alat dan aturan keselamatan di tempat', max_length=200, verbose_name='keselamatan kerja')),
                ('untuk', models.CharField(choices=[('dewasa', 'Klien dewasa'), ('anak', 'Klien anak'), ('semua', 'Klien dewasa dan anak')], db_comment='Klien dewasa, anak, atau keduanya', max_length=6, verbose_name='menerima')),
                ('pendidikan', models.BooleanField(db_comment='Bersifat mendidik; syarat untuk klien anak (UU 11/2012 Pasal 76)', default=False, verbose_name='pekerjaan di sini mendidik')),
                ('nirlaba', models.BooleanField(db_comment='Pekerjaan tidak dikomersialkan (KUHP Pasal 85); selalu benar', default=False, verbose_name='tidak untuk mencari untung')),
                ('kapasitas', models.PositiveSmallIntegerField(db_comment='Klien paling banyak dalam satu hari', verbose_name='kapasitas per hari')),
                ('pengawas', models.CharField(db_comment='Orang di tempat yang mengesahkan jam', max_length=120, verbose_name='nama pengawas')),
                ('jabatan', models.CharField(blank=True, db_comment='Jabatan pengawas', max_length=80, verbose_name='jabatan pengawas')),
                ('aktif', models.BooleanField(db_comment='Masih menerima klien baru', default=True, verbose_name='masih menerima klien')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('mitra', models.ForeignKey(blank=True, db_comment='Mitra yang ikut melihat baris ini', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.mitra', verbose_name='mitra')),
            ],
            options={
                'verbose_name': 'tempat kerja sosial',
                'verbose_name_plural': 'tempat kerja sosial',
                'db_table_comment': 'Tempat kerja sosial satu Bapas',
                'indexes': [models.Index(fields=['bapas', 'nama'], name='tempat_ks_nama')],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='tempat_ks_bapas_id'), models.UniqueConstraint(fields=('bapas', 'id', 'pendidikan'), name='tempat_ks_educational'), models.UniqueConstraint(models.F('bapas'), models.F('nama'), name='tempat_ks_name_once', violation_error_message='Tempat dengan nama ini sudah ada di kantor Anda.'), models.CheckConstraint(condition=models.Q(('nirlaba', True)), name='tempat_ks_never_for_profit', violation_error_message='Kerja sosial tidak boleh untuk mencari untung.'), models.CheckConstraint(condition=models.Q(('untuk', 'dewasa'), ('pendidikan', True), _connector='OR'), name='tempat_ks_children_learn', violation_error_message='Tempat untuk klien anak harus mendidik.'), models.CheckConstraint(condition=models.Q(('kapasitas__gte', 1)), name='tempat_ks_has_room', violation_error_message='Kapasitas paling sedikit 1.')],
            },
        ),
        migrations.CreateModel(
            name='KerjaSosial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.CharField(db_comment='Salinan kode klien untuk tempat', editable=False, max_length=16, verbose_name='kode klien')),
                ('panggilan', models.CharField(blank=True, db_comment='Salinan nama panggilan, hanya klien dewasa yang setuju', editable=False, max_length=40, verbose_name='nama panggilan')),
                ('jenis', models.CharField(choices=[('dewasa', 'Pidana kerja sosial'), ('anak', 'Pelayanan masyarakat')], db_comment='Kerja sosial dewasa atau pelayanan anak', editable=False, max_length=6, verbose_name='jenis')),
                ('tempat_pendidikan', models.BooleanField(db_comment='Salinan: tempat mendidik; kunci asing menjaga kebenarannya', editable=False)),
                ('total_jam', models.PositiveSmallIntegerField(db_comment='Jumlah jam menurut putusan', verbose_name='jumlah jam')),
                ('jam_per_hari', models.DecimalField(db_comment='Jam per hari menurut putusan, kelipatan setengah', decimal_places=1, max_digits=3, verbose_name='jam per hari')),
                ('hari', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(choices=[(1, 'Senin'), (2, 'Selasa'), (3, 'Rabu'), (4, 'Kamis'), (5, 'Jumat'), (6, 'Sabtu'), (7, 'Minggu')]), db_comment='Hari kerja dalam seminggu, 1 = Senin', size=None, verbose_name='hari')),
                ('mulai', models.DateField(db_comment='Hari pertama', verbose_name='mulai')),
                ('batas', models.DateField(db_comment='Hari terakhir yang boleh dipakai', verbose_name='batas selesai')),
                ('batas_jam_min', models.PositiveSmallIntegerField(db_comment='Jam paling sedikit saat putusan', editable=False)),
                ('batas_jam_maks', models.PositiveSmallIntegerField(db_comment='Jam paling banyak saat putusan', editable=False)),
                ('batas_jam_hari', models.PositiveSmallIntegerField(db_comment='Jam per hari paling banyak', editable=False)),
                ('batas_bulan', models.PositiveSmallIntegerField(db_comment='Jangka waktu paling lama, bulan', editable=False)),
                ('batas_dasar', models.CharField(db_comment='Dasar hukum batas saat putusan', editable=False, max_length=120)),
                ('jam_tercatat', models.DecimalField(db_comment='Jumlah jam yang dicatat (oleh trigger)', decimal_places=1, default=0, editable=False, max_digits=5)),
                ('jam_disahkan', models.DecimalField(db_comment='Jumlah jam yang disahkan (oleh trigger)', decimal_places=1, default=0, editable=False, max_digits=5)),
                ('status', models.CharField(choices=[('berjalan', 'Berjalan'), ('selesai', 'Selesai'), ('tidak', 'Dihentikan')], db_comment='Status', default='berjalan', editable=False, max_length=8, verbose_name='status')),
                ('ditutup', models.DateField(db_comment='Tanggal selesai atau dihentikan', editable=False, null=True, verbose_name='ditutup')),
                ('versi', models.PositiveIntegerField(db_comment='Naik setiap kali diubah dengan formulir; pengaman perubahan bersamaan', default=1, editable=False)),
                ('dibuat_pada', models.DateTimeField(db_comment='Waktu dicatat', default=django.utils.timezone.now, editable=False, verbose_name='dibuat')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('dibuat_oleh', models.ForeignKey(db_comment='Pencatat', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('klien', models.ForeignKey(db_comment='Klien', db_constraint=False, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='kerja_sosial', to='klien.klien')),
                ('mitra', models.ForeignKey(blank=True, db_comment='Mitra yang ikut melihat baris ini', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.mitra', verbose_name='mitra')),
                ('perpanjangan', models.OneToOneField(db_comment='Penetapan pengadilan bila batas melewati jangka waktu undang-undang', db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='kerja_sosial', to='kerja_sosial.perpanjangan')),
                ('tempat', models.ForeignKey(db_comment='Tempat kerja sosial', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='kerja_sosial', to='kerja_sosial.tempatkerjasosial', verbose_name='tempat')),
            ],
            options={
                'verbose_name': 'kerja sosial',
                'verbose_name_plural': 'kerja sosial',
                'db_table_comment': 'Pidana kerja sosial dan pelayanan masyarakat anak, sejauh boleh diketahui tempatnya',
                'indexes': [models.Index(fields=['bapas', 'status', 'batas'], name='kerja_sosial_batas'), models.Index(fields=['bapas', 'klien'], name='kerja_sosial_klien'), models.Index(fields=['bapas', 'tempat'], name='kerja_sosial_tempat')],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='kerja_sosial_bapas_id'), models.UniqueConstraint(condition=models.Q(('status', 'berjalan')), fields=('bapas', 'klien'), name='kerja_sosial_one_running', violation_error_message='Klien ini masih menjalani kerja sosial lain.'), models.CheckConstraint(condition=models.Q(('batas_bulan__range', (1, 6)), ('batas_jam_hari__range', (1, 8)), models.Q(models.Q(('batas_jam_maks__lte', 240), ('batas_jam_min__gte', 8), ('jenis', 'dewasa')), models.Q(('batas_jam_maks__lte', 120), ('batas_jam_min__gte', 7), ('jenis', 'anak')), _connector='OR')), name='kerja_sosial_limits_within_law'), models.CheckConstraint(condition=models.Q(('total_jam__gte', models.F('batas_jam_min')), ('total_jam__lte', models.F('batas_jam_maks'))), name='kerja_sosial_hours_within_limits', violation_error_message='Jumlah jam di luar batas undang-undang.'), models.CheckConstraint(condition=models.Q(('jam_per_hari__gte', Decimal('0.5')), ('jam_per_hari__lte', models.F('batas_jam_hari')), django.db.models.lookups.Exact(django.db.models.functions.math.Mod(models.F('jam_per_hari'), models.Value(Decimal('0.5'))), models.Value(Decimal('0')))), name='kerja_sosial_day_within_limits', violation_error_message='Jam per hari di luar batas undang-undang.'), models.CheckConstraint(condition=models.Q(('batas__gte', models.F('mulai')), models.Q(('perpanjangan__isnull', False), ('batas__lte', django.db.models.expressions.CombinedExpression(models.F('mulai'), '+', models.Func(models.F('batas_bulan'), output_field=models.DurationField(), template='make_interval(months => %(expressions)s)'))), _connector='OR')), name='kerja_sosial_deadline_within_law', violation_error_message='Batas selesai melewati jangka waktu undang-undang.'), models.CheckConstraint(condition=models.Q(('hari__contained_by', [1, 2, 3, 4, 5, 6, 7]), ('hari__len__range', (1, 7))), name='kerja_sosial_days_of_the_week', violation_error_message='Pilih paling sedikit satu hari.'), models.CheckConstraint(condition=models.Q(('jenis', 'dewasa'), models.Q(('panggilan', ''), ('tempat_pendidikan', True)), _connector='OR'), name='kerja_sosial_child_learns', violation_error_message='Klien anak hanya ditempatkan di tempat yang mendidik.'), models.CheckConstraint(condition=models.Q(('jam_disahkan__gte', 0), ('jam_tercatat__gte', models.F('jam_disahkan')), ('total_jam__gte', models.F('jam_tercatat'))), name='kerja_sosial_never_above_verdict', violation_error_message='Jumlah jam melebihi putusan.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'selesai'), _negated=True), ('jam_disahkan', models.F('total_jam')), _connector='OR'), name='kerja_sosial_complete_when_confirmed'), models.CheckConstraint(condition=models.Q(models.Q(('ditutup', None), ('status', 'berjalan')), models.Q(models.Q(('status', 'berjalan'), _negated=True), ('ditutup__isnull', False)), _connector='OR'), name='kerja_sosial_closed_has_date'), apps.wilayah.constraints.SameOffice('klien', name='kerja_sosial_klien_same_office'), apps.wilayah.constraints.SameOffice('tempat', name='kerja_sosial_tempat_same_office'), apps.wilayah.constraints.SameOffice('perpanjangan', name='kerja_sosial_extension_same_office')],
            },
        ),
        migrations.CreateModel(
            name='PutusanKerjaSosial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nomor', models.CharField(db_comment='Nomor putusan', max_length=80, verbose_name='nomor putusan')),
                ('tanggal', models.DateField(db_comment='Tanggal putusan', verbose_name='tanggal putusan')),
                ('pengadilan', models.CharField(db_comment='Pengadilan', max_length=120, verbose_name='pengadilan')),
                ('kejaksaan', models.CharField(db_comment='Kejaksaan yang melaksanakan putusan', max_length=120, verbose_name='kejaksaan')),
                ('jaksa', models.CharField(db_comment='Jaksa yang mengawasi', max_length=120, verbose_name='nama jaksa')),
                ('persetujuan', models.DateField(db_comment='Tanggal persetujuan klien', verbose_name='klien menyetujui pada')),
                ('ancaman_tahun', models.PositiveSmallIntegerField(blank=True, db_comment='Ancaman pidana dalam tahun', null=True, verbose_name='ancaman pidana (tahun)')),
                ('pidana_bulan', models.PositiveSmallIntegerField(blank=True, db_comment='Pidana yang diganti, dalam bulan', null=True, verbose_name='pidana penjara yang diganti (bulan)')),
                ('denda', models.DecimalField(blank=True, db_comment='Denda yang diganti, dalam rupiah', decimal_places=2, max_digits=14, null=True, verbose_name='denda yang diganti (Rp)')),
                ('peringatan', models.CharField(blank=True, db_comment='Syarat yang tidak terpenuhi saat dicatat; hanya peringatan', editable=False, max_length=400)),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('kerja_sosial', models.OneToOneField(db_comment='Kerja sosial', db_constraint=False, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='putusan', to='kerja_sosial.kerjasosial')),
            ],
            options={
                'verbose_name': 'putusan kerja sosial',
                'verbose_name_plural': 'putusan kerja sosial',
                'db_table_comment': 'Putusan di balik kerja sosial; hanya Bapas pemilik',
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='putusan_ks_bapas_id'), apps.wilayah.constraints.SameOffice('kerja_sosial', name='putusan_ks_same_office')],
            },
        ),
        migrations.CreateModel(
            name='PinPengawas',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sandi', models.CharField(db_comment='Hash PIN pengawas', max_length=128)),
                ('salah', models.PositiveSmallIntegerField(db_comment='Banyak PIN salah berturut-turut', default=0)),
                ('terkunci_sampai', models.DateTimeField(db_comment='Terkunci sampai waktu ini setelah terlalu banyak salah', null=True)),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('tempat', models.OneToOneField(db_comment='Tempat', db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='pin', to='kerja_sosial.tempatkerjasosial')),
            ],
            options={
                'verbose_name': 'PIN pengawas',
                'verbose_name_plural': 'PIN pengawas',
                'db_table_comment': 'PIN pengawas tempat kerja sosial',
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='pin_ks_bapas_id'), apps.wilayah.constraints.SameOffice('tempat', name='pin_ks_tempat_same_office')],
            },
        ),
        migrations.CreateModel(
            name='JamKerja',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kunci', models.UUIDField(db_comment='Kunci formulir: kirim dua kali tetap satu baris', editable=False)),
                ('tanggal', models.DateField(db_comment='Tanggal kerja', verbose_name='tanggal')),
                ('mulai', models.TimeField(db_comment='Jam mulai, waktu setempat', verbose_name='jam mulai')),
                ('selesai', models.TimeField(db_comment='Jam selesai, waktu setempat', verbose_name='jam selesai')),
                ('jam', models.DecimalField(db_comment='Jam yang dihitung, tanpa istirahat; 0 bila koreksi hanya membatalkan', decimal_places=1, editable=False, max_digits=3, verbose_name='jam')),
                ('kegiatan', models.CharField(db_comment='Pekerjaan yang dilakukan', max_length=200, verbose_name='pekerjaan')),
                ('alasan', models.CharField(blank=True, db_comment='Alasan koreksi', max_length=200, verbose_name='alasan koreksi')),
                ('dicatat_pada', models.DateTimeField(db_comment='Waktu dicatat', default=django.utils.timezone.now, editable=False, verbose_name='dicatat')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('dicatat_oleh', models.ForeignKey(db_comment='Pencatat', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('menggantikan', models.ForeignKey(db_comment='Baris yang diganti oleh koreksi ini', db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pengganti', to='kerja_sosial.jamkerja')),
                ('mitra', models.ForeignKey(blank=True, db_comment='Mitra yang ikut melihat baris ini', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.mitra', verbose_name='mitra')),
                ('kerja_sosial', models.ForeignKey(db_comment='Kerja sosial', db_constraint=False, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='jam', to='kerja_sosial.kerjasosial')),
                ('tempat', models.ForeignKey(db_comment='Tempat pada hari itu', db_constraint=False, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kerja_sosial.tempatkerjasosial')),
            ],
            options={
                'verbose_name': 'jam kerja sosial',
                'verbose_name_plural': 'jam kerja sosial',
                'db_table_comment': 'Buku jam kerja sosial; hanya bertambah',
                'indexes': [models.Index(fields=['bapas', 'kerja_sosial', 'tanggal'], name='jam_ks_tanggal')],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='jam_ks_bapas_id'), models.UniqueConstraint(models.F('bapas'), models.F('kunci'), name='jam_ks_key_once'), models.UniqueConstraint(condition=models.Q(('menggantikan__isnull', False)), fields=('bapas', 'menggantikan'), name='jam_ks_corrected_once', violation_error_message='Jam ini sudah dikoreksi.'), models.CheckConstraint(condition=models.Q(('selesai__gt', models.F('mulai'))), name='jam_ks_ends_after_start'), models.CheckConstraint(condition=models.Q(('jam__gte', 0), ('jam__lte', 24), django.db.models.lookups.Exact(django.db.models.functions.math.Mod(models.F('jam'), models.Value(Decimal('0.5'))), models.Value(Decimal('0')))), name='jam_ks_in_halves'), models.CheckConstraint(condition=models.Q(models.Q(('alasan', ''), ('jam__gt', 0), ('menggantikan', None)), models.Q(('menggantikan__isnull', False), models.Q(('alasan', ''), _negated=True)), _connector='OR'), name='jam_ks_correction_has_reason', violation_error_message='Isi alasan koreksi.'), apps.wilayah.constraints.SameOffice('kerja_sosial', name='jam_ks_same_office'), apps.wilayah.constraints.SameOffice('tempat', name='jam_ks_tempat_same_office'), apps.wilayah.constraints.SameOffice('menggantikan', name='jam_ks_correction_same_office')],
            },
        ),
        migrations.CreateModel(
            name='Ketidakhadiran',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tanggal', models.DateField(db_comment='Tanggal tidak hadir', verbose_name='tanggal')),
                ('beralasan', models.BooleanField(db_comment='Ada alasan yang dapat diterima', verbose_name='ada alasan yang dapat diterima')),
                ('uraian', models.CharField(db_comment='Keadaan dan tindak lanjut', max_length=300, verbose_name='uraian')),
                ('dicatat_pada', models.DateTimeField(db_comment='Waktu dicatat', default=django.utils.timezone.now, editable=False, verbose_name='dicatat')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('dicatat_oleh', models.ForeignKey(db_comment='Pencatat', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kerja_sosial', models.ForeignKey(db_comment='Kerja sosial', db_constraint=False, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='ketidakhadiran', to='kerja_sosial.kerjasosial')),
                ('dicoret_karena', models.CharField(blank=True, db_comment='Mengapa catatan ini keliru', editable=False, max_length=200, verbose_name='alasan dicoret')),
            ],
            options={
                'verbose_name': 'ketidakhadiran kerja sosial',
                'verbose_name_plural': 'ketidakhadiran kerja sosial',
                'db_table_comment': 'Hari kerja sosial yang tidak dilaksanakan',
                'ordering': ['tanggal', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='ketidakhadiran_ks_bapas_id'), apps.wilayah.constraints.SameOffice('kerja_sosial', name='ketidakhadiran_ks_same_office'), models.UniqueConstraint(condition=models.Q(('dicoret_karena', '')), fields=('bapas', 'kerja_sosial', 'tanggal'), name='ketidakhadiran_ks_once_a_day', violation_error_message='Ketidakhadiran pada tanggal ini sudah dicatat.')],
            },
        ),
        migrations.CreateModel(
            name='PengesahanJam',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cara', models.CharField(choices=[('akun', 'Akun pengawas'), ('pin', 'PIN pengawas')], db_comment='Dengan akun sendiri atau PIN di HP PK', max_length=4, verbose_name='cara')),
                ('pengawas', models.CharField(db_comment='Nama pengawas pada saat itu', max_length=120, verbose_name='pengawas')),
                ('pada', models.DateTimeField(db_comment='Waktu disahkan', default=django.utils.timezone.now, verbose_name='pada')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('jam_kerja', models.OneToOneField(db_comment='Jam yang disahkan', db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='pengesahan', to='kerja_sosial.jamkerja')),
                ('mitra', models.ForeignKey(blank=True, db_comment='Mitra yang ikut melihat baris ini', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.mitra', verbose_name='mitra')),
                ('oleh', models.ForeignKey(db_comment='Pengguna yang memegang layar', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'pengesahan jam',
                'verbose_name_plural': 'pengesahan jam',
                'db_table_comment': 'Pengesahan jam oleh pengawas tempat; hanya bertambah',
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='pengesahan_ks_bapas_id'), apps.wilayah.constraints.SameOffice('jam_kerja', name='pengesahan_ks_same_office')],
            },
        ),
    ]
