"""Clients get another PK: one or many, to one or several, with a trail, and back again by the same act."""

import datetime as dt

import pytest

from apps.dasar.errors import Refused
from apps.jejak.models import Riwayat
from apps.klien import services
from apps.klien.models import Klien, Pengganti
from tests import factories as make
from tests.klien.factories import PenggantiFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def head(officer):
    return officer("kabapas")


def guides(*clients):
    return [Klien.objects.get(pk=one.pk).pk_pembimbing for one in clients]


def test_clients_are_spread_evenly_and_go_back_by_the_same_act(ours, pk, head, officer):
    ana, beni = officer("pk", nama="Ana"), officer("pk", nama="Beni")
    clients = [make.KlienFactory(bapas=ours, pk_pembimbing=pk) for _ in range(5)]
    to = services.evenly([one.pk for one in clients], [ana.pk, beni.pk])
    done = services.assign(to=to, by=head, alasan="Pindah tugas", dari=pk.pk)
    assert len(done.moved) == 5
    assert guides(*clients) == [ana, beni, ana, beni, ana]
    lines = Riwayat.objects.filter(objek="klien-pk").order_by("objek_id").values_list("dari", "ke", "oleh", "catatan")
    assert lines[1] == (str(pk.pk), str(beni.pk), head.pk, "Pindah tugas")
    assert not services.assign(to=to, by=head, alasan="Pindah tugas", dari=pk.pk).moved
    back = services.assign(to={one.pk: pk.pk for one in clients[1:2]}, by=head, alasan="Dikembalikan", dari=beni.pk)
    assert [one.pk for one in back.moved] == [clients[1].pk]
    assert guides(*clients[:2]) == [ana, pk]


def test_an_open_form_of_the_client_is_outdated_afterwards(klien, head, officer):
    services.assign(to={klien.pk: officer("pk").pk}, by=head, alasan="Cuti")
    with pytest.raises(Refused, match="sudah diubah orang lain"):
        services.update(klien=klien, versi=klien.versi, by=head)


def test_an_ended_client_stays_with_a_reason(ours, pk, head, officer, today):
    over = make.KlienFactory(bapas=ours, pk_pembimbing=pk, status="selesai", berakhir=today)
    done = services.assign(to={over.pk: officer("pk").pk}, by=head, alasan="Cuti")
    assert [(one.pk, reason) for one, reason in done.left] == [(over.pk, "berstatus selesai")]


def test_nobody_moves_clients_of_another_office_or_to_somebody_who_does_not_work_here(klien, theirs, head, officer):
    foreign = make.KlienFactory(bapas=theirs)
    with pytest.raises(Refused, match="tidak ada di kantor Anda"):
        services.assign(to={foreign.pk: officer("pk").pk}, by=head, alasan="Cuti")
    for other in (officer("operator"), make.officer("pk", bapas=theirs)):
        with pytest.raises(Refused, match="tidak lagi bertugas"):
            services.assign(to={klien.pk: other.pk}, by=head, alasan="Cuti")


def test_a_pk_does_not_move_clients(klien, pk):
    with pytest.raises(Refused, match="Peran Anda"):
        services.assign(to={klien.pk: pk.pk}, by=pk, alasan="Cuti")


def test_the_form_of_the_client_leaves_the_same_trail(klien, pk, officer):
    klien.pk_pembimbing = officer("pk")
    services.update(klien=klien, versi=klien.versi, by=pk)
    assert Riwayat.objects.get(objek="klien-pk", objek_id=klien.pk).ke == str(klien.pk_pembimbing_id)


# --- pages ----------------------------------------------------------------------------------------


@pytest.fixture
def enter(client, login, head):
    login(head)
    return client


def sent(client, *clients, to, **more):
    data = {"klien": [one.pk for one in clients], "pk": [pk.pk for pk in to], "alasan": "Pindah tugas", **more}
    return client.post("/klien/alihkan/", data, follow=True)


def test_the_head_is_told_before_and_afterwards_and_moves_all_clients(enter, ours, pk, head, officer):
    ana = officer("pk", nama="Ana")
    clients = [make.KlienFactory(bapas=ours, pk_pembimbing=pk, nama=f"Klien {n}") for n in range(3)]
    before = enter.get(f"/kelola/pengguna/{pk.pk}/nonaktifkan/").content.decode()
    assert "Ratna Dewi membimbing 3 klien. Alihkan dulu." in before
    assert f"/klien/alihkan/?dari={pk.pk}" in before
    duty = pk.penugasan_aktif
    assert "membimbing 3 klien" in enter.get(f"/kelola/pengguna/{pk.pk}/penugasan/{duty.pk}/akhiri/").content.decode()
    enter.post(f"/kelola/pengguna/{pk.pk}/nonaktifkan/", {"alasan": "Pensiun"})
    home = enter.get("/").content.decode()
    assert "Klien tanpa PK yang bertugas" in home
    assert "3 klien" in home
    listed = enter.get("/klien/?tab=semua&tanpa_pk=on").content.decode()
    assert all(one.nama in listed for one in clients)
    assert "Klien 0" in enter.get(f"/klien/?tab=semua&pk={pk.pk}").content.decode()
    assert "Kepala Bapas yang bertanggung jawab" in enter.get(f"/klien/{clients[0].pk}/").content.decode()
    answer = sent(enter, *clients, to=[ana], dari=pk.pk)
    assert "3 klien dialihkan: Ana 3." in answer.content.decode()
    assert guides(*clients) == [ana] * 3
    assert "Klien tanpa PK" not in enter.get("/").content.decode()
    assert "PK: Ratna Dewi menjadi Ana" in enter.get(f"/klien/{clients[0].pk}/").content.decode()


def test_the_page_brings_them_back(enter, klien, pk, officer):
    ana = officer("pk", nama="Ana")
    page = sent(enter, klien, to=[ana], dari=pk.pk).content.decode()
    assert "Kembalikan 1 klien ke Ratna Dewi" in page
    sent(enter, klien, to=[pk], dari=ana.pk)
    assert guides(klien) == [pk]


def test_by_hand_goes_before_the_even_share(enter, ours, pk, officer):
    ana, beni = officer("pk", nama="Ana"), officer("pk", nama="Beni")
    one, two = (make.KlienFactory(bapas=ours, pk_pembimbing=pk, nama=nama) for nama in ("Satu", "Dua"))
    assert f"ke_{one.pk}" in enter.get(f"/klien/alihkan/?dari={pk.pk}&cara=tangan").content.decode()
    sent(enter, one, two, to=[ana], dari=pk.pk, cara="tangan", **{f"ke_{one.pk}": beni.pk})
    assert guides(one, two) == [beni, ana]


def test_what_was_chosen_stays_after_a_mistake(enter, ours, pk, officer):
    one, two = (make.KlienFactory(bapas=ours, pk_pembimbing=pk) for _ in range(2))
    answer = sent(enter, two, to=[], dari=pk.pk)
    assert (answer.status_code, "Pilih PK baru." in answer.content.decode()) == (422, True)
    assert answer.content.decode().count(" checked") == 1
    assert guides(one, two) == [pk, pk]


@pytest.mark.parametrize("path", ["/klien/?tab=semua&", "/jadwal/?", "/perjalanan/?", "/litmas/?"])
def test_a_pk_who_is_not_known_here_lists_nothing_and_says_why(enter, klien, path):
    page = enter.get(f"{path}pk=999999").content.decode()
    assert klien.nama not in page
    assert "tidak membimbing klien di kantor Anda" in page


def test_a_duty_that_ends_soon_stands_on_the_page_of_the_head(enter, klien, pk, today):
    duty = pk.penugasan_aktif
    duty.selesai = today + dt.timedelta(days=29)
    duty.save()
    assert "Penugasan PK habis" in enter.get("/").content.decode()
    duty.selesai = today + dt.timedelta(days=31)
    duty.save()
    assert "Penugasan PK habis" not in enter.get("/").content.decode()


def test_who_reads_no_case_is_told_no_number(client, login, officer, klien, pk):
    login(officer("admin"))
    page = client.get(f"/kelola/pengguna/{pk.pk}/nonaktifkan/").content.decode()
    assert "tampil pada Beranda Kepala Bapas" in page
    assert "membimbing" not in page


# --- deputies -------------------------------------------------------------------------------------


def test_a_deputy_sees_and_logs_until_the_last_day(enter, login, klien, pk, officer, today):
    ana = officer("pk", nama="Ana")
    make.CatatanFactory(klien=klien, pk_pencatat=pk, catatan="Isi rahasia")
    facts = {"digantikan": pk.pk, "pengganti": ana.pk, "mulai": today, "selesai": today, "alasan": "Cuti tahunan"}
    for _ in range(2):
        assert "Ana menggantikan Ratna Dewi." in enter.post("/klien/pengganti/", facts, follow=True).content.decode()
    row = Pengganti.objects.get()
    assert "digantikan Ana" in enter.get(f"/klien/{klien.pk}/").content.decode()
    assert "PK yang sedang digantikan" in enter.get("/").content.decode()

    def reads() -> tuple[bool, bool]:
        page = enter.get(f"/klien/{klien.pk}/linimasa/").content.decode()
        return "Isi rahasia" in page, klien.nama in enter.get("/klien/?tab=semua").content.decode()

    login(ana)
    assert "Anda menggantikan" in enter.get("/").content.decode()
    assert reads() == (True, True)
    Pengganti.objects.update(mulai=today - 2 * DAY, selesai=today - DAY)
    assert reads() == (False, False)
    Pengganti.objects.update(selesai=today)
    assert reads() == (True, True)
    services.end_deputy(pengganti=row, by=pk)
    assert reads() == (False, False)


def test_two_deputies_on_one_day_are_refused_by_the_database(enter, ours, pk, officer, today):
    PenggantiFactory(bapas=ours, digantikan=pk)
    facts = {"digantikan": pk.pk, "pengganti": officer("pk").pk, "mulai": today, "selesai": today, "alasan": "Cuti"}
    answer = enter.post("/klien/pengganti/", facts)
    assert answer.status_code == 409
    assert "sudah punya pengganti pada hari-hari itu" in answer.content.decode()
