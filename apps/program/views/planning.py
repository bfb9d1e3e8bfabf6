"""Planning of a year: start, activities, needs, and the check before sending."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.acuan.models import KategoriKebutuhan
from apps.akun.access import requires
from apps.akun.roles import may
from apps.dasar.ids import id_of
from apps.dasar.pages import form_status, page, sent, takes_form
from apps.dasar.wording import rupiah
from apps.jejak.models import Riwayat
from apps.program import drafting, services
from apps.program.addresses import programme_at
from apps.program.forms import AlasanKebutuhanForm, KegiatanForm, MulaiForm
from apps.program.models import KebutuhanTanpaProgram, ProgramTahunan, RencanaKegiatan
from apps.program.plan import read_plan, read_plan_outside
from apps.program.views.common import crumbs, draft_at, frame, refusable, steps


@requires("program.susun")
@takes_form
@refusable
def programme_start(request):
    """Start of a year; the form proposes the next one."""
    bapas = request.user.penugasan.bapas
    form = MulaiForm(sent(request), bapas=bapas, initial={"tahun": timezone.localdate().year + 1})
    if form.is_valid():
        data = form.cleaned_data
        program = services.start(
            bapas=bapas, tahun=data["tahun"], latar=data["latar"], copy_last=data["salin"], by=request.user
        )
        messages.success(request, f"Program {program.tahun} dibuat dengan data kebutuhan hari ini.")
        return redirect("program:year", program.tahun)
    earlier = ProgramTahunan.objects.visible_to(request.user).exists()
    context = {"form": form, "ada_program": earlier, "jalur": crumbs(("Program & anggaran", reverse("program:list")))}
    return page(request, "program/start.html", context, status=form_status(form))


@requires("program.lihat")
@require_safe
def programme(request, alamat):
    """Overview of the year. Kanwil and Ditjenpas have no office of their own: they get the list of that year."""
    if alamat.bapas is None and request.user.penugasan.bapas_id is None:
        return redirect(reverse("program:list") + f"?tahun={alamat.tahun}")
    program = programme_at(alamat, request.user, versi=request.GET.get("versi"))
    plan = _plan_for_reader(program, alamat)
    context = frame(
        request, program, rencana=plan, langkah=steps(plan, alamat, _current_step(plan)),
        dikembalikan=_returned(program), berlaku=_approved_before(program),
        boleh_revisi=_may_revise(request.user, program),
    )  # fmt: skip
    return page(request, "program/year.html", context)


def _plan_for_reader(program, address):
    return read_plan_outside(program) if address.bapas else read_plan(program)


def _current_step(plan):
    if not plan.program.is_draft:
        return ""
    return "kegiatan" if not plan.activities else "rab" if not plan.lines else "periksa"


def _returned(program):
    """The newest return of a draft, with its reason, or None."""
    if not program.is_draft:
        return None
    moves = Riwayat.objects.filter(bapas=program.bapas_id, objek=services.OBJECT, objek_id=program.pk)
    returns = moves.filter(dari=ProgramTahunan.Status.DIPERIKSA, ke=ProgramTahunan.Status.DRAF)
    return returns.select_related("oleh").order_by("-pada", "-pk").first()


def _approved_before(program):
    """The version in force while a revision is in preparation, otherwise None."""
    if program.is_approved or program.versi == 1:
        return None
    return ProgramTahunan.objects.in_force(program.tahun).filter(bapas=program.bapas_id).first()


def _may_revise(user, program):
    """Whether the page offers a revision: only on the newest version, when it is approved."""
    newest = ProgramTahunan.objects.newest().filter(pk=program.pk)
    return program.is_approved and may(user, "program.susun") and newest.exists()


@requires("program.susun")
@require_POST
@refusable
def refresh(request, alamat):
    program = drafting.refresh_needs(draft_at(alamat, request.user))
    messages.success(request, "Data kebutuhan diperbarui.")
    return redirect("program:year", program.tahun)


@requires("program.susun")
@takes_form
@refusable
def explain(request, alamat, pk):
    """The reason why a need gets no activity this year."""
    program = draft_at(alamat, request.user)
    kategori = get_object_or_404(KategoriKebutuhan, pk=pk)
    said = KebutuhanTanpaProgram.objects.filter(bapas=program.bapas_id, program=program, kategori=kategori).first()
    form = AlasanKebutuhanForm(sent(request), instance=said)
    if form.is_valid():
        drafting.explain(program, kategori, reason=form.cleaned_data["alasan"])
        messages.success(request, f"Penjelasan untuk {kategori} tersimpan.")
        return redirect("program:year", alamat)
    context = frame(request, program, form=form, kategori=kategori, klien=program.potret.get(kategori.kode, 0))
    return page(request, "program/explain.html", context, status=form_status(form))


@requires("program.susun")
@takes_form
@refusable
def activity_add(request, alamat):
    """A new planned activity, for the need from which the planner came, if any."""
    program = draft_at(alamat, request.user)
    return _activity_form(request, alamat, program, RencanaKegiatan(bapas=program.bapas, program=program))


@requires("program.susun")
@takes_form
@refusable
def activity_edit(request, alamat, pk):
    program = draft_at(alamat, request.user)
    return _activity_form(request, alamat, program, _activity(program, pk))


def _activity_form(request, alamat, program, activity):
    wanted = id_of(request.GET.get("kategori"))
    initial = {"kategori": wanted} if wanted else None
    form = KegiatanForm(sent(request), instance=activity, program=program, initial=initial)
    if form.is_valid():
        activity = drafting.save_activity(form.save(commit=False), program=program)
        messages.success(request, f"Kegiatan “{activity}” tersimpan.")
        if "rab" in request.POST:
            return redirect("program:line_add", alamat, activity.pk)
        return redirect("program:year", alamat)
    context = frame(request, program, form=form, kegiatan=activity)
    return page(request, "program/activity.html", context, status=form_status(form))


@requires("program.susun")
@takes_form
@refusable
def activity_delete(request, alamat, pk):
    """A separate page for a destructive act: it says what is deleted and what stays."""
    program = draft_at(alamat, request.user)
    activity = _activity(program, pk)
    if request.method == "POST":
        drafting.delete_activity(activity)
        messages.success(request, f"Kegiatan “{activity}” dihapus.")
        return redirect("program:year", alamat)
    lines = len(activity.biaya.all())
    context = frame(
        request, program, judul=f"Hapus kegiatan “{activity}”?",
        akibat=f"Kegiatan ini dihapus bersama {lines} baris RAB senilai {rupiah(activity.total)}.",
    )  # fmt: skip
    return page(request, "program/activity_delete.html", context)


def _activity(program, pk):
    return get_object_or_404(program.kegiatan(), pk=pk)


@requires("program.lihat")
@require_safe
def check(request, alamat):
    """All findings of the check, and the button that sends."""
    program = programme_at(alamat, request.user)
    plan = _plan_for_reader(program, alamat)
    may_send = program.is_draft and may(request.user, "program.kirim")
    context = frame(request, program, rencana=plan, langkah=steps(plan, alamat, "periksa"), boleh_kirim=may_send)
    return page(request, "program/check.html", context)


@requires("program.kirim")
@require_POST
@refusable
def send(request, alamat):
    program = services.send(programme_at(alamat, request.user), by=request.user)
    messages.success(request, f"{program} terkirim dan dibekukan. Kepala Bapas akan memeriksanya.")
    return redirect("program:year", alamat)


@requires("program.susun")
@require_POST
@refusable
def revise(request, alamat):
    program = services.revise(programme_at(alamat, request.user), by=request.user)
    messages.success(request, f"{program} dibuat sebagai draf revisi. Versi sebelumnya tetap berlaku.")
    return redirect("program:year", alamat)
