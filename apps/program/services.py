"""The states of a programme: start, send, approve or return, revise. `NEXT` is the whole state machine.

Every write to a programme takes its lock first, so a line cannot be added while the programme is being sent.
"""

from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.akun.models import Pengguna
from apps.dasar.errors import Refused
from apps.dasar.locks import lock, lock_all
from apps.dasar.wording import rupiah
from apps.jejak.moves import move, refuse_move
from apps.jejak.services import record_move
from apps.program.models import ProgramTahunan, Realisasi, RencanaKegiatan, RincianBiaya
from apps.program.needs import snapshot
from apps.program.plan import read_plan
from apps.wilayah.days import today_at
from apps.wilayah.models import Bapas

Status = ProgramTahunan.Status
OBJECT = "program"
"""Name of a programme in the trail of states (table Riwayat)."""

NEXT = {
    Status.DRAF: {Status.DIPERIKSA},
    Status.DIPERIKSA: {Status.DISETUJUI, Status.DRAF},
    Status.DISETUJUI: set(),
}
BACK_TO_DRAFT = {"diajukan_oleh": None, "diajukan_pada": None, "sidik": ""}


@transaction.atomic
def start(*, bapas: Bapas, tahun: int, latar: str = "", copy_last: bool = False, by: Pengguna) -> ProgramTahunan:
    """Start a year with a snapshot of today's needs. `copy_last` copies the activities of the newest earlier year, from
    the version in force, or from the one in preparation when none was approved."""
    program = ProgramTahunan(
        bapas=bapas, tahun=tahun, latar=latar, disusun_oleh=by,
        potret=snapshot(bapas.pk, today_at(bapas)), potret_pada=today_at(bapas),
    )  # fmt: skip
    _insert(program, by=by)
    earlier = ProgramTahunan.objects.filter(bapas=bapas, tahun__lt=tahun).for_years().order_by("-tahun").first()
    if copy_last and earlier:
        _copy(earlier, program, linked=False)
    return program


@transaction.atomic
def send(program: ProgramTahunan, *, by: Pengguna) -> ProgramTahunan:
    """Freeze the draft, store the fingerprint of its content and send it to the head of the office."""
    current = locked(program)
    plan = read_plan(current)
    if plan.blocked:
        raise Refused(" ".join(finding.sentence for finding in plan.findings if finding.blocks))
    _refuse_below_spending(current)
    return move(
        current, Status.DIPERIKSA, NEXT, by=by, objek=OBJECT,
        diajukan_oleh=by, diajukan_pada=timezone.now(), sidik=plan.fingerprint(),
    )  # fmt: skip


@transaction.atomic
def approve(program: ProgramTahunan, *, by: Pengguna) -> ProgramTahunan:
    """Put the programme in force. Spending under the replaced version moves to the lines that continue its lines."""
    current = locked(program)
    refuse_move(current, Status.DISETUJUI, NEXT)
    if current.diajukan_oleh_id == by.pk:
        raise Refused("Program ini Anda kirim sendiri. Penyetuju harus orang lain.")
    if read_plan(current).fingerprint() != current.sidik:
        raise Refused("Isi program tidak sama lagi dengan saat dikirim. Kembalikan, lalu minta kirim ulang.")
    _carry_spending(current)
    return move(current, Status.DISETUJUI, NEXT, by=by, objek=OBJECT, disetujui_oleh=by, disetujui_pada=timezone.now())


def give_back(program: ProgramTahunan, *, by: Pengguna, note: str) -> ProgramTahunan:
    """Return the programme to the planner with a reason; it becomes a draft again."""
    return move(program, Status.DRAF, NEXT, by=by, objek=OBJECT, note=note, **BACK_TO_DRAFT)


@transaction.atomic
def revise(program: ProgramTahunan, *, by: Pengguna) -> ProgramTahunan:
    """Start the next version of an approved programme, as a draft. Until its approval the old one stays in force."""
    current = locked(program)
    if not current.is_approved:
        raise Refused("Hanya program yang sudah disetujui dapat direvisi.")
    revision = ProgramTahunan(
        bapas=current.bapas, tahun=current.tahun, versi=current.versi + 1, latar=current.latar,
        potret=current.potret, potret_pada=current.potret_pada, disusun_oleh=by,
    )  # fmt: skip
    _insert(revision, by=by)
    _copy(current, revision, linked=True)
    return revision


def locked(program: ProgramTahunan) -> ProgramTahunan:
    """The current programme, locked until the transaction ends."""
    return lock(program, "bapas")


def locked_draft(program: ProgramTahunan) -> ProgramTahunan:
    """`locked` for edits: `Refused` unless the programme is a draft."""
    current = locked(program)
    refuse_frozen(current)
    return current


def refuse_frozen(program: ProgramTahunan) -> None:
    if not program.is_draft:
        raise Refused(
            f"{program} sudah dikirim dan dibekukan. Isinya tidak dapat diubah; minta Kepala Bapas mengembalikannya "
            "atau buat revisi setelah disetujui."
        )


def _insert(program: ProgramTahunan, *, by: Pengguna) -> None:
    try:
        with transaction.atomic():
            program.save()
    except IntegrityError as taken:
        raise Refused(f"Program {program.tahun} sudah ada. Lanjutkan yang sudah ada.") from taken
    record_move(program, OBJECT, dari="", ke=program.status, by=by)


def _copy(source: ProgramTahunan, target: ProgramTahunan, *, linked: bool) -> None:
    """Clone activities and cost lines; with `linked` each line refers to the line that it continues."""
    for activity in source.kegiatan():
        lines = list(activity.biaya.all())
        activity.pk, activity.program, activity._state.adding = None, target, True
        activity.save()
        RincianBiaya.objects.bulk_create(_clone(line, activity, linked) for line in lines)
    if linked:
        for reason in source.tanpa_program.filter(bapas=source.bapas_id):
            reason.pk, reason.program, reason._state.adding = None, target, True
            reason.save()


def _clone(line: RincianBiaya, activity: RencanaKegiatan, linked: bool) -> RincianBiaya:
    kept = ("akun_id", "uraian", "hitungan", "volume", "satuan", "harga", "sumber")
    facts = {name: getattr(line, name) for name in kept}
    return RincianBiaya(bapas_id=line.bapas_id, rencana=activity, asal_id=line.pk if linked else None, **facts)


def _replaced_lines(program: ProgramTahunan):
    """Cost lines of the version in force, which `program` would replace."""
    in_force = ProgramTahunan.objects.in_force(program.tahun).filter(bapas=program.bapas_id)
    return RincianBiaya.objects.filter(bapas=program.bapas_id, rencana__program__in=in_force)


def _refuse_below_spending(program: ProgramTahunan) -> dict[int, RincianBiaya]:
    """Raise `Refused` when a revision plans less on a line than was already spent. Returns old line id → new line."""
    spent: dict[int, tuple[str, Decimal]] = {}
    entries = Realisasi.objects.filter(bapas=program.bapas_id, rincian__in=_replaced_lines(program))
    for line_id, name, amount in entries.values_list("rincian_id", "rincian__uraian", "jumlah"):
        spent[line_id] = (name, spent.get(line_id, (name, Decimal(0)))[1] + amount)
    lines = RincianBiaya.objects.filter(bapas=program.bapas_id, rencana__program=program, asal__in=spent)
    successors = {line.asal_id: line for line in lines if line.asal_id}
    for line_id, (name, amount) in spent.items():
        planned = successors[line_id].jumlah if line_id in successors else Decimal(0)
        if planned < amount:
            raise Refused(
                f"Baris “{name}” sudah direalisasikan {rupiah(amount)}. Rencananya dalam revisi {rupiah(planned)}; "
                "isi paling sedikit sebesar realisasi."
            )
    return successors


def _carry_spending(program: ProgramTahunan) -> None:
    """Move entries to the lines that continue theirs. The old lines are locked, so no entry is added meanwhile."""
    lock_all(_replaced_lines(program))
    for origin, line in _refuse_below_spending(program).items():
        Realisasi.objects.filter(bapas=program.bapas_id, rincian=origin).update(rincian=line)
