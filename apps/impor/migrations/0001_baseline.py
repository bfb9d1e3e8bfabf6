import apps.klien.crypto
import apps.wilayah.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('impor', '0001_initial'), ('impor', '0003_waiting_rows_as_text')]

    initial = True

    dependencies = [
        ('akun', '0001_baseline'),
        ('wilayah', '0002_web_role'),
    ]

    operations = [
        migrations.CreateModel(
            name='Impor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.CharField(db_comment='Nama acak berkas', editable=False, max_length=32, unique=True, verbose_name='kode')),
                ('jenis', models.CharField(choices=[('klien', 'Klien'), ('bimbingan', 'Bimbingan yang lalu')], db_comment='Apa yang diimpor', max_length=10, verbose_name='isi berkas')),
                ('status', models.CharField(choices=[('unggah', 'Cocokkan kolom'), ('periksa', 'Sedang diperiksa'), ('siap', 'Menunggu keputusan'), ('simpan', 'Sedang disimpan'), ('selesai', 'Selesai'), ('gagal', 'Belum jadi'), ('batal', 'Dibatalkan')], db_comment='Status pekerjaan', default='unggah', editable=False, max_length=8, verbose_name='status')),
                ('nama_berkas', models.CharField(db_comment='Nama berkas saat diunggah', max_length=150, verbose_name='nama berkas')),
                ('bentuk', models.CharField(db_comment='xlsx atau csv', max_length=4, verbose_name='bentuk')),
                ('ukuran', models.PositiveIntegerField(db_comment='Ukuran berkas dalam bita', verbose_name='ukuran (bita)')),
                ('sha256', models.CharField(db_comment='SHA-256 berkas; berkas sama dikenali', max_length=64, verbose_name='SHA-256')),
                ('berkas', models.CharField(blank=True, db_comment='Berkas tersandi pada penyimpanan, kosong bila sudah dihapus', max_length=200, verbose_name='berkas')),
                ('berkas_salah', models.CharField(blank=True, db_comment='Buku kerja tersandi berisi baris yang salah', max_length=200, verbose_name='berkas baris salah')),
                ('baris_judul', models.PositiveIntegerField(db_comment='Nomor baris judul kolom', default=1, verbose_name='baris judul')),
                ('judul', models.JSONField(db_comment='Judul kolom pada berkas', default=list, verbose_name='judul kolom')),
                ('contoh', apps.klien.crypto.SealedTextField(blank=True, db_comment='Lima baris pertama, tersandi', editable=True, verbose_name='contoh isi')),
                ('peta', models.JSONField(db_comment='Isian portal untuk setiap kolom berkas', default=list, verbose_name='kecocokan kolom')),
                ('cara', models.CharField(blank=True, choices=[('benar', 'Simpan baris yang benar saja'), ('semua', 'Simpan hanya bila semua baris benar')], db_comment='benar: baris benar saja; semua: semua', max_length=5, verbose_name='cara menyimpan')),
                ('langkah', models.CharField(blank=True, db_comment='Langkah yang sedang berjalan', max_length=60, verbose_name='langkah')),
                ('persen', models.PositiveSmallIntegerField(db_comment='Kemajuan 0-100', default=0, verbose_name='persen')),
                ('galat', models.CharField(blank=True, db_comment='Sebab belum jadi, dalam kata', max_length=300, verbose_name='sebab belum jadi')),
                ('jumlah_baris', models.PositiveIntegerField(db_comment='Baris berisi pada berkas', default=0, verbose_name='baris')),
                ('jumlah_baru', models.PositiveIntegerField(db_comment='Baris yang dapat disimpan', default=0, verbose_name='baru')),
                ('jumlah_ada', models.PositiveIntegerField(db_comment='Baris yang sudah ada di portal', default=0, verbose_name='sudah ada')),
                ('jumlah_ganda', models.PositiveIntegerField(db_comment='Baris yang sama dengan baris lain', default=0, verbose_name='ganda')),
                ('jumlah_salah', models.PositiveIntegerField(db_comment='Baris dengan galat', default=0, verbose_name='perlu diperbaiki')),
                ('jumlah_disimpan', models.PositiveIntegerField(db_comment='Baris yang disimpan', default=0, verbose_name='disimpan')),
                ('dibuat_pada', models.DateTimeField(db_comment='Waktu diunggah', default=django.utils.timezone.now, verbose_name='diunggah')),
                ('diminta_pada', models.DateTimeField(db_comment='Waktu pekerjaan terakhir diminta', null=True, verbose_name='diminta')),
                ('mulai_pada', models.DateTimeField(db_comment='Waktu pekerjaan diambil; kosong bila menunggu', null=True, verbose_name='mulai')),
                ('denyut_pada', models.DateTimeField(db_comment='Kemajuan terakhir; lama berarti terhenti', default=django.utils.timezone.now, verbose_name='denyut')),
                ('selesai_pada', models.DateTimeField(db_comment='Waktu selesai', null=True, verbose_name='selesai')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('dibuat_oleh', models.ForeignKey(db_comment='Pengunggah', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('susunan', models.JSONField(db_comment='Nama nilai baris yang menunggu, menurut urutannya', default=list, editable=False, verbose_name='susunan nilai')),
            ],
            options={
                'verbose_name': 'impor',
                'verbose_name_plural': 'impor',
                'db_table_comment': 'Berkas yang diimpor dan keadaannya',
                'indexes': [models.Index(fields=['bapas', '-id'], name='impor_list')],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='impor_bapas_id'), models.UniqueConstraint(condition=models.Q(('status__in', ['gagal', 'batal']), _negated=True), fields=('bapas', 'jenis', 'sha256'), name='impor_file_once'), models.CheckConstraint(condition=models.Q(('persen__lte', 100)), name='impor_percent')],
            },
        ),
        migrations.CreateModel(
            name='BarisImpor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('baris', models.PositiveIntegerField(db_comment='Nomor baris pada berkas', verbose_name='baris')),
                ('status', models.CharField(choices=[('baru', 'Baru'), ('ada', 'Sudah ada')], db_comment='baru atau ada', max_length=4, verbose_name='status')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_constraint=False, db_index=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='wilayah.bapas')),
                ('impor', models.ForeignKey(db_comment='Impor', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='baris', to='impor.impor')),
                ('nilai', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(null=True), db_comment='Nilai menurut susunan pada impor; kolom tersandi tetap tersandi', size=None, verbose_name='nilai')),
            ],
            options={
                'verbose_name': 'baris impor',
                'verbose_name_plural': 'baris impor',
                'db_table_comment': 'Baris yang menunggu disimpan; dihapus sesudahnya; UNLOGGED',
                'constraints': [models.UniqueConstraint(models.F('bapas'), models.F('impor'), models.F('baris'), name='impor_row_once')],
            },
        ),
        migrations.CreateModel(
            name='PetaKolom',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis', models.CharField(choices=[('klien', 'Klien'), ('bimbingan', 'Bimbingan yang lalu')], db_comment='Apa yang diimpor', max_length=10, verbose_name='isi berkas')),
                ('judul', models.CharField(db_comment='Judul kolom, huruf kecil dan angka saja', max_length=80, verbose_name='judul kolom')),
                ('isian', models.CharField(blank=True, db_comment='Isian portal, kosong bila diabaikan', max_length=30, verbose_name='isian')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
            ],
            options={
                'verbose_name': 'kecocokan kolom',
                'verbose_name_plural': 'kecocokan kolom',
                'db_table_comment': 'Kecocokan judul kolom yang dipakai kantor terakhir kali',
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='peta_kolom_bapas_id'), models.UniqueConstraint(models.F('bapas'), models.F('jenis'), models.F('judul'), name='peta_kolom_once')],
            },
        ),
        migrations.CreateModel(
            name='TemuanImpor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis', models.CharField(choices=[('galat', 'Perlu diperbaiki'), ('ganda', 'Ganda')], db_comment='galat atau ganda', max_length=5, verbose_name='jenis')),
                ('baris', models.PositiveIntegerField(db_comment='Nomor baris pada berkas', verbose_name='baris')),
                ('kolom', models.CharField(db_comment='Nama isian', max_length=80, verbose_name='kolom')),
                ('nilai', models.CharField(blank=True, db_comment='Isi sel, dipotong; NIK disamarkan', max_length=80, verbose_name='nilai')),
                ('kalimat', models.CharField(db_comment='Apa yang perlu diperbaiki', max_length=300, verbose_name='kalimat')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('impor', models.ForeignKey(db_comment='Impor', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='temuan', to='impor.impor')),
            ],
            options={
                'verbose_name': 'temuan impor',
                'verbose_name_plural': 'temuan impor',
                'db_table_comment': 'Apa yang perlu diperbaiki pada berkas impor',
                'indexes': [models.Index(fields=['bapas', 'impor', 'jenis', 'baris'], name='impor_findings')],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='temuan_impor_bapas_id'), apps.wilayah.constraints.SameOffice('impor', name='temuan_impor_same_office')],
            },
        ),
    ]
