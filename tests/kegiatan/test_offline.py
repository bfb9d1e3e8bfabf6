"""Mode lapangan for attendance: the kept page knows nobody, the lists taken along are few, short and traced."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.jejak.models import Akses
from tests import factories as make
from tests.sessions import log_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("database_role")]
TAKE = "/kegiatan/lapangan/"


@pytest.fixture
def enter(client, officer, ours):
    """enter("pk") logs in; the coordinator works for a Pokmas of our office."""

    def enter(peran):
        facts = {"mitra": make.PokmasFactory(bapas=ours).mitra} if peran in make.MITRA_ROLES else {}
        user = officer(peran, **facts)
        log_in(client, user)
        return user

    return enter


@pytest.fixture
def activity(ours):
    """activity(user, people=3, judul=…) of a partner, or of the office itself for its officers."""

    def make_(user, people=3, **facts):
        facts = {"mitra": user.penugasan.mitra, "mulai": timezone.now(), "dibuat_oleh": user, **facts}
        kegiatan = make.KegiatanFactory(bapas=ours, kuota=60, **facts)
        make.KehadiranFactory.create_batch(people, kegiatan=kegiatan, panggilan="")
        return kegiatan

    return make_


def page_of(kegiatan):
    return reverse("kegiatan:attendance", args=[kegiatan.pk])


def taken(client, **data):
    answer = client.post(TAKE, data)
    assert answer["Cache-Control"] == "no-store"
    return answer.json()["daftar"]


def test_the_kept_page_has_one_empty_row_and_nobody(client):
    text = client.get(reverse("kegiatan:attendance_offline")).text
    assert 'name="k0"' in text
    assert 'name="initial-k0"' in text
    assert "data-pengguna" not in text


def test_a_partner_takes_code_and_agreed_name_and_it_is_traced(client, enter, activity):
    user = enter("koordinator_pokmas")
    kegiatan = activity(user, people=0, judul="Latihan las")
    agreed = make.KehadiranFactory(kegiatan=kegiatan, panggilan="Budi", status="izin")
    silent = make.KehadiranFactory(kegiatan=kegiatan, panggilan="")
    [found] = taken(client)
    assert (found["id"], found["judul"], found["url"], found["jumlah"]) == (
        kegiatan.pk, "Latihan las", page_of(kegiatan), 2,
    )  # fmt: skip
    assert {one["kode"]: (one["id"], one["panggilan"], one["status"]) for one in found["orang"]} == {
        agreed.kode: (agreed.pk, "Budi", "izin"), silent.kode: (silent.pk, "", ""),
    }  # fmt: skip
    opens = dt.datetime.fromisoformat(found["buka"])
    assert opens <= timezone.now() < opens + dt.timedelta(days=1)
    trace = Akses.objects.get()
    assert (trace.verba, trace.objek_id, trace.rincian) == (
        "unduh",
        kegiatan.pk,
        "Mode lapangan: 2 nama panggilan di HP",
    )


def test_an_officer_takes_the_first_name_never_the_whole(client, enter, activity, ours):
    user = enter("operator")
    person = make.KlienFactory(bapas=ours, nama="Andi Pratama Wijaya")
    make.KehadiranFactory(kegiatan=activity(user, people=0), klien=person, panggilan="")
    answer = client.post(TAKE)
    assert answer.json()["daftar"][0]["orang"][0]["panggilan"] == "Andi"
    assert "Pratama" not in answer.text


def test_only_open_lists_within_a_day_of_the_own_organiser(client, enter, activity, ours, theirs):
    user, day = enter("operator"), dt.timedelta(days=1)
    now = timezone.now()
    activity(user, judul="Besok lusa", mulai=now + 2 * day)
    activity(user, judul="Minggu lalu", mulai=now - 7 * day)
    activity(user, judul="Dibatalkan", status="batal", alasan_batal="Hujan")
    activity(user, judul="Milik Pokmas", mitra=make.PokmasFactory(bapas=ours).mitra, dibuat_oleh=make.PenggunaFactory())
    activity(user, judul="Tanpa peserta", people=0)
    other = make.KegiatanFactory(bapas=theirs, mitra=None, mulai=now, judul="Kantor lain")
    make.KehadiranFactory(kegiatan=other)
    activity(user, judul="Besok pagi", mulai=now + day - dt.timedelta(minutes=5))
    activity(user, judul="Tadi", mulai=now - dt.timedelta(hours=5))
    assert [found["judul"] for found in taken(client)] == ["Tadi", "Besok pagi"]


def test_an_officer_takes_the_list_that_was_planned_for_a_pokmas_and_is_told_so(client, enter, activity, ours):
    user, mitra = enter("operator"), make.PokmasFactory(bapas=ours).mitra
    planned = activity(user, mitra=mitra, judul="Direncanakan Bapas")
    by_itself = activity(user, mitra=mitra, judul="Direncanakan Pokmas", dibuat_oleh=make.PenggunaFactory())
    assert [found["judul"] for found in taken(client)] == ["Direncanakan Bapas"]
    invited = {
        kegiatan: "Siapkan untuk tempat tanpa sinyal" in client.get(page_of(kegiatan)).text
        for kegiatan in (planned, by_itself)
    }
    assert invited == {planned: True, by_itself: False}


def test_never_more_than_thirty_names_beside_the_clients_that_were_chosen(client, enter, activity):
    partner = enter("koordinator_pokmas")
    first, second = activity(partner, people=25), activity(partner, people=25)
    lists = taken(client)
    assert [(found["id"], len(found["orang"]), found["jumlah"]) for found in lists] == [
        (first.pk, 25, 25), (second.pk, 5, 25),
    ]  # fmt: skip
    assert [len(found["orang"]) for found in taken(client, terpakai=12)] == [18]


def test_own_activities_come_before_those_of_colleagues(client, enter, activity):
    colleague, user = enter("operator"), enter("pk")
    hour = dt.timedelta(hours=1)
    activity(colleague, judul="Rekan", people=20)
    activity(user, judul="Sendiri", people=15, mulai=timezone.now() + hour)
    assert [(found["judul"], len(found["orang"])) for found in taken(client)] == [("Sendiri", 15), ("Rekan", 15)]


def test_many_lists_cost_as_many_queries_as_one(client, enter, activity, django_assert_max_num_queries):
    user = enter("koordinator_pokmas")
    for _ in range(6):
        activity(user, people=2)
    with django_assert_max_num_queries(20):  # one row of the trail for each list
        assert len(taken(client)) == 6
