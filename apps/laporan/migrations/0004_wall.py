import django.db.models.deletion
from django.db import migrations, models

from apps.wilayah.rls import UNIT, protect

# The approvals given before: their facts stand, only the unit is added.
FILL = """
ALTER TABLE laporan_pengesahan DISABLE TRIGGER keep_approval;
UPDATE laporan_pengesahan p SET bapas_id = l.bapas_id, kanwil_id = l.kanwil_id
FROM laporan_laporan l WHERE l.id = p.laporan_id;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE laporan_pengesahan ENABLE TRIGGER keep_approval;
"""

# As in 0003, and the approval belongs to the unit of its report.
APPROVED = """
CREATE OR REPLACE FUNCTION laporan_approve() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT bapas_id, kanwil_id INTO NEW.bapas_id, NEW.kanwil_id FROM laporan_laporan
    WHERE id = NEW.laporan_id AND final AND status = 'siap' AND sha256 = NEW.sidik FOR UPDATE;
  IF NOT FOUND THEN
    RAISE check_violation USING CONSTRAINT = 'pengesahan_of_ready_final',
      MESSAGE = 'only a final that is ready is approved, with its own hash';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION laporan_keep_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.status = 'siap'
     OR (OLD.laporan_id, OLD.bapas_id, OLD.kanwil_id, OLD.sidik, OLD.oleh_id, OLD.penugasan_id, OLD.pada, OLD.jabatan,
         OLD.nama, OLD.nip)
        IS DISTINCT FROM
        (NEW.laporan_id, NEW.bapas_id, NEW.kanwil_id, NEW.sidik, NEW.oleh_id, NEW.penugasan_id, NEW.pada, NEW.jabatan,
         NEW.nama, NEW.nip) THEN
    RAISE check_violation USING CONSTRAINT = 'pengesahan_stays',
      MESSAGE = 'an approval is neither changed nor taken back';
  END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('laporan', '0003_tetap'),
        ('wilayah', '0004_policies_read_once'),
    ]

    operations = [
        migrations.AddField(
            model_name='pengesahan',
            name='bapas',
            field=models.ForeignKey(blank=True, db_comment='Bapas pemilik baris; kosong bila milik Kanwil atau nasional', db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas'),
        ),
        migrations.AddField(
            model_name='pengesahan',
            name='kanwil',
            field=models.ForeignKey(blank=True, db_comment='Kanwil pemilik baris; kosong bila milik Bapas atau nasional', db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.kanwil', verbose_name='Kanwil'),
        ),
        migrations.AlterField(
            model_name='laporan',
            name='bapas',
            field=models.ForeignKey(blank=True, db_comment='Bapas pemilik baris; kosong bila milik Kanwil atau nasional', db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.bapas', verbose_name='Bapas'),
        ),
        migrations.AlterField(
            model_name='laporan',
            name='kanwil',
            field=models.ForeignKey(blank=True, db_comment='Kanwil pemilik baris; kosong bila milik Bapas atau nasional', db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.kanwil', verbose_name='Kanwil'),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(APPROVED, migrations.RunSQL.noop),
        protect("laporan_laporan", UNIT),
        protect("laporan_pengesahan", UNIT),
    ]
