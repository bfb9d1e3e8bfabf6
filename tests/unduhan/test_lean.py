"""Rows as plain values: every list says the same with and without an object for each row."""

from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.models.signals import post_init
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.akun.roles import Peran
from apps.dasar.errors import Refused
from apps.dasar.lists import Column, Listing
from apps.dasar.reading import CHUNK, objects_of
from apps.jejak.models import Akses
from apps.klien.models import Kendala, Klien
from apps.unduhan.asking import list_at
from apps.wilayah.scope import database_scope, scope_of
from tests import factories as make
from tests.access.places import Place
from tests.access.world import ROWS, targets
from tests.klien.factories import KendalaFactory
from tests.umum.test_exports import EXPORTS, GROWING
from tests.unduhan.conftest import lines

pytestmark = pytest.mark.django_db

LEAN = {
    "impor:export", "jejak:akun_unduh", "jejak:unduh", "kegiatan:export", "klien:export", "klien:obstacles_export",
    "litmas:litmas_export", "litmas:pendampingan_export",
}  # fmt: skip
"""Lists that may grow long: none of their columns needs an object."""


def by_objects(listing: Listing) -> list[list]:
    return [[column.value_of(row) for column in listing.taken] for row in listing._read(objects_of(listing._whole))]


def listing_of(name: str, ours) -> Listing | None:
    """The list of this address with some rows, for a role that may open it; None if it is a matrix."""
    place = Place(ours)
    place.furnish()
    first = next(role for row in ROWS for role in Peran.values if row["url"] == name and row[role] == "200")
    role, grow = GROWING.get(name, (first, lambda office: None))
    for _ in range(3):
        grow(ours)
    args, kwargs, data = targets().get(name, lambda place: ([], {}, {}))(place)
    query = QueryDict(mutable=True)
    query.update({**data, "format": "csv"})
    user = place.officer(role)
    with timezone.override(ZoneInfo(ours.zona_waktu)), database_scope(scope_of(user)):
        try:
            return list_at(f"{reverse(name, args=args, kwargs=kwargs)}?{query.urlencode()}", user).listing
        except Refused:
            return None


@pytest.mark.parametrize("name", EXPORTS)
def test_a_list_says_the_same_with_and_without_objects(ours, name):
    listing = listing_of(name, ours)
    if listing is None:
        assert name.startswith(("dasbor:", "harian:"))
        return
    values = [values for values, _ in listing.values()]
    assert values == by_objects(listing)
    assert [list(map(type, row)) for row in values] == [list(map(type, row)) for row in by_objects(listing)]


@pytest.mark.parametrize("name", sorted(LEAN))
def test_a_list_that_may_grow_long_makes_no_object_of_its_model(ours, name):
    listing = listing_of(name, ours)
    made: list[type] = []
    post_init.connect(
        lambda sender, **_: made.append(sender), sender=listing.rows.model, weak=False, dispatch_uid="uji"
    )
    try:
        assert list(listing.values())
    finally:
        post_init.disconnect(sender=listing.rows.model, dispatch_uid="uji")
    assert not made


def test_the_rows_come_by_a_cursor_of_the_server_and_without_one_where_a_pooler_forbids_it(ours, officer, monkeypatch):
    lines(ours, officer("auditor"), CHUNK + 1)
    columns = (Column("ID objek", "objek_id"), Column("Perbuatan", "get_verba_display"))
    answers, cursors = [], []
    for forbidden in (False, True):
        monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", forbidden)
        values = Listing(QueryDict(), columns, Akses.objects.order_by("pk")).values()
        first = next(values)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_cursors WHERE name LIKE '_django_curs%%'")
            cursors.append(cursor.fetchone()[0])
        answers.append([first, *values])
    assert cursors == [1, 0]
    assert answers[0] == answers[1]
    assert len(answers[0]) == CHUNK + 1


def test_only_the_columns_of_the_file_are_read(ours):
    make.KlienFactory(bapas=ours)
    with CaptureQueriesContext(connection) as asked:
        list(Listing(QueryDict(), (Column("Kode", "kode"),), Klien.objects.order_by("pk")).values())
    assert "alamat" not in asked[-1]["sql"]
    assert "nik" not in asked[-1]["sql"]


def test_a_list_of_distinct_rows_keeps_rows_that_look_alike(ours):
    for _ in range(2):
        KendalaFactory(catatan__klien__bapas=ours)
    columns = (Column("Sumber", "get_sumber_display"),)
    assert len(list(Listing(QueryDict(), columns, Kendala.objects.distinct()).values())) == 2
