"""Opening a file, changing it, and the case behind it."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from apps.akun.access import NotForThisRole, requires
from apps.akun.models import Pengguna
from apps.akun.roles import may
from apps.jejak.models import Perubahan
from apps.klien import services
from apps.klien.forms.clients import CaseForm, ChangeForm, RegisterForm
from apps.klien.models import Klien, Perkara
from apps.klien.views.shared import CRUMBS, crumbs, opened, sent
from apps.wilayah.errors import Refused
from pemasyarakatan.pages import page


@requires("klien.tambah")
@require_http_methods(["GET", "HEAD", "POST"])
def create(request):
    form = RegisterForm(sent(request), user=request.user)
    if form.is_bound and form.is_valid():
        try:
            klien = services.register(**form.parts(), by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(reverse("klien:detail", args=[klien.pk], query={"baru": 1}))
    context = {"form": form, "jalur": CRUMBS}
    return page(request, "klien/tambah.html", context, status=422 if form.is_bound else 200)


@requires("klien.tambah")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk):
    klien = opened(request, pk)
    form = ChangeForm(sent(request), instance=klien, user=request.user)
    if form.is_bound and form.is_valid():
        try:
            services.update(klien=form.instance, **form.beside())
        except services.Changed as change:
            return _compare(request, form, change.current)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("klien:detail", pk=pk)
    context = {"form": form, "klien": klien, "jalur": crumbs(klien)}
    return page(request, "klien/ubah.html", context, status=422 if form.is_bound else 200)


@requires("klien.perkara")
@require_safe
def case(request, pk):
    klien = opened(request, pk, objek="perkara")
    context = {
        "klien": klien,
        "perkara": Perkara.objects.visible_to(request.user).filter(klien=klien).first(),
        "jalur": crumbs(klien),
        "boleh_ubah": may(request.user, "klien.tambah"),
    }
    return page(request, "klien/perkara.html", context)


@requires("klien.perkara")
@require_http_methods(["GET", "HEAD", "POST"])
def case_edit(request, pk):
    if not may(request.user, "klien.tambah"):
        raise NotForThisRole("klien.tambah")
    klien = opened(request, pk, objek="perkara")
    stored = Perkara.objects.visible_to(request.user).filter(klien=klien).first()
    form = CaseForm(sent(request), instance=stored)
    if form.is_bound and form.is_valid():
        services.keep_case(perkara=form.instance, klien=klien)
        return redirect("klien:case", pk=pk)
    context = {"form": form, "klien": klien, "jalur": crumbs(klien)}
    return page(request, "klien/perkara_ubah.html", context, status=422 if form.is_bound else 200)


def _compare(request, form, current):
    """409: both values side by side, so that nobody's work disappears silently."""
    differences = form.differences(current)
    differing = {row["nama"] for row in differences}
    last = Perubahan.objects.visible_to(request.user).filter(
        bapas=current.bapas_id, tabel="klien_klien", baris_id=current.pk
    ).order_by("-pada").first()  # fmt: skip
    context = {
        "klien": get_object_or_404(Klien.objects.visible_to(request.user).for_strip(), pk=current.pk),
        "beda": differences,
        "sama": [form[name] for name in form.names if name not in differing],
        "versi": current.versi,
        "pengubah": Pengguna.objects.filter(pk=last.oleh_id).first() if last else None,
        "waktu": last and last.pada,
        "jalur": crumbs(current),
    }
    return page(request, "klien/bentrok.html", context, status=409)
