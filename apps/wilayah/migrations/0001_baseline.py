import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('wilayah', '0001_initial')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Kanwil',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.CharField(db_comment='Kunci acuan, bukan kode resmi', max_length=8, unique=True, verbose_name='kode')),
                ('nama', models.CharField(db_comment='Nama resmi', max_length=120, verbose_name='nama')),
                ('singkatan', models.CharField(db_comment='Nama pendek untuk tabel', max_length=40, verbose_name='singkatan')),
                ('label', models.CharField(db_comment='Label pada peta ubin', max_length=3, verbose_name='label ubin')),
                ('kolom', models.PositiveSmallIntegerField(db_comment='Kolom pada peta ubin', default=0, verbose_name='kolom ubin')),
                ('baris', models.PositiveSmallIntegerField(db_comment='Baris pada peta ubin', default=0, verbose_name='baris ubin')),
                ('zona_waktu', models.CharField(choices=[('Asia/Jakarta', 'WIB (Jakarta)'), ('Asia/Pontianak', 'WIB (Pontianak)'), ('Asia/Makassar', 'WITA'), ('Asia/Jayapura', 'WIT')], db_comment='Zona waktu IANA', max_length=20, verbose_name='zona waktu')),
                ('aktif', models.BooleanField(db_comment='Masih beroperasi', default=True, verbose_name='aktif')),
            ],
            options={
                'verbose_name': 'Kanwil',
                'verbose_name_plural': 'Kanwil',
                'db_table_comment': 'Kantor Wilayah Ditjenpas',
                'ordering': ['kode'],
            },
        ),
        migrations.CreateModel(
            name='Provinsi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.CharField(db_comment='Kode wilayah Kemendagri', max_length=2, unique=True, verbose_name='kode')),
                ('nama', models.CharField(db_comment='Nama provinsi', max_length=60, verbose_name='nama')),
                ('aktif', models.BooleanField(db_comment='Masih dipakai', default=True, verbose_name='aktif')),
                ('kanwil', models.ForeignKey(db_comment='Kanwil yang melayani provinsi ini', on_delete=django.db.models.deletion.PROTECT, related_name='provinsi', to='wilayah.kanwil', verbose_name='Kanwil yang melayani')),
            ],
            options={
                'verbose_name': 'provinsi',
                'verbose_name_plural': 'provinsi',
                'db_table_comment': 'Provinsi',
                'ordering': ['kode'],
            },
        ),
        migrations.CreateModel(
            name='KabKota',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.CharField(db_comment='Kode wilayah Kemendagri', max_length=5, unique=True, verbose_name='kode')),
                ('nama', models.CharField(db_comment='Nama kabupaten atau kota', max_length=80, verbose_name='nama')),
                ('aktif', models.BooleanField(db_comment='Masih dipakai', default=True, verbose_name='aktif')),
                ('provinsi', models.ForeignKey(db_comment='Provinsi induk', on_delete=django.db.models.deletion.PROTECT, related_name='kabkota', to='wilayah.provinsi', verbose_name='provinsi')),
            ],
            options={
                'verbose_name': 'kabupaten/kota',
                'verbose_name_plural': 'kabupaten/kota',
                'db_table_comment': 'Kabupaten dan kota',
                'ordering': ['kode'],
            },
        ),
        migrations.CreateModel(
            name='Bapas',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.CharField(db_comment='Kunci acuan, bukan kode resmi', max_length=12, unique=True, verbose_name='kode')),
                ('nama', models.CharField(db_comment='Nama Bapas', max_length=100, verbose_name='nama')),
                ('zona_waktu', models.CharField(choices=[('Asia/Jakarta', 'WIB (Jakarta)'), ('Asia/Pontianak', 'WIB (Pontianak)'), ('Asia/Makassar', 'WITA'), ('Asia/Jayapura', 'WIT')], db_comment='Zona waktu IANA', max_length=20, verbose_name='zona waktu')),
                ('kop_surat', models.TextField(blank=True, db_comment='Baris kop surat, satu per baris', verbose_name='kop surat')),
                ('alamat', models.CharField(blank=True, db_comment='Alamat kantor', max_length=200, verbose_name='alamat')),
                ('telepon', models.CharField(blank=True, db_comment='Telepon kantor', max_length=40, verbose_name='telepon')),
                ('surel', models.EmailField(blank=True, db_comment='Surel kantor', max_length=254, verbose_name='surel')),
                ('kode_satker', models.CharField(blank=True, db_comment='Kode satuan kerja', max_length=12, verbose_name='kode satker')),
                ('terverifikasi', models.BooleanField(db_comment='Nama kantor sudah dicocokkan dengan sumber resmi', default=False, verbose_name='terverifikasi')),
                ('catatan', models.TextField(blank=True, db_comment='Catatan mutu data acuan', verbose_name='catatan')),
                ('aktif', models.BooleanField(db_comment='Masih beroperasi', default=True, verbose_name='aktif')),
                ('kota', models.ForeignKey(blank=True, db_comment='Kabupaten/kota tempat kantor', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.kabkota', verbose_name='kedudukan')),
                ('wilayah_kerja', models.ManyToManyField(blank=True, related_name='bapas', to='wilayah.kabkota', verbose_name='wilayah kerja')),
                ('kanwil', models.ForeignKey(db_comment='Kanwil induk', on_delete=django.db.models.deletion.PROTECT, related_name='bapas', to='wilayah.kanwil', verbose_name='Kanwil')),
            ],
            options={
                'verbose_name': 'Bapas',
                'verbose_name_plural': 'Bapas',
                'db_table_comment': 'Balai Pemasyarakatan',
                'ordering': ['kode'],
            },
        ),
        migrations.CreateModel(
            name='Mitra',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nama', models.CharField(db_comment='Nama mitra', max_length=150, verbose_name='nama')),
                ('jenis', models.CharField(choices=[('pokmas', 'Pokmas Lipas'), ('griya', 'Griya Abhipraya'), ('pemda', 'Pemerintah daerah'), ('perusahaan', 'Perusahaan'), ('bumn', 'BUMN/BUMD'), ('sosial', 'Lembaga sosial'), ('kampus', 'Perguruan tinggi'), ('media', 'Media'), ('keagamaan', 'Lembaga keagamaan'), ('internasional', 'Lembaga internasional'), ('perorangan', 'Perorangan')], db_comment='Jenis mitra', max_length=15, verbose_name='jenis')),
                ('kontak', models.CharField(blank=True, db_comment='Telepon atau surel lembaga', max_length=120, verbose_name='kontak')),
                ('aktif', models.BooleanField(db_comment='Masih bermitra', default=True, verbose_name='aktif')),
                ('kabkota', models.ForeignKey(blank=True, db_comment='Kabupaten/kota kedudukan', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.kabkota', verbose_name='kabupaten/kota')),
            ],
            options={
                'verbose_name': 'mitra',
                'verbose_name_plural': 'mitra',
                'db_table_comment': 'Identitas tunggal setiap pelaku di luar Pemasyarakatan',
                'ordering': ['nama'],
            },
        ),
        migrations.CreateModel(
            name='PosBapas',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nama', models.CharField(db_comment='Nama pos', max_length=100, verbose_name='nama')),
                ('alamat', models.CharField(blank=True, db_comment='Alamat pos', max_length=200, verbose_name='alamat')),
                ('aktif', models.BooleanField(db_comment='Masih beroperasi', default=True, verbose_name='aktif')),
                ('bapas', models.ForeignKey(db_comment='Bapas induk', on_delete=django.db.models.deletion.CASCADE, related_name='pos', to='wilayah.bapas')),
            ],
            options={
                'verbose_name': 'Pos Bapas',
                'verbose_name_plural': 'Pos Bapas',
                'db_table_comment': 'Pos Bapas',
                'ordering': ['nama'],
            },
        ),
        migrations.CreateModel(
            name='KelasBapas',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kelas', models.CharField(db_comment='Kelas: I atau II', max_length=3, verbose_name='kelas')),
                ('berlaku_sejak', models.DateField(db_comment='Tanggal mulai berlaku', verbose_name='berlaku sejak')),
                ('bapas', models.ForeignKey(db_comment='Bapas', on_delete=django.db.models.deletion.CASCADE, related_name='kelas', to='wilayah.bapas')),
            ],
            options={
                'verbose_name': 'kelas Bapas',
                'verbose_name_plural': 'kelas Bapas',
                'db_table_comment': 'Riwayat kelas Bapas',
                'ordering': ['-berlaku_sejak'],
                'constraints': [models.UniqueConstraint(models.F('bapas'), models.F('berlaku_sejak'), name='kelas_bapas_one_per_date')],
            },
        ),

    ]
