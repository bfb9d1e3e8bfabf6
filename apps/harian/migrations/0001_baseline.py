import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('harian', '0001_initial')]

    initial = True

    dependencies = [
        ('akun', '0001_baseline'),
        ('wilayah', '0002_web_role'),
    ]

    operations = [
        migrations.CreateModel(
            name='LaporanKanwil',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis', models.CharField(choices=[('harian', 'Laporan harian'), ('bulanan', 'Laporan bulanan')], db_comment='Harian atau bulanan', max_length=7, verbose_name='jenis')),
                ('tanggal', models.DateField(db_comment='Hari yang dilaporkan; tanggal 1 untuk bulanan', verbose_name='tanggal')),
                ('versi', models.PositiveSmallIntegerField(db_comment='Naik setiap kali dikirim ulang', default=1, verbose_name='versi')),
                ('angka', models.JSONField(db_comment='Angka pada saat dikirim: kunci → [periode, sejak awal tahun]', verbose_name='angka')),
                ('catatan', models.CharField(blank=True, db_comment='Catatan penutup, tanpa nama orang', max_length=500, verbose_name='penutup')),
                ('dikirim_pada', models.DateTimeField(db_comment='Waktu kirim', default=django.utils.timezone.now, verbose_name='dikirim')),
                ('bapas', models.ForeignKey(db_comment='Bapas pemilik data', db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas')),
                ('dikirim_oleh', models.ForeignKey(db_comment='Pengirim', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'laporan ke Kanwil',
                'verbose_name_plural': 'laporan ke Kanwil',
                'db_table_comment': 'Laporan harian dan bulanan ke Kanwil; hanya bertambah',
                'indexes': [models.Index(fields=['bapas', 'jenis', '-tanggal'], name='laporan_kanwil_hari')],
                'constraints': [models.UniqueConstraint(fields=('bapas', 'id'), name='laporan_kanwil_bapas_id'), models.UniqueConstraint(models.F('bapas'), models.F('jenis'), models.F('tanggal'), models.F('versi'), name='laporan_kanwil_version_once', violation_error_message='Laporan ini baru saja dikirim.'), models.CheckConstraint(condition=models.Q(('jenis', 'harian'), ('tanggal__day', 1), _connector='OR'), name='laporan_kanwil_month_starts')],
            },
        ),
    ]
