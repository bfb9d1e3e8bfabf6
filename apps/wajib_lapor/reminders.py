"""The text that reminds a client of an appointment. Pure, except for the office's own text.

A bystander who reads it learns a name, a day and a street, but not the reason for the meeting.
"""

import re
from dataclasses import dataclass
from datetime import date
from string import Formatter
from urllib.parse import quote

from apps.dasar.wording import hari_tanggal, zona
from apps.klien.models import CaraBertemu, Klien
from apps.wajib_lapor.models import TeksPengingat

STOCK = "Mengingatkan pertemuan {sapaan} {panggilan} hari {tanggal}{jam}{tempat}. – {petugas}"
PARTS = {
    "sapaan": "Bapak, Ibu, Saudara, atau Saudari",
    "panggilan": "nama panggilan klien",
    "tanggal": "hari dan tanggal",
    "jam": "“ pukul 09.00 WIB”, bila jam sudah ditentukan",
    "tempat": "“ di Jalan Melati 4”, bila tempat sudah ditentukan",
    "petugas": "nama PK",
}
NEEDED = ("panggilan", "tanggal")
SENSITIVE = re.compile(
    r"bapas|pemasyarakatan|\bklien|\blapor|wajib lapor|kemenimipas|kemenkumham|ditjenpas|\blapas|\brutan\b|\blpka\b"
    r"|penjara|tahanan|\bnapi\b|pidana|perkara|\bkasus|\bpasal\b|hukum|vonis|putusan|bersyarat|asimilasi|diversi"
    r"|\bremisi|pembebasan|pencabutan|pengadilan|kejaksaan|polisi|polres|polsek|abhipraya|pembimbing|\bPK\b",
    re.IGNORECASE,
)
"""Words that reveal the reason for the meeting. They are never sent in a reminder."""
MOBILE = re.compile(r"628\d{7,11}")


@dataclass(frozen=True)
class Reminder:
    """The text for one client; `phone` in the form 628…, or "" without a mobile number."""

    klien: Klien
    text: str
    phone: str


def sensitive(text: str) -> str:
    """The first word of `text` that must not be in a reminder, or ""."""
    found = SENSITIVE.search(text)
    return found[0] if found else ""


def template_of(bapas_id: int) -> str:
    """The office's own text, or the portal's."""
    return TeksPengingat.objects.filter(bapas=bapas_id).values_list("teks", flat=True).first() or STOCK


def unknown_parts(template: str) -> list[str] | None:
    """Unknown placeholders; None when the braces themselves are wrong."""
    try:
        parts = list(Formatter().parse(template))
    except ValueError:
        return None
    if any(spec or conversion for _, name, spec, conversion in parts if name is not None):
        return None
    return [name for _, name, _, _ in parts if name is not None and name not in PARTS]


def reminder(klien: Klien, template: str) -> Reminder:
    """The reminder for `klien`, loaded with its schedule, office and officer."""
    return Reminder(klien, words(klien, template), mobile(str(klien.telepon)))


def words(klien: Klien, template: str) -> str:
    plan = klien.jadwal
    hour = f" pukul {plan.jam:%H.%M} {zona(klien.bapas)}" if plan.janji_berlaku and plan.jam else ""
    return template.format(
        sapaan=_address(klien), panggilan=klien.panggilan or klien.nama, tanggal=_day(plan.berikutnya), jam=hour,
        tempat=_place(klien), petugas=klien.pk_pembimbing.nama,
    )  # fmt: skip


def mobile(written: str) -> str:
    """0812 3456-7890, +62 812… or 812… → 62812…; "" when it is no mobile number."""
    digits = re.sub(r"\D", "", written)
    if digits.startswith("0"):
        digits = f"62{digits[1:]}"
    elif digits.startswith("8"):
        digits = f"62{digits}"
    return digits if MOBILE.fullmatch(digits) else ""


def whatsapp(one: Reminder) -> str:
    return f"https://wa.me/{one.phone}?text={quote(one.text)}"


def _address(klien: Klien) -> str:
    man = klien.jenis_kelamin == Klien.Kelamin.LAKI
    if klien.kategori_usia == Klien.Usia.ANAK:
        return "Saudara" if man else "Saudari"
    return "Bapak" if man else "Ibu"


def _day(day: date | None) -> str:
    return hari_tanggal(day)


def _place(klien: Klien) -> str:
    """The place of the appointment, or the street of the office for a meeting there; never the name of an office."""
    plan = klien.jadwal
    at_office = plan.cara_rencana in ("", CaraBertemu.KANTOR)
    place = (plan.tempat if plan.janji_berlaku else "") or (klien.bapas.alamat if at_office else "")
    return f" di {place}" if place and not sensitive(place) else ""
