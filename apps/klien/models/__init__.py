"""Clients, their needs, and the guidance log."""

from apps.klien.models.clients import OPENING_MINUTES, Klien, KlienQuerySet, Orang, needs_action
from apps.klien.models.drafts import DrafRegistrasi
from apps.klien.models.guarantors import Penjamin
from apps.klien.models.guidance import Bidang, CatatanBimbingan, may_read_prose
from apps.klien.models.joins import Penggabungan
from apps.klien.models.needs import Kebutuhan
from apps.klien.models.obstacles import Kendala
from apps.klien.models.officers import Pengganti, guided_by, officers
from apps.klien.models.photos import FotoBimbingan
from apps.klien.models.search import SHORTEST_TERM, asked_for
from apps.klien.models.terms import CaraBertemu, JadwalLapor, Jeda, MasaBimbingan, Perkara, days_late, guided_on

__all__ = [
    "OPENING_MINUTES", "SHORTEST_TERM", "Bidang", "CaraBertemu", "CatatanBimbingan", "DrafRegistrasi", "FotoBimbingan",
    "JadwalLapor", "Jeda", "Kebutuhan", "Kendala", "Klien", "KlienQuerySet", "MasaBimbingan", "Orang", "Penggabungan",
    "Pengganti", "Penjamin", "Perkara", "asked_for", "days_late", "guided_by", "guided_on", "may_read_prose",
    "needs_action", "officers",
]  # fmt: skip
