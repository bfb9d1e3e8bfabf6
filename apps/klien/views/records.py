"""The parts of a file: identity, case, periods of guidance, guarantors. A comparison page shows concurrent changes."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.akun.access import NotForThisRole, requires
from apps.akun.roles import may
from apps.dasar.errors import Refused
from apps.dasar.pages import form_status, page, sent, takes_form
from apps.jejak.compare import compare
from apps.jejak.versions import Changed
from apps.klien import services
from apps.klien.forms.clients import ChangeForm
from apps.klien.forms.records import (
    CaseForm,
    GuarantorEndForm,
    GuarantorForm,
    PeriodCorrectionForm,
    PeriodForm,
)
from apps.klien.models import Klien, MasaBimbingan, Penjamin, Perkara
from apps.klien.views.shared import crumbs, opened


@requires("klien.perkara")
@require_safe
def registry(request, pk):
    """Everything registered about a client except the case, for the client's office."""
    klien = opened(request, pk, Klien.objects.for_strip().select_related("jadwal", "kabkota"))
    user = request.user
    context = {
        "klien": klien,
        "masa": MasaBimbingan.objects.visible_to(user).filter(klien=klien).select_related("jenis_program"),
        "penjamin": Penjamin.objects.visible_to(user).filter(klien=klien),
        "boleh_ubah": may(user, "klien.tambah"),
        "jalur": crumbs(klien),
    }
    return page(request, "klien/data.html", context)


@requires("klien.tambah")
@takes_form
def edit(request, pk):
    klien = opened(request, pk)
    form = ChangeForm(sent(request), instance=klien, user=request.user)

    def save():
        services.update(klien=form.instance, versi=form.cleaned_data["versi"], by=request.user)

    return _answer(
        request, "klien/ubah.html", form, klien, save, done=reverse("klien:detail", args=[pk]),
        stored=lambda current: ChangeForm(instance=current, user=request.user),
    )  # fmt: skip


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
@takes_form
def case_edit(request, pk):
    if not may(request.user, "klien.tambah"):
        raise NotForThisRole("klien.tambah")
    klien = opened(request, pk, objek="perkara")
    form = CaseForm(sent(request), instance=Perkara.objects.visible_to(request.user).filter(klien=klien).first())

    def save():
        services.keep_case(perkara=form.instance, klien=klien, seen=form.cleaned_data["versi"])

    done = reverse("klien:case", args=[pk])
    return _answer(
        request, "klien/perkara_ubah.html", form, klien, save, done=done,
        stored=lambda current: CaseForm(instance=current),
    )  # fmt: skip


@requires("klien.tambah")
@takes_form
def guarantor_add(request, pk):
    klien = opened(request, pk)
    form = GuarantorForm(sent(request))

    def save():
        services.name_guarantor(penjamin=form.instance, klien=klien, by=request.user)
        messages.success(request, "Penjamin tersimpan.")

    last = Penjamin.objects.visible_to(request.user).vouching().filter(klien=klien).first()
    return _answer(request, "klien/penjamin_ubah.html", form, klien, save, penjamin_lama=last)


@requires("klien.tambah")
@takes_form
def guarantor_edit(request, pk, penjamin):
    klien = opened(request, pk)
    form = GuarantorForm(sent(request), instance=_guarantor(request, klien, penjamin))

    def save():
        services.change_guarantor(penjamin=form.instance, seen=form.cleaned_data["versi"])
        messages.success(request, "Data penjamin tersimpan.")

    return _answer(
        request, "klien/penjamin_ubah.html", form, klien, save, stored=lambda current: GuarantorForm(instance=current)
    )


@requires("klien.tambah")
@takes_form
def guarantor_end(request, pk, penjamin):
    klien = opened(request, pk)
    stored = _guarantor(request, klien, penjamin)
    form = GuarantorEndForm(sent(request), user=request.user)

    def save():
        services.end_guarantor(penjamin=stored, **form.cleaned_data, by=request.user)
        messages.success(request, "Penjamin dicatat tidak menjamin lagi.")

    return _answer(request, "klien/penjamin_akhiri.html", form, klien, save, penjamin=stored)


@requires("klien.tambah")
@takes_form
def period_add(request, pk):
    klien = opened(request, pk)
    form = PeriodForm(sent(request), klien=klien, user=request.user)

    def save():
        services.add_period(masa=form.instance, klien=klien)
        messages.success(request, "Masa bimbingan tersimpan.")

    return _answer(request, "klien/masa_ubah.html", form, klien, save)


@requires("klien.tambah")
@takes_form
def period_correct(request, pk, masa):
    klien = opened(request, pk)
    stored = get_object_or_404(MasaBimbingan.objects.visible_to(request.user), pk=masa, klien=klien)
    form = PeriodCorrectionForm(sent(request), instance=stored, klien=klien, user=request.user)

    def save():
        facts = form.cleaned_data
        services.correct_period(masa=form.instance, seen=facts["versi"], alasan=facts["alasan"], by=request.user)
        messages.success(request, "Masa bimbingan diperbaiki.")

    return _answer(
        request, "klien/masa_ubah.html", form, klien, save, perbaiki=True,
        stored=lambda current: PeriodCorrectionForm(instance=current, klien=klien, user=request.user),
    )  # fmt: skip


def _guarantor(request, klien, pk):
    return get_object_or_404(Penjamin.objects.visible_to(request.user), pk=pk, klien=klien)


def _answer(request, template, form, klien, save, *, done="", stored=None, **more):
    """The form, the refusal, or the comparison with a version saved meanwhile; after `save` the page `done`."""
    done = done or reverse("klien:registry", args=[klien.pk])
    refusal = None
    if form.is_bound and form.is_valid():
        try:
            save()
        except Changed as change:
            fresh = get_object_or_404(Klien.objects.visible_to(request.user).for_strip(), pk=klien.pk)
            pair = (form, stored(change.current))
            return compare(request, pair, klien=fresh, back=done, jalur=crumbs(klien))
        except Refused as refused:
            refusal = refused
        else:
            return redirect(done)
    context = {"form": form, "klien": klien, "jalur": crumbs(klien), "penolakan": refusal, "url_kembali": done, **more}
    return page(request, template, context, status=form_status(form, refusal))
