"""The states of an annual report and of its approved edition (both are jobs of a worker), and their order.

Who approves, and when: `approval.py`.
"""

from apps.laporan.models import Pekerjaan

Status = Pekerjaan.Status
NEXT = {
    Status.ANTRE: {Status.BERJALAN, Status.GAGAL, Status.BATAL},
    Status.BERJALAN: {Status.BERJALAN, Status.SIAP, Status.GAGAL, Status.BATAL},
    Status.GAGAL: {Status.ANTRE},
    Status.SIAP: set(),
    Status.BATAL: set(),
}
"""Status of a job → statuses that may follow. A stalled job is taken again. After a failure only the edition of an
approved report is queued again; a failed report is requested as a new row."""
