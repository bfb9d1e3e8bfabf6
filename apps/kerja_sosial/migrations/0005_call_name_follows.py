from django.db import migrations

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


class Migration(migrations.Migration):
    dependencies = [("kerja_sosial", "0004_stopped"), ("klien", "0004_guarantors_and_drafts")]
    operations = [
        migrations.RunSQL(
            FOLLOW, "DROP TRIGGER follow_call_name ON klien_klien; DROP FUNCTION kerja_sosial_follow_call_name();"
        ),
    ]
