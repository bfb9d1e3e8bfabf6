from django.db import migrations

# Reports made before the offices inside were kept: those that are open at their level now.
OFFICES = """
UPDATE laporan_laporan l SET kantor = ARRAY(
  SELECT b.id FROM wilayah_bapas b
  WHERE b.aktif AND (l.tingkat = 'nasional' OR b.id = l.bapas_id OR b.kanwil_id = l.kanwil_id) ORDER BY b.id
) WHERE l.data_per IS NOT NULL;
"""

# An approval points at a file that stood: the report was final and ready and had this hash. From then on the row of the
# report stays as it is, the facts of the approval too, and its own file once it is there.
APPROVED = """
CREATE FUNCTION laporan_approve() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM laporan_laporan
    WHERE id = NEW.laporan_id AND final AND status = 'siap' AND sha256 = NEW.sidik FOR UPDATE;
  IF NOT FOUND THEN
    RAISE check_violation USING CONSTRAINT = 'pengesahan_of_ready_final',
      MESSAGE = 'only a final that is ready is approved, with its own hash';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approve BEFORE INSERT ON laporan_pengesahan FOR EACH ROW EXECUTE FUNCTION laporan_approve();

CREATE FUNCTION laporan_keep_approved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM laporan_pengesahan WHERE laporan_id = OLD.id) THEN
    RAISE check_violation USING CONSTRAINT = 'laporan_approved_stays',
      MESSAGE = 'an approved report does not change';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_approved BEFORE UPDATE ON laporan_laporan FOR EACH ROW EXECUTE FUNCTION laporan_keep_approved();

CREATE FUNCTION laporan_keep_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.status = 'siap'
     OR (OLD.laporan_id, OLD.sidik, OLD.oleh_id, OLD.penugasan_id, OLD.pada, OLD.jabatan, OLD.nama, OLD.nip)
        IS DISTINCT FROM
        (NEW.laporan_id, NEW.sidik, NEW.oleh_id, NEW.penugasan_id, NEW.pada, NEW.jabatan, NEW.nama, NEW.nip) THEN
    RAISE check_violation USING CONSTRAINT = 'pengesahan_stays',
      MESSAGE = 'an approval is neither changed nor taken back';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_approval BEFORE UPDATE OR DELETE ON laporan_pengesahan
  FOR EACH ROW EXECUTE FUNCTION laporan_keep_approval();
"""
OPEN = """
DROP TRIGGER keep_approval ON laporan_pengesahan; DROP FUNCTION laporan_keep_approval();
DROP TRIGGER keep_approved ON laporan_laporan; DROP FUNCTION laporan_keep_approved();
DROP TRIGGER approve ON laporan_pengesahan; DROP FUNCTION laporan_approve();
"""


class Migration(migrations.Migration):
    dependencies = [("laporan", "0002_pengesahan")]
    operations = [
        migrations.RunSQL(OFFICES, migrations.RunSQL.noop),
        migrations.RunSQL(APPROVED, OPEN),
    ]
