import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('jejak', '0001_initial')]

    initial = True

    dependencies = [
        ('akun', '0001_baseline'),
        ('wilayah', '0002_web_role'),
    ]

    operations = [
        migrations.CreateModel(
            name='Akses',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verba', models.CharField(choices=[('lihat', 'Melihat'), ('cari', 'Mencari'), ('ekspor', 'Mengekspor'), ('unduh', 'Mengunduh'), ('buka-alasan', 'Membuka dengan alasan')], db_comment='Perbuatan', max_length=12, verbose_name='perbuatan')),
                ('objek', models.CharField(db_comment='Jenis objek, misalnya klien', max_length=20, verbose_name='objek')),
                ('objek_id', models.BigIntegerField(db_comment='Id objek, kosong untuk daftar', null=True, verbose_name='id objek')),
                ('rincian', models.CharField(blank=True, db_comment='Alasan, saringan, atau jumlah baris; tanpa data pribadi', max_length=300, verbose_name='rincian')),
                ('pada', models.DateTimeField(db_comment='Waktu', default=django.utils.timezone.now, verbose_name='pada')),
                ('permintaan', models.CharField(blank=True, db_comment='Id permintaan HTTP', max_length=36, verbose_name='id permintaan')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('mitra', models.ForeignKey(blank=True, db_comment='Mitra yang ikut melihat baris ini', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.mitra', verbose_name='mitra')),
                ('pengguna', models.ForeignKey(db_comment='Siapa', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('penugasan', models.ForeignKey(db_comment='Dengan penugasan apa', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='akun.penugasan')),
            ],
            options={
                'verbose_name': 'jejak akses',
                'verbose_name_plural': 'jejak akses',
                'db_table_comment': 'Jejak pembacaan data klien; hanya bertambah',
                'indexes': [models.Index(fields=['bapas', 'objek', 'objek_id', '-pada'], name='akses_objek'), models.Index(fields=['pengguna', '-pada'], name='akses_pengguna')],
            },
        ),
        migrations.CreateModel(
            name='Perubahan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tabel', models.CharField(db_comment='Nama tabel', max_length=63, verbose_name='tabel')),
                ('baris_id', models.BigIntegerField(db_comment='Id baris', verbose_name='id baris')),
                ('aksi', models.CharField(db_comment='UPDATE atau DELETE', max_length=6, verbose_name='aksi')),
                ('lama', models.JSONField(db_comment='Nilai sebelum perubahan; kolom tersandi tetap tersandi', verbose_name='nilai lama')),
                ('baru', models.JSONField(db_comment='Nilai sesudah perubahan', null=True, verbose_name='nilai baru')),
                ('oleh_id', models.BigIntegerField(db_comment='Id pengguna, kosong untuk pekerjaan sistem', null=True, verbose_name='oleh')),
                ('pada', models.DateTimeField(db_comment='Waktu', db_default=django.db.models.functions.datetime.Now(), verbose_name='pada')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('mitra', models.ForeignKey(blank=True, db_comment='Mitra yang ikut melihat baris ini', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.mitra', verbose_name='mitra')),
            ],
            options={
                'verbose_name': 'perubahan data',
                'verbose_name_plural': 'perubahan data',
                'db_table_comment': 'Nilai lama dan baru setiap baris yang berubah; hanya bertambah',
                'indexes': [models.Index(fields=['bapas', 'tabel', 'baris_id', 'pada'], name='perubahan_baris')],
            },
        ),
        migrations.CreateModel(
            name='Riwayat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('objek', models.CharField(db_comment='Jenis objek, misalnya program', max_length=20, verbose_name='objek')),
                ('objek_id', models.BigIntegerField(db_comment='Id objek', verbose_name='id objek')),
                ('dari', models.CharField(blank=True, db_comment='Status lama', max_length=20, verbose_name='dari')),
                ('ke', models.CharField(db_comment='Status baru', max_length=20, verbose_name='ke')),
                ('pada', models.DateTimeField(db_comment='Waktu', default=django.utils.timezone.now, verbose_name='pada')),
                ('catatan', models.TextField(blank=True, db_comment='Alasan atau catatan', verbose_name='catatan')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('mitra', models.ForeignKey(blank=True, db_comment='Mitra yang ikut melihat baris ini', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.mitra', verbose_name='mitra')),
                ('oleh', models.ForeignKey(db_comment='Siapa', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'riwayat status',
                'verbose_name_plural': 'riwayat status',
                'db_table_comment': 'Perpindahan status; hanya bertambah',
                'indexes': [models.Index(fields=['bapas', 'objek', 'objek_id', 'pada'], name='riwayat_objek')],
            },
        ),
    ]
