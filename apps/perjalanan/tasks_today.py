"""Rows of the Beranda from this room (app). Groups without a row are left out: on most days there are none."""

from datetime import timedelta
from functools import partial

from django.db.models import Exists, OuterRef
from django.urls import reverse

from apps.akun.roles import Peran
from apps.dasar.worklist import TaskGroup, TaskRow, Urgency, first_rows, group_of
from apps.klien.models import JadwalLapor, Klien, guided_by
from apps.perjalanan.cases import SOON, ending
from apps.perjalanan.models import Langkah, Pelimpahan, PeristiwaAkhir, TindakLanjut, UsulPencabutan
from apps.perjalanan.stages_due import due_since, overdue
from apps.wilayah.days import today

WEEK = timedelta(days=7)
ENDING = "Masa bimbingan habis atau segera habis"
BEFORE_DECISION = (Langkah.USUL, Langkah.BAP, Langkah.PERIKSA)
"""Steps after which the PK is next."""
DECISIONS = (Langkah.TPP, Langkah.TANGGUH, Langkah.TERUS)
"""Steps after which the head of the office is next."""


def groups(user) -> list[TaskGroup]:
    match user.penugasan.peran if user.penugasan else None:
        case Peran.PK:
            found = [_absent(user), _prepare(user), _ending(user), _stages(user), _followups(user)]
        case Peran.KABAPAS:
            found = [_ends(user), _revocations(user), _transfers(user), _office_ending(user)]
        case Peran.OPERATOR:
            found = [_office_ending(user)]
        case _:
            return []
    return [group for group in found if group.total]


def _absent(user) -> TaskGroup:
    """The PK's clients absent three times in a row without an open case: a ground to propose, never a decision."""
    return group_of("Tidak hadir 3 kali berturut-turut", _without_case(user), _absent_row, urgency=Urgency.OVERDUE)


@first_rows
def _without_case(user):
    cases = UsulPencabutan.objects.filter(bapas=OuterRef("bapas"), klien=OuterRef("pk")).open()
    rows = Klien.objects.visible_to(user).active().of_officer(user).filter(~Exists(cases))
    rows = rows.filter(jadwal__absen_beruntun__gte=JadwalLapor.ABSENCES_THAT_COUNT).select_related("jadwal")
    return rows.order_by("-jadwal__absen_beruntun", "nama_urut", "pk")


def _absent_row(klien) -> TaskRow:
    return TaskRow(
        what="Dasar usul pencabutan; keputusan tetap diambil petugas", about=f"{klien.nama}, {klien.kode}",
        url=reverse("perjalanan:revocation_new", args=[klien.pk]), action="Siapkan berkas",
        tag=f"{klien.jadwal.absen_beruntun} kali tidak hadir",
    )  # fmt: skip


def _prepare(user) -> TaskGroup:
    """The PK's clients whose case waits for a step of the PK."""
    rows = _own_cases(user)
    return group_of("Berkas pencabutan: langkah berikutnya", rows, _revocation_row, _list("cabut"), Urgency.TODAY)


@first_rows
def _own_cases(user):
    rows = UsulPencabutan.objects.visible_to(user).filter(guided_by(user, path="klien"), status__in=BEFORE_DECISION)
    return rows.select_related("klien", "dasar").order_by("batas", "pk")


def _ending(user) -> TaskGroup:
    rows = _own_ending(user, until=today(user) + SOON)
    return group_of(ENDING, rows, _ending_row, _list("habis"))


def _office_ending(user) -> TaskGroup:
    rows = _all_ending(user, until=today(user) + SOON)
    return group_of(ENDING, rows, _office_ending_row, _list("habis"))


@first_rows
def _all_ending(user, until):
    return ending(user, until)


@first_rows
def _own_ending(user, until):
    return ending(user, until).filter(guided_by(user, path="klien"))


def _stages(user) -> TaskGroup:
    day = today(user)
    return group_of("Perpindahan tahap jatuh tempo", _own_overdue(user, day=day), partial(_stage_row, day=day))


@first_rows
def _own_overdue(user, day):
    return overdue(user, day).filter(guided_by(user, path="klien")).select_related("klien")


def _followups(user) -> TaskGroup:
    rows = _own_followups(user, until=today(user) + WEEK)
    return group_of("Tindak lanjut setelah bimbingan", rows, _followup_row, _list("tindak"))


@first_rows
def _own_followups(user, until):
    rows = TindakLanjut.objects.visible_to(user).waiting().filter(jatuh_tempo__lte=until)
    return rows.filter(guided_by(user, path="klien")).select_related("klien").order_by("jatuh_tempo", "pk")


def _ends(user) -> TaskGroup:
    """Proposals whose day has come: an end is decided on its day or later."""
    return group_of(
        "Usul akhir menunggu keputusan", _proposed_ends(user, day=today(user)), _end_row, _list("akhir"),
        urgency=Urgency.DECIDE,
    )  # fmt: skip


@first_rows
def _proposed_ends(user, day):
    rows = PeristiwaAkhir.objects.visible_to(user).filter(status=PeristiwaAkhir.Status.DIUSULKAN, tanggal__lte=day)
    return rows.select_related("klien", "diusulkan_oleh").order_by("diusulkan_pada", "pk")


def _revocations(user) -> TaskGroup:
    return group_of(
        "Usul pencabutan menunggu keputusan", _cases_to_decide(user), _revocation_row, _list("cabut"),
        urgency=Urgency.DECIDE,
    )  # fmt: skip


@first_rows
def _cases_to_decide(user):
    rows = UsulPencabutan.objects.visible_to(user).filter(status__in=DECISIONS)
    return rows.select_related("klien", "dasar").order_by("batas", "pk")


def _transfers(user) -> TaskGroup:
    return group_of(
        "Pelimpahan masuk menunggu jawaban", _transfers_to_answer(user), _transfer_row, _list("limpah"),
        urgency=Urgency.DECIDE,
    )  # fmt: skip


@first_rows
def _transfers_to_answer(user):
    rows = Pelimpahan.objects.visible_to(user).incoming().waiting()
    return rows.select_related("lawan").order_by("diminta_pada", "pk")


def _ending_row(masa) -> TaskRow:
    return TaskRow(
        what=str(masa.jenis_program), about=_who(masa.klien), due=masa.selesai, action="Siapkan pengakhiran",
        url=reverse("perjalanan:end_new", args=[masa.klien_id, PeristiwaAkhir.Jenis.SELESAI]),
    )  # fmt: skip


def _office_ending_row(masa) -> TaskRow:
    return TaskRow(
        what=str(masa.jenis_program), about=_who(masa.klien), due=masa.selesai, action="Buka berkas",
        url=reverse("perjalanan:ways", args=[masa.klien_id]), note=f"PK {masa.klien.pk_pembimbing.nama}",
    )  # fmt: skip


def _stage_row(masa, day) -> TaskRow:
    return TaskRow(
        what="Pindah tahap jatuh tempo", about=_who(masa.klien), due=due_since(masa, day), action="Pindah tahap",
        url=reverse("perjalanan:stage_move", args=[masa.klien_id]),
    )  # fmt: skip


def _followup_row(row) -> TaskRow:
    return TaskRow(
        what=f"Tindak lanjut {row.get_bulan_display()}", about=_who(row.klien), due=row.jatuh_tempo,
        action="Isi tindak lanjut", url=reverse("perjalanan:followup", args=[row.pk]),
    )  # fmt: skip


def _end_row(akhir) -> TaskRow:
    return TaskRow(
        what=akhir.get_jenis_display(), about=_who(akhir.klien), due=akhir.tanggal, action="Putuskan",
        url=reverse("perjalanan:end", args=[akhir.pk]), note=f"diusulkan {akhir.diusulkan_oleh.nama}",
    )  # fmt: skip


def _revocation_row(usul) -> TaskRow:
    return TaskRow(
        what=str(usul.dasar), about=_who(usul.klien), due=usul.batas, action="Buka usul",
        url=reverse("perjalanan:revocation", args=[usul.pk]), note=Langkah(usul.status).label,
    )  # fmt: skip


def _transfer_row(row) -> TaskRow:
    return TaskRow(
        what=f"Dari {row.lawan}", about=f"{row.nama_klien}, {row.kode_klien}", action="Jawab",
        url=reverse("perjalanan:transfer", args=[row.pk]), note=row.alasan,
    )  # fmt: skip


def _who(klien) -> str:
    """Name, then code: people look for the name in a list."""
    return f"{klien.nama}, {klien.kode}"


def _list(tab: str) -> str:
    return reverse("perjalanan:cases", query={"tab": tab})
