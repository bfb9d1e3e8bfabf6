"""Community service: places, sentences, the ledger of hours and what the supervisor confirmed.

Two readers, two kinds of table. What the place may know (code, hours, schedule) stands in shared tables; the verdict,
the absences and the PIN stand in tables that only the office reads. The ledger and its confirmations only grow, and
triggers keep the running totals of a sentence, so no way of writing an hour can pass the verdict (`0002_wall`).
"""

from apps.kerja_sosial.models.halves import lasting
from apps.kerja_sosial.models.hours import JamKerja, Ketidakhadiran, PengesahanJam
from apps.kerja_sosial.models.places import PinPengawas, TempatKerjaSosial
from apps.kerja_sosial.models.sentence import Hari, KerjaSosial
from apps.kerja_sosial.models.verdict import Perpanjangan, PutusanKerjaSosial

__all__ = [
    "Hari", "JamKerja", "KerjaSosial", "Ketidakhadiran", "PengesahanJam", "Perpanjangan", "PinPengawas",
    "PutusanKerjaSosial", "TempatKerjaSosial", "lasting",
]  # fmt: skip
