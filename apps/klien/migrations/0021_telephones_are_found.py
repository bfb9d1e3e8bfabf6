"""Telephone numbers that are stored get their HMAC, office by office; an interrupted run goes on where it stopped.

A number whose key is gone stays without one: `manage.py putar_kunci --periksa` names it. What a person sees does not
change, so the history rests meanwhile.
"""

from cryptography.exceptions import InvalidTag
from django.db import connection, migrations

from apps.klien.crypto import telephone_index
from apps.wilayah.scope import database_scope, office_scope

BATCH = 1000


def index_numbers(apps, schema_editor):
    Klien, Bapas = apps.get_model("klien", "Klien"), apps.get_model("wilayah", "Bapas")
    for office in Bapas.objects.order_by("pk").values_list("pk", flat=True):
        after = 0
        while after is not None:
            with database_scope(office_scope(office)):
                after = _index(Klien, office, after)


def _index(Klien, office: int, after: int) -> int | None:
    """One batch; gives the last id, None after the last batch."""
    rows = Klien.objects.filter(bapas=office, pk__gt=after).exclude(telepon=b"").order_by("pk")
    found = list(rows.only("pk", "kode", "telepon")[:BATCH])
    for klien in found:
        try:
            klien.telepon_hmac = telephone_index(str(klien.telepon))
        except InvalidTag:
            klien.telepon_hmac = ""
    keep_history("DISABLE")
    Klien.objects.bulk_update(found, ["telepon_hmac"])
    keep_history("ENABLE")
    return found[-1].pk if len(found) == BATCH else None


def keep_history(verb: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE klien_klien {verb} TRIGGER keep_history")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("klien", "0020_found_by_any_word")]
    operations = [migrations.RunPython(index_numbers, migrations.RunPython.noop)]
