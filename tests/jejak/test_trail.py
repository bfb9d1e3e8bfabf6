"""The trail as auditors read it."""

import csv
import datetime as dt
import io

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from apps.akun import services
from apps.dasar.wording import tanggal
from apps.jejak import seals
from apps.jejak.models import Akses, Segel
from apps.jejak.views import PER_PAGE
from tests import factories as make
from tests.sessions import log_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def reads(officer, theirs):
    """Two people of two offices opened one client each."""
    ours_pk, theirs_pk = officer("pk", nama="Petugas Kita"), make.officer("pk", bapas=theirs, nama="Petugas Lain")
    return [
        Akses.objects.create(
            bapas=person.penugasan.bapas, pengguna=person, penugasan=person.penugasan, verba=verba, objek="klien",
            objek_id=number, rincian="=1+1",
        )
        for person, verba, number in ((ours_pk, "lihat", 11), (theirs_pk, "ekspor", 12))
    ]  # fmt: skip


@pytest.fixture
def auditor(client, officer):
    log_in(client, officer("auditor"))
    return client


def names(client, **query):
    return {row.pengguna.nama for row in client.get(reverse("jejak:list"), query).context["tabel"].hal}


def test_the_page_tells_up_to_which_day_the_trail_is_sealed(auditor):
    assert "Belum ada hari jejak yang disegel." in auditor.get(reverse("jejak:list")).text
    [day] = seals.seal()
    page = auditor.get(reverse("jejak:list")).text
    assert f"Jejak disegel sampai {tanggal(day)}" in page
    assert Segel.objects.get().sidik[:12] in page


def test_an_auditor_reads_the_whole_nation(auditor, reads, database_role):
    assert names(auditor) == {"Petugas Kita", "Petugas Lain"}


def test_the_trail_is_narrowed_by_every_filter(auditor, reads, ours):
    today = timezone.localdate()
    assert names(auditor, siapa="kita") == {"Petugas Kita"}
    assert names(auditor, verba="ekspor") == {"Petugas Lain"}
    assert names(auditor, bapas=ours.pk) == {"Petugas Kita"}
    assert names(auditor, klien=12) == {"Petugas Lain"}
    assert names(auditor, orang=reads[0].pengguna_id) == {"Petugas Kita"}
    assert names(auditor, dari=today + dt.timedelta(days=1)) == set()
    assert names(auditor, dari=today, sampai=today) == {"Petugas Kita", "Petugas Lain"}
    assert names(auditor, dari="kemarin") == {"Petugas Kita", "Petugas Lain"}  # not a date: no filter


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"klien": "KL-2026-00012"}, "Tulis nomor klien dengan angka saja, misalnya 12."),
        ({"klien": "-3"}, "Tulis nomor klien dengan angka saja, misalnya 12."),
        ({"dari": "2026-03-02", "sampai": "2026-03-01"}, "Sampai tanggal tidak boleh sebelum dari tanggal."),
    ],
)
def test_a_wrong_filter_says_so_and_does_not_narrow(auditor, reads, query, sentence):
    page = auditor.get(reverse("jejak:list"), query).text
    assert sentence in page
    assert '<details class="p-saring" open>' in page


def test_rows_of_one_request_name_it_and_those_of_the_next_another(auditor, reads):
    for requests in (1, 2):
        auditor.get(reverse("jejak:unduh"))
        named = set(Akses.objects.filter(objek="jejak").values_list("permintaan", flat=True))
        assert len(named) == requests
        assert all(len(name) == 36 for name in named)


def test_client_names_are_not_shown(auditor, ours, officer):
    klien = make.KlienFactory(bapas=ours, nama="Nama Sangat Rahasia")
    Akses.objects.create(
        bapas=ours, pengguna=officer("pk"), penugasan=None, verba="lihat", objek="klien", objek_id=klien.pk
    )
    text = auditor.get(reverse("jejak:list")).text
    assert f"klien #{klien.pk}" in text
    assert klien.nama not in text


def test_older_rows_are_one_click_away(auditor, reads):
    row = reads[0]
    Akses.objects.bulk_create(
        Akses(bapas=row.bapas, pengguna=row.pengguna, verba="lihat", objek="klien", objek_id=n) for n in range(PER_PAGE)
    )
    first = auditor.get(reverse("jejak:list"))
    assert len(first.context["tabel"].hal.object_list) == PER_PAGE
    rest = auditor.get(f"{reverse('jejak:list')}?{first.context['tabel'].hal.older}")
    assert len(rest.context["tabel"].hal.object_list) == 2
    assert rest.context["tabel"].hal.older == ""


def test_an_export_is_in_the_trail_of_every_office_it_contains(auditor, reads, database_role):
    response = auditor.get(reverse("jejak:unduh"))
    rows = list(csv.reader(io.StringIO(response.text.lstrip("\ufeff")), delimiter=";"))
    assert len(rows) == 3
    assert "'=1+1" in rows[1]  # a spreadsheet must not calculate it
    assert set(Akses.objects.filter(objek="jejak").values_list("bapas", "rincian")) == {
        (read.bapas_id, "1 baris") for read in reads
    }


def test_dates_are_days_in_jakarta(auditor, reads):
    with time_machine.travel(dt.datetime(2026, 3, 1, 18, 30, tzinfo=dt.UTC), tick=False):  # 2 March, 01.30 WIB
        row = reads[0]
        Akses.objects.create(bapas=row.bapas, pengguna=row.pengguna, verba="cari", objek="klien")
    assert names(auditor, verba="cari", dari="2026-03-02", sampai="2026-03-02") == {"Petugas Kita"}
    assert names(auditor, verba="cari", sampai="2026-03-01") == set()


def test_changes_of_accounts_are_there_too(auditor, officer):
    services.deactivate(by=officer("kabapas"), person=officer("pk", nama="Orang Pergi"), alasan="Pensiun")
    text = auditor.get(reverse("jejak:akun")).text
    assert "Orang Pergi" in text
    assert "Akun dinonaktifkan" in text


def test_changes_of_accounts_are_filtered(login, officer):
    admin, auditor = officer("admin"), login(officer("auditor"))
    people = [officer("pk", nama=nama, email=f"{nama.lower()}@contoh.id") for nama in ("Baru", "Lama")]
    for person in people:
        services.deactivate(by=admin, person=person, alasan="Cuti")
    services.reactivate(by=admin, person=people[0])
    url = reverse("jejak:akun")
    assert "lama@contoh.id" in auditor.get(url, {"peristiwa": "dinonaktifkan"}).text
    one = auditor.get(url, {"siapa": "baru@", "peristiwa": "diaktifkan"}).text
    assert ("baru@contoh.id" in one, "lama@contoh.id" in one) == (True, False)
    assert "Tidak ada perubahan yang cocok" in auditor.get(url, {"sampai": "2020-01-01"}).text
    taken = auditor.get(reverse("jejak:akun_unduh"), {"siapa": "baru@", "format": "csv"})
    assert "lama@contoh.id" not in taken.getvalue().decode("utf-8-sig")


def test_the_trail_is_filtered_by_role(login, officer, ours):
    klien = make.KlienFactory(bapas=ours)
    login(officer("kabapas")).get(reverse("klien:detail", args=[klien.pk]))
    auditor = login(officer("auditor"))
    href = f"?klien={klien.pk}"
    assert href in auditor.get(reverse("jejak:list"), {"peran": "kabapas"}).text
    assert href not in auditor.get(reverse("jejak:list"), {"peran": "pk"}).text


@pytest.mark.parametrize("name", ["jejak:list", "jejak:unduh", "jejak:akun"])
@pytest.mark.parametrize("peran", ["kabapas", "kanwil", "ditjenpas", "admin"])
def test_nobody_else_reads_it(client, officer, name, peran):
    log_in(client, officer(peran))
    assert client.get(reverse(name)).status_code == 403


def test_the_page_costs_the_same_for_few_and_many_rows(auditor, reads, queries):
    row = reads[0]
    auditor.get(reverse("jejak:list"))
    few = queries(lambda: auditor.get(reverse("jejak:list")))
    Akses.objects.bulk_create(
        Akses(bapas=row.bapas, pengguna=make.officer("pk", bapas=row.bapas), verba="lihat", objek="klien")
        for _ in range(20)
    )
    assert queries(lambda: auditor.get(reverse("jejak:list"))) == few
