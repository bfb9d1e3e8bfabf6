"""Pages about activities: list, plan, result."""

from django.contrib import messages
from django.db.models import Count, Max
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.akun.access import requires
from apps.akun.roles import may
from apps.dasar.errors import Refused
from apps.dasar.ids import id_of
from apps.dasar.lists import Listing, Taken
from apps.dasar.pages import form_status, page, sent, takes_form
from apps.dasar.tables import asked
from apps.jejak.compare import compare
from apps.jejak.models import Akses
from apps.jejak.services import record_access
from apps.jejak.versions import Changed
from apps.kegiatan import services
from apps.kegiatan.columns import MOST_ROWS, columns
from apps.kegiatan.forms import (
    CancelForm,
    CloseForm,
    ExistingKegiatanForm,
    KegiatanFilter,
    NewKegiatanForm,
    first_values,
)
from apps.kegiatan.models import Kegiatan, KegiatanQuerySet, Kehadiran, Tab
from apps.pokmas.models import Pokmas

PER_PAGE = 25
RECENT_DAYS, RECENT_ROWS = 365, 5


@requires("kegiatan.lihat")
@require_GET
def kegiatan_list(request):
    form = KegiatanFilter(request.GET, user=request.user)
    rows = form.narrow(Kegiatan.objects.visible_to(request.user))
    tab, counts = _tab(request), rows.per_tab()
    listed = Listing(request.GET, columns(tab), rows.in_tab(tab), complete=KegiatanQuerySet.for_list)
    context = {
        "tabel": listed.paged(PER_PAGE, count=counts[tab]),  # counted already, with the other tabs
        "tab_ini": tab,
        "tab": _tabs(request, tab, counts),
        "saring": form,
        "keping": form.chips(),
        "url": reverse("kegiatan:list"),
        "boleh_buat": may(request.user, "kegiatan.buat"),
    }
    return page(request, "kegiatan/list.html", context, fragment="daftar")


@requires("kegiatan.lihat")
@require_GET
def kegiatan_export(request):
    """The filtered list as a file. It holds counts only; the export is recorded."""
    kind, tab = asked(request), _tab(request)
    form = KegiatanFilter(request.GET, user=request.user)
    rows = form.narrow(Kegiatan.objects.visible_to(request.user)).in_tab(tab)
    listed = Listing(request.GET, columns(tab), rows.for_list().with_needs(), most=MOST_ROWS)

    def note(taken: Taken) -> None:
        words = "; ".join([f"{taken.rows} baris", *(chip["label"] for chip in form.chips())])
        for bapas_id in taken.offices:
            record_access(request, Akses.Verba.EKSPOR, "kegiatan", bapas_id=bapas_id, rincian=words)

    return listed.file(kind, f"kegiatan_{timezone.localdate()}", "Kegiatan", note=note)


@requires("kegiatan.buat")
@takes_form
def kegiatan_create(request):
    offices = _offices(request.user)
    if not offices:
        return page(request, "kegiatan/no_office.html", status=409)
    start = first_values(request.user, offices[0], _former(request))
    form = NewKegiatanForm(sent(request), user=request.user, offices=offices, initial=start)
    if form.is_valid():
        try:
            kegiatan = services.create(by=request.user, bapas=form.office, mitra=form.organiser, **form.facts)
        except Refused as refusal:
            return _form_page(request, form, refusal)
        messages.success(request, f"Kegiatan “{kegiatan}” tersimpan. Sekarang tambahkan pesertanya.")
        return redirect("kegiatan:attendance", kegiatan.pk)
    return _form_page(request, form)


@requires("kegiatan.lihat")
@require_GET
def kegiatan_detail(request, pk):
    kegiatan = get_object_or_404(Kegiatan.objects.visible_to(request.user).for_list(), pk=pk)
    people = kegiatan.people_for(request.user)
    if people:
        record_access(request, Akses.Verba.LIHAT, "kegiatan", bapas_id=kegiatan.bapas_id, objek_id=kegiatan.pk)
    context = {
        "kegiatan": kegiatan,
        "kebutuhan": kegiatan.kategori.all(),
        "peserta": people,
        "boleh_buat": may(request.user, "kegiatan.buat"),
        "catat_kelompok": _group_guidance(request.user, people),
        "buka_klien": not request.user.scope.mitra and may(request.user, "klien.lihat"),
        "jalur": trail(),
    }
    return page(request, "kegiatan/detail.html", context)


def _group_guidance(user, people) -> str:
    """URL where a PK logs guidance for all who came at once; that form takes own clients only."""
    came = [row.klien_id for row in people if row.status == Kehadiran.Status.HADIR]
    if not came or not may(user, "bimbingan.catat"):
        return ""
    return reverse("klien:guidance_group", query={"langkah": "isi", "klien": came})


@requires("kegiatan.buat")
@takes_form
def kegiatan_edit(request, pk):
    kegiatan = get_object_or_404(Kegiatan.objects.visible_to(request.user).select_related("bapas", "mitra"), pk=pk)
    form = ExistingKegiatanForm(sent(request), user=request.user, offices=[kegiatan.bapas], instance=kegiatan)
    if not kegiatan.berjalan:
        return _closed(request, kegiatan)
    if form.is_valid():
        try:
            services.change(kegiatan, seen=form.cleaned_data["versi"], **form.facts)
        except Changed as change:
            stored = ExistingKegiatanForm(user=request.user, offices=[kegiatan.bapas], instance=change.current)
            return compare(request, (form, stored), back=_url(kegiatan), jalur=trail())
        except Refused as refusal:
            return _form_page(request, form, refusal, kegiatan)
        messages.success(request, "Perubahan tersimpan.")
        return redirect("kegiatan:detail", pk)
    return _form_page(request, form, kegiatan=kegiatan)


@requires("kegiatan.buat")
@takes_form
def kegiatan_cancel(request, pk):
    kegiatan = get_object_or_404(Kegiatan.objects.visible_to(request.user).select_related("bapas", "mitra"), pk=pk)
    form = CancelForm(sent(request))
    if form.is_valid():
        try:
            services.cancel(kegiatan, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            return _act_page(request, "kegiatan/cancel.html", kegiatan, form, refusal)
        messages.success(request, f"Kegiatan “{kegiatan}” dibatalkan.")
        return redirect("kegiatan:detail", pk)
    return _act_page(request, "kegiatan/cancel.html", kegiatan, form)


@requires("kegiatan.buat")
@takes_form
def kegiatan_close(request, pk):
    kegiatan = get_object_or_404(Kegiatan.objects.visible_to(request.user).for_list(), pk=pk)
    form = CloseForm(sent(request))
    if form.is_valid():
        try:
            services.close(kegiatan, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            return _act_page(request, "kegiatan/close.html", kegiatan, form, refusal)
        messages.success(request, f"Kegiatan “{kegiatan}” selesai. Hasil dan biaya tersimpan.")
        return redirect("kegiatan:detail", pk)
    return _act_page(request, "kegiatan/close.html", kegiatan, form)


@requires("kegiatan.lihat", figures=True)
@require_GET
def kegiatan_of_pokmas(request, pk):
    """Part of a group's profile: how active it was in the last year, and its last activities for its own office."""
    pokmas = get_object_or_404(Pokmas.objects.visible_to(request.user).select_related("mitra", "bapas"), pk=pk)
    since, held = timezone.now() - timezone.timedelta(days=RECENT_DAYS), Tab.SELESAI.rule()
    rows = Kegiatan.objects.visible_to(request.user).filter(bapas_id=pokmas.bapas_id, mitra_id=pokmas.mitra_id)
    context = {
        "pokmas": pokmas,
        "angka": rows.filter(held, mulai__gte=since).aggregate(selesai=Count("pk"), terakhir=Max("mulai")),
        "terbaru": rows.for_list().begun()[:RECENT_ROWS] if may(request.user, "kegiatan.lihat") else [],
    }
    return page(request, "kegiatan/of_pokmas.html", context, fragment="ringkas")


def _tab(request) -> Tab:
    asked = request.GET.get("tab")
    return Tab(asked) if asked in Tab.values else Tab.DATANG


def _tabs(request, tab, counts):
    """Links to the four tabs with their counts; filters stay."""
    query = request.GET.copy()
    query.pop("page", None)

    def link(value):
        query["tab"] = value
        return f"?{query.urlencode()}"

    return [{"label": t.label, "url": link(t.value), "jumlah": counts[t.value], "aktif": t is tab} for t in Tab]


def _former(request) -> Kegiatan | None:
    """The activity that `?ulangi=` asks to repeat; 404 if the user may not see it."""
    asked = id_of(request.GET.get("ulangi"))
    rows = Kegiatan.objects.visible_to(request.user).select_related("bapas")
    return get_object_or_404(rows, pk=asked) if asked else None


def _offices(user) -> list:
    """Offices where the user may hold an activity: the own Bapas, or those that the own partner works with."""
    duty = user.penugasan
    return [duty.bapas] if duty.bapas_id else list(services.offices_of(duty.mitra))


def _form_page(request, form, refusal=None, kegiatan=None):
    """409 for a broken rule, 422 for a bad form; both keep everything that was typed."""
    context = {
        "form": form,
        "penolakan": refusal,
        "kegiatan": kegiatan,
        "saran": Kegiatan.objects.visible_to(request.user).suggestions(),
        "jalur": trail(),
    }
    return page(request, "kegiatan/form.html", context, status=form_status(form, refusal))


def _act_page(request, template, kegiatan, form, refusal=None):
    if refusal is None and not kegiatan.berjalan:
        return _closed(request, kegiatan)
    context = {
        "form": form,
        "penolakan": refusal,
        "kegiatan": kegiatan,
        "akibat": f"“{kegiatan}” tidak jadi dilaksanakan dan pindah ke daftar kegiatan yang batal.",
        "url_kembali": _url(kegiatan),
        "jalur": trail(kegiatan),
    }
    return page(request, template, context, status=form_status(form, refusal))


def _closed(request, kegiatan):
    """409 for an activity that cannot change any more, instead of a form that cannot be sent."""
    refusal = f"Kegiatan ini sudah berstatus {kegiatan.get_status_display()} dan tidak dapat diubah."
    return page(request, "409.html", {"penolakan": refusal, "url_kembali": _url(kegiatan)}, status=409)


def trail(kegiatan=None):
    """Breadcrumb to the list, or to the activity that the page is about."""
    own = [(str(kegiatan), _url(kegiatan))] if kegiatan else []
    return [("Beranda", "/"), ("Kegiatan", reverse("kegiatan:list")), *own]


def _url(kegiatan):
    return reverse("kegiatan:detail", args=[kegiatan.pk])
