"""One client of the agenda as HTML: the page of an office prints hundreds of them."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.dasar import links
from apps.klien import cells
from apps.klien.models import Klien
from apps.wajib_lapor.agenda import Agenda


def row(klien: Klien, agenda: Agenda, may_log: bool, may_plan: bool) -> SafeString:
    """Hour, name, what was missed, where, and one button."""
    plan = klien.jadwal
    hour = format_html('<b class="p-jam">{}</b> ', f"{plan.jam:%H.%M}") if plan.janji_berlaku and plan.jam else ""
    late = plan.berikutnya and plan.berikutnya < agenda.today
    return format_html(
        '<li><div>{}<a class="govuk-link" href="{}"><b>{}</b></a>{}{}\n<small>{}</small></div>\n{}</li>',
        hour, links.to("klien:detail", klien.pk), klien.nama,
        format_html(" {}", cells.due(plan, agenda.today)) if late else "",
        format_html(
            ' <strong class="govuk-tag p-tag--kuning">{} kali tidak hadir</strong>', plan.absen_beruntun
        ) if plan.absen_beruntun else "",
        " · ".join(filter(None, _facts(klien, agenda))),
        _button(klien, may_log, may_plan),
    )  # fmt: skip


def _facts(klien: Klien, agenda: Agenda) -> list[str]:
    plan = klien.jadwal
    appointed = plan.janji_berlaku
    return [
        klien.kode,
        klien.kelurahan,
        plan.get_cara_display() if appointed else "",
        plan.tempat if appointed else "",
        f"PK {klien.pk_pembimbing.nama}" if agenda.everyone else "",
    ]


def _button(klien: Klien, may_log: bool, may_plan: bool) -> SafeString | str:
    """A client without a date is planned; otherwise a contact is logged by who may do that."""
    plan = f"{links.to('wajib_lapor:client', klien.pk)}?dari=jadwal"
    if may_plan and not klien.jadwal.berikutnya:
        return _link(plan, "Jadwalkan", klien.nama)
    if may_log:
        url = f"{links.to('klien:guidance_new')}?klien={klien.pk}&dari=jadwal"
        return _link(url, "Catat", f"bimbingan {klien.nama}")
    return _link(plan, "Ubah", f"jadwal {klien.nama}") if may_plan else ""


def _link(url: str, words: str, about: str) -> SafeString:
    return format_html(
        '<a class="govuk-button govuk-button--secondary" href="{}">{}'
        '<span class="govuk-visually-hidden"> {}</span></a>',
        url, words, about,
    )  # fmt: skip
