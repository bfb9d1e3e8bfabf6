"""Who guides whom: clients move to another PK, together or one by one; deputies for a leave."""

from collections import Counter
from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from apps.akun.access import requires
from apps.akun.models import Pengguna
from apps.dasar.errors import Refused
from apps.dasar.ids import id_of, ids_of
from apps.dasar.pages import form_status, page, sent, takes_form
from apps.dasar.violations import refusals
from apps.jejak.models import Riwayat
from apps.klien import services
from apps.klien.forms.officers import MOST, AssignForm, DeputyForm, with_load
from apps.klien.models import Klien, Pengganti
from apps.klien.services.assign import OBJECT
from apps.klien.views.shared import CRUMBS
from apps.wilayah.days import today

LATELY = timedelta(days=30)
"""So long moved clients are offered to go back by one button."""
SHOWN = 10


@requires("klien.alihkan")
@takes_form
def assign(request):
    """Chosen clients (`klien`), those of one PK (`dari`), or those without a PK on duty, go to other PKs."""
    user, office = request.user, request.user.penugasan.bapas
    asked = request.POST if request.method == "POST" else request.GET
    origin, by_hand = id_of(asked.get("dari")), asked.get("cara") == "tangan"
    clients = _clients(user, origin, ids_of(asked.getlist("klien")), request.method == "POST")
    choices = [(pk.pk, f"{pk.nama} ({pk.beban} klien)") for pk in with_load(office) if pk.pk != origin]
    form, refusal = AssignForm(sent(request), clients=clients, choices=choices, by_hand=by_hand), None
    if form.is_bound and form.is_valid():
        try:
            done = services.assign(to=form.to, by=user, alasan=form.cleaned_data["alasan"], dari=origin)
        except Refused as refused:
            refusal = refused
        else:
            _tell(request, done)
            return redirect("klien:assign")
    context = {
        "form": form, "penolakan": refusal, "jalur": CRUMBS, "dari": _officer(origin), "tangan": by_hand,
        "bertanda": asked.getlist("klien"), "pindah": _moves_lately(user), "alamat": _address(origin, asked, by_hand),
        "url_kembali": reverse("klien:list"),
        "beban": [] if origin or asked.getlist("klien") else with_load(office).filter(beban__gt=0),
    }  # fmt: skip
    return page(request, "klien/alihkan.html", context, status=form_status(form, refusal))


def _clients(user, origin: int | None, chosen: list[int], posted: bool) -> list[Klien]:
    rows = Klien.objects.visible_to(user).active().select_related("pk_pembimbing", "jadwal")
    if origin:
        rows = rows.filter(pk_pembimbing=origin)
    elif chosen or posted:
        rows = rows.filter(pk__in=chosen)
    else:
        rows = rows.without_officer()
    return list(rows.order_by("pk_pembimbing__nama", "nama", "pk")[:MOST])


def _officer(pk: int | None) -> Pengguna | None:
    return Pengguna.objects.filter(pk=pk).first() if pk else None


def _address(origin, asked, by_hand: bool) -> str:
    """The same page with the other way of sharing out."""
    query = {"cara": "" if by_hand else "tangan", "klien": asked.getlist("klien"), "dari": origin or ""}
    return reverse("klien:assign", query={name: value for name, value in query.items() if value})


def _tell(request, done: services.Assigned) -> None:
    names = dict(Pengguna.objects.filter(pk__in={one.pk_pembimbing_id for one in done.moved}).values_list("pk", "nama"))
    shares = Counter(names[one.pk_pembimbing_id] for one in done.moved)
    if shares:
        words = ", ".join(f"{name} {count}" for name, count in sorted(shares.items()))
        messages.success(request, f"{len(done.moved)} klien dialihkan: {words}.")
    for reason, count in Counter(reason for _, reason in done.left).items():
        messages.warning(request, f"{count} klien tetap: {reason}.")


def _moves_lately(user) -> list[dict]:
    """What moved in the last days, act by act, with the clients who are still where it brought them."""
    rows = Riwayat.objects.visible_to(user).filter(objek=OBJECT, pada__gte=timezone.now() - LATELY)
    rows = rows.select_related("oleh").order_by("-pk")[:MOST]
    acts: dict[tuple, dict] = {}
    for row in rows:
        key = (row.dari, row.ke, row.oleh_id, row.catatan, row.pada.date())
        act = acts.setdefault(key, {"dari": int(row.dari), "ke": int(row.ke), "baris": row, "klien": set()})
        act["klien"].add(row.objek_id)
    shown = list(acts.values())[:SHOWN]
    people = Pengguna.objects.in_bulk({act[end] for act in shown for end in ("dari", "ke")})
    moved = {pk for act in shown for pk in act["klien"]}
    now = dict(Klien.objects.visible_to(user).active().filter(pk__in=moved).values_list("pk", "pk_pembimbing"))
    working = set(with_load(user.penugasan.bapas).values_list("pk", flat=True))
    for act in shown:
        act["banyak"] = len(act["klien"])
        act["kembali"] = sorted(pk for pk in act["klien"] if now.get(pk) == act["ke"])
        act["boleh"] = act["dari"] in working and bool(act["kembali"])
        act["dari"], act["ke"] = people[act["dari"]], people[act["ke"]]
    return shown


@requires("klien.alihkan")
@takes_form
def deputies(request):
    """Deputies of today and of days to come, and the form for a new one."""
    user = request.user
    asked = {"digantikan": id_of(request.GET.get("pk")), "mulai": today(user)}
    form = DeputyForm(sent(request), initial=asked, office=user.penugasan.bapas, hari_ini=today(user))
    refusal = None
    if form.is_bound and form.is_valid():
        try:
            with refusals():
                row = services.name_deputy(pengganti=form.instance, by=user)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, f"{row.pengganti.nama} menggantikan {row.digantikan.nama}.")
            return redirect("klien:deputies")
    rows = Pengganti.objects.visible_to(user).unfinished().for_list()
    context = {"form": form, "penolakan": refusal, "baris": rows, "jalur": CRUMBS, "hari_ini": today(user)}
    return page(request, "klien/pengganti.html", context, status=form_status(form, refusal))


@requires("klien.alihkan")
@require_POST
def deputy_end(request, pk):
    row = get_object_or_404(Pengganti.objects.visible_to(request.user).for_list(), pk=pk)
    services.end_deputy(pengganti=row, by=request.user)
    messages.success(request, f"{row.pengganti.nama} tidak lagi menggantikan {row.digantikan.nama}.")
    return redirect("klien:deputies")
