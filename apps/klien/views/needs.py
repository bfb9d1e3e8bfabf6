"""The ledger (list) of one client's needs, with its forms."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.akun.access import requires
from apps.akun.roles import REASON, may, reach
from apps.dasar.errors import Refused
from apps.dasar.pages import form_status, page, sent, takes_form
from apps.jejak.compare import compare
from apps.jejak.versions import Changed
from apps.klien import rooms, services
from apps.klien.forms.needs import NeedChangeForm, NeedForm, NeedStepForm
from apps.klien.models import Kebutuhan
from apps.klien.need_history import lives, reads_words
from apps.klien.services.needs import CLOSED, OPEN
from apps.klien.views.shared import crumbs, opened


@requires("klien.lihat")
@require_safe
def need_list(request, pk):
    klien = opened(request, pk)
    needs = Kebutuhan.objects.visible_to(request.user).filter(klien=klien).select_related("kategori", "dicatat_oleh")
    needs = list(needs.order_by("-dicatat_pada", "-pk"))
    history = lives(needs)
    found_by = rooms.origins(klien, request.user) if reach(request.user, "klien.lihat") != REASON else {}
    entries = [{"butir": need, "riwayat": history[need.pk], "asal": found_by.get(need.pk)} for need in needs]
    context = {
        "klien": klien,
        "jalur": crumbs(klien),
        "terbuka": [entry for entry in entries if entry["butir"].status in OPEN],
        "tertutup": [entry for entry in entries if entry["butir"].status in CLOSED],
        "boleh_isi": may(request.user, "asesmen.isi"),
        "terbaca": reads_words(request.user, klien),
    }
    return page(request, "klien/kebutuhan.html", context)


@requires("asesmen.isi")
@takes_form
def add(request, pk):
    klien = opened(request, pk)
    form = NeedForm(sent(request))
    if form.is_bound and form.is_valid():
        form.instance.sumber = Kebutuhan.Sumber.BIMBINGAN
        services.note_need(kebutuhan=form.instance, klien=klien, by=request.user)
        messages.success(request, "Kebutuhan tersimpan.")
        return redirect("klien:client_needs", pk=pk)
    context = {"form": form, "klien": klien, "jalur": crumbs(klien)}
    return page(request, "klien/kebutuhan_tambah.html", context, status=form_status(form))


@requires("asesmen.isi")
@takes_form
def edit(request, pk, need):
    """Change of priority or wording."""
    klien, kebutuhan = _need(request, pk, need)
    words = reads_words(request.user, klien)
    form = NeedChangeForm(sent(request), instance=kebutuhan, words=words)

    def save():
        services.edit_need(kebutuhan=form.instance, seen=form.cleaned_data["versi"], by=request.user)
        messages.success(request, "Kebutuhan diperbarui.")

    return _answer(
        request, "klien/kebutuhan_ubah.html", form, klien, kebutuhan, save,
        stored=lambda current: NeedChangeForm(instance=current, words=words),
    )  # fmt: skip


@requires("asesmen.isi")
@takes_form
def move(request, pk, need):
    """The next step of a need: referred, served, ended, or reopened."""
    klien, kebutuhan = _need(request, pk, need)
    form = NeedStepForm(sent(request), kebutuhan=kebutuhan)

    def save():
        services.move_need(kebutuhan=kebutuhan, **form.cleaned_data, by=request.user)
        messages.success(request, "Status kebutuhan tersimpan.")

    return _answer(request, "klien/kebutuhan_status.html", form, klien, kebutuhan, save)


def _need(request, pk, need):
    klien = opened(request, pk)
    rows = Kebutuhan.objects.visible_to(request.user).select_related("kategori")
    return klien, get_object_or_404(rows, pk=need, klien=klien)


def _answer(request, template, form, klien, kebutuhan, save, *, stored=None):
    """The form, the refusal, or the comparison with a newer version; after `save` the list of needs."""
    penolakan, ledger = None, reverse("klien:client_needs", args=[klien.pk])
    if form.is_bound and form.is_valid():
        try:
            save()
        except Changed as change:
            pair = (form, stored(change.current))
            return compare(request, pair, klien=klien, back=ledger, jalur=crumbs(klien))
        except Refused as refusal:
            penolakan = refusal
        else:
            return redirect(ledger)
    context = {"form": form, "klien": klien, "kebutuhan": kebutuhan, "jalur": crumbs(klien), "penolakan": penolakan}
    return page(request, template, context, status=form_status(form, penolakan))
