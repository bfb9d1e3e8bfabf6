"""The decision of the head of the office on a programme."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.akun.access import requires
from apps.dasar.pages import form_status, page, sent, takes_form
from apps.program import services
from apps.program.comparison import changes
from apps.program.forms import KembalikanForm
from apps.program.models import ProgramTahunan
from apps.program.plan import read_plan
from apps.program.views.common import crumbs, frame, refusable


@requires("program.ajukan")
@require_safe
def decision(request, pk):
    """Totals, needs and checks on one page; a revision shows only its changes."""
    program = _programme(request, pk)
    plan = read_plan(program)
    before = _version_before(program)
    context = frame(
        request, program, rencana=plan, sebelumnya=before,
        perubahan=changes(read_plan(before), plan) if before else [],
        menunggu=program.status == ProgramTahunan.Status.DIPERIKSA,
        kiriman_sendiri=program.diajukan_oleh_id == request.user.pk,
    ) | {"jalur": _trail()}  # fmt: skip
    return page(request, "program/decision.html", context)


@requires("program.ajukan")
@require_POST
@refusable
def approve(request, pk):
    program = services.approve(_programme(request, pk), by=request.user)
    messages.success(request, f"{program} disetujui. Isinya tidak dapat diubah lagi.")
    return redirect("program:decision", pk)


@requires("program.ajukan")
@takes_form
@refusable
def give_back(request, pk):
    """Return of a programme with a reason."""
    program = _programme(request, pk)
    form = KembalikanForm(sent(request))
    if form.is_valid():
        services.give_back(program, by=request.user, note=form.cleaned_data["catatan"])
        messages.success(request, f"{program} dikembalikan kepada perencana.")
        return redirect("dasbor:persetujuan")
    context = frame(request, program, form=form) | {"jalur": _trail()}
    return page(request, "program/give_back.html", context, status=form_status(form))


def _trail():
    return crumbs(("Persetujuan", reverse("dasbor:persetujuan")))


def _programme(request, pk):
    rows = ProgramTahunan.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("bapas", "diajukan_oleh", "disetujui_oleh"), pk=pk)


def _version_before(program):
    versions = ProgramTahunan.objects.filter(bapas=program.bapas_id, tahun=program.tahun)
    return versions.filter(versi__lt=program.versi).order_by("-versi").first()
