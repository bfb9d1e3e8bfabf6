"""The kinds of import: what a file may hold."""

from apps.impor.kinds.base import Column, Kind, Memory, Record
from apps.impor.kinds.clients import Clients
from apps.impor.kinds.guidance import Guidance
from apps.impor.models import Jenis

KINDS: dict[str, type[Kind]] = {Jenis.KLIEN: Clients, Jenis.BIMBINGAN: Guidance}

__all__ = ["KINDS", "Clients", "Column", "Guidance", "Kind", "Memory", "Record"]
