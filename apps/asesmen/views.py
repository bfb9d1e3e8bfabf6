"""Pages of an assessment: the list, the task list of eight domains, a short page each, the check before the end."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.akun.access import requires
from apps.akun.roles import may
from apps.asesmen import services
from apps.asesmen.comparing import PageReading, changed_since, compare_with_ledger, read, read_all, score_groups
from apps.asesmen.forms import DomainForm, FinishForm, ReasonForm, ScoreForm, instruments_for
from apps.asesmen.models import Asesmen, Domain, SkorAsesmen, due
from apps.dasar.errors import Refused
from apps.dasar.pages import form_status, page, sent, takes_form
from apps.dasar.wording import jam_unit
from apps.jejak.versions import Changed
from apps.klien.models import Klien
from apps.klien.views.shared import crumbs, opened
from apps.wilayah.days import today, today_at

AUTOSAVE = "X-Simpan-Otomatis"


@requires("klien.lihat")
@require_safe
def assessments(request, klien):
    """Everybody who sees the client sees the dates of assessments; fewer may read the answers."""
    klien = opened(request, klien)
    rows = list(Asesmen.objects.visible_to(request.user).filter(klien=klien).for_list())
    last = next((row.tanggal for row in rows if row.status == Asesmen.Status.SELESAI), None)
    context = {
        "klien": klien,
        "jalur": crumbs(klien),
        "asesmen": rows,
        "terbaca": set(Asesmen.objects.readable_by(request.user).filter(klien=klien).values_list("pk", flat=True)),
        "jatuh_tempo": due(klien, last) if klien.status == Klien.Status.AKTIF else None,
        "hari_ini": today_at(klien.bapas),
        "boleh_isi": may(request.user, "asesmen.isi") and klien.status == Klien.Status.AKTIF,
        "ada_draf": any(row.terbuka for row in rows),
    }
    return page(request, "asesmen/list.html", context)


@requires("asesmen.isi")
@takes_form
def begin(request, klien):
    """Begin an assessment, or continue the open draft."""
    klien = opened(request, klien)
    draft = Asesmen.objects.visible_to(request.user).drafts().filter(klien=klien).select_related("asesor").first()
    refusal = None
    if request.method == "POST" and draft is None:
        copy = request.POST.get("salin") == "ya"
        try:
            draft = services.begin(klien=klien, by=request.user, today=today(request.user), copy=copy)
        except Refused as refused:
            refusal = refused
    if draft and Asesmen.objects.readable_by(request.user).filter(pk=draft.pk).exists():
        return redirect("asesmen:detail", klien=klien.pk, pk=draft.pk)
    if draft:
        refusal = f"Asesmen klien ini sedang diisi oleh {draft.asesor}. Hubungi rekan Anda."
    context = {"klien": klien, "jalur": _crumbs(klien), "terakhir": services.last_finished(klien), "penolakan": refusal}
    return page(request, "asesmen/begin.html", context, status=409 if refusal else 200)


@requires("bimbingan.baca")
@require_safe
def detail(request, klien, pk):
    """The task list of a draft, or a finished assessment to read, print and read aloud."""
    klien, asesmen = _readable(request, klien, pk)
    context = {
        "klien": klien,
        "jalur": _crumbs(klien),
        "asesmen": asesmen,
        "halaman": read_all(asesmen),
        "skor": score_groups(asesmen),
        "boleh_isi": may(request.user, "asesmen.isi"),
        "dicetak": timezone.now(),
    }
    context["selesai"] = sum(reading.status == PageReading.DONE for reading in context["halaman"])
    return page(request, "asesmen/tasks.html" if asesmen.terbuka else "asesmen/detail.html", context)


@requires("asesmen.isi")
@takes_form
def domain(request, klien, pk, domain):
    """One short page. Every valid form is stored; the button also says what is still missing."""
    if domain not in Domain.values:
        raise Http404
    klien, asesmen = _draft(request, klien, pk)
    isian = get_object_or_404(
        asesmen.isian.filter(bapas=asesmen.bapas_id).prefetch_related("kebutuhan__kategori"), domain=domain
    )
    form = DomainForm(sent(request), isian=isian, stored=services.content_of(isian))
    automatic = AUTOSAVE in request.headers
    if not (form.is_bound and form.is_valid()):
        return _domain_page(request, klien, asesmen, isian, form, status=form_status(form))
    try:
        saved = services.save_page(isian=isian, seen=form.cleaned_data["versi"], content=form.content())
    except Changed as change:
        return _conflict(request, klien, asesmen, change.current, form)
    except Refused as refusal:
        return _refused(request, klien, asesmen, refusal)
    if automatic:
        return _stored(saved, klien)
    if form.ask_for_gaps():
        return _domain_page(request, klien, asesmen, saved, form, status=422)
    return redirect(_next(asesmen, domain))


@requires("asesmen.isi")
@takes_form
def scores(request, klien, pk):
    """Scores of an instrument that fits the client's age group, chosen by `?instrumen=`."""
    klien, asesmen = _draft(request, klien, pk)
    instruments = list(instruments_for(asesmen))
    wished = request.GET.get("instrumen", "")
    chosen = next((row for row in instruments if str(row.pk) == wished), instruments[0] if instruments else None)
    rows = list(SkorAsesmen.objects.filter(bapas=asesmen.bapas_id, asesmen=asesmen, instrumen=chosen))
    form = ScoreForm(sent(request), instrumen=chosen, scores=rows) if chosen else None
    context = {
        "klien": klien, "jalur": _crumbs(klien, asesmen), "asesmen": asesmen, "form": form, "instrumen": chosen,
        "tab": [
            {"label": str(row), "url": f"?instrumen={row.pk}", "aktif": row == chosen, "jumlah": None}
            for row in instruments
        ],
    }  # fmt: skip
    if form and form.is_bound and form.is_valid():
        try:
            services.keep_scores(asesmen=asesmen, instrumen=chosen, scores=form.scores(), by=request.user)
        except Refused as refusal:
            return page(request, "asesmen/scores.html", {**context, "penolakan": refusal}, status=409)
        messages.success(request, "Skor tersimpan.")
        return redirect("asesmen:detail", klien=klien.pk, pk=pk)
    return page(request, "asesmen/scores.html", context, status=422 if form and form.is_bound else 200)


@requires("asesmen.isi")
@takes_form
def score_remove(request, klien, pk, skor):
    """Delete a wrong score, also of a finished assessment. The history keeps it."""
    klien, asesmen = _readable(request, klien, pk)
    rows = asesmen.skor.filter(bapas=asesmen.bapas_id).select_related("faktor__instrumen", "instrumen", "asesmen")
    row = get_object_or_404(rows, pk=skor)
    form = ReasonForm(sent(request))
    if form.is_bound and form.is_valid():
        services.remove_score(skor=row, by=request.user, **form.cleaned_data)
        messages.success(request, "Skor dihapus.")
        return redirect("asesmen:detail", klien=klien.pk, pk=pk)
    context = {
        "klien": klien, "jalur": _crumbs(klien, asesmen), "form": form, "judul": f"Hapus skor {row.faktor.nama}",
        "akibat": "Skor tidak tampil lagi pada asesmen ini.", "tetap": "Nilai lama dan alasan Anda tetap tersimpan.",
        "tombol": "Hapus skor", "url_kembali": _url("detail", asesmen),
    }  # fmt: skip
    return page(request, "asesmen/reason.html", context, status=form_status(form))


@requires("asesmen.isi")
@takes_form
def check(request, klien, pk):
    """All answers on one page; finishing writes the needs into the ledger (`Kebutuhan`), once."""
    klien, asesmen = _readable(request, klien, pk)
    if not asesmen.terbuka:
        return redirect(_url("detail", asesmen))
    form = FinishForm(sent(request), asesmen=asesmen, today=today(request.user))
    refusal = None
    if form.is_bound and form.is_valid():
        facts = {"on": form.cleaned_data["tanggal"], "read_aloud": form.cleaned_data["dibacakan"]}
        try:
            services.finish(asesmen=asesmen, by=request.user, **facts)
        except Refused as refused:
            refusal = refused
        else:
            return redirect(f"{_url('detail', asesmen)}?baru=1")
    pages = read_all(asesmen)
    context = {
        "klien": klien, "jalur": _crumbs(klien, asesmen), "asesmen": asesmen, "form": form, "penolakan": refusal,
        "halaman": pages, "skor": score_groups(asesmen), "tetap_terbuka": compare_with_ledger(asesmen, pages),
        "kurang": [reading for reading in pages if reading.status != PageReading.DONE],
    }  # fmt: skip
    return page(request, "asesmen/check.html", context, status=form_status(form, refusal))


@requires("asesmen.isi")
@require_POST
def read_aloud(request, klien, pk):
    klien, asesmen = _readable(request, klien, pk)
    try:
        services.mark_read_aloud(asesmen=asesmen)
    except Refused as refusal:
        return _refused(request, klien, asesmen, refusal)
    messages.success(request, "Asesmen ditandai sudah dibacakan.")
    return redirect(_url("detail", asesmen))


@requires("asesmen.isi")
@takes_form
def drop(request, klien, pk):
    klien, asesmen = _draft(request, klien, pk)
    form = ReasonForm(sent(request))
    if form.is_bound and form.is_valid():
        services.drop(asesmen=asesmen, by=request.user, **form.cleaned_data)
        messages.success(request, "Asesmen dibatalkan.")
        return redirect("asesmen:list", klien=klien.pk)
    context = {
        "klien": klien, "jalur": _crumbs(klien, asesmen), "form": form, "judul": "Batalkan asesmen ini?",
        "akibat": "Isian tidak menjadi kebutuhan klien. Asesmen baru dapat dimulai.",
        "tetap": "Isian dan alasan Anda tetap tersimpan.", "tombol": "Batalkan asesmen",
        "url_kembali": _url("detail", asesmen),
    }  # fmt: skip
    return page(request, "asesmen/reason.html", context, status=form_status(form))


def _readable(request, klien_pk, pk) -> tuple[Klien, Asesmen]:
    """Client and assessment, or 404. Opening them leaves a trace; an automatic save does not."""
    clients = Klien.objects.visible_to(request.user).for_strip()
    klien = get_object_or_404(clients, pk=klien_pk) if AUTOSAVE in request.headers else opened(request, klien_pk)
    rows = Asesmen.objects.readable_by(request.user).select_related("asesor", "salin_dari", "klien")
    return klien, get_object_or_404(rows, pk=pk, klien=klien)


def _draft(request, klien_pk, pk) -> tuple[Klien, Asesmen]:
    klien, asesmen = _readable(request, klien_pk, pk)
    if not asesmen.terbuka:
        raise Http404
    return klien, asesmen


def _domain_page(request, klien, asesmen, isian, form, *, status=200, conflict=None):
    order = Domain.values.index(isian.domain) + 1
    context = {
        "klien": klien, "jalur": _crumbs(klien, asesmen), "asesmen": asesmen, "isian": isian, "form": form,
        "urutan": order, "banyak": len(Domain), "berubah": changed_since(asesmen, isian), "bentrok": conflict,
    }  # fmt: skip
    return page(request, "asesmen/domain.html", context, status=status)


def _conflict(request, klien, asesmen, current, form):
    """409: the form keeps what was typed, the stored answers stand above it; saving again overwrites them."""
    return _domain_page(request, klien, asesmen, current, form, status=409, conflict=read(current))


def _refused(request, klien, asesmen, refusal):
    return page(request, "409.html", {"penolakan": refusal, "url_kembali": _url("detail", asesmen)}, status=409)


def _stored(isian, klien):
    """204: version and time for the page that stays open."""
    said = f"Tersimpan {jam_unit(isian.disimpan_pada, klien.bapas)}"
    return HttpResponse(status=204, headers={"X-Versi": str(isian.versi), "X-Tersimpan": said})


def _next(asesmen, domain: str) -> str:
    """The next page that is not done, after this one and then from the start; at the end, the check."""
    open_ones = [row.domain for row in services.pages_of(asesmen) if not services.is_done(row)]
    here = Domain.values.index(domain)
    later = [name for name in open_ones if Domain.values.index(name) > here]
    following = next(iter([*later, *open_ones]), None)
    return _url("domain", asesmen, following) if following else _url("check", asesmen)


def _url(name: str, asesmen, *more) -> str:
    return reverse(f"asesmen:{name}", args=[asesmen.klien_id, asesmen.pk, *more])


def _crumbs(klien, asesmen=None) -> list[tuple[str, str]]:
    trail = [*crumbs(klien), ("Asesmen", reverse("asesmen:list", args=[klien.pk]))]
    return [*trail, (asesmen.get_jenis_display(), _url("detail", asesmen))] if asesmen else trail
