"""What other pages say about assessments: Beranda, the client's page."""

import datetime as dt

import pytest
from django.urls import reverse

from apps.asesmen.tasks_today import groups
from tests import factories as make
from tests.asesmen.factories import AsesmenFactory

pytestmark = pytest.mark.django_db


def own(pk, ours, today, days):
    return make.KlienFactory(bapas=ours, pk_pembimbing=pk, diregistrasi=today - dt.timedelta(days=days))


def test_the_beranda_names_who_is_due_and_what_was_begun(pk, ours, today, officer):
    late, soon, later = (own(pk, ours, today, days) for days in (10, 0, 380))
    AsesmenFactory(klien=later, selesai=True, tanggal=today - dt.timedelta(days=300))
    yearly = own(pk, ours, today, 400)
    AsesmenFactory(klien=yearly, selesai=True, tanggal=today - dt.timedelta(days=360))
    begun = own(pk, ours, today, 3)
    AsesmenFactory(klien=begun)
    due, unfinished = groups(pk)
    assert [row.url for row in due.rows] == [reverse("asesmen:begin", args=[k.pk]) for k in (late, yearly, soon)] or [
        row.due for row in due.rows
    ] == sorted(row.due for row in due.rows)
    assert {row.url for row in due.rows} == {reverse("asesmen:begin", args=[k.pk]) for k in (late, yearly, soon)}
    assert due.rows[0].tag == "Terlewat 3 hari"
    assert due.rows[0].due == today - dt.timedelta(days=3)
    assert [row.what for row in due.rows].count("Asesmen ulang") == 1
    assert [row.about for row in unfinished.rows] == [f"{begun.nama}, {begun.kode}"]
    assert groups(officer("operator")) == []


def test_the_clients_page_shows_last_and_next(login, pk, klien, today):
    AsesmenFactory(klien=klien, selesai=True, tanggal=today)
    text = login(pk).get(reverse("klien:detail", args=[klien.pk])).text
    assert reverse("asesmen:list", args=[klien.pk]) in text
    assert "Terakhir:" in text
    assert "0 kebutuhan disebut" in text
