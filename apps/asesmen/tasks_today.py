"""Assessments on the Beranda of a PK: those that are due, and those that were begun."""

from datetime import timedelta

from django.db.models import Case, DateField, F, When
from django.db.models.functions import Cast, Coalesce, Greatest
from django.urls import reverse

from apps.akun.roles import Peran
from apps.asesmen.models import AGAIN_AFTER, FIRST_WITHIN, Asesmen, with_last_assessment
from apps.dasar.worklist import TaskGroup, TaskRow, Urgency, first_rows, group_of
from apps.klien.models import Klien
from apps.wilayah.days import today

AHEAD = timedelta(days=14)
"""How long before its due date an assessment is announced."""


def groups(user) -> list[TaskGroup]:
    if not user.penugasan or user.penugasan.peran != Peran.PK:
        return []
    return [_due(user), _unfinished(user)]


def due_clients(user, until):
    """Own active clients whose next assessment is due by `until` and not begun yet, the longest waiting first."""
    begun = Asesmen.objects.visible_to(user).drafts().values("klien")
    clients = with_last_assessment(Klien.objects.visible_to(user).active().of_officer(user))
    next_one = Coalesce(F("asesmen_terakhir") + AGAIN_AFTER, F("diregistrasi") + FIRST_WITHIN)
    grace = Case(When(asesmen_di_sini=None, then=F("tenggang")), output_field=DateField())
    clients = clients.annotate(jatuh_tempo=Greatest(Cast(next_one, DateField()), grace))
    return clients.filter(jatuh_tempo__lte=until).exclude(pk__in=begun).order_by("jatuh_tempo", "pk")


@first_rows
def _first_due(user, until):
    return due_clients(user, until)


def _due(user) -> TaskGroup:
    day = today(user)
    return group_of(
        "Asesmen jatuh tempo", _first_due(user, until=day + AHEAD),
        lambda klien: _due_row(klien, day), urgency=Urgency.WEEK,
        remark="Asesmen pertama paling lambat 7 hari setelah registrasi, lalu setiap tahun.",
    )  # fmt: skip


def _unfinished(user) -> TaskGroup:
    return group_of("Asesmen belum selesai", _first_drafts(user), _draft_row)


@first_rows
def _first_drafts(user):
    drafts = Asesmen.objects.readable_by(user).drafts().filter(klien__status=Klien.Status.AKTIF)
    return drafts.select_related("klien").order_by("dimulai_pada", "pk")


def _due_row(klien, day) -> TaskRow:
    late = (day - _plain(klien.jatuh_tempo)).days
    return TaskRow(
        what="Asesmen ulang" if klien.asesmen_terakhir else "Asesmen awal", about=f"{klien.nama}, {klien.kode}",
        due=_plain(klien.jatuh_tempo), action="Mulai asesmen", url=reverse("asesmen:begin", args=[klien.pk]),
        tag=f"Terlewat {late} hari" if late > 0 else "",
    )  # fmt: skip


def _plain(moment):
    """A day: PostgreSQL makes a timestamp of a date plus an interval."""
    return moment.date() if hasattr(moment, "date") else moment


def _draft_row(asesmen) -> TaskRow:
    return TaskRow(
        what=asesmen.get_jenis_display(), about=f"{asesmen.klien.nama}, {asesmen.klien.kode}",
        action="Lanjutkan asesmen", url=reverse("asesmen:detail", args=[asesmen.klien_id, asesmen.pk]),
    )  # fmt: skip
