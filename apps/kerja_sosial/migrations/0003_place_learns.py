from django.db import migrations

# The mark "teaches" may be set on a place where adults work already: their copy follows. Where children were placed it
# stays, because the copy cannot follow past `kerja_sosial_child_learns`.
KEY = """
ALTER TABLE kerja_sosial_kerjasosial DROP CONSTRAINT kerja_sosial_place_teaches;
ALTER TABLE kerja_sosial_kerjasosial ADD CONSTRAINT kerja_sosial_place_teaches
FOREIGN KEY (bapas_id, tempat_id, tempat_pendidikan)
REFERENCES kerja_sosial_tempatkerjasosial (bapas_id, id, pendidikan) {} DEFERRABLE INITIALLY IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("kerja_sosial", "0002_wall")]
    operations = [migrations.RunSQL(KEY.format("ON UPDATE CASCADE"), KEY.format(""))]
