"""The file of a client knows the day on which it ended: the day of the event, which may lie before the decision.

Files that were over when they were entered have no event. Their day is the last thing that is known of them: the move
of the status, else the last contact, else the registration.
"""

from django.db import connection, migrations

from apps.wilayah.scope import database_scope, office_scope

DAYS = """
UPDATE klien_klien file SET berakhir = COALESCE(
    (SELECT tanggal FROM perjalanan_peristiwaakhir event
     WHERE event.bapas_id = file.bapas_id AND event.klien_id = file.id AND event.status = 'berlaku'),
    (SELECT max(pada AT TIME ZONE office.zona_waktu)::date FROM jejak_riwayat move
     WHERE move.bapas_id = file.bapas_id AND objek = 'klien' AND objek_id = file.id),
    (SELECT max(tanggal) FROM klien_catatanbimbingan record
     WHERE record.bapas_id = file.bapas_id AND record.klien_id = file.id AND NOT dibatalkan),
    diregistrasi
)
FROM wilayah_bapas office
WHERE office.id = file.bapas_id AND file.bapas_id = %(office)s AND file.status <> 'aktif' AND berakhir IS NULL
"""

GAPS = """
INSERT INTO klien_jeda (bapas_id, klien_id, mulai, selesai)
SELECT bapas_id, klien_id, tanggal, (dibatalkan_pada AT TIME ZONE zona_waktu)::date
FROM perjalanan_peristiwaakhir event JOIN wilayah_bapas office ON office.id = bapas_id
WHERE bapas_id = %(office)s AND jenis = 'melarikan' AND status = 'dibatalkan'
    AND tanggal < (dibatalkan_pada AT TIME ZONE zona_waktu)::date
"""

# As in 0002, and the day of the file is that of the event.
END = """
CREATE OR REPLACE FUNCTION perjalanan_end_matches_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  client bigint := COALESCE((to_jsonb(NEW) ->> 'klien_id')::bigint, NEW.id);
  stands record;
  says record;
BEGIN
  SELECT status, berakhir INTO stands FROM klien_klien WHERE bapas_id = NEW.bapas_id AND id = client;
  IF NOT FOUND THEN
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
DROP TRIGGER klien_end_matches_event ON klien_klien;
CREATE CONSTRAINT TRIGGER klien_end_matches_event AFTER UPDATE OF status, berakhir ON klien_klien
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (OLD.status <> NEW.status OR OLD.berakhir IS DISTINCT FROM NEW.berakhir)
EXECUTE FUNCTION perjalanan_end_matches_event();
"""


def fill(apps, schema_editor):
    """Office by office: behind its own policies the owner sees nothing else."""
    offices = list(apps.get_model("wilayah", "Bapas").objects.values_list("pk", flat=True))
    for office in offices:
        with database_scope(office_scope(office)), connection.cursor() as cursor:
            for statement in (DAYS, GAPS):
                cursor.execute(statement, {"office": office})


class Migration(migrations.Migration):
    dependencies = [("perjalanan", "0002_wall"), ("klien", "0010_end_day"), ("jejak", "0002_wall")]
    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunSQL(END, migrations.RunSQL.noop),
    ]
