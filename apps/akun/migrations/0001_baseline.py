import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from apps.wilayah.rls import append_only


class Migration(migrations.Migration):

    replaces = [('akun', '0001_initial'), ('akun', '0002_riwayatakun'), ('akun', '0003_jenjang'), ('akun', '0004_ekspor_daftar')]

    initial = True

    dependencies = [
        ('wilayah', '0002_web_role'),
    ]

    operations = [
        migrations.CreateModel(
            name='Pengguna',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(db_comment='Surel untuk masuk', max_length=254, unique=True, verbose_name='surel')),
                ('nama', models.CharField(db_comment='Nama lengkap', max_length=120, verbose_name='nama')),
                ('nip', models.CharField(blank=True, db_comment='Nomor induk pegawai, bila ada', max_length=18, verbose_name='NIP')),
                ('is_active', models.BooleanField(db_comment='Boleh masuk', default=True, verbose_name='aktif')),
                ('dibuat_pada', models.DateTimeField(db_comment='Waktu akun dibuat', default=django.utils.timezone.now, verbose_name='dibuat')),
            ],
            options={
                'verbose_name': 'pengguna',
                'verbose_name_plural': 'pengguna',
                'db_table_comment': 'Orang yang dapat masuk ke portal',
                'ordering': ['nama'],
            },
        ),
        migrations.CreateModel(
            name='Penugasan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('peran', models.CharField(choices=[('pk', 'Pembimbing Kemasyarakatan'), ('operator', 'Operator Bapas'), ('perencana', 'Perencana Bapas'), ('kabapas', 'Kepala Bapas'), ('pengelola_griya', 'Pengelola Griya Abhipraya'), ('koordinator_pokmas', 'Koordinator Pokmas'), ('mitra', 'Mitra Pemda/CSR'), ('kanwil', 'Staf Kanwil'), ('ditjenpas', 'Ditjenpas'), ('admin', 'Admin portal'), ('auditor', 'Auditor')], db_comment='Peran', max_length=20, verbose_name='peran')),
                ('mulai', models.DateField(db_comment='Hari pertama', default=django.utils.timezone.localdate, verbose_name='mulai')),
                ('selesai', models.DateField(blank=True, db_comment='Hari terakhir, kosong bila berlanjut', null=True, verbose_name='selesai')),
                ('bapas', models.ForeignKey(blank=True, db_comment='Unit: Bapas', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas')),
                ('diberi_oleh', models.ForeignKey(blank=True, db_comment='Pemberi tugas', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kanwil', models.ForeignKey(blank=True, db_comment='Unit: Kanwil', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.kanwil')),
                ('mitra', models.ForeignKey(blank=True, db_comment='Unit: mitra (Pokmas, Griya, Pemda, perusahaan)', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.mitra')),
                ('pengguna', models.ForeignKey(db_comment='Pemegang tugas', on_delete=django.db.models.deletion.CASCADE, related_name='daftar_penugasan', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'penugasan',
                'verbose_name_plural': 'penugasan',
                'db_table_comment': 'Peran seseorang pada satu unit',
                'ordering': ['-mulai', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('bapas__isnull', False), ('kanwil', None), ('mitra', None), ('peran__in', ['pk', 'operator', 'perencana', 'kabapas'])), models.Q(('bapas', None), ('kanwil', None), ('mitra__isnull', False), ('peran__in', ['pengelola_griya', 'koordinator_pokmas', 'mitra'])), models.Q(('bapas', None), ('kanwil__isnull', False), ('mitra', None), ('peran__in', ['kanwil'])), models.Q(('bapas', None), ('kanwil', None), ('mitra', None), ('peran__in', ['ditjenpas', 'admin', 'auditor'])), _connector='OR'), name='penugasan_unit_fits_role', violation_error_message='Unit tidak sesuai dengan peran.'), models.CheckConstraint(condition=models.Q(('selesai', None), ('selesai__gte', models.F('mulai')), _connector='OR'), name='penugasan_ends_after_start', violation_error_message='Tanggal selesai harus setelah tanggal mulai.')],
            },
        ),
        migrations.CreateModel(
            name='TokenApi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nama', models.CharField(db_comment='Untuk apa token ini', max_length=60, verbose_name='nama')),
                ('sidik', models.CharField(db_comment='SHA-256 token', editable=False, max_length=64, unique=True)),
                ('dibuat_pada', models.DateTimeField(db_comment='Waktu dibuat', default=django.utils.timezone.now, editable=False, verbose_name='dibuat')),
                ('kedaluwarsa', models.DateField(db_comment='Hari terakhir berlaku', verbose_name='berlaku sampai')),
                ('pengguna', models.ForeignKey(db_comment='Pemilik', on_delete=django.db.models.deletion.CASCADE, related_name='token_api', to=settings.AUTH_USER_MODEL)),
                ('penugasan', models.ForeignKey(db_comment='Penugasan yang menentukan jangkauan token', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='akun.penugasan')),
            ],
            options={
                'verbose_name': 'token API',
                'verbose_name_plural': 'token API',
                'db_table_comment': 'Token API; hanya sidiknya yang disimpan',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='RiwayatAkun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('peristiwa', models.CharField(choices=[('diundang', 'Diundang'), ('undangan-ulang', 'Undangan dikirim ulang'), ('penugasan-diberi', 'Penugasan diberikan'), ('penugasan-diakhiri', 'Penugasan diakhiri'), ('penugasan-dipakai', 'Penugasan dipakai'), ('dinonaktifkan', 'Akun dinonaktifkan'), ('diaktifkan', 'Akun diaktifkan kembali'), ('dua-langkah-dihapus', 'Verifikasi dua langkah dihapus'), ('token-dibuat', 'Token API dibuat'), ('token-dicabut', 'Token API dicabut'), ('daftar-diekspor', 'Mengekspor daftar')], db_comment='Apa yang terjadi', max_length=20, verbose_name='peristiwa')),
                ('catatan', models.CharField(blank=True, db_comment='Alasan atau nama token', max_length=300, verbose_name='catatan')),
                ('pada', models.DateTimeField(db_comment='Waktu', default=django.utils.timezone.now, verbose_name='pada')),
                ('oleh', models.ForeignKey(db_comment='Siapa; kosong untuk perintah di peladen', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pengguna', models.ForeignKey(db_comment='Akun yang bersangkutan', on_delete=django.db.models.deletion.PROTECT, related_name='riwayat_akun', to=settings.AUTH_USER_MODEL)),
                ('penugasan', models.ForeignKey(db_comment='Penugasan yang bersangkutan, bila ada', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='akun.penugasan')),
            ],
            options={
                'verbose_name': 'riwayat akun',
                'verbose_name_plural': 'riwayat akun',
                'db_table_comment': 'Riwayat akun dan penugasan; hanya bertambah',
                'ordering': ['-id'],
            },
        ),
        migrations.AddField(
            model_name='pengguna',
            name='penugasan_aktif',
            field=models.ForeignKey(blank=True, db_comment='Penugasan yang sedang dipakai', editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='akun.penugasan'),
        ),
        migrations.AddField(
            model_name='pengguna',
            name='jenjang',
            field=models.CharField(blank=True, choices=[('apk', 'Asisten PK'), ('pertama', 'PK Ahli Pertama'), ('muda', 'PK Ahli Muda'), ('madya', 'PK Ahli Madya')], db_comment='Jenjang jabatan fungsional PK, kosong bila belum diisi atau bukan PK', max_length=8, verbose_name='jenjang jabatan'),
        ),
        append_only("akun_riwayatakun"),
    ]
