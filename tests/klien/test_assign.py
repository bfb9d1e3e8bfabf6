"""Clients get another PK: one or many, to one or several, with a trail, and back again by the same act."""

import pytest

from apps.dasar.errors import Refused
from apps.jejak.models import Riwayat
from apps.klien import services
from apps.klien.models import Klien
from tests import factories as make

pytestmark = pytest.mark.django_db


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
