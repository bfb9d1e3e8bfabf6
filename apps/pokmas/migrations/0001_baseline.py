import apps.wilayah.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('pokmas', '0001_initial')]

    initial = True

    dependencies = [
        ('wilayah', '0002_web_role'),
    ]

    operations = [
        migrations.CreateModel(
            name='Pokmas',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bidang', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('kepribadian', 'Kepribadian'), ('kemandirian', 'Kemandirian'), ('hukum', 'Layanan hukum'), ('kemasyarakatan', 'Kemasyarakatan')], max_length=15), db_comment='Bidang layanan', default=list, size=None, verbose_name='bidang')),
                ('bentuk', models.CharField(choices=[('perorangan', 'Perorangan'), ('badan', 'Badan usaha'), ('organisasi', 'Organisasi')], db_comment='Bentuk', max_length=10, verbose_name='bentuk')),
                ('alamat', models.CharField(blank=True, db_comment='Alamat sekretariat', max_length=200, verbose_name='alamat sekretariat')),
                ('sk_nomor', models.CharField(blank=True, db_comment='Nomor SK Kepala Bapas', max_length=80, verbose_name='nomor SK')),
                ('sk_tanggal', models.DateField(blank=True, db_comment='Tanggal SK', null=True, verbose_name='tanggal SK')),
                ('pks_nomor', models.CharField(blank=True, db_comment='Nomor perjanjian kerja sama', max_length=80, verbose_name='nomor PKS')),
                ('pks_mulai', models.DateField(blank=True, db_comment='Perjanjian kerja sama mulai', null=True, verbose_name='PKS mulai')),
                ('pks_selesai', models.DateField(blank=True, db_comment='Perjanjian kerja sama berakhir', null=True, verbose_name='PKS berakhir')),
                ('status', models.CharField(choices=[('calon', 'Calon'), ('aktif', 'Aktif'), ('nonaktif', 'Tidak aktif')], db_comment='Status', default='calon', editable=False, max_length=8, verbose_name='status')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('mitra', models.ForeignKey(blank=True, db_comment='Mitra yang ikut melihat baris ini', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.mitra', verbose_name='mitra')),
            ],
            options={
                'verbose_name': 'Pokmas',
                'verbose_name_plural': 'Pokmas',
                'db_table_comment': 'Kelompok Masyarakat Peduli Pemasyarakatan',
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='pokmas_bapas_id'), models.UniqueConstraint(models.F('bapas'), models.F('mitra'), name='pokmas_once_per_office'), models.CheckConstraint(condition=models.Q(('mitra__isnull', False)), name='pokmas_has_identity'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'aktif'), _negated=True), models.Q(models.Q(('sk_nomor', ''), _negated=True), ('sk_tanggal__isnull', False)), _connector='OR'), name='pokmas_active_has_decree', violation_error_message='Pokmas aktif harus punya SK.'), models.CheckConstraint(condition=models.Q(('pks_mulai', None), ('pks_selesai', None), ('pks_selesai__gte', models.F('pks_mulai')), _connector='OR'), name='pokmas_agreement_ends_after_start', violation_error_message='PKS tidak boleh berakhir sebelum mulai.')],
            },
        ),
        migrations.CreateModel(
            name='Anggota',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nama', models.CharField(db_comment='Nama anggota', max_length=120, verbose_name='nama')),
                ('jabatan', models.CharField(blank=True, db_comment='Jabatan dalam kelompok', max_length=60, verbose_name='jabatan')),
                ('keahlian', models.CharField(blank=True, db_comment='Keahlian yang dibagikan', max_length=120, verbose_name='keahlian')),
                ('telepon', models.CharField(blank=True, db_comment='Telepon', max_length=20, verbose_name='telepon')),
                ('aktif', models.BooleanField(db_comment='Masih anggota', default=True, verbose_name='aktif')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('mitra', models.ForeignKey(blank=True, db_comment='Mitra yang ikut melihat baris ini', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.mitra', verbose_name='mitra')),
                ('pokmas', models.ForeignKey(db_comment='Pokmas', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='anggota', to='pokmas.pokmas')),
            ],
            options={
                'verbose_name': 'anggota',
                'verbose_name_plural': 'anggota',
                'db_table_comment': 'Anggota Pokmas',
                'ordering': ['nama'],
                'indexes': [models.Index(fields=['bapas', 'pokmas'], name='anggota_pokmas')],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='anggota_bapas_id'), apps.wilayah.constraints.SameOffice('pokmas', name='anggota_pokmas_same_office')],
            },
        ),
    ]
