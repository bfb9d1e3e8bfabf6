"""The RAB editor. Forms open below a row; htmx replaces one activity's part of the table, without it the whole page."""

from django.contrib import messages
from django.forms import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.akun.access import requires
from apps.dasar.ids import id_of
from apps.dasar.pages import form_status, page, sent, takes_form, wants_fragment
from apps.dasar.wording import rupiah
from apps.jejak.versions import Changed, version
from apps.program import drafting
from apps.program.addresses import programme_at
from apps.program.forms import AngkaField, BiayaForm, TempelForm, UangField, active_accounts
from apps.program.models import RincianBiaya
from apps.program.numbers import read_product
from apps.program.pasting import read
from apps.program.plan import read_budget, read_plan
from apps.program.views.common import draft_at, frame, note_export, refusable, steps
from apps.program.xlsx import workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires("program.lihat")
@require_safe
def table(request, alamat):
    """The whole RAB; `?kegiatan=` closes an open form of that activity."""
    program = programme_at(alamat, request.user, versi=request.GET.get("versi"))
    return _table(request, alamat, program, id_of(request.GET.get("kegiatan")))


@requires("program.susun")
@takes_form
@refusable
def line_add(request, alamat, pk):
    """A new line at the end of an activity; saving opens the form for the next one."""
    program = draft_at(alamat, request.user)
    activity = get_object_or_404(program.kegiatan(), pk=pk)
    return _line_form(request, alamat, program, activity, _new_line(program, activity))


@requires("program.susun")
@takes_form
@refusable
def line_edit(request, alamat, pk):
    """Change of a line; it is refused when a colleague changed the line meanwhile."""
    program = draft_at(alamat, request.user)
    line = _line(program, pk)
    return _line_form(request, alamat, program, line.rencana, line)


def _line_form(request, alamat, program, activity, line):
    form = _form(activity, line, sent(request))
    if not form.is_valid():
        return _table(request, alamat, program, activity.pk, form=form, status=form_status(form))
    try:
        drafting.save_line(form.save(commit=False), activity=activity, seen=form.cleaned_data["versi"])
    except Changed as conflict:
        form.data = form.data.copy()
        form.data["versi"] = version(conflict.current)
        return _table(request, alamat, program, activity.pk, form=form, penolakan=conflict, status=409)
    return _next_line(request, alamat, program, activity)


def _next_line(request, alamat, program, activity):
    """After saving, show an empty form at once, so that a keyboard user never leaves the table."""
    if not wants_fragment(request):
        messages.success(request, "Baris tersimpan.")
        return redirect(reverse("program:line_add", args=[alamat, activity.pk]) + f"#isian-{activity.pk}")
    form = _form(activity, _new_line(program, activity))
    return _table(request, alamat, program, activity.pk, form=form, tersimpan=timezone.now())


def _form(activity, line, *args, **kwargs):
    """The form of a line. The ids of its fields contain the activity: two activities may have a form open at once."""
    return BiayaForm(*args, instance=line, accounts=active_accounts(), auto_id=f"keg{activity.pk}-%s", **kwargs)


def _new_line(program, activity):
    """A new line with the source of the line before it."""
    last = RincianBiaya.objects.filter(bapas=activity.bapas_id, rencana=activity).order_by("-pk").first()
    return RincianBiaya(bapas=program.bapas, rencana=activity, sumber=last.sumber if last else "")


def _table(request, alamat, program, activity_pk=None, *, form=None, status=200, **more):
    """The page, or with htmx the part of one activity; `form` appears below its line, for a new line at the end."""
    plan = read_plan(program)
    activity = next((activity for activity in plan.activities if activity.pk == activity_pk), None)
    accounts = form.fields["akun"].accounts if form else active_accounts()
    context = frame(
        request, program, rencana=plan, langkah=steps(plan, alamat, "rab"), kegiatan=activity,
        kegiatan_terbuka=activity_pk, form=form, daftar_akun=accounts, **more,
    )  # fmt: skip
    return page(request, "program/rab.html", context, fragment="bagian" if activity else None, status=status)


@requires("program.susun")
@require_safe
def preview(request, alamat):
    """The amount of an unsaved form, read by the same rules as when saving."""
    programme_at(alamat, request.user)
    if not wants_fragment(request):
        return redirect("program:rab", alamat)
    product = read_product(request.GET.get("hitungan", ""))
    volume, price = _read(AngkaField, request.GET.get("volume")), _read(UangField, request.GET.get("harga"))
    quantity = product if volume is None else volume
    total = quantity * price if quantity is not None and price is not None else None
    context = {"hasil": product, "volume": volume, "total": total}
    return page(request, "program/line_preview.html", context)


@requires("program.susun")
@require_POST
@refusable
def line_copy(request, alamat, pk):
    """A copy of the line, opened for changes."""
    program = draft_at(alamat, request.user)
    copy = drafting.duplicate_line(_line(program, pk))
    return redirect(reverse("program:line_edit", args=[alamat, copy.pk]) + f"#isian-{copy.rencana_id}")


@requires("program.susun")
@takes_form
@refusable
def line_delete(request, alamat, pk):
    program = draft_at(alamat, request.user)
    line = _line(program, pk)
    if request.method == "POST":
        drafting.delete_line(line)
        messages.success(request, f"Baris “{line}” dihapus.")
        return redirect("program:rab", alamat)
    effect = f"Baris senilai {rupiah(line.jumlah)} dihapus dari RAB."
    context = frame(request, program, judul=f"Hapus baris “{line}”?", akibat=effect)
    return page(request, "program/line_delete.html", context)


@requires("program.susun")
@takes_form
@refusable
def paste(request, alamat):
    """Rows from a spreadsheet: all errors at once, or a preview that a second button saves."""
    program = draft_at(alamat, request.user)
    initial = {"kegiatan": id_of(request.GET.get("kegiatan"))}
    form = TempelForm(sent(request), program=program, initial=initial)
    pasted = read(form.cleaned_data["teks"]) if form.is_valid() else None
    if pasted and pasted.lines and not pasted.errors and "simpan" in request.POST:
        added = drafting.add_lines(pasted.lines, activity=form.cleaned_data["kegiatan"])
        messages.success(request, f"{added} baris ditambahkan dari {len(pasted.lines)} baris yang ditempel.")
        return redirect("program:rab", alamat)
    wrong = form.is_bound and (pasted is None or bool(pasted.errors))
    context = frame(request, program, form=form, tempelan=pasted)
    return page(request, "program/paste.html", context, status=422 if wrong else 200)


@requires("program.lihat")
@require_safe
def download(request, alamat):
    """The RAB as a workbook; the download is written into the trail."""
    program = programme_at(alamat, request.user, versi=request.GET.get("versi"))
    note_export(request, program, "RAB, xlsx")
    response = HttpResponse(workbook(read_budget(program)), content_type=XLSX)
    name = f"RAB_{program.tahun}_v{program.versi}_{program.bapas.kode}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _line(program, pk):
    lines = RincianBiaya.objects.filter(bapas=program.bapas_id, rencana__program=program)
    return get_object_or_404(lines.select_related("rencana__program", "akun"), pk=pk)


def _read(field, text):
    try:
        return field(required=False).clean(text)
    except ValidationError:
        return None
