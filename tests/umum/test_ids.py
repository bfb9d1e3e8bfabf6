"""What stands in the place of an id and is none: every page answers as if there were no such row."""

from urllib.parse import quote

import pytest
from django.urls import reverse

from apps.dasar.ids import id_of, ids_of
from tests import factories as make

NONE = ["²", "٣", "9" * 19, "9" * 5000, "-1", "1_0", " 1", "\0", ""]
"""Each of them is a digit, a number or too much for somebody: str.isdigit, int, Python's limit of digits, bigint."""


def test_an_id_is_a_few_plain_digits():
    assert [id_of(text) for text in (*NONE, None)] == [None] * (len(NONE) + 1)
    assert ids_of(["7", *NONE, "9" * 18, "007"]) == [7, 10**18 - 1, 7]


PAGES = {  # name: (role, page, query of GET or None, data of POST, statuses that tell of no row)
    "repeat an activity": ("operator", "kegiatan:create", "ulangi={}", None, {200}),
    "the client of a record": ("pk", "klien:guidance_new", "klien={}", None, {404}),
    "clients of a group": ("pk", "klien:guidance_group", "langkah=isi&klien={}", None, {409}),
    "reasoned opening": ("kanwil", "klien:open", "klien={}", None, {200}),
    "a region": ("ditjenpas", "dasbor:wilayah", "kanwil={}", None, {404}),
    "older rows": ("auditor", "jejak:list", "sebelum={}", None, {200}),
    "day for many": ("pk", "wajib_lapor:bulk", "klien={}", None, {200}),
    "switch the duty": ("pk", "akun:penugasan", None, "penugasan", {404}),
    "store a record": ("pk", "klien:guidance_new", None, "klien", {404}),
    "store a group": ("pk", "klien:guidance_group", None, "klien", {404}),
    "confirm hours": ("mitra", "kerja_sosial:my_place", None, "jam", {302}),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_no_page_breaks_on_it(login, officer, name):
    role, page, query, field, statuses = PAGES[name]
    browser, address = login(officer(role)), reverse(page)
    for value in NONE:
        asked = quote(value, safe="")
        answer = browser.post(address, {field: value}) if field else browser.get(f"{address}?{query.format(asked)}")
        assert answer.status_code in statuses, value[:20]


@pytest.mark.django_db
def test_no_page_of_a_row_breaks_on_it(login, officer, ours):
    """The same where the address names a row of its own."""
    invite = reverse("kegiatan:invite", args=[make.KegiatanFactory(bapas=ours).pk])
    klien = make.KlienFactory(bapas=ours, pk_pembimbing=officer("pk"))
    file = reverse("klien:detail", args=[klien.pk])
    year = reverse("program:year", args=[make.ProgramFactory(bapas=ours).tahun])
    for value in NONE:
        assert login(officer("operator")).post(invite, {"klien": value}).status_code == 302
        assert login(klien.pk_pembimbing).get(file, {"tersimpan": value}).status_code == 200
        assert login(officer("perencana")).get(year, {"versi": value}).status_code == 200
    assert login(officer("perencana")).get(year, {"versi": "9" * 18}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["\0", "a\0b", "²", "x" * 5000])
def test_text_that_no_column_holds_finds_nothing(client, login, officer, text):
    """Searches of a raw text: the hash of a report that anybody may look up, the boxes of the reference lists."""
    assert client.get(reverse("laporan:verifikasi"), {"sidik": text}).status_code in {200, 404}
    asked = {"app_label": "wilayah", "model_name": "bapas", "field_name": "kota", "term": text}
    assert login(officer("admin")).get(reverse("acuan:autocomplete"), asked).json()["results"] == []
