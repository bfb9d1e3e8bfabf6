"""Clients, proposals and handovers that the URLs about the way of a client are tried with."""

import datetime as dt

from django.utils import timezone

from tests.access.places import SECRET_NAME
from tests.perjalanan import factories as rows


def client(place):
    """A client about whom everything that may leak stands in rows that end nothing."""
    rows.TahapFactory(klien=place.klien, tpp_nomor=f"TPP {place.canary}")
    rows.TahapLapasFactory(klien=place.klien, tpp_tempat=f"Lapas {place.canary}")
    rows.UsulFactory(klien=place.klien, uraian=f"Uraian {place.canary}", status="dihentikan",
                     diputus_oleh=place.officer("kabapas"))  # fmt: skip
    return [place.klien.pk], {}, {}


def prison_stage(place):
    row = rows.TahapLapasFactory(klien=place.klien, tpp_tempat=f"Lapas {place.canary}")
    return [place.klien.pk, row.pk], {}, {}


def end_kind(place):
    return [place.klien.pk, "selesai"], {}, {}


def proposal(place):
    return [rows.AkhirFactory(klien=place.klien, keterangan=f"Ket {place.canary}").pk], {}, {}


def _ended(place):
    """A client who was over when entered; `place.klien` stays as it is for the other rows."""
    return place.make.KlienFactory(
        bapas=place.bapas, nama=f"{SECRET_NAME} {place.canary}" if place.canary else "Klien lama",
        pk_pembimbing=place.officer("pk"), status="selesai",
    )  # fmt: skip


def in_force(place):
    """An end that holds."""
    klien = _ended(place)
    place.make.MasaFactory(klien=klien)
    akhir = rows.AkhirFactory(
        klien=klien, status="berlaku", diputus_oleh=place.officer("kabapas"), diputus_pada=timezone.now(),
        surat_nomor=f"S-1 {place.canary}", tanggal=timezone.localdate() - dt.timedelta(days=100),
    )  # fmt: skip
    return [akhir.pk], {}, {}


def case(place):
    usul = rows.UsulFactory(klien=place.klien, uraian=f"Uraian {place.canary}")
    rows.LangkahFactory(usul=usul)
    return usul


def revocation(place):
    return [case(place).pk], {}, {}


def _ends(place):
    """Both ends of a handover from a third office to `place` and from `place` to it."""
    other = place.make.BapasFactory()
    stranger = place.make.KlienFactory(
        bapas=other, nama=f"{SECRET_NAME} {place.canary}" if place.canary else "Klien tetangga"
    )
    _, incoming = rows.handover(stranger, place.bapas, alasan=f"Pindah {place.canary}")
    outgoing, _ = rows.handover(place.klien, other, by=place.officer("kabapas"), alasan=f"Pindah {place.canary}")
    return outgoing, incoming


def outgoing(place):
    return [_ends(place)[0].pk], {}, {}


def incoming(place):
    return [_ends(place)[1].pk], {}, {}


def followup(place):
    return [rows.followup(_ended(place)).pk], {}, {}


def everything(place):
    """Rows for the lists; the place was furnished before."""
    _ends(place)
    return [], {}, {"tab": "akhir"}


TARGETS = {
    "perjalanan:cases": everything,
    "perjalanan:export": everything,
    "perjalanan:stages": client,
    "perjalanan:stage_move": client,
    "perjalanan:stage_take_back": client,
    "perjalanan:prison_stage": client,
    "perjalanan:prison_stage_strike": prison_stage,
    "perjalanan:ways": client,
    "perjalanan:end_new": end_kind,
    "perjalanan:revocation_new": client,
    "perjalanan:summons": client,
    "perjalanan:transfer_new": client,
    "perjalanan:end": proposal,
    "perjalanan:end_approve": proposal,
    "perjalanan:end_reject": proposal,
    "perjalanan:end_withdraw": proposal,
    "perjalanan:end_reverse": in_force,
    "perjalanan:end_letter": in_force,
    "perjalanan:revocation": revocation,
    "perjalanan:revocation_step": lambda place: ([case(place).pk, "bap"], {}, {}),
    "perjalanan:revocation_decide": lambda place: ([case(place).pk, "dihentikan"], {}, {}),
    "perjalanan:revocation_letter": revocation,
    "perjalanan:transfer": incoming,
    "perjalanan:transfer_accept": incoming,
    "perjalanan:transfer_refuse": incoming,
    "perjalanan:transfer_withdraw": outgoing,
    "perjalanan:transfer_letter": outgoing,
    "perjalanan:followup": followup,
}
