"""Beranda of each role, and the dashboards of a Bapas, a Kanwil and the nation."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.acuan.models import KategoriKebutuhan
from apps.akun.access import requires
from apps.akun.roles import may
from apps.dasar.pages import page
from apps.dasar.tables import asked, file_response
from apps.dasbor import beranda as worklist
from apps.dasbor import obstacles, panels, tables, units
from apps.dasbor import region as regions
from apps.dasbor.forms import DasborFilter, QuarterFilter
from apps.dasbor.remembered import choices, filters, remembered
from apps.jejak.services import record_export
from apps.klien.figures import by_programme, clients_per_programme, obstacles_per_kind
from apps.perjalanan.figures import outcomes_per_office
from apps.program.figures import money_per_office
from apps.wilayah.days import today, today_at
from apps.wilayah.models import Bapas, Kanwil


@requires("akun.sendiri")
@require_safe
def beranda(request):
    user = request.user
    context = {
        "grup": worklist.groups(user),
        "selesai": worklist.done(user),
        "tombol_utama": worklist.primary_button(user),
    }
    return page(request, "dasbor/beranda.html", context)


@requires("dasbor.wilayah")
@require_safe
def region(request):
    kanwil = _kanwil(request)
    link = lambda unit: reverse("dasbor:bapas_rinci", args=[unit.id])  # noqa: E731
    files, obstacles_at = reverse("dasbor:wilayah_unduh"), _at("dasbor:kendala", kanwil, request.user)
    figures = _region_part(
        request, units.bapas_of(kanwil), today_at(kanwil), title=f"Dasbor {kanwil}", unit_word="Bapas", link=link,
        url_unduh=files, url_kendala=obstacles_at,
    )  # fmt: skip
    return page(request, "dasbor/wilayah.html", figures | {"kanwil": kanwil, "zona": kanwil})


@requires("dasbor.wilayah")
@require_safe
def region_export(request):
    kanwil = _kanwil(request)
    _, figures = _ask(request, units.bapas_of(kanwil), today_at(kanwil))
    return _download(request, figures, f"Dasbor {kanwil}")


@requires("dasbor.nasional")
@require_safe
def nation(request):
    address = reverse("dasbor:wilayah")
    figures = _region_part(
        request, units.all_kanwil(), today(request.user), title="Dasbor nasional", unit_word="Kanwil",
        link=lambda unit: f"{address}?kanwil={unit.id}", url_unduh=reverse("dasbor:nasional_unduh"),
        url_kendala=reverse("dasbor:kendala"),
    )  # fmt: skip
    return page(request, "dasbor/wilayah.html", figures | {"zona": request.user.penugasan})


def _region_part(request, compared, day, *, title, unit_word, link, **urls) -> dict:
    """Context of a page with the figures of several units, which are collected only when one of them changed."""
    categories = choices()

    def context():
        form, figures = _ask(request, compared, day)
        shown = panels.region_page(form, figures, title=title, unit_word=unit_word, link=link)
        return shown | urls | {"saring": filters(request, form, categories)}

    html = remembered(request, "dasbor/wilayah.html#isi", compared, day, context, categories, *urls.values())
    return {"judul": title, "isi": html, "sekarang": timezone.now()}


@requires("dasbor.nasional")
@require_safe
def nation_export(request):
    _, figures = _ask(request, units.all_kanwil(), today(request.user))
    return _download(request, figures, "Dasbor nasional")


@requires("dasbor.bapas")
@require_safe
def own_bapas(request):
    duty = request.user.penugasan
    if not duty.bapas_id:
        raise Http404
    return _bapas_page(request, duty.bapas, masked=False)


@requires("dasbor.bapas")
@require_safe
def bapas(request, pk):
    office = get_object_or_404(Bapas.objects.filter(pk__in=request.user.scope.bapas).select_related("kanwil"), pk=pk)
    return _bapas_page(request, office, masked=office.pk != request.user.penugasan.bapas_id)


def _bapas_page(request, office, *, masked):
    form, figures = _ask(request, [units.one_bapas(office)], today_at(office), masked=masked)
    context = panels.bapas_page(
        form,
        figures,
        office=office,
        needs=regions.needs_of([office.pk], _category_names(), day=figures.day, masked=masked),
        programmes=by_programme(clients_per_programme([office.pk], day=figures.day)),
        met=_obstacles_of(office, figures),
        outcomes=outcomes_per_office([office.pk], since=figures.months[0].month, until=figures.day),
        money=money_per_office([office.pk], figures.month.year, day=figures.day).get(office.pk),
    )
    context["lihat_kehadiran"] = not masked and may(request.user, "jadwal.lihat")
    context["lihat_perjalanan"] = not masked and may(request.user, "klien.perjalanan")
    context["triwulan"] = obstacles.quarter_of(figures.month) if masked else None
    context["url_kendala"] = _at("dasbor:kendala", office.kanwil, request.user) if masked else ""
    context["lihat_kendala"] = not masked and may(request.user, "bimbingan.baca")
    return page(request, "dasbor/bapas.html", context | {"zona": office})


def _obstacles_of(office, figures) -> list:
    """(kind, times, clients): twelve months for the office itself, for others its row of the region's page."""
    if figures.masked:
        return obstacles.collect(units.bapas_of(office.kanwil), obstacles.quarter_of(figures.month)).rows_of(office.pk)
    rows = obstacles_per_kind([office.pk], since=figures.months[0].month, until=figures.day)
    return [(row.jenis, row.times, row.clients) for row in rows]


@requires("dasbor.wilayah")
@require_safe
def region_obstacles(request):
    """Obstacles per Bapas and kind; headquarters see every Kanwil, and one of them with `?kanwil=`."""
    form, kanwil = _quarter(request)
    found = obstacles.collect(_units(kanwil), form.quarter)
    title = f"Kendala {kanwil or 'nasional'}"
    context = panels.obstacles_page(form, found, title=title, link=_link_within(kanwil, form.quarter))
    context |= {"zona": kanwil or request.user.penugasan, "jalur": _dashboard_of(kanwil, request.user)}
    return page(request, "dasbor/kendala.html", context)


@requires("dasbor.wilayah")
@require_safe
def region_obstacles_export(request):
    kind, (form, kanwil) = asked(request), _quarter(request)
    compared = _units(kanwil)
    found = obstacles.collect(compared, form.quarter)
    record_export(request, "kendala", dict.fromkeys(frozenset().union(*(unit.offices for unit in compared)), 1))
    name = f"kendala_{form.quarter.key}"
    return file_response(kind, name, "Kendala", ("Unit", *found.kinds), obstacles.cells(found))


def _quarter(request) -> tuple[QuarterFilter, Kanwil | None]:
    """The filter, and the Kanwil that is shown; None for the nation."""
    nation = not request.user.penugasan.kanwil_id and not request.GET.get("kanwil")
    kanwil = None if nation else _kanwil(request)
    return QuarterFilter(request.GET, today=today_at(kanwil) if kanwil else today(request.user)), kanwil


def _units(kanwil: Kanwil | None) -> list:
    return units.bapas_of(kanwil) if kanwil else units.all_kanwil()


def _link_within(kanwil: Kanwil | None, quarter):
    """unit → the page of that Bapas, or of the obstacles of that Kanwil in the same quarter."""
    if kanwil:
        return lambda unit: reverse("dasbor:bapas_rinci", args=[unit.id])
    return lambda unit: reverse("dasbor:kendala", query={"kanwil": unit.id, "triwulan": quarter.key})


def _dashboard_of(kanwil: Kanwil | None, user) -> list[tuple[str, str]]:
    """Breadcrumb back to the dashboard of the same units."""
    if not kanwil:
        return [("Beranda", "/"), ("Nasional", reverse("dasbor:nasional"))]
    return [("Beranda", "/"), (f"Dasbor {kanwil}", _at("dasbor:wilayah", kanwil, user))]


def _at(name: str, kanwil: Kanwil, user) -> str:
    """The page of one Kanwil: a Kanwil has only its own, headquarters name the one they mean."""
    return reverse(name, query={} if user.penugasan.kanwil_id else {"kanwil": kanwil.pk})


def _kanwil(request) -> Kanwil:
    """The user's own Kanwil; headquarters choose one with `?kanwil=`."""
    own = request.user.penugasan.kanwil_id
    asked = request.GET.get("kanwil", "")
    if own and asked in ("", str(own)):
        return request.user.penugasan.kanwil
    if own or not asked.isdecimal():
        raise Http404
    return get_object_or_404(Kanwil, pk=asked)


def _ask(request, compared, day, *, masked=True):
    """The filter form and the figures that it asks for; `day` is today in the time zone of the units."""
    form = DasborFilter(request.GET, today=day)
    kategori = form.category.pk if form.category else None
    figures = regions.collect(compared, month=form.month, today=day, kategori=kategori)
    return form, figures.shown() if masked else figures


def _download(request, figures, title):
    """The table as a file, recorded in the trail of every office whose numbers are in it."""
    kind = asked(request)
    record_export(request, "dasbor", dict.fromkeys(figures.offices, 1))
    name = f"{title.replace(' ', '-')}_{figures.month:%Y-%m}_keadaan-{figures.day}"
    return file_response(kind, name, "Dasbor", (*tables.COLUMNS, *tables.PERIODS), tables.rows(figures))


def _category_names() -> dict[int, str]:
    return dict(KategoriKebutuhan.objects.values_list("pk", "nama"))
