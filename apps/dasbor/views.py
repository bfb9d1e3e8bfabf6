"""Beranda of each role, and the dashboards of a Bapas, a Kanwil and the nation."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from apps.acuan.models import KategoriKebutuhan
from apps.akun.access import requires
from apps.akun.roles import may
from apps.dasar.ids import id_of
from apps.dasar.lists import PAGE_NUMBER
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
from apps.rilis import reading
from apps.rilis.models import Masa
from apps.rilis.reading import newest_of_each
from apps.wilayah.days import today, today_at
from apps.wilayah.models import Bapas, Kanwil

TASKS_PER_PAGE = 25


@requires("akun.sendiri")
@require_safe
def beranda(request):
    user = request.user
    groups = worklist.groups(user)
    context = {
        "grup": groups,
        "terbuka": worklist.unfolded(groups),
        "kemajuan": worklist.progress(user),
        "selesai": worklist.done(user),
        "tombol": worklist.buttons(user),
    }
    return page(request, "dasbor/beranda.html", context)


@requires("program.ajukan")
@require_safe
def decisions(request):
    """One inbox of everything that waits for the head of the office, all rows."""
    context = {"grup": worklist.decisions(request.user), "jalur": [("Beranda", "/")]}
    return page(request, "dasbor/persetujuan.html", context)


@requires("akun.sendiri")
@require_safe
def tasks(request, key):
    """The complete list of one group of the Beranda. A group that holds nothing any more leads back there."""
    group = next((group for group in worklist.groups(request.user) if group.key == key), None)
    if group is None:
        messages.info(request, "Tidak ada lagi yang menunggu dalam daftar itu.")
        return redirect("dasbor:beranda")
    shown = Paginator(group.everything, TASKS_PER_PAGE).get_page(request.GET.get(PAGE_NUMBER))
    return page(request, "dasbor/tugas.html", {"grup": group, "hal": shown, "jalur": [("Beranda", "/")]})


@requires("dasbor.wilayah")
@require_safe
def region(request):
    kanwil = _kanwil(request)
    link = lambda unit: reverse("dasbor:bapas_rinci", args=[unit.id])  # noqa: E731
    files, obstacles_at = reverse("dasbor:wilayah_unduh"), _at("dasbor:kendala", kanwil, request.user)
    figures = _region_part(
        request, kanwil, units.bapas_of(kanwil), today_at(kanwil), title=f"Dasbor {kanwil}", unit_word="Bapas",
        link=link, url_unduh=files, url_kendala=obstacles_at,
    )  # fmt: skip
    return page(request, "dasbor/wilayah.html", figures | {"kanwil": kanwil, "zona": kanwil})


@requires("dasbor.wilayah")
@require_safe
def region_export(request):
    kanwil = _kanwil(request)
    form, figures = _released(request, kanwil, units.bapas_of(kanwil), today_at(kanwil))
    return _download(request, form, figures, f"Dasbor {kanwil}")


@requires("dasbor.nasional")
@require_safe
def nation(request):
    address = reverse("dasbor:wilayah")
    figures = _region_part(
        request, None, units.all_kanwil(), today(request.user), title="Dasbor nasional", unit_word="Kanwil",
        link=lambda unit: f"{address}?kanwil={unit.id}", url_unduh=reverse("dasbor:nasional_unduh"),
        url_kendala=reverse("dasbor:kendala"),
    )  # fmt: skip
    return page(request, "dasbor/wilayah.html", figures | {"zona": request.user.penugasan})


def _region_part(request, kanwil, compared, day, *, title, unit_word, link, **urls) -> dict:
    """Context of a page with the figures of several units, which are collected only when one of them changed."""
    categories = choices()

    def context():
        form, figures = _released(request, kanwil, compared, day)
        shown = panels.region_page(form, figures, title=title, unit_word=unit_word, link=link)
        return shown | urls | {"saring": filters(request, form, categories)}

    parts = (title, unit_word, categories, newest_of_each(), *urls.values())
    html = remembered(request, "dasbor/wilayah.html#isi", compared, day, context, *parts)
    return {"judul": title, "isi": html, "sekarang": timezone.now()}


@requires("dasbor.nasional")
@require_safe
def nation_export(request):
    form, figures = _released(request, None, units.all_kanwil(), today(request.user))
    return _download(request, form, figures, "Dasbor nasional")


@requires("dasbor.bapas")
@require_safe
def own_bapas(request):
    """The office's own numbers: live and exact."""
    duty = request.user.penugasan
    if not duty.bapas_id:
        raise Http404
    return _bapas_live(request, duty.bapas)


@requires("dasbor.bapas")
@require_safe
def bapas(request, pk):
    office = get_object_or_404(Bapas.objects.filter(pk__in=request.user.scope.bapas).select_related("kanwil"), pk=pk)
    own = office.pk == request.user.penugasan.bapas_id
    return _bapas_live(request, office) if own else _bapas_released(request, office)


def _bapas_live(request, office):
    form = DasborFilter(request.GET, today=today_at(office))
    kategori = form.category.pk if form.category else None
    figures = regions.collect(units.one_bapas(office), month=form.month, today=form.today, kategori=kategori)
    year = {"since": figures.months[0].month, "until": figures.day}
    context = panels.bapas_page(
        form,
        figures,
        office=office,
        needs=regions.needs_of(office.pk, _category_names(), day=figures.day),
        programmes=by_programme(clients_per_programme([office.pk], day=figures.day)),
        met=[(row.jenis, row.clients) for row in obstacles_per_kind([office.pk], **year)],
        outcomes=[(row.name, row.yes, row.no, row.unknown) for row in outcomes_per_office([office.pk], **year)],
        money=money_per_office([office.pk], figures.month.year, day=figures.day).get(office.pk),
    )
    context |= {
        "lihat_kehadiran": may(request.user, "jadwal.lihat"),
        "lihat_perjalanan": may(request.user, "klien.perjalanan"),
        "lihat_kendala": may(request.user, "bimbingan.baca"),
    }
    return page(request, "dasbor/bapas.html", context | {"zona": office})


def _bapas_released(request, office):
    """The same page for Kanwil and Ditjenpas: every count of persons as it was released."""
    form = DasborFilter(request.GET, today=today_at(office))
    kategori = form.category.pk if form.category else None
    unit = units.one_bapas(office)
    figures = regions.released([unit], unit, month=form.month, today=form.today, kategori=kategori)
    state = reading.of_office(Masa.HARI, figures.day, office.pk)
    quarter, year = reading.newest(triwulan=figures.month, tahun=figures.month).values()
    context = panels.bapas_page(
        form,
        figures,
        office=office,
        needs=regions.needs_released(state, _category_names()),
        programmes=panels.programmes_of(state),
        met=obstacles.of_office(reading.of_office(Masa.TRIWULAN, quarter, office.pk)),
        outcomes=panels.outcomes_released(reading.of_office(Masa.TAHUN, year, office.pk)),
        money=money_per_office([office.pk], figures.month.year, day=figures.until).get(office.pk),
    )
    context |= {
        "triwulan": obstacles.quarter_of(quarter) if quarter else None,
        "tahun_hasil": year and year.year,
        "url_kendala": _at("dasbor:kendala", office.kanwil, request.user),
    }
    return page(request, "dasbor/bapas.html", context | {"zona": office})


@requires("dasbor.wilayah")
@require_safe
def region_obstacles(request):
    """Obstacles per Bapas and kind; headquarters see every Kanwil, and one of them with `?kanwil=`."""
    form, kanwil = _quarter(request)
    found = obstacles.collect(_units(kanwil), units.whole(kanwil), form.quarter)
    title = f"Kendala {kanwil or 'nasional'}"
    context = panels.obstacles_page(form, found, title=title, link=_link_within(kanwil, form.quarter))
    context |= {"zona": kanwil or request.user.penugasan, "jalur": _dashboard_of(kanwil, request.user)}
    return page(request, "dasbor/kendala.html", context)


@requires("dasbor.wilayah")
@require_safe
def region_obstacles_export(request):
    kind, (form, kanwil) = asked(request), _quarter(request)
    compared = _units(kanwil)
    found = obstacles.collect(compared, units.whole(kanwil), form.quarter)
    record_export(request, "kendala", dict.fromkeys(frozenset().union(*(unit.offices for unit in compared)), 1))
    name = f"kendala-{slugify(kanwil.singkatan if kanwil else 'nasional')}_{form.quarter.key}"
    return file_response(kind, name, "Kendala", ("Unit", *found.kinds), obstacles.cells(found))


def _quarter(request) -> tuple[QuarterFilter, Kanwil | None]:
    """The filter, and the Kanwil that is shown; None for the nation."""
    nation = not request.user.penugasan.kanwil_id and not request.GET.get("kanwil")
    kanwil = None if nation else _kanwil(request)
    day = today_at(kanwil) if kanwil else today(request.user)
    return QuarterFilter(request.GET, today=day, newest=reading.newest(triwulan=day)["triwulan"]), kanwil


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
    if own:
        raise Http404
    return get_object_or_404(Kanwil, pk=id_of(asked))


def _released(request, kanwil, compared, day):
    """The filter form and the released figures that it asks for; `day` is today in the time zone of the units."""
    form = DasborFilter(request.GET, today=day)
    kategori = form.category.pk if form.category else None
    return form, regions.released(compared, units.whole(kanwil), month=form.month, today=day, kategori=kategori)


def _download(request, form, figures, title):
    """The table as a file, recorded in the trail of every office whose numbers are in it."""
    kind = asked(request)
    record_export(request, "dasbor", dict.fromkeys(figures.offices, 1))
    name = f"{title.replace(' ', '-')}_{figures.month:%Y-%m}_keadaan-{figures.day or 'belum-dirilis'}"
    name += f"_{form.category.kode}" if form.category else ""
    heads = tables.columns(f": {form.category}" if form.category else "")
    return file_response(kind, name, "Dasbor", (*heads, *tables.PERIODS), tables.rows(figures))


def _category_names() -> dict[int, str]:
    return dict(KategoriKebutuhan.objects.values_list("pk", "nama"))
