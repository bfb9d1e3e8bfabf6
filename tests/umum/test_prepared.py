"""What a statement that is composed once refuses, and that it belongs to no thread."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import F, Value
from django.utils import timezone

from apps.acuan.models import KategoriKebutuhan
from apps.dasar.prepared import EVERY, Prepared
from apps.klien.models import Kebutuhan, Klien
from tests import factories as make


@pytest.fixture
def prepare():
    """prepare(compose) → a statement that is forgotten after the test."""
    known = len(EVERY)
    yield Prepared
    del EVERY[known:]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "compose",
    [
        lambda user: Klien.objects.filter(diregistrasi=timezone.localdate()),
        lambda user: Klien.objects.filter(dibuat_pada__gte=timezone.now()),
        lambda user: Klien.objects.filter(pk__in=list(Klien.objects.values_list("pk", flat=True))),
        lambda user: Klien.objects.visible_to(user).filter(pk_pembimbing=user),
        lambda user: Klien.objects.prefetch_related("masa"),
        lambda user: Kebutuhan.objects.filter(dicatat_pada__date=F("klien__diregistrasi")),
        lambda user: Klien.objects.annotate(hari=Value([timezone.localdate()], ArrayField(models.DateField()))),
        lambda user: Klien.objects.filter(pk_pembimbing=user.pk if user.pk == 1 else 2),
    ],
    ids=["today", "now", "a query", "the user", "more than one statement", "the zone", "days in a list", "who asked"],
)
def test_what_would_be_frozen_is_refused(prepare, pk, compose):
    with pytest.raises(TypeError):
        prepare(compose)(pk)


@pytest.mark.django_db
def test_a_value_cannot_choose_the_shape_of_the_statement(prepare, pk):
    statement = prepare(lambda user, day: Klien.objects.filter(diregistrasi=day) if day else Klien.objects.all())
    with pytest.raises(TypeError, match="day"):
        statement(pk, day=dt.date(2026, 1, 1))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "choose",
    [
        lambda tab: tab == "semua",
        lambda tab: tab != "semua",
        lambda tab: tab in {"semua"},
        lambda tab: tab in ["semua"],
    ],
    ids=["==", "!=", "in a set", "in a list"],
)
def test_nor_be_compared_where_only_the_first_answer_would_count(prepare, pk, choose):
    with pytest.raises(TypeError, match="tab"):
        prepare(lambda user, tab: Klien.objects.all() if choose(tab) else Klien.objects.none())(pk, tab="semua")


@pytest.mark.django_db
def test_a_value_of_another_type_gets_a_statement_of_its_own(prepare, pk, ours):
    make.KlienFactory(bapas=ours)
    fields = []

    def compose(user, given):
        fields.append(type(given.output_field))
        return Klien.objects.annotate(given=given).values_list("given", flat=True)

    statement = prepare(compose)
    for value in (1, "1", 2, "2"):
        assert statement(pk, given=value) == [value]
    assert fields == [models.BigIntegerField, models.TextField]


@pytest.mark.django_db
@pytest.mark.parametrize("value", [None, True, [1], Klien(pk=1)], ids=["None", "bool", "list", "model"])
def test_a_value_that_is_no_plain_one_is_refused_by_name(prepare, pk, value):
    """Also when a plain one came first: `= NULL` finds nothing."""
    statement = prepare(lambda user, day: Klien.objects.filter(jadwal__berikutnya=day))
    for _ in "12":
        with pytest.raises(TypeError, match="day"):
            statement(pk, day=value)
        statement(pk, day=dt.date(2026, 1, 1))


@pytest.mark.django_db
def test_a_page_of_rows_is_a_slice_and_a_count_reads_all(prepare, pk, ours, queries):
    clients = [make.KlienFactory(bapas=ours, nama=f"Klien {n}") for n in range(5)]
    rows = prepare(lambda user: Klien.objects.visible_to(user).order_by("nama")).rows(pk)
    assert rows[:] is rows
    assert [row.pk for row in rows[1:3]] == [klien.pk for klien in clients[1:3]]
    assert queries(lambda: (len(rows), list(rows), rows[3:])) == 1
    assert [row.pk for row in rows[3:]] == [klien.pk for klien in clients[3:]]


@pytest.mark.django_db(transaction=True)
def test_each_thread_reads_with_its_own_connection(prepare):
    make.KategoriFactory()
    backend = models.Func(function="pg_backend_pid", output_field=models.IntegerField())
    statement = prepare(lambda user: KategoriKebutuhan.objects.annotate(backend=backend))

    def elsewhere():
        try:
            return {row.backend for row in statement()}
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        theirs = pool.submit(elsewhere).result()
    here = {row.backend for row in statement()}
    assert len(here) == len(theirs) == 1
    assert here != theirs
