"""Handover of a client to another office. Request and answer each write both ends in one transaction.

Only this module reaches rows of the other office, through `handover_scope`; see docs/keputusan/0016.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import cast

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from apps.acuan.calendar import open_day
from apps.dasar.errors import Refused
from apps.dasar.locks import held
from apps.dasar.violations import refusals
from apps.jejak.moves import step
from apps.jejak.services import record_move
from apps.klien import rooms
from apps.klien.models import CatatanBimbingan, JadwalLapor, Kebutuhan, Klien, MasaBimbingan, Perkara
from apps.klien.services import add_need, life, move_need
from apps.klien.services.holding import hold
from apps.perjalanan.models import Pelimpahan, PeristiwaAkhir, TahapBimbingan, TahapLapas
from apps.perjalanan.services import ends, stages
from apps.wilayah.days import today_at
from apps.wilayah.scope import database_scope, handover_scope

Arah = Pelimpahan.Arah
Status = Pelimpahan.Status
NEXT = {
    Status.MENUNGGU: {Status.DITERIMA, Status.DITOLAK, Status.DITARIK},
    Status.DITERIMA: set(),
    Status.DITOLAK: set(),
    Status.DITARIK: set(),
}
OPEN_NEEDS = (Kebutuhan.Status.TERBUKA, Kebutuhan.Status.DIRUJUK, Kebutuhan.Status.DILAYANI)
OBJECT = "pelimpahan"


@transaction.atomic
def request(*, klien: Klien, pelimpahan: Pelimpahan, by) -> Pelimpahan:
    """Ask another office to take the client. Until it accepts, it reads only code, name and reason."""
    ends.refuse_unless_free(hold(klien), PeristiwaAkhir.Jenis.DILIMPAHKAN)
    facts = {
        "kunci": uuid.uuid4(), "kode_klien": klien.kode, "nama_klien": klien.nama, "diminta_oleh": by,
        **{name: getattr(pelimpahan, name) for name in ("alasan", "pesan", "surat_nomor", "surat_tanggal")},
    }  # fmt: skip
    there = pelimpahan.lawan
    outgoing = Pelimpahan(arah=Arah.KELUAR, bapas=klien.bapas, lawan=there, klien=klien, **facts)
    incoming = Pelimpahan(arah=Arah.MASUK, bapas=there, lawan=klien.bapas, **facts)
    with database_scope(handover_scope(klien.bapas_id, there.pk, actor=by.pk)), refusals():
        Pelimpahan.objects.bulk_create([outgoing, incoming])
    record_move(klien, OBJECT, dari="", ke=Status.MENUNGGU, by=by, catatan=f"Ke {there}, surat {outgoing.surat_nomor}")
    return outgoing


@transaction.atomic
def accept(*, pelimpahan: Pelimpahan, nomor_register: str, pk_pembimbing, by, hari: date) -> Klien:
    """Take the client over: end the old registration and begin the new one, or neither.

    `hari` is today at the receiving office; the end at the sending office has the date of the same moment there.
    """
    with _both_ends(pelimpahan, by) as (outgoing, incoming):
        old = hold(cast(Klien, outgoing.klien))
        if old.status != Klien.Status.AKTIF:
            raise Refused(f"Registrasi di {old.bapas} sudah berstatus {old.get_status_display().lower()}.")
        if rooms.unfinished(old):
            raise Refused(f"{old.bapas} masih harus menyelesaikan sesuatu untuk klien ini. Hubungi Bapas itu.")
        summary, stage = summarise(old), TahapBimbingan.objects.current_of(old)
        needs = _open_needs(old)
        _end_here(old, outgoing, needs, by, today_at(outgoing.bapas))
        new = _begin_there(old, incoming, nomor_register, pk_pembimbing, by, hari)
        stages.bring_along(klien=new, from_stage=stage, by=by)
        _bring_needs(new, needs)
        _bring_prison_stages(old, new)
        _answer(outgoing, incoming, Status.DITERIMA, by, {"ringkasan": summary}, klien=new)
        record_move(new, OBJECT, dari="", ke=Status.DITERIMA, by=by, catatan=f"Diterima dari {old.bapas}")
    return new


@transaction.atomic
def refuse(*, pelimpahan: Pelimpahan, alasan: str, by) -> None:
    """Refuse the handover: the client stays, and the sending office reads the reason."""
    with _both_ends(pelimpahan, by) as (outgoing, incoming):
        _answer(outgoing, incoming, Status.DITOLAK, by, {"alasan_putusan": alasan})
        record_move(outgoing.klien, OBJECT, dari=Status.MENUNGGU, ke=Status.DITOLAK, by=by, catatan=alasan)


@transaction.atomic
def withdraw(*, pelimpahan: Pelimpahan, alasan: str, by) -> None:
    """Withdraw the request before the answer."""
    with _both_ends(pelimpahan, by) as (outgoing, incoming):
        _answer(outgoing, incoming, Status.DITARIK, by, {"alasan_putusan": alasan})
        record_move(outgoing.klien, OBJECT, dari=Status.MENUNGGU, ke=Status.DITARIK, by=by, catatan=alasan)


def summarise(klien: Klien) -> dict:
    """Figures of the guidance so far. The prose of the log stays at the sending office."""
    log = CatatanBimbingan.objects.filter(bapas=klien.bapas_id, klien=klien).counted()
    contacts = log.aggregate(
        came=Count("pk", filter=Q(hadir=True)), missed=Count("pk", filter=Q(hadir=False)),
        last=Max("tanggal", filter=Q(hadir=True)),
    )  # fmt: skip
    needs = Kebutuhan.objects.filter(bapas=klien.bapas_id, klien=klien)
    return {
        "sejak": klien.diregistrasi.isoformat(),
        "hadir": contacts["came"],
        "tidak_hadir": contacts["missed"],
        "terakhir": contacts["last"].isoformat() if contacts["last"] else "",
        "terpenuhi": needs.filter(status=Kebutuhan.Status.TERPENUHI).count(),
        "terbuka": needs.filter(status__in=OPEN_NEEDS).count(),
        "pk": klien.pk_pembimbing.nama,
    }


@contextmanager
def _both_ends(pelimpahan: Pelimpahan, by) -> Iterator[tuple[Pelimpahan, Pelimpahan]]:
    """(outgoing, incoming) of one handover, locked, inside the only scope that holds both offices."""
    with database_scope(handover_scope(pelimpahan.bapas_id, pelimpahan.lawan_id, actor=by.pk)):
        rows = Pelimpahan.objects.filter(kunci=pelimpahan.kunci).order_by("arah")
        outgoing, incoming = held(rows.for_list())
        yield outgoing, incoming


def _answer(outgoing, incoming, to: Status, by, facts: dict, klien: Klien | None = None) -> None:
    """Store the same answer at both ends."""
    decided = {"diputus_oleh": by, "diputus_pada": timezone.now(), **facts}
    with refusals():
        step(outgoing, to, NEXT, **decided)
        step(incoming, to, NEXT, klien=klien, **decided)


def _end_here(old: Klien, outgoing: Pelimpahan, needs: list[Kebutuhan], by, hari: date) -> None:
    for need in needs:
        move_need(kebutuhan=need, ke=Kebutuhan.Status.BATAL, by=by, alasan=f"Dilanjutkan di {outgoing.lawan}")
    akhir = PeristiwaAkhir(
        jenis=PeristiwaAkhir.Jenis.DILIMPAHKAN, tanggal=hari, keterangan=f"Ke {outgoing.lawan}",
        sumber_nomor=outgoing.surat_nomor, sumber_tanggal=outgoing.surat_tanggal,
    )  # fmt: skip
    ends.put_in_force(klien=old, akhir=akhir, proposer=outgoing.diminta_oleh, by=by)


def _begin_there(old: Klien, incoming: Pelimpahan, nomor: str, pk, by, hari: date) -> Klien:
    """Open the registration at the new office: identity, running terms, reporting duty and case."""
    every = JadwalLapor.objects.get(bapas=old.bapas_id, klien=old).frekuensi_hari
    first = open_day(hari + timedelta(days=min(every, 7)))
    new = Klien(
        bapas=incoming.bapas, nomor_register=nomor, tahun_register=hari.year, pk_pembimbing=pk, diregistrasi=hari,
        dibuat_oleh=by,
    )  # fmt: skip
    own = {"bapas": old.bapas_id, "klien": old}
    return life.take_over(
        old=old, new=new, masa=list(MasaBimbingan.objects.filter(**own, selesai__gte=hari).order_by("mulai")),
        jadwal=JadwalLapor(frekuensi_hari=every, pertama=first, berikutnya=first),
        perkara=Perkara.objects.filter(**own).first(),
    )  # fmt: skip


def _open_needs(klien: Klien) -> list[Kebutuhan]:
    rows = Kebutuhan.objects.filter(bapas=klien.bapas_id, klien=klien, status__in=OPEN_NEEDS)
    return list(rows.select_related("kategori", "dicatat_oleh").order_by("pk"))


def _bring_needs(new: Klien, needs: list[Kebutuhan]) -> None:
    """Copy open needs to the new registration, with the time at which they were first recorded."""
    kept = ("kategori", "uraian", "kata_klien", "mendesak", "sumber", "dicatat_pada")
    for need in needs:
        copy = Kebutuhan(**{name: getattr(need, name) for name in kept})
        add_need(kebutuhan=copy, klien=new, by=need.dicatat_oleh)


def _bring_prison_stages(old: Klien, new: Klien) -> None:
    rows = list(TahapLapas.objects.filter(bapas=old.bapas_id, klien=old, dicoret_karena=""))
    for row in rows:
        row.pk, row.klien, row.bapas_id = None, new, new.bapas_id
    TahapLapas.objects.bulk_create(rows)
