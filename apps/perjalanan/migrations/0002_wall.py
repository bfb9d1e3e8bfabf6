from django.db import migrations

from apps.wilayah.rls import append_only, protect, track

TRACKED = ("tahaplapas", "peristiwaakhir", "usulpencabutan", "pelimpahan", "tindaklanjut")
GROWING = ("tahapbimbingan", "langkahpencabutan")

# A move starts where the move before it ended, of the same client. Foreign keys look past row-level security.
CHAIN = """
ALTER TABLE perjalanan_tahapbimbingan ADD CONSTRAINT tahap_continues_the_chain
FOREIGN KEY (bapas_id, klien_id, sebelumnya_id, dari)
REFERENCES perjalanan_tahapbimbingan (bapas_id, klien_id, id, tahap);
"""

# Each end of a handover has its equal at the other office when the transaction ends; nobody changes one end alone.
MIRROR = """
ALTER TABLE perjalanan_pelimpahan ADD CONSTRAINT pelimpahan_ends_are_equal
FOREIGN KEY (kunci, arah_lawan, lawan_id, bapas_id, status)
REFERENCES perjalanan_pelimpahan (kunci, arah, bapas_id, lawan_id, status) DEFERRABLE INITIALLY DEFERRED;
"""

# A registration is over exactly when one event says so, and for the reason that the event gives. Registrations that
# were over when they were entered (an import) have no event; from then on a status moves only together with one.
END = """
CREATE FUNCTION perjalanan_end_matches_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  client bigint := COALESCE((to_jsonb(NEW) ->> 'klien_id')::bigint, NEW.id);
  stands text;
  says text;
BEGIN
  SELECT status INTO stands FROM klien_klien WHERE bapas_id = NEW.bapas_id AND id = client;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  SELECT jenis INTO says FROM perjalanan_peristiwaakhir
  WHERE bapas_id = NEW.bapas_id AND klien_id = client AND status = 'berlaku';
  IF COALESCE(says, 'aktif') <> stands THEN
    RAISE EXCEPTION 'status % of client % does not match its end %', stands, client, says
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'klien_end_matches_event';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER klien_end_matches_event AFTER UPDATE OF status ON klien_klien
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.status <> NEW.status)
EXECUTE FUNCTION perjalanan_end_matches_event();
CREATE CONSTRAINT TRIGGER klien_end_matches_event AFTER INSERT OR UPDATE ON perjalanan_peristiwaakhir
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.status IN ('berlaku', 'dibatalkan'))
EXECUTE FUNCTION perjalanan_end_matches_event();
"""


class Migration(migrations.Migration):
    dependencies = [("perjalanan", "0001_baseline"), ("jejak", "0002_wall"), ("klien", "0002_wall")]
    operations = [
        *(protect(f"perjalanan_{table}") for table in (*TRACKED, *GROWING)),
        *(track(f"perjalanan_{table}") for table in TRACKED),
        *(append_only(f"perjalanan_{table}") for table in GROWING),
        migrations.RunSQL(CHAIN, "ALTER TABLE perjalanan_tahapbimbingan DROP CONSTRAINT tahap_continues_the_chain;"),
        migrations.RunSQL(MIRROR, "ALTER TABLE perjalanan_pelimpahan DROP CONSTRAINT pelimpahan_ends_are_equal;"),
        migrations.RunSQL(
            END,
            "DROP TRIGGER klien_end_matches_event ON klien_klien;"
            "DROP TRIGGER klien_end_matches_event ON perjalanan_peristiwaakhir;"
            "DROP FUNCTION perjalanan_end_matches_event();",
        ),
    ]
