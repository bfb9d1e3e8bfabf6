"""The procedure of a revocation, step by step. People give grounds and dates; nothing is decided automatically."""

from datetime import date

from django.db import transaction

from apps.acuan.calendar import working_day
from apps.dasar.errors import Refused
from apps.dasar.locks import lock
from apps.dasar.violations import refusals
from apps.dasar.wording import tanggal
from apps.jejak.moves import refuse_move, step
from apps.jejak.services import record_move
from apps.klien.models import CatatanBimbingan, JadwalLapor, Klien
from apps.klien.services.holding import hold
from apps.perjalanan.models import Langkah, LangkahPencabutan, PeristiwaAkhir, UsulPencabutan
from apps.perjalanan.services import ends

WORKING_DAYS = 20
"""Working days in which a case should be decided, according to practice."""
NEXT = {
    Langkah.USUL: {Langkah.BAP, Langkah.HENTI},
    Langkah.BAP: {Langkah.PERIKSA, Langkah.HENTI},
    Langkah.PERIKSA: {Langkah.TPP, Langkah.HENTI},
    Langkah.TPP: {Langkah.TANGGUH, Langkah.TERUS, Langkah.HENTI},
    Langkah.TANGGUH: {Langkah.TERUS, Langkah.HENTI},
    Langkah.TERUS: {Langkah.CABUT, Langkah.TOLAK},
    Langkah.CABUT: set(),
    Langkah.TOLAK: set(),
    Langkah.HENTI: set(),
}
PREPARED = {Langkah.BAP, Langkah.PERIKSA, Langkah.TPP}
"""Steps that a PK records. All others are decisions, recorded by the head of the office."""
OBJECT = "pencabutan"


def absences(klien: Klien) -> list[date]:
    """The days of absence since the last contact, oldest first; a day logged twice counts once."""
    contacts = CatatanBimbingan.objects.filter(bapas=klien.bapas_id, klien=klien).counted()
    last_met = contacts.filter(hadir=True).order_by("-tanggal").values_list("tanggal", flat=True).first()
    missed = contacts.filter(hadir=False)
    if last_met:
        missed = missed.filter(tanggal__gt=last_met)
    return list(missed.order_by("tanggal").values_list("tanggal", flat=True).distinct())


@transaction.atomic
def raise_case(*, klien: Klien, usul: UsulPencabutan, by, hari: date) -> UsulPencabutan:
    """Open the case file. When absences are the ground, their dates come from the log, never from the form."""
    ends.refuse_unless_free(hold(klien), PeristiwaAkhir.Jenis.DICABUT)
    if usul.dasar.karena_absen:
        usul.tanggal_absen = absences(klien)
        if len(usul.tanggal_absen) < JadwalLapor.ABSENCES_THAT_COUNT:
            raise Refused("Klien belum tiga kali berturut-turut tidak hadir. Pilih dasar lain, atau jangan usulkan.")
    usul.klien, usul.bapas_id, usul.diusulkan_oleh = klien, klien.bapas_id, by
    usul.tanggal, usul.batas = hari, working_day(hari, WORKING_DAYS)
    with refusals():
        usul.save(force_insert=True)
    _write(usul, LangkahPencabutan(langkah=Langkah.USUL, tanggal=hari, uraian=usul.uraian), dari="", by=by)
    return usul


@transaction.atomic
def prepare(*, usul: UsulPencabutan, langkah: LangkahPencabutan, by) -> UsulPencabutan:
    """Record a step before the decision: BAP, examination, sidang TPP."""
    return _step(usul, langkah, by, {})


@transaction.atomic
def decide(*, usul: UsulPencabutan, langkah: LangkahPencabutan, by) -> UsulPencabutan:
    """Record a decision of the head of the office or of the minister. Only the minister's revocation ends guidance."""
    current = _step(usul, langkah, by, {"diputus_oleh": by})
    if current.status == Langkah.CABUT:
        akhir = PeristiwaAkhir(
            jenis=PeristiwaAkhir.Jenis.DICABUT, tanggal=langkah.tanggal, keterangan=str(current.dasar),
            sumber_nomor=langkah.nomor, sumber_tanggal=langkah.tanggal,
        )  # fmt: skip
        ends.put_in_force(klien=current.klien, akhir=akhir, proposer=current.diusulkan_oleh, by=by)
    return current


def _step(usul: UsulPencabutan, langkah: LangkahPencabutan, by, facts: dict) -> UsulPencabutan:
    current, to = lock(usul, "klien", "dasar", "diusulkan_oleh"), Langkah(langkah.langkah)
    refuse_move(current, to, NEXT)
    last = current.langkah.filter(bapas=current.bapas_id).order_by("-pk").first()
    if last and langkah.tanggal < last.tanggal:
        raise Refused(f"Langkah sebelumnya bertanggal {tanggal(last.tanggal)}. Isi tanggal yang sama atau sesudahnya.")
    with refusals():
        before = step(current, to, NEXT, **facts)
    _write(current, langkah, dari=before, by=by)
    return current


def _write(usul: UsulPencabutan, langkah: LangkahPencabutan, *, dari: str, by) -> None:
    langkah.usul, langkah.bapas_id, langkah.oleh = usul, usul.bapas_id, by
    with refusals():
        langkah.save(force_insert=True)
    number = f", nomor {langkah.nomor}" if langkah.nomor else ""
    note = f"{tanggal(langkah.tanggal)}{number}"
    record_move(usul.klien, OBJECT, dari=dari, ke=langkah.langkah, by=by, catatan=note)
