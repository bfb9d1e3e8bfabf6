import apps.berkas.models
import apps.wilayah.constraints
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models
from apps.wilayah.rls import protect, track


class Migration(migrations.Migration):

    replaces = [('berkas', '0001_documents')]

    initial = True

    dependencies = [
        ('acuan', '0001_baseline'),
        ('akun', '0001_baseline'),
        ('jejak', '0001_baseline'),
        ('klien', '0001_baseline'),
        ('wilayah', '0002_web_role'),
    ]

    operations = [
        migrations.CreateModel(
            name='Dokumen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kunci', models.UUIDField(db_comment='Dibuat formulir; pengaman kirim ganda', default=uuid.uuid4, editable=False)),
                ('judul', models.CharField(db_comment='Judul singkat', max_length=120, verbose_name='judul')),
                ('tanggal', models.DateField(blank=True, db_comment='Tanggal pada dokumen', null=True, verbose_name='tanggal dokumen')),
                ('berkas', models.FileField(blank=True, db_comment='Nama acak di bawah MEDIA_ROOT, kosong setelah dicoret', max_length=80, upload_to=apps.berkas.models.random_name, verbose_name='berkas')),
                ('isi', models.CharField(choices=[('application/pdf', 'PDF'), ('image/jpeg', 'JPEG'), ('image/png', 'PNG')], db_comment='Jenis menurut isinya', editable=False, max_length=20, verbose_name='jenis isi')),
                ('ukuran', models.PositiveIntegerField(db_comment='Besar berkas tersimpan, bita', editable=False, verbose_name='ukuran')),
                ('sha256', models.CharField(db_comment='SHA-256 berkas yang diunggah, sebelum gambar dibersihkan', editable=False, max_length=64, verbose_name='SHA-256')),
                ('pindai', models.CharField(choices=[('belum', 'Belum dipindai'), ('bersih', 'Bersih dari virus')], db_comment='Hasil pemindaian virus saat diunggah', default='belum', editable=False, max_length=6, verbose_name='pemindaian virus')),
                ('diunggah_pada', models.DateTimeField(db_comment='Waktu unggah', default=django.utils.timezone.now, editable=False, verbose_name='diunggah')),
                ('dicoret_pada', models.DateTimeField(db_comment='Waktu dicoret', editable=False, null=True, verbose_name='dicoret')),
                ('alasan', models.CharField(blank=True, db_comment='Alasan dicoret', editable=False, max_length=200, verbose_name='alasan')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('dicoret_oleh', models.ForeignKey(db_comment='Pencoret', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('diunggah_oleh', models.ForeignKey(db_comment='Pengunggah', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('jenis', models.ForeignKey(db_comment='Jenis dokumen', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acuan.jenisdokumen', verbose_name='jenis dokumen')),
                ('klien', models.ForeignKey(db_comment='Klien', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='dokumen', to='klien.klien')),
            ],
            options={
                'verbose_name': 'dokumen',
                'verbose_name_plural': 'dokumen',
                'db_table_comment': 'Dokumen pada berkas klien',
                'indexes': [models.Index(fields=['bapas', 'klien', '-diunggah_pada'], name='dokumen_klien')],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='dokumen_bapas_id'), apps.wilayah.constraints.SameOffice('klien', name='dokumen_klien_same_office'), models.UniqueConstraint(models.F('bapas'), models.F('kunci'), name='dokumen_key_once'), models.UniqueConstraint(models.F('bapas'), models.F('klien'), models.F('sha256'), condition=models.Q(('dicoret_pada', None)), name='dokumen_content_once', violation_error_message='Berkas ini sudah ada pada dokumen klien.'), models.CheckConstraint(condition=models.Q(('ukuran__gt', 0), ('ukuran__lte', 10485760)), name='dokumen_size_sane', violation_error_message='Ukuran berkas paling besar 10 MB.'), models.CheckConstraint(condition=models.Q(models.Q(('alasan', ''), ('dicoret_oleh', None), ('dicoret_pada', None), models.Q(('berkas', ''), _negated=True)), models.Q(('berkas', ''), ('dicoret_oleh__isnull', False), ('dicoret_pada__isnull', False), models.Q(('alasan', ''), _negated=True)), _connector='OR'), name='dokumen_struck_with_reason')],
            },
        ),
        protect("berkas_dokumen"),
        track("berkas_dokumen"),
    ]
