"""Reading and putting right: a new row each time, never an overwritten one."""

import datetime as dt

import pytest
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from apps.klien.models import CatatanBimbingan, JadwalLapor, Klien
from apps.klien.models.guidance import counted_sql
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(klien, today):
    return make.CatatanFactory(
        klien=klien, tanggal=today - dt.timedelta(days=1), hadir=False, alasan="sakit", catatan="Isi lama",
        berikutnya=today + dt.timedelta(days=10),
    )  # fmt: skip


def url(name, record):
    return reverse(f"klien:{name}", args=[record.pk])


def corrected(record, **facts):
    return {
        "alasan_koreksi": "Salah pilih", "cara": "kantor", "tanggal": record.tanggal.isoformat(), "hadir": "ya",
        "bidang": "kepribadian", "catatan": "Isi baru", "berikutnya": record.berikutnya.isoformat(), **facts,
    }  # fmt: skip


def test_the_form_starts_from_what_is_stored(login, pk, record):
    form = login(pk).get(url("guidance_correct", record)).context["form"]
    assert (form["hadir"].value(), form["alasan"].value(), form["catatan"].value()) == ("tidak", "sakit", "Isi lama")


def test_a_correction_is_a_new_row_that_counts(login, pk, klien, record, database_role):
    answer = login(pk).post(url("guidance_correct", record), corrected(record))
    assert answer.url == reverse("klien:detail", args=[klien.pk])
    old, new = CatatanBimbingan.objects.order_by("pk")
    assert (old.catatan, old.hadir) == ("Isi lama", False)
    assert (new.catatan, new.hadir, new.koreksi_dari, new.alasan_koreksi) == ("Isi baru", True, old, "Salah pilih")
    assert list(CatatanBimbingan.objects.counted()) == [new]
    assert JadwalLapor.objects.get(klien=klien).terakhir == record.tanggal


def test_queries_and_written_sql_agree_on_what_counts(klien, record, theirs):
    def again(original, **facts):
        return make.CatatanFactory(klien=original.klien, koreksi_dari=original, alasan_koreksi="salah", **facts)

    twice = again(again(record))
    again(make.CatatanFactory(klien=klien), dibatalkan=True)
    plain, foreign = make.CatatanFactory(klien=klien), make.CatatanFactory(klien=make.KlienFactory(bapas=theirs))
    again(make.CatatanFactory(klien=make.KlienFactory(bapas=theirs)), dibatalkan=True)
    counted = {twice, plain, foreign}
    assert set(CatatanBimbingan.objects.counted()) == counted
    of_client = CatatanBimbingan.objects.counted().filter(klien=OuterRef("pk"))
    assert set(Klien.objects.filter(Exists(of_client))) == {klien, foreign.klien}, "under another name of the table"
    offices = f"ARRAY[{klien.bapas_id}, {theirs.pk}]"
    for rule in (counted_sql("record"), counted_sql("record", offices=offices)):
        rows = CatatanBimbingan.objects.raw(f"SELECT id FROM klien_catatanbimbingan record WHERE {rule}")
        assert set(rows) == counted


def test_a_correction_needs_its_reason_and_true_dates(login, pk, record):
    answer = login(pk).post(url("guidance_correct", record), corrected(record, alasan_koreksi="", tanggal="2099-01-01"))
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"alasan_koreksi", "tanggal"}


def test_a_record_is_corrected_once_then_its_correction(login, pk, record):
    login(pk).post(url("guidance_correct", record), corrected(record))
    answer = login(pk).post(url("guidance_correct", record), corrected(record))
    assert (answer.status_code, "Catatan ini sudah diperbaiki." in answer.text) == (409, True)
    assert CatatanBimbingan.objects.count() == 2


def test_only_the_author_corrects(login, officer, record, theirs, database_role):
    for stranger in (officer("pk"), officer("pk", bapas=theirs)):
        for name in ("guidance_correct", "guidance_withdraw"):
            assert login(stranger).get(url(name, record)).status_code == 404
        assert login(stranger).post(url("guidance_undo", record)).status_code == 404
    assert login(officer("kabapas")).get(url("guidance_correct", record)).status_code == 403


def test_undo_withdraws_within_ten_minutes(login, pk, klien, record, database_role):
    answer = login(pk).post(url("guidance_undo", record))
    assert answer.url == reverse("klien:detail", args=[klien.pk])
    assert not CatatanBimbingan.objects.counted().exists()
    assert JadwalLapor.objects.get(klien=klien).berikutnya == klien.jadwal.pertama
    assert "Bimbingan diurungkan." in login(pk).get(answer.url).text


def test_undo_comes_too_late_in_a_sentence(login, pk, klien):
    old = make.CatatanFactory(klien=klien, diterima_pada=timezone.now() - dt.timedelta(minutes=11))
    answer = login(pk).post(url("guidance_undo", old))
    assert (answer.status_code, "dalam 10 menit" in answer.text) == (409, True)
    assert CatatanBimbingan.objects.counted().get() == old


def test_undo_is_offered_right_after_saving_only(login, pk, klien):
    fresh = make.CatatanFactory(klien=klien)
    old = make.CatatanFactory(klien=klien, diterima_pada=timezone.now() - dt.timedelta(minutes=11))
    page = reverse("klien:detail", args=[klien.pk])
    assert url("guidance_undo", fresh) in login(pk).get(page, {"tersimpan": fresh.pk}).text
    assert "Bimbingan tersimpan" not in login(pk).get(page, {"tersimpan": old.pk}).text
    assert "Bimbingan tersimpan" not in login(pk).get(page, {"tersimpan": "x"}).text


def test_a_record_of_the_wrong_client_is_withdrawn_with_a_reason(login, pk, record, klien):
    page = url("guidance_withdraw", record)
    assert login(pk).post(page, {"alasan": ""}).status_code == 422
    assert login(pk).post(page, {"alasan": "Salah klien"}).status_code == 302
    assert not CatatanBimbingan.objects.counted().exists()
    text = login(pk).get(url("guidance", record)).text
    assert "dibatalkan oleh Ratna Dewi karena: Salah klien" in text
    assert url("guidance_correct", record) not in text


def test_correcting_a_record_expects_nobody_whose_guidance_has_ended(login, pk, ours, today):
    ended = make.KlienFactory(
        bapas=ours, pk_pembimbing=pk, status="selesai", diregistrasi=today, jadwal__berikutnya=None
    )
    ended_record = make.CatatanFactory(klien=ended, tanggal=today, berikutnya=today + dt.timedelta(days=10))
    answer = login(pk).post(url("guidance_correct", ended_record), corrected(ended_record))
    assert answer.status_code == 302
    assert JadwalLapor.objects.get(klien=ended).berikutnya is None
