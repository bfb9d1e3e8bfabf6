"""The verbs of a Pokmas: directory, data, members, and the decree of the head of the office."""

from django.contrib.postgres.search import TrigramSimilarity
from django.db import transaction
from django.db.models import Q

from apps.dasar.errors import Refused
from apps.dasar.locks import lock
from apps.dasar.once import stored_once
from apps.jejak.moves import move
from apps.jejak.services import record_move
from apps.jejak.versions import refuse_changed
from apps.pokmas.models import Anggota, Pokmas
from apps.wilayah.models import Bapas, Mitra
from apps.wilayah.scope import lookup_scope

Status = Pokmas.Status
OBJECT = "pokmas"
"""Name of a Pokmas in the trail of states (table Riwayat)."""
ALIKE = 0.6
"""From this trigram similarity on, two names may belong to the same group."""

NEXT = {
    Status.CALON: {Status.AKTIF},
    Status.AKTIF: {Status.NONAKTIF},
    Status.NONAKTIF: {Status.AKTIF},
}


def directory(user):
    """(rows, scope) of the directory.

    A partner may look up the active groups of its region (`pokmas.lihat`), only name and contact of the institution.
    Its own scope holds no office, so this one list is read under the returned scope.
    """
    if not user.scope.mitra:
        return Pokmas.objects.visible_to(user), user.scope
    offices = region_of(user.penugasan.mitra)
    rows = Pokmas.objects.filter(Q(bapas_id__in=offices, status=Status.AKTIF) | Q(mitra=user.scope.mitra))
    return rows, lookup_scope(user, offices)


def region_of(mitra: Mitra) -> frozenset[int]:
    """Ids of the Bapas of the Kanwil that serves the partner's province; empty when its place is unknown."""
    if mitra.kabkota is None:
        return frozenset()
    offices = Bapas.objects.filter(aktif=True, kanwil__provinsi=mitra.kabkota.provinsi_id)
    return frozenset(offices.values_list("pk", flat=True))


def namesakes(nama: str):
    """Partners with a similar name that may be the same group, at most five."""
    alike = Mitra.objects.filter(aktif=True).annotate(mirip=TrigramSimilarity("nama", nama))
    return alike.filter(mirip__gte=ALIKE).order_by("-mirip", "pk")[:5]


@transaction.atomic
def register(*, bapas: Bapas, by, mitra: Mitra | None, identitas: dict, **facts) -> Pokmas:
    """Store a new candidate. `mitra` is an existing identity; without it one is made from `identitas`."""
    known = Pokmas.objects.filter(bapas=bapas, mitra=mitra)
    mitra = mitra or Mitra.objects.create(jenis=Mitra.Jenis.POKMAS, **identitas)
    pokmas, new = stored_once(lambda: Pokmas.objects.create(bapas=bapas, mitra=mitra, **facts), known.first)
    if not new:
        raise Refused(f"{mitra.nama} sudah tercatat sebagai Pokmas di kantor Anda.")
    record_move(pokmas, OBJECT, dari="", ke=Status.CALON, by=by)
    return pokmas


@transaction.atomic
def change(pokmas: Pokmas, *, seen: str, identitas: dict, **facts) -> Pokmas:
    """Correct the data of the group and the identity behind it; the decree has its own verb."""
    refuse_changed(lock(pokmas, "bapas"), seen)
    Mitra.objects.filter(pk=pokmas.mitra_id).update(**identitas)  # type: ignore[misc]
    for name, value in facts.items():
        setattr(pokmas, name, value)
    pokmas.save(update_fields=list(facts))
    return pokmas


def appoint(pokmas: Pokmas, *, by, sk_nomor: str, sk_tanggal) -> Pokmas:
    """The head of the office appoints the group by decree."""
    return move(
        pokmas, Status.AKTIF, NEXT, by=by, objek=OBJECT, note=f"SK {sk_nomor}", sk_nomor=sk_nomor, sk_tanggal=sk_tanggal
    )


def dismiss(pokmas: Pokmas, *, by, alasan: str) -> Pokmas:
    """Mark the group as inactive; its records stay."""
    return move(pokmas, Status.NONAKTIF, NEXT, by=by, objek=OBJECT, note=alasan)


def add_member(pokmas: Pokmas, anggota: Anggota) -> Anggota:
    """Store a member, with the office and the partner of its group."""
    anggota.pokmas, anggota.bapas_id, anggota.mitra_id = pokmas, pokmas.bapas_id, pokmas.mitra_id
    anggota.save()
    return anggota
