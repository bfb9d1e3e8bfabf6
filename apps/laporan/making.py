"""The worker's part: making a report and its approved edition. The row holds the state; Celery only carries its id."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from apps.akun.models import Pengguna
from apps.dasar.errors import Refused
from apps.dasar.letters import to_pdf
from apps.dasar.wording import waktu_unit
from apps.jejak.jobs import Cancelled, Pekerjaan, finish, take, tell, told
from apps.jejak.models import Akses
from apps.jejak.services import record_report
from apps.laporan import collect
from apps.laporan.codes import spaced, verify_url
from apps.laporan.document import Approver, Issue, approved, to_html
from apps.laporan.figures import Figures
from apps.laporan.models import Laporan, Pengesahan
from apps.laporan.rules import may_request
from apps.laporan.snapshot import dump, fingerprint, load, short
from apps.laporan.summary import summarise
from apps.rilis.releasing import release
from apps.wilayah.scope import database_scope, reports_scope, trail_scope

if TYPE_CHECKING:
    from apps.dasar.pdf import Pdf  # loads WeasyPrint

STEPS = (
    ("mengumpulkan data", 5),
    ("menghitung angka", 35),
    ("menyusun dokumen", 50),
    ("membuat PDF", 60),
    ("menyimpan berkas", 95),
)
EDITION_STEPS = (("membuat PDF", 10), ("menyimpan berkas", 95))
STOPPED = "Pembuatan laporan terhenti di server. Coba lagi, atau hubungi petugas bantuan."


def run(laporan_id: int) -> None:
    """Make the report, or continue it. Safe to call twice: the figures are frozen and the file has one name."""
    laporan = _claim(laporan_id)
    if laporan is None:
        return
    with told(laporan):
        figures = _figures(laporan)
        _step(laporan, 3)
        html = to_html(figures, _issue(laporan))
        _step(laporan, 4)
        pdf = to_pdf(html)
        _step(laporan, 5)
        _actor(laporan)
        with database_scope(trail_scope(laporan.kantor, by=laporan.diminta_oleh)):
            if _finish(laporan, pdf, laporan, naskah=html):
                record_report(
                    laporan.diminta_oleh, Akses.Verba.BUAT, "laporan", laporan.kantor, objek_id=laporan.pk,
                    rincian=laporan.sebutan,
                )  # fmt: skip


def run_edition(pengesahan_id: int) -> None:
    """Print an approved report again, with its approver. Safe to call twice: it prints the stored HTML."""
    edition = take(Pengesahan.objects.select_related("laporan__bapas", "laporan__kanwil"), pengesahan_id)
    if edition is None:
        return
    with told(edition):
        _step(edition, 1, EDITION_STEPS)
        pdf = to_pdf(approved(edition.laporan.naskah, _approver(edition)))
        _step(edition, 2, EDITION_STEPS)
        with database_scope(reports_scope()):
            _finish(edition, pdf, edition.laporan, suffix="_disahkan")


def _claim(laporan_id: int) -> Laporan | None:
    """The report, taken for this worker. The requester acts under the duty of the moment of the request."""
    rows = Laporan.objects.select_related("bapas__kanwil", "kanwil", "diminta_oleh", "penugasan")
    laporan = take(rows, laporan_id)
    if laporan:
        laporan.diminta_oleh.penugasan_aktif = laporan.penugasan
    return laporan


def _step(job: Pekerjaan, number: int, steps: Sequence[tuple[str, int]] = STEPS) -> None:
    """Record the progress; raise `Cancelled` when the job no longer runs."""
    name, percent = steps[number - 1]
    tell(job, langkah=f"Langkah {number} dari {len(steps)}: {name}", persen=percent)


def _figures(laporan: Laporan) -> Figures:
    """The frozen figures of the report. They are collected first when there are none or when this version of the portal
    cannot read them."""
    if laporan.potret:
        with suppress(KeyError):  # frozen by a job that an update of the portal interrupted
            return load(Figures, laporan.potret)
    scope, moment = _actor(laporan).scope, timezone.now()
    _release(laporan, moment)
    with _one_moment(), database_scope(scope):
        cover = collect.cover_of(laporan, moment)
        found = collect.rows(laporan, cover, laporan.diminta_oleh.scope.bapas)
    _step(laporan, 2)
    _freeze(laporan, summarise(cover, found), [office.id for office in found.offices])
    return load(Figures, laporan.potret)


def _actor(laporan: Laporan) -> Pengguna:
    """The requester, checked again; `Refused` when the account or the duty no longer allows the report."""
    user = laporan.diminta_oleh
    user.refresh_from_db(fields=["is_active"])
    laporan.penugasan.refresh_from_db(fields=["selesai", "berhenti_pada"])
    if not user.is_active or not may_request(user, bapas=laporan.bapas, kanwil=laporan.kanwil):
        raise Refused("Penugasan peminta sudah berakhir. Minta laporan ini dengan akun yang bertugas.")
    return user


def _release(laporan: Laporan, moment: datetime) -> None:
    """Release what the report reads, as far as it is closed. What is released already stays as it is."""
    for masa, first in collect.to_release(laporan, moment):
        _step(laporan, 1)
        release(masa, first)


@contextmanager
def _one_moment() -> Iterator[None]:
    """All queries inside see the database at one moment, so the tables of a report agree with each other."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@database_scope(reports_scope())
def _freeze(laporan: Laporan, figures: Figures, offices: list[int]) -> None:
    """Store the figures with the next version number of this unit and year."""
    same = Laporan.objects.lock_versions(laporan)  # a draft and a final may run at the same time
    if not laporan.still_running().exists():
        raise Cancelled
    taken = same.exclude(pk=laporan.pk).exclude(data_per=None).aggregate(Max("versi"))["versi__max"] or 0
    laporan.versi, laporan.potret, laporan.data_per = taken + 1, dump(figures), figures.cover.data_per
    laporan.kantor = offices
    laporan.save(update_fields=["versi", "potret", "data_per", "kantor"])


def _issue(laporan: Laporan) -> Issue:
    return Issue(
        kode=spaced(laporan.kode),
        versi=laporan.versi,
        final=laporan.final,
        fingerprint=short(fingerprint(laporan.potret)),
        verify_url=verify_url(laporan),
    )


def file_name(laporan: Laporan, suffix: str = "") -> str:
    """Program-Anggaran_2027_Bapas-Contoh_v3_final.pdf"""
    unit = slugify(collect.unit_name(laporan)).title()
    kind = "final" if laporan.final else "draf"
    return f"Program-Anggaran_{laporan.tahun}_{unit}_v{laporan.versi}_{kind}{suffix}.pdf"


def _approver(edition: Pengesahan) -> Approver:
    laporan = edition.laporan
    return Approver(
        edition.jabatan,
        edition.nama,
        edition.nip,
        waktu_unit(edition.pada, laporan.zona_waktu),
        laporan.versi,
        edition.sidik,
    )


def _finish(job: Pekerjaan, pdf: "Pdf", laporan: Laporan, *, suffix: str = "", **facts) -> int:
    """Write the file under its one name, then mark the job as ready. 0 when the job was cancelled meanwhile.

    The row is held before the file is touched: of two workers that think they have the job, one writes."""
    if not job.still_running().select_for_update(no_key=True).values_list("pk").first():
        return 0
    stored = f"laporan/{laporan.tahun}/{laporan.kode}{suffix}.pdf"
    default_storage.delete(stored)
    try:
        stored = default_storage.save(stored, ContentFile(pdf.body))
    except OSError:  # half of it, on a full disk
        default_storage.delete(stored)
        raise
    return finish(
        job,
        berkas=stored,
        nama_berkas=file_name(laporan, suffix),
        ukuran=len(pdf.body),
        halaman=pdf.pages,
        sha256=hashlib.sha256(pdf.body).hexdigest(),
        **facts,
    )
