"""Community service: places, sentences, the ledger (append-only table) of hours, and confirmations.

Shared tables hold what the place may know (code, hours, schedule). The verdict, the absences and the PIN stand in
tables that only the office reads. The ledger and its confirmations only grow. Triggers keep the totals of a sentence,
so hours can never exceed the verdict, whatever code inserts them (`0002_wall`).
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
