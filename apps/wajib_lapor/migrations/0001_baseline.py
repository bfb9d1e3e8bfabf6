import apps.wilayah.constraints
import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('wajib_lapor', '0001_initial')]

    initial = True

    dependencies = [
        ('akun', '0001_baseline'),
        ('klien', '0001_baseline'),
        ('wilayah', '0002_web_role'),
    ]

    operations = [
        migrations.CreateModel(
            name='PerubahanJadwal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kunci', models.UUIDField(db_comment='Kunci formulir; satu tindakan untuk banyak klien memakai satu kunci', editable=False)),
                ('frekuensi_hari', models.PositiveSmallIntegerField(db_comment='Jarak wajib lapor sesudah', verbose_name='frekuensi lapor (hari)')),
                ('berikutnya', models.DateField(db_comment='Tanggal lapor berikutnya sesudah', null=True, verbose_name='lapor berikutnya')),
                ('jam', models.TimeField(db_comment='Jam janji sesudah', null=True, verbose_name='jam')),
                ('cara', models.CharField(blank=True, choices=[('kantor', 'Di kantor'), ('kunjungan', 'Kunjungan rumah'), ('telepon', 'Telepon/WA'), ('daring', 'Daring'), ('kelompok', 'Kelompok')], db_comment='Cara bertemu sesudah', max_length=10, verbose_name='cara bertemu')),
                ('tempat', models.CharField(blank=True, db_comment='Tempat janji sesudah', max_length=120, verbose_name='tempat')),
                ('sebelum', models.JSONField(db_comment='Isi jadwal sebelum diubah, untuk Urungkan', editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('versi', models.PositiveIntegerField(db_comment='Versi jadwal sesudah perubahan ini', editable=False)),
                ('alasan', models.CharField(db_comment='Alasan perubahan', max_length=200, verbose_name='alasan')),
                ('mengurungkan', models.UUIDField(db_comment='Kunci tindakan yang diurungkan oleh baris ini', editable=False, null=True)),
                ('pada', models.DateTimeField(db_comment='Waktu diubah', default=django.utils.timezone.now, editable=False, verbose_name='pada')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('klien', models.ForeignKey(db_comment='Klien', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='perubahan_jadwal', to='klien.klien')),
                ('oleh', models.ForeignKey(db_comment='Siapa yang mengubah', db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'perubahan jadwal',
                'verbose_name_plural': 'perubahan jadwal',
                'db_table_comment': 'Perubahan jadwal lapor oleh petugas; hanya bertambah',
                'indexes': [models.Index(fields=['bapas', 'klien', '-pada'], name='perubahan_jadwal_klien'), models.Index(fields=['bapas', 'oleh', '-pada'], name='perubahan_jadwal_oleh')],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='perubahan_jadwal_bapas_id'), apps.wilayah.constraints.SameOffice('klien', name='perubahan_jadwal_same_office'), models.UniqueConstraint(models.F('bapas'), models.F('kunci'), models.F('klien'), name='perubahan_jadwal_once'), models.CheckConstraint(condition=models.Q(('alasan', ''), _negated=True), name='perubahan_jadwal_has_reason', violation_error_message='Isi alasan perubahan.')],
            },
        ),
        migrations.CreateModel(
            name='TeksPengingat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('teks', models.CharField(db_comment='Teks dengan isian dalam kurung kurawal', max_length=300, verbose_name='teks pengingat')),
                ('diubah_pada', models.DateTimeField(auto_now=True, db_comment='Waktu diubah')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('diubah_oleh', models.ForeignKey(db_comment='Pengubah terakhir', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'teks pengingat',
                'verbose_name_plural': 'teks pengingat',
                'db_table_comment': 'Teks pengingat pertemuan per kantor',
                'constraints': [models.UniqueConstraint(models.F('bapas'), name='teks_pengingat_one_per_office')],
            },
        ),
    ]
