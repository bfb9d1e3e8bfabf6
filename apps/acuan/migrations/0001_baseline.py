import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('acuan', '0001_initial'), ('acuan', '0002_stage_and_revocation_lists'), ('acuan', '0003_jenis_litmas'), ('acuan', '0004_instrumen'), ('acuan', '0005_community_service_limits'), ('acuan', '0006_document_kinds'), ('acuan', '0007_obstacle_kinds')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AkunBelanja',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('aktif', models.BooleanField(db_comment='Masih dipakai untuk isian baru', default=True, verbose_name='aktif')),
                ('kode', models.CharField(db_comment='Kode akun', max_length=6, unique=True, verbose_name='kode')),
                ('nama', models.CharField(db_comment='Nama akun', max_length=120, verbose_name='nama')),
            ],
            options={
                'verbose_name': 'akun belanja',
                'verbose_name_plural': 'akun belanja',
                'db_table_comment': 'Akun belanja',
                'ordering': ['kode'],
            },
        ),
        migrations.CreateModel(
            name='HariLibur',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('aktif', models.BooleanField(db_comment='Masih dipakai untuk isian baru', default=True, verbose_name='aktif')),
                ('tanggal', models.DateField(db_comment='Tanggal libur nasional', unique=True, verbose_name='tanggal')),
                ('nama', models.CharField(db_comment='Nama hari libur', max_length=100, verbose_name='nama')),
            ],
            options={
                'verbose_name': 'hari libur',
                'verbose_name_plural': 'hari libur',
                'db_table_comment': 'Hari libur nasional',
                'ordering': ['tanggal'],
            },
        ),
        migrations.CreateModel(
            name='JenisProgram',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('aktif', models.BooleanField(db_comment='Masih dipakai untuk isian baru', default=True, verbose_name='aktif')),
                ('kode', models.CharField(db_comment='Kode jenis program', max_length=10, unique=True, verbose_name='kode')),
                ('nama', models.CharField(db_comment='Nama jenis program', max_length=80, verbose_name='nama')),
                ('untuk', models.CharField(choices=[('dewasa', 'Dewasa'), ('anak', 'Anak'), ('semua', 'Dewasa dan anak')], db_comment='Kategori usia yang boleh', max_length=6, verbose_name='untuk')),
                ('urutan', models.PositiveSmallIntegerField(db_comment='Urutan tampil', default=50, verbose_name='urutan')),
            ],
            options={
                'verbose_name': 'jenis program',
                'verbose_name_plural': 'jenis program',
                'db_table_comment': 'Jenis program pembimbingan',
                'ordering': ['urutan', 'kode'],
            },
        ),
        migrations.CreateModel(
            name='KategoriKebutuhan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('aktif', models.BooleanField(db_comment='Masih dipakai untuk isian baru', default=True, verbose_name='aktif')),
                ('kode', models.CharField(db_comment='Kode kategori', max_length=8, unique=True, verbose_name='kode')),
                ('nama', models.CharField(db_comment='Nama kategori kebutuhan', max_length=80, verbose_name='nama')),
                ('domain', models.CharField(choices=[('tinggal', 'Tempat tinggal'), ('kerja', 'Pekerjaan dan usaha'), ('terampil', 'Keterampilan dan pendidikan'), ('sehat', 'Kesehatan dan pemulihan'), ('keluarga', 'Keluarga dan komunitas'), ('dokumen', 'Dokumen dan hukum'), ('ekonomi', 'Ekonomi dan keuangan'), ('karakter', 'Ibadah dan karakter')], db_comment='Domain asesmen kebutuhan', max_length=10, verbose_name='domain')),
                ('faktor_kriminogenik', models.CharField(blank=True, db_comment='Salah satu dari tujuh faktor, kosong bila praktis', max_length=30, verbose_name='faktor kriminogenik')),
                ('contoh_layanan', models.TextField(blank=True, db_comment='Contoh layanan, dipisah titik koma', verbose_name='contoh layanan')),
                ('opd_terkait', models.TextField(blank=True, db_comment='Nama OPD, dipisah titik koma', verbose_name='OPD terkait')),
            ],
            options={
                'verbose_name': 'kategori kebutuhan',
                'verbose_name_plural': 'kategori kebutuhan',
                'db_table_comment': 'Kategori kebutuhan klien',
                'ordering': ['kode'],
            },
        ),
        migrations.CreateModel(
            name='LayananOPD',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('aktif', models.BooleanField(db_comment='Masih dipakai untuk isian baru', default=True, verbose_name='aktif')),
                ('kode', models.CharField(db_comment='Kunci acuan', max_length=8, unique=True, verbose_name='kode')),
                ('opd', models.CharField(db_comment='Nama perangkat daerah', max_length=100, verbose_name='OPD')),
                ('urusan', models.CharField(db_comment='Urusan pemerintahan', max_length=120, verbose_name='urusan')),
                ('layanan', models.TextField(db_comment='Layanan untuk klien', verbose_name='layanan untuk klien')),
                ('tingkat', models.CharField(db_comment='provinsi, kabkota, atau keduanya', max_length=20, verbose_name='tingkat')),
                ('dasar', models.TextField(blank=True, db_comment='Dasar hukum atau praktik', verbose_name='dasar')),
            ],
            options={
                'verbose_name': 'layanan OPD',
                'verbose_name_plural': 'layanan OPD',
                'db_table_comment': 'Layanan perangkat daerah untuk klien',
                'ordering': ['opd', 'kode'],
            },
        ),
        migrations.CreateModel(
            name='DasarPencabutan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('aktif', models.BooleanField(db_comment='Masih dipakai untuk isian baru', default=True, verbose_name='aktif')),
                ('kode', models.CharField(db_comment='Kode dasar usul pencabutan', max_length=12, unique=True, verbose_name='kode')),
                ('nama', models.CharField(db_comment='Dasar usul pencabutan dalam kata-kata', max_length=120, verbose_name='dasar')),
                ('karena_absen', models.BooleanField(db_comment='Dasar ini dipilih untuk tiga kali tidak hadir berturut-turut', default=False, verbose_name='karena tidak hadir berturut-turut')),
                ('urutan', models.PositiveSmallIntegerField(db_comment='Urutan tampil', default=50, verbose_name='urutan')),
            ],
            options={
                'verbose_name': 'dasar usul pencabutan',
                'verbose_name_plural': 'dasar usul pencabutan',
                'db_table_comment': 'Dasar usul pencabutan bimbingan',
                'ordering': ['urutan', 'kode'],
            },
        ),
        migrations.CreateModel(
            name='AmbangTahap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('aktif', models.BooleanField(db_comment='Masih dipakai untuk isian baru', default=True, verbose_name='aktif')),
                ('kode', models.CharField(db_comment='Tahap bimbingan: lanjutan atau akhir', max_length=8, unique=True, verbose_name='tahap')),
                ('persen', models.DecimalField(db_comment='Persen masa bimbingan yang dilalui', decimal_places=2, max_digits=5, verbose_name='bagian masa bimbingan (%)')),
            ],
            options={
                'verbose_name': 'ambang tahap bimbingan',
                'verbose_name_plural': 'ambang tahap bimbingan',
                'db_table_comment': 'Kapan perpindahan tahap bimbingan jatuh tempo',
                'ordering': ['persen'],
                'constraints': [models.CheckConstraint(condition=models.Q(('persen__gt', 0), ('persen__lt', 100)), name='ambang_percent_sane', violation_error_message='Isi persen di antara 0 dan 100.')],
            },
        ),
        migrations.CreateModel(
            name='JenisLitmas',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('aktif', models.BooleanField(db_comment='Masih dipakai untuk isian baru', default=True, verbose_name='aktif')),
                ('kode', models.CharField(db_comment='Kode jenis litmas', max_length=12, unique=True, verbose_name='kode')),
                ('nama', models.CharField(db_comment='Nama jenis litmas', max_length=80, verbose_name='nama')),
                ('untuk', models.CharField(choices=[('dewasa', 'Dewasa'), ('anak', 'Anak'), ('semua', 'Dewasa dan anak')], db_comment='Kategori usia yang boleh', max_length=6, verbose_name='untuk')),
                ('batas_hari', models.PositiveSmallIntegerField(db_comment='Hari sejak permintaan sampai tenggat yang diusulkan', verbose_name='batas waktu (hari)')),
                ('urutan', models.PositiveSmallIntegerField(db_comment='Urutan tampil', default=50, verbose_name='urutan')),
            ],
            options={
                'verbose_name': 'jenis litmas',
                'verbose_name_plural': 'jenis litmas',
                'db_table_comment': 'Jenis penelitian kemasyarakatan',
                'ordering': ['urutan', 'kode'],
            },
        ),
        migrations.CreateModel(
            name='Instrumen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('aktif', models.BooleanField(db_comment='Masih dipakai untuk isian baru', default=True, verbose_name='aktif')),
                ('kode', models.CharField(db_comment='Kunci acuan, dengan versinya', max_length=12, unique=True, verbose_name='kode')),
                ('nama', models.CharField(db_comment='Nama instrumen', max_length=80, verbose_name='nama')),
                ('versi', models.CharField(db_comment='Versi menurut keputusan yang menetapkan', max_length=20, verbose_name='versi')),
                ('untuk', models.CharField(choices=[('dewasa', 'Dewasa'), ('anak', 'Anak')], db_comment='Kategori usia yang boleh diukur', max_length=6, verbose_name='untuk')),
                ('berlaku_sejak', models.DateField(db_comment='Tanggal mulai berlaku', verbose_name='berlaku sejak')),
                ('dasar', models.CharField(blank=True, db_comment='Keputusan atau sumber rentang skor', max_length=200, verbose_name='dasar')),
                ('terverifikasi', models.BooleanField(db_comment='Rentang skor sudah dicocokkan dengan keputusan resmi', default=False, verbose_name='terverifikasi')),
            ],
            options={
                'verbose_name': 'instrumen asesmen',
                'verbose_name_plural': 'instrumen asesmen',
                'db_table_comment': 'Instrumen asesmen per versi',
                'ordering': ['nama', '-berlaku_sejak'],
                'constraints': [models.UniqueConstraint(fields=('id', 'untuk'), name='instrumen_id_untuk')],
            },
        ),
        migrations.CreateModel(
            name='FaktorInstrumen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.CharField(db_comment='Kunci acuan', max_length=20, unique=True, verbose_name='kode')),
                ('nama', models.CharField(db_comment='Nama bagian yang diberi skor', max_length=80, verbose_name='nama')),
                ('skor_maks', models.PositiveSmallIntegerField(db_comment='Skor tertinggi yang mungkin', verbose_name='skor tertinggi')),
                ('urutan', models.PositiveSmallIntegerField(db_comment='Urutan tampil', default=50, verbose_name='urutan')),
                ('instrumen', models.ForeignKey(db_comment='Instrumen', on_delete=django.db.models.deletion.PROTECT, related_name='faktor', to='acuan.instrumen', verbose_name='instrumen')),
            ],
            options={
                'verbose_name': 'faktor instrumen',
                'verbose_name_plural': 'faktor instrumen',
                'db_table_comment': 'Bagian instrumen yang diberi skor',
                'ordering': ['instrumen', 'urutan', 'kode'],
                'constraints': [models.UniqueConstraint(fields=('id', 'instrumen'), name='faktor_id_instrumen')],
            },
        ),
        migrations.CreateModel(
            name='PitaSkor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kategori', models.CharField(db_comment='Nama kategori, misalnya Sedang', max_length=30, verbose_name='kategori')),
                ('mulai', models.PositiveSmallIntegerField(db_comment='Skor terendah; berakhir sebelum pita berikut', verbose_name='mulai dari skor')),
                ('faktor', models.ForeignKey(db_comment='Faktor', on_delete=django.db.models.deletion.CASCADE, related_name='pita', to='acuan.faktorinstrumen')),
            ],
            options={
                'verbose_name': 'pita skor',
                'verbose_name_plural': 'pita skor',
                'db_table_comment': 'Kategori skor; setiap pita berakhir tepat sebelum pita berikutnya',
                'ordering': ['faktor', 'mulai'],
                'constraints': [models.UniqueConstraint(models.F('faktor'), models.F('mulai'), name='pita_one_per_start', violation_error_message='Dua pita tidak boleh mulai dari skor yang sama.')],
            },
        ),
        migrations.CreateModel(
            name='BatasKerjaSosial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('aktif', models.BooleanField(db_comment='Masih dipakai untuk isian baru', default=True, verbose_name='aktif')),
                ('kode', models.CharField(db_comment='Kode batas', max_length=12, unique=True, verbose_name='kode')),
                ('untuk', models.CharField(choices=[('dewasa', 'Klien dewasa'), ('anak', 'Klien anak')], db_comment='Klien dewasa atau klien anak', max_length=6, verbose_name='untuk')),
                ('jam_min', models.PositiveSmallIntegerField(db_comment='Jumlah jam paling sedikit', verbose_name='jam paling sedikit')),
                ('jam_maks', models.PositiveSmallIntegerField(db_comment='Jumlah jam paling banyak', verbose_name='jam paling banyak')),
                ('jam_per_hari_maks', models.PositiveSmallIntegerField(db_comment='Jam dalam satu hari paling banyak', verbose_name='jam per hari paling banyak')),
                ('bulan_maks', models.PositiveSmallIntegerField(db_comment='Jangka waktu paling lama dalam bulan', verbose_name='jangka waktu paling lama (bulan)')),
                ('ancaman_tahun', models.PositiveSmallIntegerField(blank=True, db_comment='Syarat: ancaman pidana kurang dari sekian tahun; hanya peringatan', null=True, verbose_name='ancaman pidana kurang dari (tahun)')),
                ('pidana_bulan', models.PositiveSmallIntegerField(blank=True, db_comment='Syarat: pidana penjara yang diganti paling lama sekian bulan; hanya peringatan', null=True, verbose_name='pidana pengganti paling lama (bulan)')),
                ('denda_maks', models.DecimalField(blank=True, db_comment='Syarat: denda yang diganti paling banyak, dalam rupiah; hanya peringatan', decimal_places=2, max_digits=14, null=True, verbose_name='denda yang diganti paling banyak (Rp)')),
                ('dasar', models.CharField(db_comment='Dasar hukum', max_length=120, verbose_name='dasar hukum')),
                ('berlaku_sejak', models.DateField(db_comment='Berlaku untuk putusan sejak tanggal ini', verbose_name='berlaku sejak')),
            ],
            options={
                'verbose_name': 'batas kerja sosial',
                'verbose_name_plural': 'batas kerja sosial',
                'db_table_comment': 'Batas kerja sosial dan pelayanan masyarakat anak',
                'ordering': ['untuk', '-berlaku_sejak'],
                'constraints': [models.UniqueConstraint(models.F('untuk'), models.F('berlaku_sejak'), name='batas_kerja_sosial_one_per_date', violation_error_message='Batas untuk tanggal ini sudah ada.'), models.CheckConstraint(condition=models.Q(('bulan_maks__range', (1, 6)), ('jam_min__lte', models.F('jam_maks')), ('jam_per_hari_maks__range', (1, 8)), models.Q(models.Q(('jam_maks__lte', 240), ('jam_min__gte', 8), ('untuk', 'dewasa')), models.Q(('jam_maks__lte', 120), ('jam_min__gte', 7), ('untuk', 'anak')), _connector='OR')), name='batas_kerja_sosial_within_law', violation_error_message='Batas harus di dalam undang-undang: dewasa 8–240 jam, anak 7–120 jam, paling banyak 8 jam per hari, paling lama 6 bulan.')],
            },
        ),
        migrations.CreateModel(
            name='JenisDokumen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('aktif', models.BooleanField(db_comment='Masih dipakai untuk isian baru', default=True, verbose_name='aktif')),
                ('kode', models.CharField(db_comment='Kode jenis dokumen', max_length=12, unique=True, verbose_name='kode')),
                ('nama', models.CharField(db_comment='Nama jenis dokumen', max_length=80, verbose_name='nama')),
                ('rahasia', models.BooleanField(db_comment='Hanya dibuka PK klien, pengunggah, dan Kepala Bapas (litmas, asesmen)', default=False, verbose_name='rahasia')),
                ('urutan', models.PositiveSmallIntegerField(db_comment='Urutan tampil', default=50, verbose_name='urutan')),
            ],
            options={
                'verbose_name': 'jenis dokumen',
                'verbose_name_plural': 'jenis dokumen',
                'db_table_comment': 'Jenis dokumen pada berkas klien',
                'ordering': ['urutan', 'kode'],
            },
        ),
        migrations.CreateModel(
            name='JenisKendala',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('aktif', models.BooleanField(db_comment='Masih dipakai untuk isian baru', default=True, verbose_name='aktif')),
                ('kode', models.CharField(db_comment='Kode jenis kendala', max_length=12, unique=True, verbose_name='kode')),
                ('nama', models.CharField(db_comment='Nama jenis kendala', max_length=80, verbose_name='nama')),
                ('urutan', models.PositiveSmallIntegerField(db_comment='Urutan tampil', default=50, verbose_name='urutan')),
            ],
            options={
                'verbose_name': 'jenis kendala',
                'verbose_name_plural': 'jenis kendala',
                'db_table_comment': 'Jenis kendala',
                'ordering': ['urutan', 'kode'],
            },
        ),

    ]
