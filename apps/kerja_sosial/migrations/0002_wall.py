from django.db import migrations

from apps.wilayah.rls import append_only, protect, protect_shared, track

# A child's place must teach. The copy `tempat_pendidikan` on the sentence is true because this key says so: neither a
# sentence of a child can point at another place, nor can a place with children lose the mark. It may be set where adults
# work already: their copy follows. Where children were placed it stays, because the copy cannot follow past
# `kerja_sosial_child_learns`.
EDUCATIONAL = """
ALTER TABLE kerja_sosial_kerjasosial ADD CONSTRAINT kerja_sosial_place_teaches
FOREIGN KEY (bapas_id, tempat_id, tempat_pendidikan)
REFERENCES kerja_sosial_tempatkerjasosial (bapas_id, id, pendidikan) ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
"""

# Both triggers lock the sentence first, so hours of one sentence are written one after the other and each sees what the
# others left. They do not lock its key, which the foreign key of the new row shares already: that would be a deadlock.
# They run as the writer: under row-level security a partner can neither count nor confirm foreign hours.
COUNT_HOURS = """
CREATE FUNCTION kerja_sosial_count_hours() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  sentence kerja_sosial_kerjasosial;
  replaced numeric := 0;
  confirmed boolean := false;
BEGIN
  SELECT * INTO sentence FROM kerja_sosial_kerjasosial
    WHERE bapas_id = NEW.bapas_id AND id = NEW.kerja_sosial_id FOR NO KEY UPDATE;
  IF sentence.status IS DISTINCT FROM 'berjalan' THEN
    RAISE check_violation USING CONSTRAINT = 'jam_ks_sentence_runs', MESSAGE = 'the sentence is not running';
  END IF;
  IF NEW.tanggal < sentence.mulai OR NEW.tanggal > sentence.batas THEN
    RAISE check_violation USING CONSTRAINT = 'jam_ks_within_period', MESSAGE = 'outside the period of the sentence';
  END IF;
  IF NEW.jam * interval '1 hour' > NEW.selesai - NEW.mulai THEN
    RAISE check_violation USING CONSTRAINT = 'jam_ks_fits_clock', MESSAGE = 'more hours than the clock shows';
  END IF;
  IF NEW.menggantikan_id IS NOT NULL THEN
    SELECT jam, EXISTS (SELECT 1 FROM kerja_sosial_pengesahanjam p
                        WHERE p.bapas_id = j.bapas_id AND p.jam_kerja_id = j.id)
      INTO STRICT replaced, confirmed FROM kerja_sosial_jamkerja j
      WHERE j.bapas_id = NEW.bapas_id AND j.id = NEW.menggantikan_id AND j.kerja_sosial_id = NEW.kerja_sosial_id;
  END IF;
  IF (SELECT sum(jam) FROM kerja_sosial_jamkerja j
      WHERE j.bapas_id = NEW.bapas_id AND j.kerja_sosial_id = NEW.kerja_sosial_id AND j.tanggal = NEW.tanggal
        AND NOT EXISTS (SELECT 1 FROM kerja_sosial_jamkerja k
                        WHERE k.bapas_id = j.bapas_id AND k.menggantikan_id = j.id)) > sentence.batas_jam_hari THEN
    RAISE check_violation USING CONSTRAINT = 'jam_ks_within_day', MESSAGE = 'too many hours on one day';
  END IF;
  IF NEW.jam > 0 AND EXISTS (
      SELECT 1 FROM kerja_sosial_jamkerja j
      WHERE j.bapas_id = NEW.bapas_id AND j.kerja_sosial_id = NEW.kerja_sosial_id AND j.tanggal = NEW.tanggal
        AND j.id <> NEW.id AND j.jam > 0 AND j.mulai < NEW.selesai AND NEW.mulai < j.selesai
        AND NOT EXISTS (SELECT 1 FROM kerja_sosial_jamkerja k
                        WHERE k.bapas_id = j.bapas_id AND k.menggantikan_id = j.id)) THEN
    RAISE check_violation USING CONSTRAINT = 'jam_ks_no_overlap', MESSAGE = 'overlaps other hours of that day';
  END IF;
  UPDATE kerja_sosial_kerjasosial
    SET jam_tercatat = jam_tercatat - replaced + NEW.jam,
        jam_disahkan = jam_disahkan - CASE WHEN confirmed THEN replaced ELSE 0 END
    WHERE bapas_id = NEW.bapas_id AND id = NEW.kerja_sosial_id;
  RETURN NULL;
END $$;
CREATE TRIGGER count_hours AFTER INSERT ON kerja_sosial_jamkerja
  FOR EACH ROW EXECUTE FUNCTION kerja_sosial_count_hours();
"""

COUNT_CONFIRMED = """
CREATE FUNCTION kerja_sosial_count_confirmed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  entry kerja_sosial_jamkerja;
BEGIN
  SELECT * INTO STRICT entry FROM kerja_sosial_jamkerja WHERE bapas_id = NEW.bapas_id AND id = NEW.jam_kerja_id;
  PERFORM 1 FROM kerja_sosial_kerjasosial
    WHERE bapas_id = NEW.bapas_id AND id = entry.kerja_sosial_id AND status = 'berjalan' FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE check_violation USING CONSTRAINT = 'jam_ks_sentence_runs', MESSAGE = 'the sentence is not running';
  END IF;
  IF entry.jam = 0 OR EXISTS (SELECT 1 FROM kerja_sosial_jamkerja k
                              WHERE k.bapas_id = NEW.bapas_id AND k.menggantikan_id = entry.id) THEN
    RAISE check_violation USING CONSTRAINT = 'pengesahan_ks_of_standing_hours', MESSAGE = 'these hours were replaced';
  END IF;
  UPDATE kerja_sosial_kerjasosial SET jam_disahkan = jam_disahkan + entry.jam
    WHERE bapas_id = NEW.bapas_id AND id = entry.kerja_sosial_id;
  RETURN NULL;
END $$;
CREATE TRIGGER count_confirmed AFTER INSERT ON kerja_sosial_pengesahanjam
  FOR EACH ROW EXECUTE FUNCTION kerja_sosial_count_confirmed();
"""
# The place knows a call name only as long as the client agrees: consent taken back takes the copy back, whoever writes.
FOLLOW = """
CREATE FUNCTION kerja_sosial_follow_call_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE kerja_sosial_kerjasosial
    SET panggilan = CASE WHEN NEW.izin_panggilan THEN NEW.panggilan ELSE '' END
    WHERE bapas_id = NEW.bapas_id AND klien_id = NEW.id AND jenis = 'dewasa';
  RETURN NULL;
END $$;
CREATE TRIGGER follow_call_name AFTER UPDATE OF panggilan, izin_panggilan ON klien_klien FOR EACH ROW
  WHEN ((OLD.panggilan, OLD.izin_panggilan) IS DISTINCT FROM (NEW.panggilan, NEW.izin_panggilan))
  EXECUTE FUNCTION kerja_sosial_follow_call_name();
"""

SHARED = ("tempatkerjasosial", "kerjasosial", "jamkerja", "pengesahanjam")
INTERNAL = ("pinpengawas", "perpanjangan", "putusankerjasosial", "ketidakhadiran")
CHANGING = ("tempatkerjasosial", "kerjasosial", "perpanjangan", "putusankerjasosial", "ketidakhadiran")


class Migration(migrations.Migration):
    dependencies = [("kerja_sosial", "0001_baseline"), ("jejak", "0002_wall")]
    operations = [
        *(protect_shared(f"kerja_sosial_{table}") for table in SHARED),
        *(protect(f"kerja_sosial_{table}") for table in INTERNAL),
        *(track(f"kerja_sosial_{table}") for table in CHANGING),
        append_only("kerja_sosial_jamkerja"),
        append_only("kerja_sosial_pengesahanjam"),
        migrations.RunSQL(
            EDUCATIONAL, "ALTER TABLE kerja_sosial_kerjasosial DROP CONSTRAINT kerja_sosial_place_teaches;"
        ),
        migrations.RunSQL(
            COUNT_HOURS,
            "DROP TRIGGER count_hours ON kerja_sosial_jamkerja; DROP FUNCTION kerja_sosial_count_hours();",
        ),
        migrations.RunSQL(
            COUNT_CONFIRMED,
            "DROP TRIGGER count_confirmed ON kerja_sosial_pengesahanjam; DROP FUNCTION kerja_sosial_count_confirmed();",
        ),
        migrations.RunSQL(
            FOLLOW, "DROP TRIGGER follow_call_name ON klien_klien; DROP FUNCTION kerja_sosial_follow_call_name();"
        ),
    ]
