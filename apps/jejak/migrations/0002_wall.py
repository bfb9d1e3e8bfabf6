from django.conf import settings
from django.db import migrations

from apps.wilayah.rls import append_only, protect_shared

# The trigger writes as the owner, so the web role can neither skip nor forge the history; row-level security
# still applies to the owner (FORCE), because the history is a copy of personal data.
FUNCTION = f"""
CREATE FUNCTION portal_keep_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD IS NOT DISTINCT FROM NEW THEN
    RETURN NULL;
  END IF;
  INSERT INTO jejak_perubahan (bapas_id, mitra_id, tabel, baris_id, aksi, lama, baru, oleh_id)
  VALUES (OLD.bapas_id, (to_jsonb(OLD) ->> 'mitra_id')::bigint, TG_TABLE_NAME, OLD.id, TG_OP, to_jsonb(OLD),
          CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(NEW) END,
          NULLIF(current_setting('app.actor', true), '')::bigint);
  RETURN NULL;
END $$;
REVOKE INSERT ON jejak_perubahan FROM {settings.DATABASE_WEB_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [("jejak", "0001_baseline"), ("wilayah", "0002_web_role")]
    operations = [
        *(protect_shared(f"jejak_{table}") for table in ("akses", "riwayat", "perubahan")),
        *(append_only(f"jejak_{table}") for table in ("akses", "riwayat", "perubahan")),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION portal_keep_history();"),
    ]
