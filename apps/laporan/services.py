"""Asking for a report, making it, giving it up, finding it again. The row is the truth; Celery only carries its id."""

import hashlib
import secrets
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from apps.akun.models import Pengguna, Penugasan
from apps.akun.roles import may
from apps.dasar.errors import Refused
from apps.dasar.letters import to_pdf
from apps.dasar.wording import tanggal, waktu_unit
from apps.jejak.models import Akses
from apps.jejak.moves import move_all
from apps.jejak.services import record_report
from apps.klien.calendar import today_at
from apps.laporan import collect, tasks
from apps.laporan.document import Approver, Issue, approved, to_html
from apps.laporan.figures import Figures
from apps.laporan.models import Laporan, Pekerjaan, Pengesahan
from apps.laporan.snapshot import dump, fingerprint, load, short
from apps.laporan.summary import period, summarise
from apps.program.models import ProgramTahunan
from apps.wilayah.models import Bapas, Kanwil
from apps.wilayah.scope import Scope, database_scope

if TYPE_CHECKING:
    from apps.dasar.pdf import Pdf
    from apps.laporan.models import LaporanQuerySet

Job = TypeVar("Job", bound=Pekerjaan)

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
VERBS = {"bapas": "laporan.bapas", "kanwil": "laporan.wilayah", "nasional": "laporan.nasional"}
ALPHABET = "234679ACDEFGHJKLMNPQRTUVWXYZ"  # nothing that is read as something else: no 0 O 1 I 5 S 8 B
STEPS = (
    ("mengumpulkan data", 5),
    ("menghitung angka", 35),
    ("menyusun dokumen", 50),
    ("membuat PDF", 60),
    ("menyimpan berkas", 95),
)
EDITION_STEPS = (("membuat PDF", 10), ("menyimpan berkas", 95))
TASKS = {Laporan: tasks.make_report, Pengesahan: tasks.make_edition}
STALLED = timedelta(minutes=5)
GIVEN_UP = timedelta(minutes=30)


class Cancelled(Exception):
    """Somebody gave the report up while it was being made."""


# ── Asking ───────────────────────────────────────────────────────────────────────────────────────────────


def request_report(
    *, by: Pengguna, tahun: int, bapas: Bapas | None = None, kanwil: Kanwil | None = None, final: bool = False
) -> Laporan:
    """A new report, or the one already being made for the same request."""
    wanted = {
        "jenis": Laporan.Jenis.PROGRAM,
        "tingkat": "bapas" if bapas else "kanwil" if kanwil else "nasional",
        "bapas": bapas,
        "kanwil": kanwil,
        "tahun": tahun,
        "final": final,
    }
    duty = _check(by, wanted)
    try:
        with transaction.atomic():
            laporan = Laporan.objects.create(
                **wanted, diminta_oleh=by, penugasan=duty, kode=new_code(), langkah="Menunggu giliran"
            )
    except IntegrityError:
        return Laporan.objects.filter(**wanted).latest("pk")
    enqueue(laporan)
    return laporan


def cancel(laporan: Laporan) -> None:
    """Give up a report that is not ready yet; the worker stops at its next step."""
    one = Laporan.objects.filter(pk=laporan.pk)
    if not move_all(one, Status.BATAL, NEXT, langkah="", selesai_pada=timezone.now()):
        raise Refused("Laporan ini sudah tidak berjalan, jadi tidak dapat dibatalkan.")


def retry(laporan: Laporan, *, by: Pengguna) -> Laporan:
    """Ask anew for a report that failed or was given up, with new figures; or for the edition of an approved one."""
    if laporan.disahkan:
        _try_edition_again(laporan.disahkan)
        return laporan
    if laporan.status not in (Laporan.Status.GAGAL, Laporan.Status.BATAL):
        raise Refused("Hanya laporan yang belum jadi atau dibatalkan yang dapat dibuat ulang.")
    return request_report(by=by, tahun=laporan.tahun, bapas=laporan.bapas, kanwil=laporan.kanwil, final=laporan.final)


def _try_edition_again(edition: Pengesahan) -> None:
    now = timezone.now()
    one = Pengesahan.objects.filter(pk=edition.pk)
    if not move_all(one, Status.ANTRE, NEXT, galat="", persen=0, diminta_pada=now, denyut_pada=now):
        raise Refused("Edisi pengesahan laporan ini sudah ada atau sedang dibuat.")
    enqueue(edition)


def may_request(user: Pengguna, *, bapas: Bapas | None = None, kanwil: Kanwil | None = None) -> bool:
    """Has `user` the verb of that level, and the unit in the jurisdiction?"""
    if bapas:
        return may(user, VERBS["bapas"]) and bapas.pk in user.scope.bapas
    if kanwil:
        own = user.penugasan and user.penugasan.kanwil_id
        return may(user, VERBS["kanwil"]) and own in (None, kanwil.pk)
    return may(user, VERBS["nasional"])


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(12))


def spaced(kode: str) -> str:
    """7K3MQ9TX2F4A → 7K3M-Q9TX-2F4A"""
    return "-".join(kode[start : start + 4] for start in range(0, len(kode), 4))


def _check(by: Pengguna, wanted: dict) -> Penugasan:
    """The assignment under which `by` may ask for this report."""
    duty = by.penugasan
    if duty is None or not may_request(by, bapas=wanted["bapas"], kanwil=wanted["kanwil"]):
        raise Refused("Unit ini di luar wilayah Anda.")
    if wanted["final"] and wanted["bapas"]:
        _refuse_without_budget(wanted["bapas"], wanted["tahun"])
    return duty


def _refuse_without_budget(bapas: Bapas, tahun: int) -> None:
    """A final prints the budget in force on the last day of its period, so there has to be one."""
    last = period(tahun, today_at(bapas))[1]
    programmes = ProgramTahunan.objects.filter(bapas=bapas)
    if programmes.in_force(tahun, on=last).exists():
        return
    if programmes.in_force(tahun).exists():
        raise Refused(f"Program {tahun} baru disetujui setelah {tanggal(last)}, hari terakhir laporan ini. Pilih draf.")
    raise Refused(f"Program {tahun} belum disetujui Kepala Bapas. Pilih draf, atau minta persetujuan lebih dulu.")


def enqueue(job: Pekerjaan) -> None:
    """After commit. A broker that is away does not lose the job: the reaper finds the waiting row."""
    transaction.on_commit(lambda: TASKS[type(job)].apply_async([job.pk], retry=False), robust=True)


# ── Making ───────────────────────────────────────────────────────────────────────────────────────────────


def run(laporan_id: int) -> None:
    """Make the report from where it stands. Safe to call twice: figures are frozen, the file has one name."""
    laporan = _claim(laporan_id)
    if laporan is None:
        return
    with _told(laporan):
        figures = _figures(laporan)
        _step(laporan, 3)
        html = to_html(figures, _issue(laporan))
        _step(laporan, 4)
        pdf = to_pdf(html)
        _step(laporan, 5)
        with database_scope(Scope(frozenset(laporan.kantor), actor=laporan.diminta_oleh_id)):
            if _finish(laporan, pdf, laporan, naskah=html):
                note(laporan, Akses.Verba.BUAT, by=laporan.diminta_oleh, offices=laporan.kantor)


def run_edition(pengesahan_id: int) -> None:
    """Print an approved report once more, with its approver. Safe to call twice: it is the document that was read."""
    edition = _take(Pengesahan.objects.select_related("laporan__bapas", "laporan__kanwil"), pengesahan_id)
    if edition is None:
        return
    with _told(edition):
        _step(edition, 1, EDITION_STEPS)
        pdf = to_pdf(approved(edition.laporan.naskah, _approver(edition)))
        _step(edition, 2, EDITION_STEPS)
        _finish(edition, pdf, edition.laporan, suffix="_disahkan")


def note(laporan: Laporan, verba: Akses.Verba, *, by: Pengguna, offices: Collection[int]) -> None:
    """Leave a row in the access trail of each of `offices`, whose figures are inside."""
    record_report(by, verba, "laporan", offices, objek_id=laporan.pk, rincian=laporan.sebutan)


@contextmanager
def _told(job: Pekerjaan) -> Iterator[None]:
    """How a job ends without its file: given up, or failed with a sentence."""
    try:
        yield
    except Cancelled:
        return
    except Refused as refusal:
        _fail(job, str(refusal))
    except OSError:
        _fail(job, "Berkas belum dapat disimpan di server. Hubungi petugas bantuan, lalu coba lagi.")
        raise


def reap_stalled() -> int:
    """Send waiting and stalled jobs to a worker again; after half an hour say that they failed."""
    return _reap(Laporan) + _reap(Pengesahan)


def _reap(model: type[Laporan] | type[Pengesahan]) -> int:
    now = timezone.now()
    stalled = model._default_manager.filter(status__in=model.RUNNING, denyut_pada__lt=now - STALLED)
    given_up = stalled.filter(diminta_pada__lt=now - GIVEN_UP)
    move_all(
        given_up,
        Status.GAGAL,
        NEXT,
        galat="Pembuatan laporan terhenti di server. Coba lagi, atau hubungi petugas bantuan.",
        selesai_pada=now,
    )
    again = list(stalled.values_list("pk", flat=True))
    for pk in again:
        TASKS[model].delay(pk)
    return len(again)


def _claim(laporan_id: int) -> Laporan | None:
    """The report, taken; whoever asked works under the duty of that moment."""
    rows = Laporan.objects.select_related("bapas__kanwil", "kanwil", "diminta_oleh", "penugasan")
    laporan = _take(rows, laporan_id)
    if laporan:
        laporan.diminta_oleh.penugasan_aktif = laporan.penugasan
    return laporan


def _take(rows: "QuerySet[Job]", pk: int) -> "Job | None":
    """Take the job, unless it is done, given up, or another worker is alive on it."""
    now = timezone.now()
    free = Q(status=Status.ANTRE) | Q(status=Status.BERJALAN, denyut_pada__lt=now - STALLED)
    if not move_all(rows.model._default_manager.filter(free, pk=pk), Status.BERJALAN, NEXT, denyut_pada=now):
        return None
    return rows.get(pk=pk)


def _step(job: Pekerjaan, number: int, steps: Sequence[tuple[str, int]] = STEPS) -> None:
    """Say where we are, in a transaction of its own so that it shows; stop when somebody gave the job up."""
    name, percent = steps[number - 1]
    if not job.still_running().update(
        langkah=f"Langkah {number} dari {len(steps)}: {name}", persen=percent, denyut_pada=timezone.now()
    ):
        raise Cancelled


def _figures(laporan: Laporan) -> Figures:
    """The frozen figures of the report; taken and frozen first when there are none, or none that this portal reads."""
    if laporan.potret:
        with suppress(KeyError):  # frozen before an update, by a job that it interrupted
            return load(Figures, laporan.potret)
    _step(laporan, 1)
    with _one_moment(), database_scope(_actor(laporan).scope):
        cover = collect.cover_of(laporan, timezone.now())
        found = collect.rows(laporan, cover, laporan.diminta_oleh.scope.bapas)
    _step(laporan, 2)
    _freeze(laporan, summarise(cover, found), [office.id for office in found.offices])
    return load(Figures, laporan.potret)


def _actor(laporan: Laporan) -> Pengguna:
    """The person who asked, checked anew."""
    user = laporan.diminta_oleh
    if not user.is_active or not may_request(user, bapas=laporan.bapas, kanwil=laporan.kanwil):
        raise Refused("Penugasan peminta sudah berakhir. Minta laporan ini dengan akun yang bertugas.")
    return user


@contextmanager
def _one_moment() -> Iterator[None]:
    """All questions inside see the database as of one moment, so the tables of a report agree with each other."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@transaction.atomic
def _freeze(laporan: Laporan, figures: Figures, offices: list[int]) -> None:
    """Store the figures with the next version number of this unit and year."""
    same = lock_versions(laporan)  # a draft and a final may run side by side
    taken = same.exclude(pk=laporan.pk).exclude(data_per=None).aggregate(Max("versi"))["versi__max"] or 0
    laporan.versi, laporan.potret, laporan.data_per = taken + 1, dump(figures), figures.cover.data_per
    laporan.kantor = offices
    laporan.save(update_fields=["versi", "potret", "data_per", "kantor"])


def lock_versions(laporan: Laporan) -> "LaporanQuerySet":
    """All versions of this unit and year, locked until the transaction ends: one after the other."""
    same = Laporan.objects.same_subject(laporan)
    list(same.select_for_update().order_by("pk").values_list("pk"))
    return same


def _issue(laporan: Laporan) -> Issue:
    return Issue(
        kode=spaced(laporan.kode),
        versi=laporan.versi,
        final=laporan.final,
        fingerprint=short(fingerprint(laporan.potret)),
        verify_url=verify_url(laporan),
    )


def verify_url(laporan: Laporan) -> str:
    return settings.PORTAL_URL + reverse("laporan:verify", args=[laporan.kode])


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
    """Write the file under its one name, then say that it is ready. 0 when somebody gave the job up meanwhile."""
    if not job.still_running().exists():
        return 0
    stored = f"laporan/{laporan.tahun}/{laporan.kode}{suffix}.pdf"
    default_storage.delete(stored)
    stored = default_storage.save(stored, ContentFile(pdf.body))
    return move_all(
        job.still_running(),
        Status.SIAP,
        NEXT,
        langkah="",
        persen=100,
        berkas=stored,
        nama_berkas=file_name(laporan, suffix),
        ukuran=len(pdf.body),
        halaman=pdf.pages,
        sha256=hashlib.sha256(pdf.body).hexdigest(),
        selesai_pada=timezone.now(),
        **facts,
    )


def _fail(job: Pekerjaan, sentence: str) -> None:
    move_all(job.still_running(), Status.GAGAL, NEXT, galat=sentence, langkah="", selesai_pada=timezone.now())


# ── Checking ─────────────────────────────────────────────────────────────────────────────────────────────


def find_by_code(text: str) -> Laporan | None:
    """The finished report behind a code as people type it: any case, with or without hyphens."""
    kode = "".join(letter for letter in text.upper() if letter.isalnum())
    return Laporan.objects.ready().filter(kode=kode).first()


def find_by_hash(digest: str) -> Laporan | None:
    """The finished report one of whose files has this hash: the one that was read, or the approved edition."""
    digest = digest.lower()
    return Laporan.objects.ready().filter(Q(sha256=digest) | Q(pengesahan__sha256=digest)).first()


def newer_version(laporan: Laporan) -> Laporan | None:
    """What replaced it: anything later a draft, a later final a final, a later approved final an approved one."""
    later = Laporan.objects.ready().same_subject(laporan).filter(versi__gt=laporan.versi)
    if laporan.final:
        later = later.filter(final=True)
    if laporan.disahkan:
        later = later.exclude(pengesahan=None)
    return later.order_by("-versi").first()
