"""A file that was joined to another one has no event of its own: it counts on no day (`apps/klien/models/joins.py`)."""

from django.db import migrations

END = """
CREATE OR REPLACE FUNCTION perjalanan_end_matches_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  client bigint := COALESCE((to_jsonb(NEW) ->> 'klien_id')::bigint, NEW.id);
  stands record;
  says record;
BEGIN
  SELECT status, berakhir INTO stands FROM klien_klien WHERE bapas_id = NEW.bapas_id AND id = client;
  IF NOT FOUND OR stands.status = 'digabung' THEN
    RETURN NULL;
  END IF;
  SELECT jenis, tanggal INTO says FROM perjalanan_peristiwaakhir
  WHERE bapas_id = NEW.bapas_id AND klien_id = client AND status = 'berlaku';
  IF (COALESCE(says.jenis, 'aktif'), says.tanggal) IS DISTINCT FROM (stands.status, stands.berakhir) THEN
    RAISE EXCEPTION 'status % (%) of client % does not match its end % (%)',
      stands.status, stands.berakhir, client, says.jenis, says.tanggal
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'klien_end_matches_event';
  END IF;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("perjalanan", "0003_end_day"), ("klien", "0026_joined")]
    operations = [migrations.RunSQL(END, migrations.RunSQL.noop)]
