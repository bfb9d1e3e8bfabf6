from django.db import migrations

from apps.wilayah.rls import INTERNAL, SHARED

# Policies made before compared every row of a sequential scan with the text of the setting. Tables made later have the
# new form already.
READ_ONCE = f"""
DO $do$
DECLARE
  kept record;
  rule text;
BEGIN
  FOR kept IN SELECT tablename, qual LIKE '%mitra_id%' AS shared FROM pg_policies WHERE policyname = 'scope' LOOP
    rule := CASE WHEN kept.shared THEN $rule${SHARED}$rule$ ELSE $rule${INTERNAL}$rule$ END;
    EXECUTE format('ALTER POLICY scope ON %I USING (%s) WITH CHECK (%s)', kept.tablename, rule, rule);
  END LOOP;
END $do$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("wilayah", "0003_zone_of_a_province"),
        ("asesmen", "0002_wall"),
        ("berkas", "0001_baseline"),
        ("harian", "0002_wall"),
        ("impor", "0004_waiting_rows_are_checked_again"),
        ("jejak", "0003_membuat"),
        ("kegiatan", "0002_wall"),
        ("kerja_sosial", "0002_wall"),
        ("klien", "0014_occupation_of_who_works"),
        ("laporan", "0003_tetap"),
        ("litmas", "0002_wall"),
        ("perjalanan", "0003_end_day"),
        ("pokmas", "0002_wall"),
        ("program", "0003_approved_has_moment"),
        ("wajib_lapor", "0002_wall"),
    ]
    operations = [migrations.RunSQL(READ_ONCE, migrations.RunSQL.noop)]
