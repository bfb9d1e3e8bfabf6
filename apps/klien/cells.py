"""Cells of the list of clients, the busiest list: functions of the client that give HTML (`Column.cell`)."""

from collections.abc import Callable
from datetime import date
from operator import attrgetter

from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.dasar import links
from apps.dasar.markup import NOTHING, joined, tag
from apps.dasar.wording import tanggal
from apps.klien.models import JadwalLapor, Klien

LOG = "klien:guidance_new"


def choose(klien: Klien) -> SafeString:
    """The box that puts the client into a group."""
    return format_html(
        '<label><input type="checkbox" name="klien" value="{}" form="pilihan">'
        '<span class="govuk-visually-hidden">Pilih {}</span></label>',
        klien.pk, klien.nama,
    )  # fmt: skip


def name(klien: Klien) -> SafeString:
    child = "Anak" if klien.kategori_usia == Klien.Usia.ANAK else ""
    facts = filter(None, (klien.kelurahan, child, f"{klien.umur} tahun"))
    return format_html(
        '<a class="govuk-link" href="{}">{}</a>'
        '<span class="p-kecil p-baris p-fakta">{}<span class="p-sempit"> · {}</span></span>',
        links.to("klien:detail", klien.pk), klien.nama, klien.kode, " · ".join(facts),
    )  # fmt: skip


def programme(klien: Klien) -> SafeString:
    """Legal ground; of an ended registration also how it ended."""
    over = klien.status != Klien.Status.AKTIF
    return format_html(
        "<span>{}{}</span>",
        format_html('<strong class="govuk-tag p-tag--abu">{}</strong> ', klien.get_status_display()) if over else "",
        klien.program_nama or "–",
    )  # fmt: skip


def day(value: str) -> Callable[[Klien], SafeString]:
    """Cells with a day on one line, 30-12-2026; `value` is an attribute of the client."""
    read = attrgetter(value)

    def cell(klien: Klien) -> SafeString:
        found = read(klien)
        return tag("span", {}, f"{found:%d-%m-%Y}" if found else "–")

    return cell


def next_contact(today: date) -> Callable[[Klien], SafeString]:
    """Cells with the next contact as it looks on the day `today`."""

    def cell(klien: Klien) -> SafeString:
        if klien.status != Klien.Status.AKTIF:
            return tag("span", {}, "–")
        plan = klien.jadwal
        often = ""
        if plan.sering_absen:
            often = format_html(
                ' <strong class="govuk-tag p-tag--kuning">{} kali tidak hadir</strong>', plan.absen_beruntun
            )
        return format_html("<span>{}{}</span>", due(plan, today), often)

    return cell


def log(klien: Klien) -> SafeString:
    """The button that opens the guidance form."""
    if klien.status != Klien.Status.AKTIF:
        return NOTHING
    return format_html(
        '<a class="govuk-button govuk-button--secondary" href="{}?klien={}">Catat'
        '<span class="govuk-visually-hidden"> bimbingan {}</span></a>',
        links.to(LOG), klien.pk, klien.nama,
    )  # fmt: skip


def due(plan: JadwalLapor, today: date) -> SafeString:
    """The due date of the next contact, in words."""
    day = plan.berikutnya
    if not day:
        return tag("strong", {"class": "govuk-tag p-tag--kuning"}, "Belum dijadwalkan")
    if day == today:
        return tag("strong", {"class": "govuk-tag p-tag--kuning"}, "Hari ini")
    if day > today:
        return joined([tanggal(day)])
    return format_html(
        '<strong class="govuk-tag p-tag--merah">Terlewat {} hari</strong> <span class="p-kecil p-baris">{}</span>',
        (today - day).days, tanggal(day),
    )  # fmt: skip
