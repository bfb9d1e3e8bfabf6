"""Shared by the pages of a programme year: context, breadcrumb, steps, and the page of a refusal."""

from functools import wraps

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from apps.akun.roles import may
from apps.dasar.errors import Refused
from apps.dasar.pages import page
from apps.jejak.models import Akses
from apps.jejak.services import record_access
from apps.program.addresses import address_of, programme_at
from apps.program.models import ProgramTahunan
from apps.program.services import OBJECT, refuse_frozen


def refusable(view):
    """Decorator: a broken rule answers 409 with its sentence, and htmx puts it in place of the page's content."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Refused as refusal:
            back = request.headers.get("Referer", "")
            if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
                back = reverse("program:list")
            response = page(request, "409.html", {"penolakan": refusal, "url_kembali": back}, status=409)
            response["HX-Retarget"] = response["HX-Reselect"] = "#isi"
            response["HX-Reswap"] = "outerHTML"
            return response

    return guarded


def note_export(request, program: ProgramTahunan, what: str) -> None:
    """Write into the trail that a file about this programme left the portal."""
    record_access(request, Akses.Verba.EKSPOR, OBJECT, bapas_id=program.bapas_id, objek_id=program.pk, rincian=what)


def frame(request, program: ProgramTahunan, **more) -> dict:
    """Context of every page of one year."""
    address = address_of(program, request.user)
    return {
        "program": program,
        "alamat": address,
        "kantor_sendiri": address.bapas is None,
        "boleh_ubah": program.is_draft and may(request.user, "program.susun"),
        "jalur": trail(program, address),
        **more,
    }


def draft_at(address, user) -> ProgramTahunan:
    """The programme at an address, for pages that edit it; `Refused` unless it is a draft."""
    program = programme_at(address, user)
    refuse_frozen(program)
    return program


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """Breadcrumb of pages that belong to no single year."""
    return [("Beranda", "/"), *more]


def trail(program: ProgramTahunan, address) -> list[tuple[str, str]]:
    """Breadcrumb to the year; the page of the year leaves the last entry out."""
    year = f"Program {program.tahun}" if address.bapas is None else f"Program {program.tahun} {program.bapas}"
    return [
        ("Beranda", "/"),
        ("Program & anggaran", reverse("program:list")),
        (year, reverse("program:year", args=[address])),
    ]


def steps(plan, address, here: str) -> list[dict]:
    """Entries of the step indicator, in words."""
    year, rab = reverse("program:year", args=[address]), reverse("program:rab", args=[address])
    check = reverse("program:check", args=[address])
    sent = not plan.program.is_draft
    items = [
        ("kebutuhan", "Data kebutuhan", f"{year}#kebutuhan", bool(plan.program.potret_pada)),
        ("kegiatan", f"Kegiatan program: {len(plan.activities)}", f"{year}#kegiatan", bool(plan.activities)),
        ("rab", f"RAB: {len(plan.lines)} baris", rab, bool(plan.lines)),
        ("sumber", f"Sumber dana: {len(plan.per_source)}", f"{rab}#sumber", bool(plan.per_source)),
        ("periksa", f"Periksa: {len(plan.findings)} catatan", check, sent or not plan.findings),
        ("kirim", "Terkirim" if sent else "Kirim", check, sent),
    ]
    return [
        {"label": label, "url": url, "status": "kini" if key == here else "sudah" if done else "nanti"}
        for key, label, url, done in items
    ]
