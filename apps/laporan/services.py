"""Asking for a report, making it, giving it up. The row of `Laporan` is the truth; Celery only carries its id."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from apps.akun.models import Pengguna, Penugasan
from apps.akun.roles import may
from apps.laporan import collect, tasks
from apps.laporan.document import Issue, to_html
from apps.laporan.figures import Figures
from apps.laporan.models import Laporan
from apps.laporan.snapshot import dump, fingerprint, load, short
from apps.laporan.summary import summarise
from apps.program.models import ProgramTahunan
from apps.wilayah.errors import Refused
from apps.wilayah.models import Bapas, Kanwil
from apps.wilayah.scope import database_scope
from pemasyarakatan.letters import to_pdf

if TYPE_CHECKING:
    from pemasyarakatan.pdf import Pdf

VERBS = {"bapas": "laporan.bapas", "kanwil": "laporan.wilayah", "nasional": "laporan.nasional"}
ALPHABET = "234679ACDEFGHJKLMNPQRTUVWXYZ"  # nothing that is read as something else: no 0 O 1 I 5 S 8 B
STEPS = (
    ("mengumpulkan data", 5),
    ("menghitung angka", 35),
    ("menyusun dokumen", 50),
    ("membuat PDF", 60),
    ("menyimpan berkas", 95),
)
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
    _enqueue(laporan)
    return laporan


def cancel(laporan: Laporan) -> None:
    """Give up a report that is not ready yet; the worker stops at its next step."""
    waiting = Laporan.objects.filter(pk=laporan.pk, status__in=Laporan.RUNNING)
    if not waiting.update(status=Laporan.Status.BATAL, langkah="", selesai_pada=timezone.now()):
        raise Refused("Laporan ini sudah tidak berjalan, jadi tidak dapat dibatalkan.")


def retry(laporan: Laporan, *, by: Pengguna) -> Laporan:
    """Ask again for a report that failed or was given up. The figures are taken anew."""
    if laporan.status not in (Laporan.Status.GAGAL, Laporan.Status.BATAL):
        raise Refused("Hanya laporan yang belum jadi atau dibatalkan yang dapat dibuat ulang.")
    return request_report(by=by, tahun=laporan.tahun, bapas=laporan.bapas, kanwil=laporan.kanwil, final=laporan.final)


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
    if wanted["final"] and wanted["bapas"] and not _approved(wanted["bapas"], wanted["tahun"]):
        raise Refused(
            f"Program {wanted['tahun']} belum disetujui Kepala Bapas. Pilih draf, atau minta persetujuan lebih dulu."
        )
    return duty


def _approved(bapas: Bapas, tahun: int) -> bool:
    return ProgramTahunan.objects.filter(bapas=bapas).in_force(tahun).exists()


def _enqueue(laporan: Laporan) -> None:
    """After commit. A broker that is away does not lose the report: the reaper finds the waiting row."""
    transaction.on_commit(lambda: tasks.make_report.apply_async([laporan.pk], retry=False), robust=True)


# ── Making ───────────────────────────────────────────────────────────────────────────────────────────────


def run(laporan_id: int) -> None:
    """Make the report from where it stands. Safe to call twice: figures are frozen, the file has one name."""
    laporan = _claim(laporan_id)
    if laporan is None:
        return
    try:
        figures = _figures(laporan)
        _step(laporan, 3)
        html = to_html(figures, _issue(laporan))
        _step(laporan, 4)
        pdf = to_pdf(html)
        _step(laporan, 5)
        _finish(laporan, pdf)
    except Cancelled:
        return
    except Refused as refusal:
        _fail(laporan, str(refusal))
    except OSError:
        _fail(laporan, "Berkas belum dapat disimpan di server. Hubungi petugas bantuan, lalu coba lagi.")
        raise


def reap_stalled() -> int:
    """Send waiting and stalled reports to a worker again; after half an hour say that they failed."""
    now = timezone.now()
    stalled = Laporan.objects.filter(status__in=Laporan.RUNNING, denyut_pada__lt=now - STALLED)
    given_up = stalled.filter(diminta_pada__lt=now - GIVEN_UP)
    given_up.update(
        status=Laporan.Status.GAGAL,
        galat="Pembuatan laporan terhenti di server. Coba lagi, atau hubungi petugas bantuan.",
        selesai_pada=now,
    )
    again = list(stalled.values_list("pk", flat=True))
    for laporan_id in again:
        tasks.make_report.delay(laporan_id)
    return len(again)


def _claim(laporan_id: int) -> Laporan | None:
    """Take the job, unless it is done, given up, or another worker is alive on it."""
    now = timezone.now()
    free = Q(status=Laporan.Status.ANTRE) | Q(status=Laporan.Status.BERJALAN, denyut_pada__lt=now - STALLED)
    if not Laporan.objects.filter(free, pk=laporan_id).update(status=Laporan.Status.BERJALAN, denyut_pada=now):
        return None
    return Laporan.objects.select_related("bapas__kanwil", "kanwil", "diminta_oleh", "penugasan").get(pk=laporan_id)


def _step(laporan: Laporan, number: int) -> None:
    """Say where we are, in a transaction of its own so that it shows; stop when somebody gave the report up."""
    name, percent = STEPS[number - 1]
    running = Laporan.objects.filter(pk=laporan.pk, status=Laporan.Status.BERJALAN)
    if not running.update(
        langkah=f"Langkah {number} dari {len(STEPS)}: {name}", persen=percent, denyut_pada=timezone.now()
    ):
        raise Cancelled


def _figures(laporan: Laporan) -> Figures:
    """The frozen figures of the report; taken and frozen first when there are none yet."""
    if not laporan.potret:
        _step(laporan, 1)
        with _one_moment(), database_scope(_actor(laporan).scope):
            cover = collect.cover_of(laporan, timezone.now())
            found = collect.rows(laporan, cover, laporan.diminta_oleh.scope.bapas)
        _step(laporan, 2)
        _freeze(laporan, summarise(cover, found))
    return load(Figures, laporan.potret)


def _actor(laporan: Laporan) -> Pengguna:
    """The person who asked, working under the duty of that moment, checked anew."""
    user = laporan.diminta_oleh
    user.penugasan_aktif = laporan.penugasan
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
def _freeze(laporan: Laporan, figures: Figures) -> None:
    """Store the figures with the next version number of this unit and year."""
    same = Laporan.objects.filter(
        jenis=laporan.jenis,
        tingkat=laporan.tingkat,
        bapas=laporan.bapas_id,
        kanwil=laporan.kanwil_id,
        tahun=laporan.tahun,
    )
    list(same.select_for_update().order_by("pk").values_list("pk"))  # a draft and a final may run side by side
    taken = same.exclude(pk=laporan.pk).exclude(data_per=None).aggregate(Max("versi"))["versi__max"] or 0
    laporan.versi, laporan.potret, laporan.data_per = taken + 1, dump(figures), figures.cover.data_per
    laporan.save(update_fields=["versi", "potret", "data_per"])


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


def file_name(laporan: Laporan) -> str:
    """Program-Anggaran_2027_Bapas-Contoh_v3.pdf"""
    unit = slugify(collect.unit_name(laporan)).title()
    return f"Program-Anggaran_{laporan.tahun}_{unit}_v{laporan.versi}.pdf"


def _finish(laporan: Laporan, pdf: "Pdf") -> None:
    """Write the file under its one name, then say that it is ready."""
    stored = f"laporan/{laporan.tahun}/{laporan.kode}.pdf"
    default_storage.delete(stored)
    stored = default_storage.save(stored, ContentFile(pdf.body))
    Laporan.objects.filter(pk=laporan.pk, status=Laporan.Status.BERJALAN).update(
        status=Laporan.Status.SIAP,
        langkah="",
        persen=100,
        berkas=stored,
        nama_berkas=file_name(laporan),
        ukuran=len(pdf.body),
        halaman=pdf.pages,
        sha256=hashlib.sha256(pdf.body).hexdigest(),
        selesai_pada=timezone.now(),
    )


def _fail(laporan: Laporan, sentence: str) -> None:
    Laporan.objects.filter(pk=laporan.pk, status=Laporan.Status.BERJALAN).update(
        status=Laporan.Status.GAGAL, galat=sentence, langkah="", selesai_pada=timezone.now()
    )


# ── Checking ─────────────────────────────────────────────────────────────────────────────────────────────


def find_by_code(text: str) -> Laporan | None:
    """The finished report behind a code as people type it: any case, with or without hyphens."""
    kode = "".join(letter for letter in text.upper() if letter.isalnum())
    return _ready().filter(kode=kode).first()


def find_by_hash(digest: str) -> Laporan | None:
    return _ready().filter(sha256=digest.lower()).first()


def newer_version(laporan: Laporan) -> Laporan | None:
    """The newest finished report of the same unit and year, when that is not this one."""
    return (
        _ready()
        .filter(
            jenis=laporan.jenis,
            tingkat=laporan.tingkat,
            bapas=laporan.bapas_id,
            kanwil=laporan.kanwil_id,
            tahun=laporan.tahun,
            versi__gt=laporan.versi,
        )
        .order_by("-versi")
        .first()
    )


def _ready():
    return Laporan.objects.filter(status=Laporan.Status.SIAP).select_related("bapas", "kanwil")
