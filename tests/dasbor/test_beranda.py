"""The Beranda: groups by urgency across rooms, and finished rows that can be undone."""

import datetime as dt
import json
import uuid
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from apps.akun.roles import Peran
from apps.dasar.worklist import Urgency
from apps.dasbor import beranda
from apps.klien.models import CatatanBimbingan
from tests import factories as make
from tests.perjalanan.factories import AkhirFactory, UsulFactory

pytestmark = pytest.mark.django_db
ROOMS = [f"apps.{path.parent.name}.tasks_today" for path in (settings.BASE_DIR / "apps").glob("*/tasks_today.py")]
HOME, FORM = reverse("dasbor:beranda"), reverse("klien:guidance_new")


@pytest.fixture
def pk(officer):
    return officer("pk")


@pytest.fixture
def klien(ours, pk):
    today = timezone.localdate()
    return make.KlienFactory(
        bapas=ours, pk_pembimbing=pk, nama="Budi Santoso", diregistrasi="2026-01-05", jadwal__pertama=today
    )


def typed(klien, **facts):
    return {
        "klien": klien.pk, "kunci": str(uuid.uuid4()), "cara": "kantor", "kapan": "hari-ini", "hadir": "ya",
        "bidang": "kepribadian", "berikutnya": timezone.localdate() + dt.timedelta(days=30), "dari": "beranda", **facts,
    }  # fmt: skip


def test_every_room_with_work_for_today_is_asked_those_about_clients_first():
    asked = [module.__name__ for module in beranda.rooms()]
    assert sorted(asked) == sorted(ROOMS)
    first = ["perjalanan", "wajib_lapor", "klien", "asesmen", "kerja_sosial", "litmas", "impor"]
    assert asked[:7] == [f"apps.{room}.tasks_today" for room in first]


@pytest.mark.parametrize("peran", Peran.values)
def test_what_a_room_wants_done_is_shown(login, officer, peran):
    user = officer(peran)
    wanted = {escape(group.title) for room in ROOMS for group in import_module(room).groups(user) if group.total}
    text = login(user).get(HOME).text
    assert {title for title in wanted if title not in text} == set()


@pytest.mark.parametrize("peran", ["pk", "operator", "kabapas", "perencana", "kanwil", "koordinator_pokmas", "admin"])
def test_groups_of_all_rooms_stand_in_the_order_of_urgency(officer, peran):
    ranks = [group.urgency for group in beranda.groups(officer(peran))]
    assert ranks == sorted(ranks)


def test_the_head_decides_first_and_has_one_inbox(login, officer, ours):
    head = officer("kabapas")
    for n in range(9):
        AkhirFactory(klien=make.KlienFactory(bapas=ours, nama=f"Klien {n}"))
    UsulFactory(klien=make.KlienFactory(bapas=ours), status="tpp")
    browser = login(head)
    found = browser.get(HOME).context["grup"]
    assert [group.urgency for group in found[:2]] == [Urgency.DECIDE] * 2
    inbox = browser.get(reverse("dasbor:persetujuan"))
    assert [group.title for group in inbox.context["grup"]] == [group.title for group in found[:2]]
    assert [f"Klien {n}" in inbox.text for n in range(9)] == [True] * 9


def test_empty_groups_are_gone_and_one_sentence_says_so(login, pk):
    page = login(pk).get(HOME)
    assert page.context["grup"] == []
    assert "Tidak ada pekerjaan yang menunggu Anda saat ini." in page.text


def test_every_group_opens_a_list_of_all_its_rows_page_by_page(login, pk, klien):
    for _ in range(29):
        make.KebutuhanFactory(klien=klien)
    browser = login(pk)
    assert "Lihat semua (29 kebutuhan)" in browser.get(HOME).text
    address = reverse("dasbor:tugas", args=["kebutuhan-mendesak-yang-terbuka"])
    pages = [browser.get(address, {"page": number}) for number in (1, 2)]
    assert [page.text.count(reverse("klien:client_needs", args=[klien.pk])) for page in pages] == [50, 8]
    assert "dari 29 kebutuhan" in pages[0].text
    assert browser.get(reverse("dasbor:tugas", args=["tidak-ada"])).url == HOME


def test_what_is_done_of_today_is_counted(login, pk, klien):
    today = timezone.localdate()
    make.KlienFactory(bapas=klien.bapas, pk_pembimbing=pk, jadwal__berikutnya=today)
    make.KlienFactory(bapas=klien.bapas, pk_pembimbing=pk, jadwal__berikutnya=today)
    browser = login(pk)
    assert "Selesai hari ini" not in browser.get(HOME).text
    browser.post(FORM, typed(klien))
    assert "Selesai hari ini 1 dari 3 bimbingan." in browser.get(HOME).text


def test_a_contact_logged_from_the_beranda_returns_there_struck_and_can_be_undone(login, pk, klien, database_role):
    browser = login(pk)
    page = browser.get(HOME)
    address = f"{FORM}?klien={klien.pk}&amp;dari=beranda"
    assert address in page.text
    assert 'name="dari" value="beranda"' in browser.get(FORM, {"klien": klien.pk, "dari": "beranda"}).text
    answer = browser.post(FORM, typed(klien))
    assert answer.url == HOME
    record = CatatanBimbingan.objects.get()
    page = browser.get(HOME)
    assert address not in page.text
    assert "<del>" in page.text
    assert [row.about for row in page.context["selesai"]] == [f"Budi Santoso, {klien.kode}"]
    answer = browser.post(reverse("klien:guidance_undo", args=[record.pk]), {"dari": "beranda"})
    assert answer.url == HOME
    page = browser.get(HOME)
    assert (address in page.text, page.context["selesai"]) == (True, [])


@pytest.mark.parametrize("elsewhere", ["https://jahat.example", "//jahat.example", "/keluar/", "klien:list", ""])
def test_nothing_but_a_known_word_says_where_to_go_back(login, pk, klien, elsewhere):
    answer = login(pk).post(FORM, typed(klien, dari=elsewhere))
    assert answer.url.startswith(reverse("klien:detail", args=[klien.pk]))


def test_the_page_asks_as_often_for_22_rows_as_for_2(login, pk, klien, officer, queries, budget):
    def grow(rows):
        for _ in range(rows):
            for facts in ({"berikutnya": timezone.localdate()}, {"berikutnya": "2026-01-06", "absen_beruntun": 2}):
                schedule = {f"jadwal__{name}": value for name, value in facts.items()}
                other = make.KlienFactory(bapas=klien.bapas, pk_pembimbing=pk, **schedule)
                make.KebutuhanFactory(klien=other)
            make.CatatanFactory(klien=klien, pk_pencatat=pk)

    for user in (pk, officer("kabapas"), officer("operator")):
        browser = login(user)
        grow(2)
        few = queries(lambda: browser.get(HOME))  # noqa: B023
        grow(20)
        many = queries(lambda: browser.get(HOME))  # noqa: B023
        assert few == many <= budget("dasbor:beranda"), many


def test_the_budgets_are_sorted():
    text = (Path(__file__).parent.parent / "budgets.json").read_text(encoding="utf-8")
    assert list(json.loads(text)) == sorted(json.loads(text))
