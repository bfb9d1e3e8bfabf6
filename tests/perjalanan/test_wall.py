"""The wall between two offices during a handover, in PostgreSQL itself."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from apps.klien.models import Klien
from apps.perjalanan.models import LangkahPencabutan, Pelimpahan, TahapBimbingan
from apps.wilayah.scope import database_scope, handover_scope, office_scope
from tests import factories as make
from tests.perjalanan import factories as rows
from tests.roles import as_web_role

pytestmark = pytest.mark.django_db


def hold():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_each_office_sees_its_own_end_and_not_the_client_of_the_other(klien, theirs):
    rows.handover(klien, theirs)
    with as_web_role(), database_scope(office_scope(theirs.pk)):
        assert Pelimpahan.objects.get().arah == "masuk"
        assert not Klien.objects.exists()
    with as_web_role(), database_scope(office_scope(klien.bapas_id)):
        assert Pelimpahan.objects.get().arah == "keluar"


def test_neither_end_can_be_changed_alone_or_invented(klien, theirs, head, their_head):
    _, incoming = rows.handover(klien, theirs, by=head)

    def answer_alone():
        Pelimpahan.objects.filter(pk=incoming.pk).update(
            status="ditolak", diputus_oleh=their_head, alasan_putusan="Alasan"
        )
        hold()

    def invent():
        Pelimpahan.objects.create(
            arah="masuk", bapas=theirs, lawan=klien.bapas, kode_klien="KL-2026-99999", nama_klien="X", alasan="X",
            surat_nomor="1", surat_tanggal="2026-01-01", diminta_oleh=head,
        )  # fmt: skip
        hold()

    for attack in (answer_alone, invent):
        with (
            as_web_role(),
            database_scope(office_scope(theirs.pk)),
            pytest.raises(IntegrityError, match="pelimpahan_ends_are_equal"),
            transaction.atomic(),
        ):
            attack()


def test_a_sender_cannot_write_into_the_other_office_without_the_handover(klien, theirs, head):
    with (
        as_web_role(),
        database_scope(office_scope(klien.bapas_id)),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        rows.handover(klien, theirs, by=head)
    with as_web_role(), database_scope(handover_scope(klien.bapas_id, theirs.pk, actor=head.pk)):
        rows.handover(klien, theirs, by=head)


def test_stages_and_steps_only_grow(klien):
    stage, step = rows.TahapFactory(klien=klien), rows.LangkahFactory(usul__klien=klien)
    with as_web_role(), database_scope(office_scope(klien.bapas_id)):
        for model, pk in ((TahapBimbingan, stage.pk), (LangkahPencabutan, step.pk)):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                model.objects.filter(pk=pk).update(bapas=klien.bapas_id)


def test_a_handover_to_the_own_office_is_none(klien, head):
    with pytest.raises(IntegrityError, match="pelimpahan_to_another_office"), transaction.atomic():
        rows.handover(klien, klien.bapas, by=head)


def test_an_answer_by_the_one_who_asked_is_none(klien, theirs, head):
    make.officer("kabapas", bapas=theirs)
    outgoing, _ = rows.handover(klien, theirs, by=head)
    with pytest.raises(IntegrityError, match="pelimpahan_taker_is_not_giver"), transaction.atomic():
        Pelimpahan.objects.filter(kunci=outgoing.kunci, arah="keluar").update(status="diterima", diputus_oleh=head)
