"""An obstacle knows whether its guidance record was withdrawn, so that counting obstacles reads no record."""

from django.db import connection, migrations, models

from apps.wilayah.scope import database_scope, office_scope

# Records never change, so the flag follows from the record at which the obstacle points. A record that is out of sight
# gives NULL, which the column refuses.
FOLLOW = """
CREATE FUNCTION klien_obstacle_follows_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.dibatalkan := CASE WHEN NEW.catatan_id IS NULL THEN false ELSE (
    SELECT dibatalkan FROM klien_catatanbimbingan WHERE (bapas_id, id) = (NEW.bapas_id, NEW.catatan_id)
  ) END;
  RETURN NEW;
END $$;
CREATE TRIGGER follow_record BEFORE INSERT OR UPDATE ON klien_kendala
FOR EACH ROW EXECUTE FUNCTION klien_obstacle_follows_record();
"""
UNFOLLOW = "DROP TRIGGER follow_record ON klien_kendala; DROP FUNCTION klien_obstacle_follows_record();"

# The trigger writes the value; only obstacles of withdrawn records are touched.
TOUCH = """
UPDATE klien_kendala obstacle SET dibatalkan = true FROM klien_catatanbimbingan record
WHERE record.dibatalkan AND (record.bapas_id, record.id) = (obstacle.bapas_id, obstacle.catatan_id)
    AND obstacle.bapas_id = %s
"""


def fill(apps, schema_editor):
    for (office,) in apps.get_model("wilayah", "Bapas").objects.values_list("pk").order_by("pk"):
        with database_scope(office_scope(office)), connection.cursor() as cursor:
            cursor.execute(TOUCH, [office])


class Migration(migrations.Migration):
    dependencies = [("klien", "0014_occupation_of_who_works")]

    operations = [
        migrations.AddField(
            model_name="kendala",
            name="dibatalkan",
            field=models.BooleanField(
                db_comment="Catatan bimbingannya dibatalkan; PostgreSQL yang mengisi", db_default=False, editable=False
            ),
        ),
        migrations.RunSQL(FOLLOW, UNFOLLOW),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
