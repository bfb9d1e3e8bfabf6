import apps.wilayah.constraints
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('asesmen', '0001_initial')]

    initial = True

    dependencies = [
        ('acuan', '0001_baseline'),
        ('akun', '0001_baseline'),
        ('klien', '0001_baseline'),
        ('wilayah', '0002_web_role'),
    ]

    operations = [
        migrations.CreateModel(
            name='Asesmen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('untuk', models.CharField(choices=[('dewasa', 'Dewasa'), ('anak', 'Anak')], db_comment='Kategori usia klien; mengikuti berkas klien', editable=False, max_length=6)),
                ('jenis', models.CharField(choices=[('awal', 'Asesmen awal'), ('tahunan', 'Asesmen ulang tahunan'), ('baru', 'Asesmen ulang karena informasi baru')], db_comment='Awal atau ulang', editable=False, max_length=7, verbose_name='jenis')),
                ('status', models.CharField(choices=[('draf', 'Belum selesai'), ('selesai', 'Selesai'), ('batal', 'Dibatalkan')], db_comment='Status asesmen', default='draf', editable=False, max_length=7, verbose_name='status')),
                ('tanggal', models.DateField(db_comment='Tanggal asesmen dilakukan', verbose_name='tanggal asesmen')),
                ('dibacakan_pada', models.DateTimeField(db_comment='Waktu isi dibacakan kepada klien', editable=False, null=True, verbose_name='dibacakan')),
                ('dimulai_pada', models.DateTimeField(db_comment='Waktu dimulai', default=django.utils.timezone.now, editable=False, verbose_name='dimulai')),
                ('selesai_pada', models.DateTimeField(db_comment='Waktu disimpan sebagai selesai', editable=False, null=True, verbose_name='selesai')),
                ('asesor', models.ForeignKey(db_comment='Pembimbing Kemasyarakatan yang menilai', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asesor')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('klien', models.ForeignKey(db_comment='Klien', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='asesmen', to='klien.klien')),
                ('salin_dari', models.ForeignKey(db_comment='Asesmen yang isinya disalin sebagai awal', db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='salinan', to='asesmen.asesmen')),
            ],
            options={
                'verbose_name': 'asesmen',
                'verbose_name_plural': 'asesmen',
                'db_table_comment': 'Asesmen kebutuhan klien',
                'indexes': [models.Index(fields=['bapas', 'klien', '-tanggal'], name='asesmen_klien')],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='asesmen_bapas_id'), apps.wilayah.constraints.SameOffice('klien', name='asesmen_klien_same_office'), apps.wilayah.constraints.SameOffice('salin_dari', name='asesmen_copy_same_office'), apps.wilayah.constraints.SameValue('klien', 'untuk', 'kategori_usia', follows=True, name='asesmen_age_of_client', violation_error_message='Kategori usia asesmen harus sama dengan kategori usia klien.'), models.UniqueConstraint(fields=('id', 'untuk'), name='asesmen_id_untuk'), models.UniqueConstraint(condition=models.Q(('status', 'draf')), fields=('bapas', 'klien'), name='asesmen_one_open_draft', violation_error_message='Klien ini masih punya asesmen yang belum selesai.'), models.CheckConstraint(condition=models.Q(models.Q(('selesai_pada__isnull', False), ('status', 'selesai')), models.Q(models.Q(('status', 'selesai'), _negated=True), ('selesai_pada', None)), _connector='OR'), name='asesmen_finished_has_time')],
            },
        ),
        migrations.CreateModel(
            name='IsianDomain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('domain', models.CharField(choices=[('tinggal', 'Tempat tinggal'), ('kerja', 'Pekerjaan dan usaha'), ('terampil', 'Keterampilan dan pendidikan'), ('sehat', 'Kesehatan dan pemulihan'), ('keluarga', 'Keluarga dan komunitas'), ('dokumen', 'Dokumen dan hukum'), ('ekonomi', 'Ekonomi dan keuangan'), ('karakter', 'Ibadah dan karakter')], db_comment='Domain kebutuhan', max_length=10, verbose_name='domain')),
                ('kekuatan', models.CharField(blank=True, db_comment='Kekuatan klien', max_length=500, verbose_name='kekuatan yang dimiliki')),
                ('tanpa_kebutuhan', models.BooleanField(db_comment='Sudah ditanyakan, tidak ada kebutuhan', default=False, verbose_name='tidak ada kebutuhan di bidang ini')),
                ('kata_klien', models.CharField(blank=True, db_comment='Kata-kata klien sendiri', max_length=300, verbose_name='kata klien')),
                ('disimpan_pada', models.DateTimeField(db_comment='Simpan terakhir oleh petugas; kosong bila baru disalin atau belum diisi', editable=False, null=True)),
                ('versi', models.PositiveIntegerField(db_comment='Naik setiap kali berubah; pengaman dua layar terbuka bersamaan', default=0, editable=False)),
                ('asesmen', models.ForeignKey(db_comment='Asesmen', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='isian', to='asesmen.asesmen')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
            ],
            options={
                'verbose_name': 'isian domain',
                'verbose_name_plural': 'isian domain',
                'db_table_comment': 'Isian satu domain pada satu asesmen',
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='isian_bapas_id'), apps.wilayah.constraints.SameOffice('asesmen', name='isian_asesmen_same_office'), models.UniqueConstraint(fields=('asesmen', 'domain'), name='isian_one_per_domain')],
            },
        ),
        migrations.CreateModel(
            name='ButirKebutuhan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mendesak', models.CharField(blank=True, choices=[('sekarang', 'Sekarang'), ('3bulan', 'Dalam 3 bulan'), ('nanti', 'Nanti')], db_comment='Seberapa mendesak; kosong selama belum dijawab', max_length=8, verbose_name='seberapa mendesak')),
                ('uraian', models.CharField(blank=True, db_comment='Uraian singkat', max_length=200, verbose_name='uraian')),
                ('sudah_terbuka', models.BooleanField(db_comment='Kebutuhan ini sudah terbuka sebelum asesmen dan diperbarui', default=False, editable=False)),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('buku', models.ForeignKey(db_comment='Baris buku besar kebutuhan; kosong selama draf', db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='dari_asesmen', to='klien.kebutuhan')),
                ('kategori', models.ForeignKey(db_comment='Kategori kebutuhan', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acuan.kategorikebutuhan')),
                ('isian', models.ForeignKey(db_comment='Isian domain', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='kebutuhan', to='asesmen.isiandomain')),
            ],
            options={
                'verbose_name': 'butir kebutuhan',
                'verbose_name_plural': 'butir kebutuhan',
                'db_table_comment': 'Kebutuhan yang disebut pada satu domain asesmen',
                'indexes': [models.Index(condition=models.Q(('buku__isnull', False)), fields=['bapas', 'buku'], name='butir_buku')],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='butir_bapas_id'), apps.wilayah.constraints.SameOffice('isian', name='butir_isian_same_office'), apps.wilayah.constraints.SameOffice('buku', name='butir_ledger_same_office'), models.UniqueConstraint(fields=('isian', 'kategori'), name='butir_category_once')],
            },
        ),
        migrations.CreateModel(
            name='SkorAsesmen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('untuk', models.CharField(choices=[('dewasa', 'Dewasa'), ('anak', 'Anak')], db_comment='Kategori usia: klien dan instrumen sama', editable=False, max_length=6)),
                ('skor', models.PositiveSmallIntegerField(db_comment='Skor', verbose_name='skor')),
                ('kategori', models.CharField(db_comment='Kategori menurut pita saat itu', max_length=30, verbose_name='kategori')),
                ('dari', models.PositiveSmallIntegerField(db_comment='Skor terendah pita saat itu')),
                ('sampai', models.PositiveSmallIntegerField(db_comment='Skor tertinggi pita saat itu')),
                ('pada', models.DateTimeField(db_comment='Waktu dicatat', default=django.utils.timezone.now, editable=False, verbose_name='pada')),
                ('asesmen', models.ForeignKey(db_comment='Asesmen', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='skor', to='asesmen.asesmen')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('faktor', models.ForeignKey(db_comment='Bagian yang diberi skor', db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acuan.faktorinstrumen')),
                ('instrumen', models.ForeignKey(db_comment='Instrumen dengan versinya', db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acuan.instrumen')),
                ('oleh', models.ForeignKey(db_comment='Penilai', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'skor asesmen',
                'verbose_name_plural': 'skor asesmen',
                'db_table_comment': 'Skor instrumen pada satu asesmen; tanpa jawaban butir',
                'ordering': ['instrumen', 'faktor__urutan', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='skor_bapas_id'), apps.wilayah.constraints.SameOffice('asesmen', name='skor_asesmen_same_office'), apps.wilayah.constraints.SameValue('asesmen', 'untuk', 'untuk', follows=True, name='skor_age_of_assessment', violation_error_message='Kategori usia skor harus sama dengan asesmennya.'), apps.wilayah.constraints.SameValue('instrumen', 'untuk', 'untuk', follows=False, name='skor_instrument_for_age', violation_error_message='Klien punya skor instrumen untuk kategori usia lain. Hapus dulu skor itu.'), apps.wilayah.constraints.SameValue('faktor', 'instrumen', 'instrumen', follows=False, name='skor_factor_of_instrument', violation_error_message='Faktor ini bukan bagian dari instrumen yang dipilih.'), models.UniqueConstraint(fields=('asesmen', 'faktor'), name='skor_once_per_factor'), models.CheckConstraint(condition=models.Q(('skor__gte', models.F('dari')), ('skor__lte', models.F('sampai'))), name='skor_inside_band', violation_error_message='Skor harus berada di dalam rentang kategorinya.')],
            },
        ),
    ]
