"""The books of inquiries and of accompaniment, through their pages."""

import datetime as dt
import io
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from apps.litmas.models import Litmas, Pendampingan
from apps.litmas.tasks_today import groups
from tests.litmas.factories import JenisLitmasFactory, LitmasFactory, PendampinganFactory

CREATE = "litmas:litmas_create"


@pytest.fixture
def pk(officer):
    return officer("pk")


@pytest.fixture
def request_data(pk):
    return {
        "kunci": str(uuid.uuid4()), "jenis": JenisLitmasFactory().pk, "untuk": "anak", "inisial": "b.s.",
        "peminta": "Polres Contoh", "nomor_surat": "B/1/2026", "diminta": str(timezone.localdate()),
        "pk_pelaksana": pk.pk,
    }  # fmt: skip


def test_a_request_is_recorded_once_and_gets_the_due_date_of_its_kind(login, pk, request_data, database_role):
    for _ in range(2):
        assert login(pk).post(reverse(CREATE), request_data).url == reverse("litmas:litmas_list")
    litmas = Litmas.objects.get()
    assert (litmas.inisial, litmas.tenggat) == ("B.S.", timezone.localdate() + dt.timedelta(days=3))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"inisial": "Budi Santoso"}, "Tulis huruf awal nama saja"),
        ({"untuk": "dewasa"}, "hanya untuk anak"),
        ({"diminta": "2999-01-01"}, "tidak boleh setelah hari ini"),
        ({"tenggat": "2020-01-01"}, "Tenggat tidak boleh sebelum tanggal permintaan"),
        ({"kode_klien": "KL-2026-99999"}, "tidak ada di kantor Anda"),
    ],
)
def test_a_wrong_entry_says_what_to_mend_and_keeps_what_was_typed(login, pk, request_data, wrong, sentence):
    response = login(pk).post(reverse(CREATE), request_data | wrong)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "B/1/2026" in response.content.decode()


def test_mistakes_are_listed_in_the_order_of_the_page(login, pk, request_data):
    page = login(pk).post(reverse(CREATE), {**dict.fromkeys(request_data, ""), "kode_klien": "KL-2026-99999"}).text
    summary = page[page.index("govuk-error-summary__list") :]
    ids = [f'href="#id_{name}' for name in ("jenis", "peminta", "inisial", "untuk", "kode_klien", "pk_pelaksana")]
    assert [summary.index(one) for one in ids] == sorted(summary.index(one) for one in ids)


def test_completing_needs_a_recommendation(login, pk, request_data):
    login(pk).post(reverse(CREATE), request_data)
    litmas = Litmas.objects.get()
    url, done = (
        reverse("litmas:litmas_edit", args=[litmas.pk]),
        request_data | {"selesai": str(timezone.localdate()), "versi": "0"},
    )
    assert "Pilih rekomendasi" in login(pk).post(url, done).content.decode()
    assert login(pk).post(url, done | {"rekomendasi": "disetujui"}).status_code == 302
    assert not Litmas.objects.open().exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Litmas.objects.update(rekomendasi="")


def test_nobody_saves_over_what_somebody_else_saved(login, pk, request_data):
    login(pk).post(reverse(CREATE), request_data)
    litmas = Litmas.objects.get()
    url = reverse("litmas:litmas_edit", args=[litmas.pk])
    opened = request_data | {"versi": "0"}
    assert login(pk).post(url, opened | {"peminta": "Kejaksaan Contoh"}).status_code == 302
    late = login(pk).post(url, opened | {"peminta": "Pengadilan Contoh"})
    assert late.status_code == 409
    assert "Kejaksaan Contoh" in late.content.decode()
    litmas.refresh_from_db()
    assert litmas.peminta == "Kejaksaan Contoh"


def test_a_withdrawn_entry_stays_and_does_not_count(login, pk, ours):
    entry = PendampinganFactory(bapas=ours, pk_pelaksana=pk)
    url = reverse("litmas:pendampingan_cancel", args=[entry.pk])
    assert login(pk).post(url, {"alasan": "Salah catat"}).status_code == 302
    assert login(pk).post(url, {"alasan": "Lagi"}).status_code == 409
    assert not Pendampingan.objects.counted().exists()
    assert "Salah catat" in login(pk).get(reverse("litmas:pendampingan_list"), {"tab": "batal"}).content.decode()


def test_the_list_as_a_workbook_holds_initials_only(login, pk, ours):
    LitmasFactory(bapas=ours, pk_pelaksana=pk, peminta="=SUM(A1)")
    content = login(pk).get(reverse("litmas:litmas_export"), {"format": "xlsx"}).content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[1][2:4] == ["B.S.", "=SUM(A1)"]


def test_the_beranda_names_what_is_due_within_a_week(pk, ours):
    today = timezone.localdate()
    LitmasFactory(bapas=ours, pk_pelaksana=pk)
    LitmasFactory(bapas=ours, pk_pelaksana=pk, diminta=today, tenggat=today + dt.timedelta(days=20))
    (group,) = groups(pk)
    assert group.total == 1
