"""Rows of the Beranda about clients: pressing needs, gaps in the files, contacts just logged."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from apps.akun.roles import Peran, may
from apps.dasar.prepared import prepared
from apps.dasar.wording import tanggal
from apps.dasar.worklist import UNDOABLE, DoneRow, TaskGroup, TaskRow, Urgency, first_rows, group_of
from apps.klien import vacancies
from apps.klien.models import CatatanBimbingan, DrafRegistrasi, FotoBimbingan, Kebutuhan, Klien, guided_by
from apps.klien.models.drafts import DRAFT_LIFE
from apps.klien.services import UNDO_MINUTES
from apps.wilayah.days import today

LOOK_BACK = timedelta(days=30)
"""Contacts of these last days can be undone on the Beranda."""


def groups(user) -> list[TaskGroup]:
    """Groups for the roles that work with clients; none for others."""
    match user.penugasan.peran if user.penugasan else None:
        case Peran.PK:
            return [*vacancies.groups(user), *_refused_photos(user), _pressing_needs(user), *_drafts(user)]
        case Peran.OPERATOR:
            return [*vacancies.groups(user), *_drafts(user), _without_nik(user)]
        case Peran.KABAPAS:
            return vacancies.groups(user)
    return []


def done(user) -> list[DoneRow]:
    """Contacts that the user logged a moment ago and may still undo.

    Who logs none is not asked: a reader of the whole nation would read the contacts of every office to find that out.
    """
    if not may(user, "bimbingan.catat"):
        return []
    since = timezone.now() - timedelta(minutes=UNDO_MINUTES)
    return [_done_row(record) for record in _logged(user, since=since, day=today(user) - LOOK_BACK)]


@prepared
def _logged(user, since, day):
    """Contacts of `day` or later that the user logged since a moment, the newest first."""
    rows = CatatanBimbingan.objects.visible_to(user).counted().select_related("klien")
    rows = rows.filter(pk_pencatat=user.pk, diterima_pada__gte=since, koreksi_dari=None, tanggal__gte=day)
    return rows.order_by("-diterima_pada")[:UNDOABLE]


def _drafts(user) -> list[TaskGroup]:
    """Drafts that the user can continue; no group when there are none."""
    rows = _own_drafts(user, since=timezone.now() - DRAFT_LIFE)
    group = group_of("Pendaftaran yang belum selesai", rows, _draft_row)
    return [group] if group.rows else []


@first_rows
def _own_drafts(user, since):
    return DrafRegistrasi.objects.of_user(user, since).order_by("-diubah_pada")


def _refused_photos(user) -> list[TaskGroup]:
    """Photos of this person that the virus scanner refused; no group without a scanner, and none for none."""
    rows = _own_refused(user) if settings.CLAMD_URL else []
    title = "Foto yang ditolak pemindai virus"
    return [group_of(title, rows, _photo_row, urgency=Urgency.TODAY)] if rows else []


@first_rows
def _own_refused(user):
    rows = FotoBimbingan.objects.visible_to(user).filter(pindai=FotoBimbingan.Pindai.TOLAK, diunggah_oleh=user.pk)
    return rows.select_related("catatan__klien").order_by("-pk")


def _pressing_needs(user) -> TaskGroup:
    return group_of(
        "Kebutuhan mendesak yang terbuka", _own_pressing(user), _need_row, unit="kebutuhan",
    )  # fmt: skip


@first_rows
def _own_pressing(user):
    return (
        Kebutuhan.objects.visible_to(user)
        .filter(status=Kebutuhan.Status.TERBUKA, mendesak=Kebutuhan.Mendesak.SEKARANG)
        .filter(guided_by(user, path="klien"), klien__status=Klien.Status.AKTIF)
        .select_related("klien", "kategori")
        .order_by("dicatat_pada", "pk")
    )


def _without_nik(user) -> TaskGroup:
    return group_of("Klien aktif tanpa NIK", _unidentified(user), _identity_row)


@first_rows
def _unidentified(user):
    return Klien.objects.visible_to(user).active().filter(orang__nik_hmac=None).order_by("-diregistrasi", "-pk")


def _draft_row(draf) -> TaskRow:
    return TaskRow(
        what="Pendaftaran klien", about=draf.nama or "Belum bernama", action="Lanjutkan pendaftaran",
        url=reverse("klien:register_check", args=[draf.kunci]), note=f"Disimpan {tanggal(draf.diubah_pada)}",
    )  # fmt: skip


def _photo_row(photo) -> TaskRow:
    return TaskRow(
        what="Foto ditolak: ada virus", about=_who(photo.catatan.klien), action="Lihat catatan",
        url=reverse("klien:guidance", args=[photo.catatan_id]), note="Fotonya dihapus. Catatannya tetap tersimpan.",
    )  # fmt: skip


def _need_row(need) -> TaskRow:
    return TaskRow(
        what=str(need.kategori), about=_who(need.klien), action="Lihat kebutuhan",
        url=reverse("klien:client_needs", args=[need.klien_id]), note=need.uraian,
    )  # fmt: skip


def _identity_row(klien) -> TaskRow:
    return TaskRow(
        what="NIK belum diisi", about=_who(klien), action="Lengkapi data", url=reverse("klien:edit", args=[klien.pk]),
    )  # fmt: skip


def _done_row(record) -> DoneRow:
    came = "hadir" if record.hadir else "tidak hadir"
    return DoneRow(
        what=f"Bimbingan tersimpan: {came}, {tanggal(record.tanggal)}", about=_who(record.klien),
        url=reverse("klien:detail", args=[record.klien_id]), undo=reverse("klien:guidance_undo", args=[record.pk]),
    )  # fmt: skip


def _who(klien) -> str:
    """Name, then code: people look for the name in a list."""
    return f"{klien.nama}, {klien.kode}"
