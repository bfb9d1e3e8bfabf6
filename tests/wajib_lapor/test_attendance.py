"""Planned meetings and how they ended."""

import datetime as dt

import pytest
from django.urls import reverse

from apps.jejak.models import Akses, Perubahan
from apps.klien.models import JadwalLapor, Klien
from apps.wajib_lapor.figures import Attendance, attendance_per_officer
from tests import factories as make
from tests.clock import office_today
from tests.lists import printed
from tests.wajib_lapor.factories import PerubahanFactory

pytestmark = pytest.mark.django_db
OCTOBER, TODAY = dt.date(2026, 10, 1), dt.date(2026, 11, 20)
TABLE = reverse("wajib_lapor:attendance")


def day(month, number):
    return dt.date(2026, month, number)


def moment(month, number, hour=3):
    return dt.datetime(2026, month, number, hour, tzinfo=dt.UTC)


@pytest.fixture
def person(ours, pk):
    """person() → a client without any plan so far."""

    def client(**facts):
        known = {"diregistrasi": day(1, 5), **facts}
        return make.KlienFactory(bapas=ours, pk_pembimbing=pk, jadwal__berikutnya=None, **known)

    return client


@pytest.fixture
def met():
    """met(klien, 10, 5, again=…) → a contact on 5 October."""

    def contact(klien, month, number, *, came=True, again=None, **facts):
        return make.CatatanFactory(
            klien=klien, tanggal=day(month, number), hadir=came, alasan="" if came else "sakit", berikutnya=again,
            diterima_pada=moment(month, number), **facts,
        )  # fmt: skip

    return contact


@pytest.fixture
def october(ours, pk):
    return lambda: attendance_per_officer([ours.pk], month=OCTOBER, today=TODAY).get(pk.pk, Attendance())


def test_contacts_count_as_kept_or_not(person, met, october):
    klien = person()
    met(klien, 10, 5)
    met(klien, 10, 12, came=False)
    met(klien, 11, 2)
    wrong = met(klien, 10, 20)
    met(klien, 10, 20, came=False, koreksi_dari=wrong, alasan_koreksi="salah")
    assert october() == Attendance(kept=1, absent=2)
    assert (october().planned, october().share) == (3, 1 / 3)


def test_a_planned_date_without_a_record_until_the_end_of_the_month_counts_as_lapsed(person, met, october):
    met(person(), 9, 15, again=day(10, 15))
    late = person()
    met(late, 9, 15, again=day(10, 15))
    met(late, 10, 28, again=day(11, 28))  # came late, but in the same month
    later = person()
    met(later, 9, 15, again=day(10, 15))
    met(later, 11, 3)
    ended = person(status="selesai", berakhir=day(10, 20))
    met(ended, 9, 15, again=day(10, 15))
    first = person()
    JadwalLapor.objects.filter(klien=first).update(pertama=day(10, 9))
    assert october() == Attendance(kept=1, lapsed=3)


def test_a_month_that_is_over_stays_with_whom_it_was(person, met, october, officer, pk, ours):
    """The client ended since, or has another officer now: October is not rewritten."""
    ended = person(status="selesai", berakhir=day(11, 5))
    met(ended, 9, 15, again=day(10, 15))
    moved = person()
    met(moved, 10, 5)
    other = officer("pk")
    Klien.objects.filter(pk=moved.pk).update(pk_pembimbing=other)
    Perubahan.objects.update(pada=moment(11, 10))
    assert october() == Attendance(kept=1, lapsed=1)
    november = attendance_per_officer([ours.pk], month=day(11, 1), today=TODAY)
    assert (november.get(pk.pk), november.get(other.pk)) == (None, None)


def test_a_date_moved_in_time_is_no_miss_and_one_moved_afterwards_is(person, met, october):
    in_time, too_late = person(), person()
    for klien, at in ((in_time, moment(10, 10)), (too_late, moment(10, 20))):
        met(klien, 9, 15, again=day(10, 15))
        PerubahanFactory(klien=klien, berikutnya=day(11, 30), pada=at)
    assert october() == Attendance(lapsed=1)


def test_the_day_of_a_move_is_that_of_the_office(person, met, october, ours):
    """At eight in Jayapura it is still the day before in Greenwich: the missed day would seem moved in time."""
    type(ours).objects.filter(pk=ours.pk).update(zona_waktu="Asia/Jayapura")
    klien = person()
    met(klien, 9, 15, again=day(10, 14))
    PerubahanFactory(klien=klien, berikutnya=day(11, 30), pada=moment(10, 14, hour=23))
    assert october() == Attendance(lapsed=1)


def test_an_appointment_kept_on_its_own_day_is_counted_once(person, met, october):
    klien = person()
    PerubahanFactory(klien=klien, berikutnya=day(10, 15), pada=moment(10, 15, hour=1))
    met(klien, 10, 15)
    assert october() == Attendance(kept=1)


def test_a_contact_that_was_corrected_is_not_missed_once_more(person, met, october):
    """It was dated in September; in truth the client came on the day after the date had been moved."""
    klien = person()
    wrong = met(klien, 9, 15, again=day(10, 5))
    PerubahanFactory(klien=klien, berikutnya=day(10, 12), pada=moment(10, 10))
    met(klien, 10, 11, again=day(10, 20), koreksi_dari=wrong, alasan_koreksi="salah tanggal")
    assert october() == Attendance(kept=1, lapsed=1)


def test_a_contact_that_was_withdrawn_plans_nothing(person, met, october):
    klien = person()
    met(klien, 9, 1, again=day(10, 10))
    wrong = met(klien, 9, 15, again=day(11, 30))
    met(klien, 9, 15, koreksi_dari=wrong, alasan_koreksi="salah klien", dibatalkan=True)
    assert october() == Attendance(lapsed=1)


def test_dates_still_ahead_are_not_missed_yet(person, met, ours, pk):
    met(person(), 10, 20, again=day(11, 20))
    november = attendance_per_officer([ours.pk], month=day(11, 1), today=TODAY)
    assert pk.pk not in november


def test_the_table_shows_numerator_and_denominator_per_pk(login, officer, pk, klien, ours, theirs, database_role):
    today = office_today()
    JadwalLapor.objects.update(pertama=None)
    other = make.KlienFactory(bapas=ours, pk_pembimbing=officer("pk", nama="Andi Wijaya"), jadwal__pertama=None)
    for who, came in ((klien, True), (klien, False), (other, True)):
        make.CatatanFactory(klien=who, tanggal=today, hadir=came, alasan="" if came else "sakit")
    make.CatatanFactory(klien=make.KlienFactory(bapas=theirs), tanggal=today)
    head = login(officer("kabapas")).get(TABLE)
    assert printed(head) == [
        ["Andi Wijaya", "1", "1", "100%", "0", "0"], ["Ratna Dewi", "1", "2", "50%", "1", "0"],
    ]  # fmt: skip
    assert "2 dari 3 pertemuan dipenuhi (67%)" in head.text
    own = login(pk).get(TABLE)
    assert printed(own) == [["Ratna Dewi", "1", "2", "50%", "1", "0"]]
    assert "2 dari 3 pertemuan" in own.text


def test_a_month_without_plans_says_so_and_a_wrong_month_is_this_one(login, officer):
    assert "Belum ada pertemuan yang direncanakan" in login(officer("kabapas")).get(TABLE, {"bulan": "1999-13"}).text


def test_the_file_is_written_down(login, officer, klien):
    answer = login(officer("kabapas")).get(reverse("wajib_lapor:attendance_export"))
    assert answer["Content-Disposition"].endswith('.xlsx"')
    assert Akses.objects.get().verba == Akses.Verba.EKSPOR


def test_the_clients_page_says_how_often_this_client_came(login, pk, klien, today):
    for came in (True, True, False):
        make.CatatanFactory(klien=klien, tanggal=today, hadir=came, alasan="" if came else "sakit")
    page = login(pk).get(reverse("klien:detail", args=[klien.pk])).text
    assert "2 dari 4 pertemuan (50%)" in page  # the date that passed three days ago counts too
    assert reverse("wajib_lapor:client", args=[klien.pk]) in page
    assert reverse("wajib_lapor:reminder", args=[klien.pk]) in page
