"""The states of a job of the report centre: which follows which."""

from apps.laporan.models import Pekerjaan

Status = Pekerjaan.Status
NEXT = {
    Status.ANTRE: {Status.BERJALAN, Status.GAGAL, Status.BATAL},
    Status.BERJALAN: {Status.BERJALAN, Status.SIAP, Status.GAGAL, Status.BATAL},
    Status.GAGAL: {Status.ANTRE},
    Status.SIAP: set(),
    Status.BATAL: set(),
}
"""Status of a job → what it may become. A stalled job is taken once more; only the edition of an approved report is
asked for again, a report that failed is made anew."""
