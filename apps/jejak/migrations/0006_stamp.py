from django.conf import settings
from django.db import migrations

from apps.wilayah.rls import append_only, stamp

ROLE = settings.DATABASE_WEB_ROLE

# The names of tables are looked up in pg_catalog first, so that no temporary table stands for `pg_class`.
STAMP = """
CREATE FUNCTION portal_stamp() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  actor bigint := NULLIF(current_setting('app.actor', true), '')::bigint;
  given bigint;
BEGIN
  IF pg_has_role((SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
    RETURN NEW;
  END IF;
  IF TG_TABLE_NAME = 'jejak_akses' THEN
    given := NEW.pengguna_id;
    NEW.penugasan_id := NULLIF(current_setting('app.penugasan', true), '')::bigint;
    NEW.permintaan := left(COALESCE(current_setting('app.permintaan', true), ''), 36);
  ELSE
    given := NEW.oleh_id;
  END IF;
  IF given IS DISTINCT FROM actor THEN
    RAISE EXCEPTION 'the trail takes no line of person % in the scope of %', given, actor
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  NEW.pada := clock_timestamp();
  RETURN NEW;
END $$;
"""

# As in 0002_wall, but with the time at which the row changed instead of the time at which the transaction began.
KEEP = """
CREATE OR REPLACE FUNCTION portal_keep_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD IS NOT DISTINCT FROM NEW THEN
    RETURN NULL;
  END IF;
  INSERT INTO jejak_perubahan (bapas_id, mitra_id, tabel, baris_id, aksi, lama, baru, oleh_id, pada)
  VALUES (OLD.bapas_id, (to_jsonb(OLD) ->> 'mitra_id')::bigint, TG_TABLE_NAME, OLD.id, TG_OP, to_jsonb(OLD),
          CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(NEW) END,
          NULLIF(current_setting('app.actor', true), '')::bigint, clock_timestamp());
  RETURN NULL;
END $$;
"""

# One day per call, the day in NULL when there is none to close or when somebody is still writing; docs/keputusan/0040.
SEAL = f"""
CREATE FUNCTION portal_seal() RETURNS date
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  zone CONSTANT text := 'Asia/Jakarta';
  tables CONSTANT text[] := ARRAY['akun_riwayatakun', 'jejak_akses', 'jejak_perubahan', 'jejak_riwayat'];
  latest jejak_segel;
  day date;
  opens timestamptz;
  closes timestamptz;
  writers text[];
  name text;
  line record;
  count bigint;
  total numeric;
  digest bytea;
  content jsonb := '{{}}';
  words text;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'a seal needs the newest rows: READ COMMITTED';
  END IF;
  IF EXISTS (
    SELECT FROM wilayah_bapas
    WHERE id <> ALL (COALESCE(NULLIF(current_setting('app.scope', true), '')::bigint[], '{{}}'))
  ) THEN
    RAISE EXCEPTION 'a seal needs the rows of all offices: the scope of the nation';
  END IF;
  LOCK TABLE jejak_segel IN SHARE ROW EXCLUSIVE MODE;
  SELECT * INTO latest FROM jejak_segel ORDER BY hari DESC LIMIT 1;
  day := COALESCE(latest.hari + 1, ((clock_timestamp() - interval '1 hour') AT TIME ZONE zone)::date - 1);
  closes := (day + 1)::timestamp AT TIME ZONE zone;
  IF closes > clock_timestamp() - interval '1 hour' THEN
    RETURN NULL;
  END IF;
  opens := CASE WHEN latest.hari IS NULL THEN '-infinity' ELSE day::timestamp AT TIME ZONE zone END;

  -- A row gets its time after its transaction has locked the table. So rows of the day can only come from those who
  -- hold that lock now; when all of them have ended, the day is complete.
  writers := ARRAY(
    SELECT virtualtransaction FROM pg_locks
    WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND relation = ANY(tables::regclass[]::oid[]) AND mode = 'RowExclusiveLock'
      AND pid IS DISTINCT FROM pg_backend_pid());
  FOR turn IN 1..25 LOOP
    EXIT WHEN NOT EXISTS (SELECT FROM pg_locks WHERE virtualtransaction = ANY(writers));
    IF turn = 25 THEN
      RETURN NULL;
    END IF;
    PERFORM pg_sleep(0.2);
  END LOOP;

  words := COALESCE(latest.sidik, '') || E'\\n' || day || E'\\n';
  FOREACH name IN ARRAY tables LOOP
    count := 0; total := 0; digest := '';
    FOR line IN EXECUTE format(
      'SELECT id, (extract(epoch FROM pada) * 1000000)::bigint AS at FROM %I '
      'WHERE pada >= $1 AND pada < $2 ORDER BY id', name) USING opens, closes
    LOOP
      count := count + 1;
      total := total + line.id;
      digest := sha256(digest || convert_to(line.id || ' ' || line.at || E'\\n', 'UTF8'));
    END LOOP;
    content := content || jsonb_build_object(
      name, jsonb_build_object('jumlah', count, 'nomor', total, 'sidik', encode(digest, 'hex')));
    words := words || concat_ws(' ', name, count, total, encode(digest, 'hex')) || E'\\n';
  END LOOP;
  INSERT INTO jejak_segel (hari, isi, sebelum, sidik)
  VALUES (day, content, COALESCE(latest.sidik, ''), encode(sha256(convert_to(words, 'UTF8')), 'hex'));
  RETURN day;
END $$;
REVOKE EXECUTE ON FUNCTION portal_seal() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_seal() TO {ROLE};
REVOKE INSERT ON jejak_segel FROM {ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [("jejak", "0005_seals"), ("akun", "0005_batas")]
    operations = [
        migrations.RunSQL(STAMP, "DROP FUNCTION portal_stamp();"),
        *(stamp(table) for table in ("jejak_akses", "jejak_riwayat", "akun_riwayatakun")),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
        append_only("jejak_segel"),
        migrations.RunSQL(SEAL, "DROP FUNCTION portal_seal();"),
    ]
