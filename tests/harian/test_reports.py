"""The report to the Kanwil through its pages: counted from the log, frozen when sent, summed by the region."""

import datetime as dt
import io
import threading
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from apps.acuan.calendar import last_open_day
from apps.dasar.errors import Refused
from apps.harian import services
from apps.harian.figures import collect
from apps.harian.models import LaporanKanwil
from apps.harian.tasks_today import groups
from apps.jejak.models import Akses
from apps.jejak.services import record_move
from apps.klien.models import Klien
from apps.wilayah.days import today as today_of
from tests import factories as make
from tests.harian.factories import LaporanKanwilFactory
from tests.litmas.factories import LitmasFactory, PendampinganFactory
from tests.roles import as_web_role


def url(act, jenis, day, *rest):
    return reverse(f"harian:{act}", args=[jenis, f"{day:%Y-%m-%d}", *rest])


def test_the_numbers_come_from_the_log(ours, today):
    worker = make.officer("pk", bapas=ours)
    type(worker).objects.filter(pk=worker.pk).update(jenjang="muda")
    klien = make.KlienFactory(bapas=ours, pk_pembimbing=worker, kegiatan_utama="bekerja", bersekolah=True)
    make.MasaFactory(klien=klien, jenis_program=make.JenisProgramFactory(kode="PB"))
    LitmasFactory(bapas=ours, pk_pelaksana=worker)
    LitmasFactory(bapas=ours, pk_pelaksana=worker, alasan_batal="Ditarik")
    PendampinganFactory(bapas=ours, pk_pelaksana=worker, hasil="akot")
    numbers = collect(ours, "harian", today)
    age = klien.kategori_usia
    wanted = {
        "pk.muda": (1, None), f"klien.{age}.{klien.jenis_kelamin}": (1, None), f"program.{age}.PB": (1, None),
        "litmas.anak.minta": (1, 1), "litmas.anak.sisa": (1, None), "damping.div-sidik": (1, 1), "akot.hasil": (1, 1),
        "sekolah": (1, None), "bekerja": (1, None), "terorisme": (0, None),
    }  # fmt: skip
    assert {key: numbers[key] for key in wanted} == wanted


def test_a_past_day_counts_who_was_there_then(ours, officer, today):
    klien = make.KlienFactory(bapas=ours, diregistrasi=today - dt.timedelta(days=30), status="selesai")
    record_move(klien, "klien", dari="aktif", ke="selesai", by=officer("kabapas"))
    key = f"klien.{klien.kategori_usia}.{klien.jenis_kelamin}"
    counts = [collect(ours, "harian", today - dt.timedelta(days=days))[key][0] for days in (31, 2, 0)]
    assert counts == [0, 1, 0]


def test_sending_freezes_the_numbers_and_sending_again_is_a_new_version(login, officer, ours, today, database_role):
    operator = officer("operator")
    page = url("detail", "harian", today)
    first = {"versi": 0, "catatan": "Semua berjalan."}
    assert login(operator).post(url("send", "harian", today), first).url == page
    make.KlienFactory(bapas=ours)
    frozen = login(operator).get(page)
    assert "versi 1" in frozen.content.decode()
    assert login(operator).post(url("send", "harian", today), first).status_code == 409
    assert login(operator).post(url("send", "harian", today), first | {"versi": 1}).status_code == 302
    sums = [sum(n for key, (n, _) in row.angka.items() if key.startswith("klien.")) for row in _rows()]
    assert sums == [0, 1]


def _rows():
    return LaporanKanwil.objects.order_by("versi")


def test_what_was_sent_is_never_changed(ours, today):
    row = LaporanKanwilFactory(bapas=ours)
    with as_web_role(), pytest.raises(DatabaseError), transaction.atomic():
        LaporanKanwil.objects.filter(pk=row.pk).update(catatan="lain")


@pytest.mark.django_db(transaction=True)
def test_two_people_who_press_at_once_send_one_report(today):
    ours = make.BapasFactory()
    senders = [make.officer("operator", bapas=ours) for _ in range(2)]
    gate, outcomes = threading.Barrier(2), []

    def press(user):
        gate.wait()
        try:
            services.send(by=user, jenis="harian", day=today, seen=0, catatan="")
            outcomes.append("sent")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[user]) for user in senders]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(outcomes) == ["refused", "sent"]


def test_the_text_to_paste_tells_no_few_children_and_the_page_of_the_office_does(login, officer, ours, today):
    klien = make.KlienFactory(
        bapas=ours, jenis_kelamin=Klien.Kelamin.LAKI, kategori_usia="anak", jenis_register="bimbingan-anak"
    )
    body = login(officer("operator")).get(url("detail", "harian", today)).content.decode()
    text = body.split("<textarea", 2)[-1]
    assert "- Laki-laki: *" in text
    assert "Anak, laki-laki" not in text
    assert "Anak, laki-laki" in body.split("<textarea", 2)[0]
    assert klien.nama not in body


def test_the_region_sees_who_has_sent_and_the_sum(login, officer, ours, today, database_role):
    LaporanKanwilFactory(bapas=ours)
    other = make.BapasFactory(kanwil=ours.kanwil)
    kanwil = officer("kanwil")
    listed = login(kanwil).get(reverse("harian:list")).content.decode()
    assert "1 dari 2 Bapas" in listed
    assert other.nama in listed
    total = login(kanwil).get(url("detail", "harian", today)).content.decode()
    assert "jumlah dari 1 Bapas" in total
    assert "&lt;5" in total
    assert login(kanwil).get(url("detail", "harian", today, other.pk)).status_code == 200


def test_the_workbook_of_the_region_is_noted_in_the_trail_of_each_office(login, officer, ours, today):
    LaporanKanwilFactory(bapas=ours)
    content = login(officer("kanwil")).get(url("download", "harian", today)).content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert ["II. Klien dewasa dan Anak", "Perempuan", "*", ""] in rows
    assert Akses.objects.filter(bapas=ours, verba="ekspor", objek="laporan-kanwil").exists()


@pytest.mark.parametrize("written", ["2999-01-01", "2001-01-01", "kemarin"])
def test_impossible_days_are_not_found(login, officer, written):
    address = reverse("harian:detail", args=["harian", written])
    assert login(officer("operator")).get(address).status_code == 404


def test_a_request_runs_on_the_clock_of_the_office(login, officer, ours, monkeypatch):
    """At half past midnight in Jayapura the new month has begun, though not yet in Jakarta."""
    type(ours).objects.filter(pk=ours.pk).update(zona_waktu="Asia/Jayapura")
    first = dt.date(2026, 12, 1)
    make.KlienFactory(bapas=ours, diregistrasi=first)
    night = dt.datetime(2026, 12, 1, 0, 30, tzinfo=ZoneInfo("Asia/Jayapura"))
    monkeypatch.setattr(timezone, "now", lambda: night)
    sections = login(officer("operator")).get(url("detail", "bulanan", first)).context["bagian"]
    assert {line.label: line.now for part in sections for line in part.baris}["Klien baru"] == 1


def test_a_month_starts_on_its_first_day(login, officer):
    address = reverse("harian:detail", args=["bulanan", f"{timezone.localdate().replace(day=2):%Y-%m-%d}"])
    assert login(officer("operator")).get(address).status_code == 404


def test_offices_beyond_the_fourth_are_counted(officer, ours):
    for _ in range(5):
        make.BapasFactory(kanwil=ours.kanwil)
    (missing,) = groups(officer("kanwil"))
    assert missing.total == 6
    assert missing.rows[0].about.startswith("6 Bapas: ")
    assert missing.rows[0].about.endswith(", dan 2 lainnya")


def test_the_kanwil_reads_for_which_day_all_offices_reported(officer, ours):
    kanwil = officer("kanwil")
    day = last_open_day(today_of(kanwil))
    LaporanKanwilFactory(bapas=ours, tanggal=day)
    (missing,) = groups(kanwil)
    assert missing.total == 0


def test_operator_and_kanwil_are_reminded(officer, ours):
    (owed,), (missing,) = groups(officer("operator")), groups(officer("kanwil"))
    assert owed.total >= 2
    assert ours.nama in missing.rows[0].about
    assert groups(officer("pk")) == []
