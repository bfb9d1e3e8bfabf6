"""What is still missing in the files of clients, so that an office can complete them after an import."""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from apps.klien.models import Klien, Penjamin, Perkara

GAPS: dict[str, tuple[str, Callable[[], Any]]] = {
    "nik": ("NIK", lambda: Q(orang__nik_hmac=None)),
    "telepon": ("Nomor HP", lambda: Q(telepon=b"")),
    "alamat": ("Alamat", lambda: Q(alamat=b"")),
    "kelurahan": ("Kelurahan/desa", lambda: Q(kelurahan="")),
    "pendidikan": ("Pendidikan", lambda: Q(pendidikan="")),
    "kegiatan": ("Kegiatan utama", lambda: Q(kegiatan_utama=Klien.KegiatanUtama.BELUM)),
    "perkara": ("Perkara", lambda: ~Exists(Perkara.objects.filter(bapas=OuterRef("bapas"), klien=OuterRef("pk")))),
    "penjamin": (
        "Penjamin", lambda: ~Exists(Penjamin.objects.vouching().filter(bapas=OuterRef("bapas"), klien=OuterRef("pk"))),
    ),
}  # fmt: skip
"""Slug → (what is missing, in words; the rule)."""


def with_gaps(user, slug: str = ""):
    """Active clients whose file lacks something (or only what `slug` names), each with a mark per gap, PK by PK."""
    marks = {f"tanpa_{name}": ExpressionWrapper(Q(rule()), BooleanField()) for name, (_, rule) in GAPS.items()}
    wanted = [slug] if slug in GAPS else list(GAPS)
    lacking = reduce(or_, (Q(**{f"tanpa_{name}": True}) for name in wanted))
    rows = Klien.objects.visible_to(user).active().annotate(**marks).filter(lacking)
    return rows.select_related("pk_pembimbing").order_by("pk_pembimbing__nama", "nama", "pk")


def named(klien) -> str:
    """ "NIK, Perkara": what the file of a client among `with_gaps` lacks."""
    return ", ".join(words for name, (words, _) in GAPS.items() if getattr(klien, f"tanpa_{name}"))
