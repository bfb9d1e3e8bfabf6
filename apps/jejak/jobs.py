"""Work that a Celery worker does for a person: the row of a job holds its state, Celery only carries its id.

`Pekerjaan` is the base of such a row. Each task is safe to run twice: `take` gives a job to one worker at a time,
`tell` shows its progress, `told` ends it with a sentence when it comes to nothing, `reap_stalled` finds jobs whose
worker was killed and jobs that the broker never got.

A worker shows that it lives by a sign of its own, however long one step takes (`alive`). Without that sign the job is
free for another worker. Should the silent one come back, it no longer holds the job: what it writes is bound to the
moment at which it took the job (`mulai_pada`). See docs/keputusan/0041-padam.md.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import TypeVar

from django.conf import settings
from django.db import Error, connections, models
from django.db.models import Q, QuerySet
from django.utils import timezone

from apps.dasar.errors import SHELF_FULL, Refused
from apps.jejak.moves import move_all
from apps.wilayah.scope import NOTHING, Scope, database_scope

STALLED, GIVEN_UP = timedelta(seconds=settings.JOB_STALLED), timedelta(minutes=30)
"""Without a sign of life a job is sent to a worker again; one that a worker had fails instead this long after the
request. One that no worker has had yet waits for as long as it takes."""
TELLING = 35  # percent; below it the speed says nothing


class Pekerjaan(models.Model):
    """A file that a worker makes: its progress, and the file when it is ready."""

    class Status(models.TextChoices):
        ANTRE = "antre", "Menunggu giliran"
        BERJALAN = "berjalan", "Sedang dibuat"
        SIAP = "siap", "Siap"
        GAGAL = "gagal", "Belum jadi"
        BATAL = "batal", "Dibatalkan"

    RUNNING = (Status.ANTRE, Status.BERJALAN)

    status = models.CharField(
        "status", max_length=8, choices=Status, default=Status.ANTRE, db_comment="Status pekerjaan"
    )
    langkah = models.CharField("langkah", max_length=60, blank=True, db_comment="Langkah yang sedang berjalan")
    persen = models.PositiveSmallIntegerField("persen", default=0, db_comment="Kemajuan 0-100")
    galat = models.CharField("sebab belum jadi", max_length=300, blank=True, db_comment="Sebab belum jadi, dalam kata")
    diminta_pada = models.DateTimeField("diminta", default=timezone.now, db_comment="Waktu diminta")
    mulai_pada = models.DateTimeField(
        "mulai", null=True, blank=True, db_comment="Waktu diambil pekerja; hanya pengambil terakhir yang boleh menulis"
    )
    denyut_pada = models.DateTimeField(
        "denyut", default=timezone.now, db_comment="Tanda hidup terakhir; lama berarti terhenti"
    )
    selesai_pada = models.DateTimeField("selesai", null=True, blank=True, db_comment="Waktu selesai")
    berkas = models.CharField("berkas", max_length=200, blank=True, db_comment="Nama berkas pada penyimpanan")
    nama_berkas = models.CharField("nama berkas", max_length=150, blank=True, db_comment="Nama berkas saat diunduh")
    ukuran = models.PositiveIntegerField("ukuran (bita)", default=0, db_comment="Ukuran berkas dalam bita")

    class Meta:
        abstract = True

    @property
    def running(self) -> bool:
        return self.status in self.RUNNING

    @property
    def ready(self) -> bool:
        return self.status == self.Status.SIAP

    @property
    def sisa_detik(self) -> int:
        """Seconds left, in steps of five; 0 while it is too early to estimate."""
        if self.persen < TELLING:
            return 0
        return max(5, round(_waited(self.diminta_pada) * (100 - self.persen) / self.persen / 5) * 5)

    @classmethod
    def worker_scope(cls) -> Scope:
        """The scope in which a worker finds jobs of this kind and writes down how far they are."""
        return NOTHING

    def still_running(self):
        """This row while this worker has the job, as a queryset: the only row that a worker may update."""
        return type(self)._default_manager.filter(pk=self.pk, status=self.Status.BERJALAN, mulai_pada=self.mulai_pada)


Status = Pekerjaan.Status
NEXT = {
    Status.ANTRE: {Status.BERJALAN, Status.GAGAL, Status.BATAL},
    Status.BERJALAN: {Status.BERJALAN, Status.SIAP, Status.GAGAL, Status.BATAL},
    Status.GAGAL: {Status.ANTRE},
    Status.SIAP: set(),
    Status.BATAL: set(),
}
"""Status of a job → statuses that may follow. A stalled job is taken again."""
Job = TypeVar("Job", bound=Pekerjaan)


class Cancelled(Exception):
    """Somebody cancelled or deleted the job while a worker had it, or another worker has it now."""


def take(rows: "QuerySet[Job]", pk: int) -> "Job | None":
    """Take the job; None when it is done or cancelled, or when another worker is alive on it."""
    now = timezone.now()
    free = Q(status=Status.ANTRE) | Q(status=Status.BERJALAN, denyut_pada__lt=now - STALLED)
    with database_scope(rows.model.worker_scope()):
        one = rows.model._default_manager.filter(free, pk=pk)
        if not move_all(one, Status.BERJALAN, NEXT, mulai_pada=now, denyut_pada=now):
            return None
        return rows.get(pk=pk)


def tell(job: Pekerjaan, **progress) -> None:
    """Record the progress, visible at once; `Cancelled` when the job no longer runs."""
    with database_scope(job.worker_scope()):
        told_so = job.still_running().update(denyut_pada=timezone.now(), **progress)
    if not told_so:
        raise Cancelled


@contextmanager
def alive(sign: Callable[[], object]) -> Iterator[None]:
    """Call `sign` every few seconds, beside the work and over a connection of its own, until the work ends."""
    over = Event()
    beside = Thread(target=_keep_signing, args=(sign, over), daemon=True)
    beside.start()
    try:
        yield
    finally:
        over.set()
        beside.join()


def _keep_signing(sign: Callable[[], object], over: Event) -> None:
    while not over.wait(settings.JOB_SIGN_EVERY):
        try:
            with suppress(Error):  # a database that restarts misses one sign, not all
                sign()
        finally:
            connections.close_all()


@contextmanager
def told(job: Pekerjaan) -> Iterator[None]:
    """Show signs of life while a job is made. End one that makes no file: silently when cancelled, otherwise as failed,
    with a sentence."""

    def sign() -> None:
        with database_scope(job.worker_scope()):
            job.still_running().update(denyut_pada=timezone.now())

    try:
        with alive(sign):
            yield
    except Cancelled:
        return
    except Refused as refusal:
        fail(job, str(refusal))
    except OSError:
        fail(job, SHELF_FULL)
        raise


def finish(job: Pekerjaan, **facts) -> int:
    """Mark the job as ready. 0 when it was cancelled meanwhile."""
    facts |= {"langkah": "", "persen": 100, "selesai_pada": timezone.now()}
    return move_all(job.still_running(), Status.SIAP, NEXT, **facts)


def fail(job: Pekerjaan, sentence: str) -> None:
    facts = {"galat": sentence[:300], "langkah": "", "selesai_pada": timezone.now()}
    with database_scope(job.worker_scope()):
        move_all(job.still_running(), Status.GAGAL, NEXT, **facts)


def again(job: Pekerjaan) -> int:
    """Queue a failed job once more. 0 when it has not failed."""
    now = timezone.now()
    one = type(job)._default_manager.filter(pk=job.pk)
    return move_all(one, Status.ANTRE, NEXT, galat="", persen=0, langkah="", diminta_pada=now, denyut_pada=now)


def reap_stalled(model: type[Pekerjaan], sentence: str) -> list[int]:
    """Ids of waiting and stalled jobs, which the caller sends to a worker again.

    A job that was requested too long ago and that a worker has had is not among them: it is marked as failed, with
    `sentence`. One that still waits is due again after the same time.
    """
    now = timezone.now()
    silent = model._default_manager.filter(status__in=model.RUNNING, denyut_pada__lt=now - STALLED)
    had = Q(status=Status.BERJALAN, diminta_pada__lt=now - GIVEN_UP)
    with database_scope(model.worker_scope()):
        move_all(silent.filter(had), Status.GAGAL, NEXT, galat=sentence, selesai_pada=now)
        again = list(silent.values_list("pk", flat=True))
        silent.filter(status=Status.ANTRE, pk__in=again).update(denyut_pada=now)
    return again


def pause(asked: datetime) -> int:
    """Seconds until a page asks again how far a job is: the longer the wait, the slower."""
    waited = _waited(asked)
    return 2 if waited < 20 else 5 if waited < 60 else 10


def _waited(asked: datetime) -> float:
    return (timezone.now() - asked).total_seconds()
