"""Stages, ends, revocation, handover and follow-up."""

from apps.perjalanan.models.ends import PeristiwaAkhir
from apps.perjalanan.models.followup import TindakLanjut
from apps.perjalanan.models.revocation import Langkah, LangkahPencabutan, UsulPencabutan
from apps.perjalanan.models.stages import Tahap, TahapBimbingan, TahapLapas
from apps.perjalanan.models.transfer import Pelimpahan

__all__ = [
    "Langkah", "LangkahPencabutan", "Pelimpahan", "PeristiwaAkhir", "Tahap", "TahapBimbingan", "TahapLapas",
    "TindakLanjut", "UsulPencabutan",
]  # fmt: skip
