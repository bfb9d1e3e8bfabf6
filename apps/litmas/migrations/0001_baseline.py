import apps.wilayah.constraints
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('litmas', '0001_initial')]

    initial = True

    dependencies = [
        ('acuan', '0001_baseline'),
        ('akun', '0001_baseline'),
        ('klien', '0001_baseline'),
        ('wilayah', '0002_web_role'),
    ]

    operations = [
        migrations.CreateModel(
            name='Litmas',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('inisial', models.CharField(db_comment='Inisial, bukan nama', help_text='Huruf awal nama saja, misalnya B.S.', max_length=10, verbose_name='inisial')),
                ('untuk', models.CharField(choices=[('anak', 'Anak'), ('dewasa', 'Dewasa')], db_comment='Anak atau dewasa menurut surat permintaan', max_length=6, verbose_name='kategori usia')),
                ('alasan_batal', models.CharField(blank=True, db_comment='Terisi bila catatan ini dibatalkan', max_length=200, verbose_name='alasan batal')),
                ('dicatat_pada', models.DateTimeField(db_comment='Waktu dicatat', default=django.utils.timezone.now, editable=False, verbose_name='dicatat')),
                ('kunci', models.UUIDField(db_comment='Kunci isian; kiriman ulang tidak menggandakan', editable=False, verbose_name='kunci')),
                ('peminta', models.CharField(db_comment='Lembaga yang meminta', max_length=120, verbose_name='peminta')),
                ('nomor_surat', models.CharField(db_comment='Nomor surat permintaan', max_length=80, verbose_name='nomor surat permintaan')),
                ('diminta', models.DateField(db_comment='Tanggal surat permintaan diterima', verbose_name='tanggal permintaan')),
                ('tenggat', models.DateField(db_comment='Tanggal harus selesai', verbose_name='tenggat')),
                ('selesai', models.DateField(blank=True, db_comment='Tanggal litmas diserahkan', null=True, verbose_name='tanggal selesai')),
                ('tpp_tanggal', models.DateField(blank=True, db_comment='Tanggal sidang TPP', null=True, verbose_name='tanggal sidang TPP')),
                ('tpp_nomor', models.CharField(blank=True, db_comment='Nomor berita acara TPP', max_length=60, verbose_name='nomor sidang TPP')),
                ('rekomendasi', models.CharField(blank=True, choices=[('disetujui', 'Disetujui atau didukung'), ('ditunda', 'Ditunda'), ('ditolak', 'Tidak didukung')], db_comment='Rekomendasi, bukan isi litmas', max_length=10, verbose_name='rekomendasi')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('dicatat_oleh', models.ForeignKey(db_comment='Pencatat', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('jenis', models.ForeignKey(db_comment='Jenis litmas', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acuan.jenislitmas', verbose_name='jenis litmas')),
                ('klien', models.ForeignKey(blank=True, db_comment='Klien, bila sudah terdaftar', db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='klien.klien', verbose_name='klien')),
                ('pk_pelaksana', models.ForeignKey(db_comment='Pembimbing Kemasyarakatan yang ditunjuk', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Pembimbing Kemasyarakatan')),
            ],
            options={
                'verbose_name': 'litmas',
                'verbose_name_plural': 'litmas',
                'db_table_comment': 'Permintaan dan penyelesaian litmas; hanya kepala, tanpa isi',
                'indexes': [models.Index(fields=['bapas', 'selesai', 'tenggat'], name='litmas_antrean'), models.Index(fields=['bapas', 'diminta'], name='litmas_diminta')],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='litmas_bapas_id'), apps.wilayah.constraints.SameOffice('klien', name='litmas_klien_same_office'), models.UniqueConstraint(models.F('bapas'), models.F('kunci'), name='litmas_key_once'), models.CheckConstraint(condition=models.Q(('tenggat__gte', models.F('diminta'))), name='litmas_due_after_request', violation_error_message='Tenggat tidak boleh sebelum tanggal permintaan.'), models.CheckConstraint(condition=models.Q(('selesai', None), ('selesai__gte', models.F('diminta')), _connector='OR'), name='litmas_done_after_request', violation_error_message='Tanggal selesai tidak boleh sebelum tanggal permintaan.'), models.CheckConstraint(condition=models.Q(models.Q(('rekomendasi', ''), ('selesai', None)), models.Q(('selesai__isnull', False), models.Q(('rekomendasi', ''), _negated=True)), _connector='OR'), name='litmas_recommendation_when_done', violation_error_message='Pilih rekomendasi.')],
            },
        ),
        migrations.CreateModel(
            name='Pendampingan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('inisial', models.CharField(db_comment='Inisial, bukan nama', help_text='Huruf awal nama saja, misalnya B.S.', max_length=10, verbose_name='inisial')),
                ('untuk', models.CharField(choices=[('anak', 'Anak'), ('dewasa', 'Dewasa')], db_comment='Anak atau dewasa menurut surat permintaan', max_length=6, verbose_name='kategori usia')),
                ('alasan_batal', models.CharField(blank=True, db_comment='Terisi bila catatan ini dibatalkan', max_length=200, verbose_name='alasan batal')),
                ('dicatat_pada', models.DateTimeField(db_comment='Waktu dicatat', default=django.utils.timezone.now, editable=False, verbose_name='dicatat')),
                ('kunci', models.UUIDField(db_comment='Kunci isian; kiriman ulang tidak menggandakan', editable=False, verbose_name='kunci')),
                ('tahap', models.CharField(choices=[('penyidikan', 'Pemeriksaan di penyidikan'), ('div-sidik', 'Diversi di penyidikan'), ('div-tuntut', 'Diversi di penuntutan'), ('div-adil', 'Diversi di pengadilan'), ('sidang', 'Sidang pengadilan')], db_comment='Tahap proses', max_length=12, verbose_name='tahap')),
                ('tanggal', models.DateField(db_comment='Tanggal pendampingan', verbose_name='tanggal')),
                ('instansi', models.CharField(db_comment='Kantor kepolisian, kejaksaan, atau pengadilan', max_length=120, verbose_name='tempat')),
                ('hasil', models.CharField(choices=[('berjalan', 'Masih berjalan'), ('berhasil', 'Diversi berhasil'), ('gagal', 'Diversi tidak berhasil'), ('akot', 'Kembali kepada orang tua'), ('putusan', 'Diputus pengadilan')], db_comment='Hasil pendampingan', default='berjalan', max_length=10, verbose_name='hasil')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('dicatat_oleh', models.ForeignKey(db_comment='Pencatat', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('klien', models.ForeignKey(blank=True, db_comment='Klien, bila sudah terdaftar', db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='klien.klien', verbose_name='klien')),
                ('pk_pelaksana', models.ForeignKey(db_comment='Pembimbing Kemasyarakatan yang ditunjuk', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Pembimbing Kemasyarakatan')),
            ],
            options={
                'verbose_name': 'pendampingan',
                'verbose_name_plural': 'pendampingan',
                'db_table_comment': 'Pendampingan dalam diversi dan peradilan; hanya kepala, tanpa isi',
                'indexes': [models.Index(fields=['bapas', '-tanggal'], name='pendampingan_tanggal')],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='pendampingan_bapas_id'), apps.wilayah.constraints.SameOffice('klien', name='pendampingan_klien_same_office'), models.UniqueConstraint(models.F('bapas'), models.F('kunci'), name='pendampingan_key_once'), models.CheckConstraint(condition=models.Q(models.Q(('hasil__in', ['berhasil', 'gagal']), _negated=True), ('tahap__in', ['div-sidik', 'div-tuntut', 'div-adil']), _connector='OR'), name='pendampingan_diversion_result', violation_error_message='Hasil diversi hanya untuk tahap diversi.')],
            },
        ),
    ]
