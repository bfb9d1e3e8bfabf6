"""Reminder texts to copy, or a WhatsApp window with the text. Each opening is written into the trail."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from apps.akun.access import requires
from apps.dasar.pages import form_status, page, sent, takes_form
from apps.jejak.models import Akses
from apps.jejak.services import record_access
from apps.klien.models import Klien
from apps.klien.views.shared import crumbs, note_opening
from apps.wajib_lapor import reminders, services
from apps.wajib_lapor.agenda import Agenda
from apps.wajib_lapor.forms import ReminderTextForm
from apps.wilayah.days import today


@requires("jadwal.atur")
@require_safe
def of_client(request, pk):
    klien = _scheduled(request, pk)
    note_opening(request, klien, rincian="teks pengingat")
    one = reminders.reminder(klien, reminders.template_of(klien.bapas_id)) if _ahead(request, klien) else None
    context = {"klien": klien, "pengingat": one, "jalur": crumbs(klien)}
    return page(request, "wajib_lapor/reminder.html", context)


@requires("jadwal.atur")
@require_safe
def of_day(request):
    """The reminders of one day, for the clients of the agenda."""
    day = _day(request)
    agenda = Agenda(request.user, request.GET)
    rows = agenda.clients().filter(jadwal__berikutnya=day).select_related("bapas").order_by("jadwal__jam", "nama_urut")
    template = reminders.template_of(request.user.penugasan.bapas_id)
    found = [reminders.reminder(klien, template) for klien in rows]
    record_access(
        request, Akses.Verba.LIHAT, "klien", bapas_id=request.user.penugasan.bapas_id,
        rincian=f"teks pengingat {day:%d-%m-%Y}, {len(found)} klien",
    )  # fmt: skip
    context = {"hari": day, "pengingat": found, "jalur": [("Beranda", "/"), ("Jadwal", reverse("wajib_lapor:agenda"))]}
    return page(request, "wajib_lapor/reminders.html", context)


@requires("jadwal.atur")
@require_safe
def open_whatsapp(request, pk):
    """Redirect to WhatsApp with the text; the trail records that the number left the portal."""
    klien = _scheduled(request, pk)
    if not _ahead(request, klien):
        raise Http404
    one = reminders.reminder(klien, reminders.template_of(klien.bapas_id))
    if not one.phone:
        raise Http404
    note_opening(request, klien, rincian="pengingat dibuka di WhatsApp")
    return redirect(reminders.whatsapp(one))


@requires("jadwal.atur")
@takes_form
def edit_text(request):
    """The office's own reminder text."""
    office = request.user.penugasan.bapas_id
    form = ReminderTextForm(sent(request), initial={"teks": reminders.template_of(office)})
    if form.is_bound and form.is_valid():
        services.keep_reminder_text(teks=form.cleaned_data["teks"] or reminders.STOCK, by=request.user)
        messages.success(request, "Teks pengingat tersimpan.")
        return redirect("wajib_lapor:agenda")
    context = {
        "form": form,
        "bagian": [{"kunci": f"{{{name}}}", "nilai": meaning} for name, meaning in reminders.PARTS.items()],
        "jalur": [("Beranda", "/"), ("Jadwal", reverse("wajib_lapor:agenda"))],
    }
    return page(request, "wajib_lapor/reminder_text.html", context, status=form_status(form))


def _scheduled(request, pk) -> Klien:
    rows = Klien.objects.visible_to(request.user).active().for_strip().select_related("jadwal")
    return get_object_or_404(rows, pk=pk)


def _ahead(request, klien: Klien) -> bool:
    """Whether the next date lies ahead; a date that has passed must be set anew first."""
    following = klien.jadwal.berikutnya
    return following is not None and following >= today(request.user)


def _day(request):
    try:
        day = parse_date(request.GET.get("hari", ""))
    except ValueError:
        day = None
    if day is None:
        raise Http404
    return day
