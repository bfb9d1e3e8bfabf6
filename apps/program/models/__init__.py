"""The yearly empowerment programme, its activities, cost lines (RAB) and spending."""

from apps.program.models.plans import MONTHS, KebutuhanTanpaProgram, RencanaKegiatan, RincianBiaya, Sumber
from apps.program.models.spending import Realisasi
from apps.program.models.versions import ProgramTahunan

__all__ = [
    "MONTHS", "KebutuhanTanpaProgram", "ProgramTahunan", "Realisasi", "RencanaKegiatan",
    "RincianBiaya", "Sumber",
]  # fmt: skip
