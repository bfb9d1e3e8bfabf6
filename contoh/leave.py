"""Officers who are away: in each office that has several, one is on leave and another one stands in."""

from datetime import date, timedelta

from apps.akun.models import Penugasan
from apps.akun.roles import Peran
from apps.klien.models import Pengganti
from contoh.offices import Office

SINCE, UNTIL = timedelta(days=2), timedelta(days=5)
LEAVES = timedelta(days=24)
"""The duty of the one on leave ends so soon, and its head is told."""


def add_leave(office: Office, today: date) -> None:
    """The last officer stands in for the one before."""
    *_, absent, deputy = (None, *office.staff.officers)
    if absent is None:
        return
    Pengganti.objects.create(
        bapas_id=office.id, digantikan_id=absent, pengganti_id=deputy, mulai=today - SINCE, selesai=today + UNTIL,
        alasan="Cuti tahunan", dibuat_oleh_id=office.staff.head,
    )  # fmt: skip
    duties = Penugasan.objects.filter(pengguna=absent, bapas=office.id, peran=Peran.PK, selesai=None)
    duties.update(selesai=today + LEAVES)
