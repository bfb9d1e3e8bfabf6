"""Registration: five pages, a check of all answers, one save. Until then a sealed (encrypted) draft holds them."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from apps.akun.access import requires
from apps.dasar.errors import Refused
from apps.dasar.pages import page, takes_form
from apps.jejak.models import Akses
from apps.jejak.services import record_access
from apps.klien import services
from apps.klien.forms.registration import BY_SLUG, STEPS, WizardForm, next_step, progress
from apps.klien.models import DrafRegistrasi
from apps.klien.views.shared import CRUMBS

WIZARD = [*CRUMBS, ("Tambah klien", "/klien/tambah/")]


@requires("klien.tambah")
@takes_form
def create(request):
    """The first page, and the user's drafts. The page sends the key of its draft, so that a second click is the same
    draft."""
    if request.method == "POST":
        draft = services.open_draft(by=request.user, kunci=_uuid(request.POST.get("draf", "")))
        return _store_page(request, draft, STEPS[0])
    draft = DrafRegistrasi(kunci=uuid.uuid4())
    form = WizardForm({}, user=request.user, step=STEPS[0], check=False)
    drafts = DrafRegistrasi.objects.of_user(request.user).order_by("-diubah_pada")
    return _step_page(request, draft, form, draf_lain=drafts)


@requires("klien.tambah")
@takes_form
def step(request, draf, langkah):
    """One of the pages, filled with the values typed before."""
    draft, this = _own_draft(request, draf), BY_SLUG.get(langkah)
    if this is None:
        raise Http404
    if draft.klien_id:
        return _registered(draft)
    if request.method == "POST":
        return _store_page(request, draft, this)
    form = WizardForm(draft.langkah, user=request.user, step=this, check=False)
    return _step_page(request, draft, form)


@requires("klien.tambah")
@takes_form
def check(request, draf):
    """All answers on one page; each missing or wrong answer has a link to its field.

    Somebody who returns to an incomplete draft is sent to the first page that is missing or wrong.
    """
    draft = _own_draft(request, draf)
    if draft.klien_id:
        return _registered(draft)
    form, refusal = WizardForm(draft.langkah, user=request.user), None
    complete = form.is_valid()
    if request.method != "POST" and next_step(draft.langkah) != "periksa":
        return redirect(_address(draft, form.unfinished()))
    if request.method == "POST" and complete:
        try:
            services.finish(draf=draft, klien=services.register(**form.parts(), by=request.user))
        except Refused as refused:
            refusal = refused
        else:
            return _registered(draft)
    context = {
        **_frame(draft, "periksa"),
        "form_periksa": form,
        "bagian": [{"langkah": one, "baris": form.answers(one), "url": _address(draft, one.slug)} for one in STEPS],
        "salah": [(_field_address(draft, one, name), sentence) for one, name, sentence in form.mistakes()],
        "penolakan": refusal,
    }
    status = 409 if refusal else 422 if request.method == "POST" else 200
    return page(request, "klien/periksa.html", context, status=status)


@requires("klien.tambah")
@takes_form
def discard(request, draf):
    draft = _own_draft(request, draf)
    if request.method == "POST":
        draft.delete()
        messages.success(request, "Draf dihapus.")
        return redirect("klien:create")
    return page(request, "klien/draf_hapus.html", {"draf": draft, "jalur": WIZARD})


def _store_page(request, draft, this):
    """Store the values, valid or not; go on when this page is valid."""
    values = {name: request.POST.getlist(name) for name in this.isian if name in request.POST}
    draft = services.keep_step(draf=draft, step=this.slug, values=values)
    form = WizardForm(draft.langkah, user=request.user, step=this)
    if form.is_valid():
        return redirect(_address(draft, next_step(draft.langkah)))
    if form.mirip and this is STEPS[0]:
        found = f"klien serupa, {len(form.mirip)} hasil"
        record_access(request, Akses.Verba.CARI, "klien", bapas_id=draft.bapas_id, rincian=found)
    return _step_page(request, draft, form, status=422)


def _step_page(request, draft, form, *, status=200, **more):
    context = {**_frame(draft, form.step.slug), "form": form, "langkah_ini": form.step, **more}
    return page(request, "klien/tambah.html", context, status=status)


def _frame(draft, here: str) -> dict:
    typed = draft.langkah
    return {
        "draf": draft,
        "langkah": progress(typed, here, lambda slug: _address(draft, slug)),
        "url_langkah": _address(draft, here) if draft.pk else reverse("klien:create"),
        "jalur": CRUMBS,
    }


def _own_draft(request, kunci) -> DrafRegistrasi:
    draft = services.open_draft(by=request.user, kunci=kunci)
    if draft.pk is None:
        raise Http404
    return draft


def _address(draft, slug: str) -> str:
    if slug == "periksa":
        return reverse("klien:register_check", args=[draft.kunci])
    return reverse("klien:register_step", args=[draft.kunci, slug])


def _field_address(draft, this, name: str) -> str:
    return f"{_address(draft, this.slug)}#id_{name}" if this else ""


def _registered(draft):
    return redirect(reverse("klien:detail", args=[draft.klien_id], query={"baru": 1}))


def _uuid(typed: str) -> uuid.UUID:
    try:
        return uuid.UUID(typed)
    except ValueError:
        return uuid.uuid4()
