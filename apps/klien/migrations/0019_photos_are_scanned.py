from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('klien', '0018_recap_filled'),
        ('wilayah', '0004_policies_read_once'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='fotobimbingan',
            name='mentah',
            field=models.CharField(blank=True, db_comment='Berkas asli tersandi yang menunggu pemindai, bila yang disimpan dibuat ulang darinya', editable=False, max_length=80, verbose_name='unggahan asli'),
        ),
        migrations.AddField(
            model_name='fotobimbingan',
            name='pindai',
            field=models.CharField(choices=[('belum', 'Belum dipindai'), ('bersih', 'Bersih dari virus'), ('tolak', 'Ditolak pemindai')], db_comment='Hasil pemindaian virus', default='belum', editable=False, max_length=6, verbose_name='pemindaian virus'),
        ),
        migrations.AddIndex(
            model_name='fotobimbingan',
            index=models.Index(condition=models.Q(('pindai', 'bersih'), _negated=True), fields=['bapas'], name='foto_not_clean'),
        ),
    ]
