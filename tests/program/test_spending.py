"""Realisation: never more than planned, also when many write at once; two people; corrections say why."""

import csv
import datetime as dt
import threading

import pytest
import time_machine
from django.db import connection
from django.db.models import Sum

from apps.dasar.errors import Refused
from apps.jejak.models import Akses
from apps.program import services, spending
from apps.program.models import Realisasi
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def budget_year():
    """The budget year of the samples runs, whatever the calendar of this machine says."""
    with time_machine.travel(TODAY):
        yield


def entry(**more):
    return {"tanggal": "2026-11-02", "jumlah": "2.000.000", "bukti": "BK-1", "keterangan": "", **more}


def test_the_planner_records_and_the_head_approves(as_user, planner, head, approved, line, database_role):
    browser = as_user(planner)
    response = browser.post("program:entry_add", 2026, line.pk, data=entry())
    assert response.url == f"/program/2026/realisasi/{line.pk}/"
    recorded = Realisasi.objects.get()
    assert (recorded.dicatat_oleh, recorded.disetujui_oleh) == (planner, None)
    assert browser.post("program:spending_approve", 2026, data={"realisasi": recorded.pk}).status_code == 403
    browser = as_user(head)
    assert "Menunggu persetujuan Anda (1)" in browser.get("program:spending", 2026).text
    browser.post("program:spending_approve", 2026, data={"realisasi": [recorded.pk]})
    recorded.refresh_from_db()
    assert recorded.disetujui_oleh == head
    totals = browser.get("program:spending", 2026).context["total"]
    assert (totals.approved, totals.waiting, totals.left) == (2_000_000, 0, 500_000)


def test_realisation_leaves_line_by_line_and_a_line_entry_by_entry(as_user, planner, approved, line, database_role):
    browser = as_user(planner)
    browser.post("program:entry_add", 2026, line.pk, data=entry(keterangan="=1+1"))
    year, book = (
        _csv(browser.get(name, *args, data={"format": "csv"}))
        for name, args in (("program:spending_export", [2026]), ("program:ledger_export", [2026, line.pk]))
    )
    assert [row["Rencana (Rp)"] for row in year] == ["2500000,00", "2500000,00"]
    assert [(row["Kegiatan"], row["Menunggu (Rp)"], row["Sisa (Rp)"]) for row in year] == [
        (line.rencana.judul, "2000000,00", "500000,00"), ("Jumlah", "2000000,00", "500000,00"),
    ]  # fmt: skip
    assert [(row["Keterangan"], row["Status"], row["Sisa (Rp)"]) for row in book] == [
        ("'=1+1", "Menunggu", "500000,00")
    ]
    browser.get("program:download", 2026)
    noted = Akses.objects.filter(verba=Akses.Verba.EKSPOR, objek="program", objek_id=approved.pk).order_by("pk")
    assert [row.rincian for row in noted] == [
        "realisasi, csv, 1 baris", f"buku realisasi {line.pk}, csv, 1 baris", "RAB, xlsx",
    ]  # fmt: skip


def _csv(response) -> list[dict]:
    return list(csv.DictReader(response.content.decode("utf-8-sig").splitlines(), delimiter=";"))


def test_more_than_planned_is_refused_with_what_is_left(as_user, planner, approved, line):
    browser = as_user(planner)
    browser.post("program:entry_add", 2026, line.pk, data=entry())
    response = browser.post("program:entry_add", 2026, line.pk, data=entry(bukti="BK-2", jumlah="500.000,01"))
    assert response.status_code == 409
    assert "Realisasi melebihi rencana. Sisa baris ini Rp500.000." in response.text
    assert 'value="500.000,01"' in response.text
    assert Realisasi.objects.count() == 1


def test_a_correction_is_negative_has_a_reason_and_never_goes_below_zero(as_user, planner, approved, line):
    browser = as_user(planner)
    browser.post("program:entry_add", 2026, line.pk, data=entry())
    fix = entry(bukti="BK-1K", jumlah="-500.000")
    response = browser.post("program:entry_add", 2026, line.pk, data=fix)
    assert response.status_code == 422
    assert "Isi alasan koreksi." in response.text
    browser.post("program:entry_add", 2026, line.pk, data=fix | {"keterangan": "Kuitansi ganda"})
    rows = browser.get("program:ledger", 2026, line.pk).context["tabel"].rows
    assert [left for _, left in rows] == [500_000, 1_000_000]
    too_much = entry(bukti="BK-3", jumlah="-1.600.000", keterangan="Salah")
    response = browser.post("program:entry_add", 2026, line.pk, data=too_much)
    assert "Yang sudah dicatat Rp1.500.000." in response.text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("tanggal", "2026-11-23", "tidak boleh setelah hari ini"),
        ("tanggal", "2025-12-31", "harus dalam tahun anggaran 2026"),
        ("jumlah", "0", "Jumlah tidak boleh nol."),
        ("bukti", "", "Isi nomor bukti."),
    ],
)
def test_a_bad_entry_is_explained(as_user, planner, approved, line, field, value, sentence):
    response = as_user(planner).post("program:entry_add", 2026, line.pk, data=entry(**{field: value}))
    assert response.status_code == 422
    assert sentence in response.text


def test_one_proof_counts_once(as_user, planner, approved, line):
    browser, once = as_user(planner), entry(jumlah="100.000")
    browser.post("program:entry_add", 2026, line.pk, data=once)
    response = browser.post("program:entry_add", 2026, line.pk, data=once)
    assert response.status_code == 409
    assert "Bukti ini sudah dicatat" in response.text


def test_nobody_approves_own_entries(as_user, head, approved, line):
    mine = make.RealisasiFactory(rincian=line, dicatat_oleh=head)
    response = as_user(head).post("program:spending_approve", 2026, data={"realisasi": [mine.pk]})
    assert response.status_code == 409
    assert "Penyetuju harus orang lain." in response.text


def test_entries_of_another_office_are_not_approved(as_user, head, approved, theirs, database_role):
    foreign = make.RealisasiFactory(rincian__rencana__program__bapas=theirs)
    as_user(head).post("program:spending_approve", 2026, data={"realisasi": [foreign.pk]})
    foreign.refresh_from_db()
    assert foreign.disetujui_oleh is None


def test_money_is_spent_only_under_the_version_in_force(as_user, planner, head, draft, line):
    browser = as_user(planner)
    assert browser.get("program:spending", 2026).status_code == 404
    services.send(draft, by=planner)
    services.approve(draft, by=head)
    assert browser.get("program:spending", 2026).status_code == 200
    revision = services.revise(draft, by=planner)
    with pytest.raises(Refused, match="tidak sedang berlaku"):
        spending.record(
            Realisasi(tanggal=dt.date(2026, 11, 2), jumlah=1, bukti="X"),
            line=revision.rencana.get().biaya.get(), by=planner,
        )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_entries_at_the_same_moment_never_exceed_the_line(approved, line, planner):
    """Eight people write Rp700.000 on a line of Rp2.500.000 together: three fit."""
    together, outcome = threading.Barrier(8), []

    def write(number):
        together.wait()
        try:
            new = Realisasi(tanggal=dt.date(2026, 11, 2), jumlah=700_000, bukti=f"BK-{number}")
            spending.record(new, line=line, by=planner)
            outcome.append("recorded")
        except Refused as refusal:
            outcome.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcome.count("recorded") == 3
    assert set(outcome) == {"recorded", "Realisasi melebihi rencana. Sisa baris ini Rp400.000."}
    assert line.realisasi.aggregate(n=Sum("jumlah"))["n"] == 2_100_000
