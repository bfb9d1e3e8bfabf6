"""URL form of a programme year, and the lookup of its programme."""

from typing import NamedTuple

from django.shortcuts import get_object_or_404

from apps.dasar.ids import id_of
from apps.program.models import ProgramTahunan


class Address(NamedTuple):
    """A budget year, with the office when it is not the reader's own."""

    tahun: int
    bapas: int | None = None

    def __str__(self):
        return f"{self.tahun}-{self.bapas}" if self.bapas else str(self.tahun)


class AddressConverter:
    regex = r"20\d\d(?:-\d{1,9})?"

    def to_python(self, value: str) -> Address:
        tahun, _, bapas = value.partition("-")
        return Address(int(tahun), int(bapas) if bapas else None)

    def to_url(self, value) -> str:
        return str(value)


def address_of(program: ProgramTahunan, user) -> Address:
    """The address of a programme, in the short form for the user's own office."""
    own = user.penugasan.bapas_id == program.bapas_id
    return Address(program.tahun, None if own else program.bapas_id)


def versions_at(address: Address, user):
    """All versions of the addressed year inside the user's jurisdiction."""
    bapas = address.bapas or user.penugasan.bapas_id
    return ProgramTahunan.objects.visible_to(user).filter(bapas=bapas, tahun=address.tahun)


def programme_at(address: Address, user, *, versi: str | None = None) -> ProgramTahunan:
    """The version `versi`; without one, the newest for the programme's own office and the one in force for others.
    404 outside the jurisdiction."""
    rows = versions_at(address, user).select_related("bapas", "diajukan_oleh", "disetujui_oleh")
    if (number := id_of(versi)) is not None:
        return get_object_or_404(rows, versi=number)
    return get_object_or_404(rows.for_years() if address.bapas else rows.newest())
