"""The ledger of one client's needs."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from apps.akun.access import requires
from apps.akun.roles import may
from apps.klien import services
from apps.klien.forms.needs import NeedEndForm, NeedForm
from apps.klien.models import Kebutuhan
from apps.klien.services.needs import CLOSED
from apps.klien.views.shared import crumbs, opened, sent
from apps.wilayah.errors import Refused
from pemasyarakatan.pages import page


@requires("klien.lihat")
@require_safe
def need_list(request, pk):
    klien = opened(request, pk)
    needs = Kebutuhan.objects.visible_to(request.user).filter(klien=klien).select_related("kategori", "dicatat_oleh")
    needs = list(needs.order_by("-dicatat_pada", "-pk"))
    context = {
        "klien": klien,
        "jalur": crumbs(klien),
        "terbuka": [need for need in needs if need.status not in CLOSED],
        "tertutup": [need for need in needs if need.status in CLOSED],
        "boleh_isi": may(request.user, "asesmen.isi"),
        "terbaca": may(request.user, "bimbingan.baca"),
    }
    return page(request, "klien/kebutuhan.html", context)


@requires("asesmen.isi")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request, pk):
    klien = opened(request, pk)
    form = NeedForm(sent(request))
    if form.is_bound and form.is_valid():
        form.instance.sumber = Kebutuhan.Sumber.BIMBINGAN
        services.add_need(kebutuhan=form.instance, klien=klien, by=request.user)
        messages.success(request, "Kebutuhan tersimpan.")
        return redirect("klien:client_needs", pk=pk)
    context = {"form": form, "klien": klien, "jalur": crumbs(klien)}
    return page(request, "klien/kebutuhan_tambah.html", context, status=422 if form.is_bound else 200)


@requires("asesmen.isi")
@require_http_methods(["GET", "HEAD", "POST"])
def close(request, pk, need):
    klien = opened(request, pk)
    rows = Kebutuhan.objects.visible_to(request.user).select_related("kategori")
    kebutuhan = get_object_or_404(rows, pk=need, klien=klien)
    form = NeedEndForm(sent(request))
    context = {"form": form, "klien": klien, "kebutuhan": kebutuhan, "jalur": crumbs(klien)}
    if form.is_bound and form.is_valid():
        try:
            services.close_need(kebutuhan=kebutuhan, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            return page(request, "klien/kebutuhan_tutup.html", {**context, "penolakan": refusal}, status=409)
        messages.success(request, "Kebutuhan ditutup.")
        return redirect("klien:client_needs", pk=pk)
    return page(request, "klien/kebutuhan_tutup.html", context, status=422 if form.is_bound else 200)
