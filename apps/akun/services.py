"""Actions on accounts. Each of them leaves a row in `RiwayatAkun`."""

import datetime as dt
import secrets

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from apps.akun import mailing
from apps.akun.authentication import fingerprint
from apps.akun.models import UNITS, Pengguna, Penugasan, RiwayatAkun, TokenApi
from apps.akun.roles import Peran, may_give
from apps.dasar.errors import Refused
from apps.dasar.locks import lock_all

Peristiwa = RiwayatAkun.Peristiwa
BEYOND = "Orang ini juga bertugas di luar wewenang Anda. Akhiri penugasannya di unit Anda saja."
INVITED = (Peristiwa.DIUNDANG, Peristiwa.UNDANGAN_ULANG)
INVITE_AGAIN_AFTER = dt.timedelta(days=1)


def record(person, event, *, by, duty=None, note: str = "") -> None:
    """One line of the history of an account."""
    RiwayatAkun.objects.create(pengguna=person, peristiwa=event, oleh=by, penugasan=duty, catatan=note)


def note_export(what: str, count: int, *, by: Pengguna) -> None:
    """Record the download of a list on the account that took it, because accounts belong to no single office."""
    record(by, Peristiwa.EKSPOR, by=by, duty=by.penugasan, note=f"{what}, {count} baris")


@transaction.atomic
def invite(*, by: Pengguna, email: str, nama: str, nip: str, peran: str, unit: dict, selesai: dt.date | None = None):
    """Give a role to the person with this address, and mail them. The account is created if there is none."""
    person = Pengguna.objects.filter(email=email.lower()).first()
    if person is None:
        person = Pengguna.objects.create_user(email, nama, nip=nip)
        record(person, Peristiwa.DIUNDANG, by=by)
    elif not person.is_active:
        raise Refused("Surel ini belum dapat diundang. Hubungi admin portal.")
    return give_and_tell(by=by, person=person, peran=peran, unit=unit, selesai=selesai)


@transaction.atomic
def make_admin(*, email: str, nama: str) -> Pengguna:
    """Make somebody admin from the command line. An existing account keeps its name and password."""
    person = Pengguna.objects.filter(email=email.lower()).first() or Pengguna.objects.create_user(email, nama)
    duty, _ = Penugasan.objects.current().get_or_create(pengguna=person, peran=Peran.ADMIN, selesai=None)
    record(person, Peristiwa.DIBERI, by=None, duty=duty, note="buat_admin")
    _use_if_idle(person, duty)
    return person


@transaction.atomic
def give(*, by: Pengguna, person: Pengguna, peran: str, unit: dict, selesai: dt.date | None = None) -> Penugasan:
    """A new assignment at a unit within the reach of `by`, from today in the unit's time zone."""
    _must_grant(by, peran)
    if not person.is_active:
        raise Refused("Akun ini nonaktif. Aktifkan kembali dulu.")
    if Penugasan.objects.current().filter(pengguna=person, peran=peran, **unit).exists():
        raise Refused("Orang ini sudah memegang penugasan itu.")
    duty = Penugasan(pengguna=person, peran=peran, selesai=selesai, diberi_oleh=by, **unit)
    duty.mulai = duty.hari_ini
    duty.save()
    if not Penugasan.objects.managed_by(by).filter(pk=duty.pk).exists():
        raise Refused("Unit itu di luar wilayah Anda.")
    record(person, Peristiwa.DIBERI, by=by, duty=duty)
    _use_if_idle(person, duty)
    return duty


@transaction.atomic
def give_and_tell(**facts) -> Penugasan:
    """`give`, and a mail about it, which a worker sends."""
    duty = give(**facts)
    mailing.post(mailing.DUTY, duty.pengguna, duty=duty)
    return duty


@transaction.atomic
def end(*, by: Pengguna, duty: Penugasan, selesai: dt.date, alasan: str) -> None:
    """The assignment lasts until the end of the day `selesai`."""
    _must_grant(by, duty.peran)
    _keep_one_admin([duty])
    if selesai < duty.mulai:
        raise Refused("Hari terakhir tidak boleh sebelum hari pertama.")
    duty.selesai = selesai
    duty.save(update_fields=["selesai"])
    record(duty.pengguna, Peristiwa.DIAKHIRI, by=by, duty=duty, note=alasan)


@transaction.atomic
def stop(*, by: Pengguna, duty: Penugasan, alasan: str) -> None:
    """The assignment ends now: from the next request on it gives nothing, in sessions, by tokens and to jobs."""
    _must_grant(by, duty.peran)
    _keep_one_admin([duty])
    if not duty.in_force():
        raise Refused("Penugasan ini sudah tidak berlaku.")
    duty.selesai, duty.berhenti_pada = duty.hari_ini, timezone.now()
    duty.save(update_fields=["selesai", "berhenti_pada"])
    record(duty.pengguna, Peristiwa.DIHENTIKAN, by=by, duty=duty, note=alasan)


@transaction.atomic
def sign_out_everywhere(*, by: Pengguna, person: Pengguna, alasan: str = "") -> None:
    """End every session of the account at its next request; the password stays, and so do tokens of the API.

    `by` is the person, or administers one of the person's current assignments.
    """
    duties = Penugasan.objects.current().managed_by(by).filter(pengguna=person, peran__in=may_give(by))
    if person != by and not duties.exists():
        raise Refused("Orang ini tidak punya penugasan berlaku yang Anda kelola.")
    _end_sessions(person)
    record(person, Peristiwa.KELUAR, by=by, note=alasan)


@transaction.atomic
def deactivate(*, by: Pengguna, person: Pengguna, alasan: str) -> None:
    """Close the account at once, on every device. `by` must administer all its current assignments.

    Its sessions end for good: they do not come back when the account is opened again.
    """
    if person == by:
        raise Refused("Anda tidak dapat menonaktifkan akun sendiri.")
    _keep_one_admin(_must_administer_all(by, person))
    person.is_active = False
    person.save(update_fields=["is_active"])
    _end_sessions(person)
    record(person, Peristiwa.NONAKTIF, by=by, note=alasan)


@transaction.atomic
def reactivate(*, by: Pengguna, person: Pengguna) -> None:
    """Let the person in again."""
    _must_administer_all(by, person)
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(person, Peristiwa.AKTIF, by=by)


@transaction.atomic
def drop_second_factor(*, by: Pengguna, person: Pengguna, alasan: str) -> None:
    """For somebody who lost phone, key and recovery codes: the password alone is enough until a new set-up."""
    if person == by:
        raise Refused("Verifikasi dua langkah sendiri diatur di halaman Keamanan akun.")
    _must_administer_all(by, person)
    dropped, _ = Authenticator.objects.filter(user=person).delete()
    if not dropped:
        raise Refused("Orang ini tidak memakai verifikasi dua langkah.")
    record(person, Peristiwa.DUA_LANGKAH, by=by, note=alasan)
    mailing.post(mailing.SECOND_FACTOR, person)


@transaction.atomic
def invite_again(*, by: Pengguna, person: Pengguna) -> None:
    """A new link for somebody who never chose a password. Older links end when a password is chosen."""
    duty = Penugasan.objects.current().managed_by(by).filter(pengguna=person).first()
    if duty is None or not person.invited or not person.is_active:
        raise Refused("Orang ini sudah pernah masuk atau tidak punya penugasan yang berlaku.")
    record(person, Peristiwa.UNDANGAN_ULANG, by=by, duty=duty)
    mailing.post(mailing.DUTY, person, duty=duty)


@transaction.atomic
def invite_all_again(*, by: Pengguna, people: QuerySet[Pengguna]) -> list[Pengguna]:
    """New links for all of these who never chose a password; returns who gets one. Whoever was invited within a day
    waits: a second press sends nothing."""
    waiting = [one for one in lock_all(people.filter(is_active=True)) if one.invited]
    lately = {"peristiwa__in": INVITED, "pada__gt": timezone.now() - INVITE_AGAIN_AFTER}
    recent = set(RiwayatAkun.objects.filter(pengguna__in=waiting, **lately).values_list("pengguna", flat=True))
    duties = Penugasan.objects.current().managed_by(by).filter(pengguna__in=waiting).select_related(*UNITS)
    newest = {duty.pengguna_id: duty for duty in duties.order_by("pk")}
    sent = [one for one in waiting if one.pk in newest and one.pk not in recent]
    for person in sent:
        record(person, Peristiwa.UNDANGAN_ULANG, by=by, duty=newest[person.pk])
        mailing.post(mailing.DUTY, person, duty=newest[person.pk])
    return sent


@transaction.atomic
def switch(*, person: Pengguna, duty: Penugasan) -> None:
    """Work under another own assignment from now on."""
    person.penugasan_aktif = duty
    person.save(update_fields=["penugasan_aktif"])
    record(person, Peristiwa.DIGANTI, by=person, duty=duty)


@transaction.atomic
def make_token(*, duty: Penugasan, nama: str, kedaluwarsa: dt.date) -> str:
    """A token of the API that acts under `duty`. It is returned once and never stored."""
    key, person = secrets.token_urlsafe(32), duty.pengguna
    TokenApi.objects.create(pengguna=person, penugasan=duty, nama=nama, kedaluwarsa=kedaluwarsa, sidik=fingerprint(key))
    record(person, Peristiwa.TOKEN, by=person, duty=duty, note=nama)
    return key


@transaction.atomic
def revoke_token(token: TokenApi) -> None:
    """The key stops working at once."""
    record(token.pengguna, Peristiwa.TOKEN_DICABUT, by=token.pengguna, duty=token.penugasan, note=token.nama)
    token.delete()


def _end_sessions(person: Pengguna) -> None:
    """A session carries the number under which it began (`Pengguna.get_session_auth_hash`)."""
    person.sesi_ke = F("sesi_ke") + 1
    person.save(update_fields=["sesi_ke"])
    person.refresh_from_db(fields=["sesi_ke"])


def _must_grant(by: Pengguna, peran: str) -> None:
    if peran not in may_give(by):
        raise Refused(f"Peran Anda tidak dapat memberi atau mengakhiri penugasan {Peran(peran).label}.")


def beyond(by: Pengguna, person: Pengguna) -> str:
    """Why `by` cannot close the account of `person`, or "": all current assignments must be within reach of `by` and
    not above their level."""
    duties = Penugasan.objects.current().filter(pengguna=person)
    foreign = duties.exclude(pk__in=Penugasan.objects.managed_by(by)).exists()
    return BEYOND if foreign or not {duty.peran for duty in duties} <= set(may_give(by)) else ""


def _must_administer_all(by: Pengguna, person: Pengguna):
    """The person's current assignments; Refused when one is `beyond` the reach of `by`."""
    if sentence := beyond(by, person):
        raise Refused(sentence)
    return Penugasan.objects.current().filter(pengguna=person)


def _keep_one_admin(duties) -> None:
    """One active admin must remain. The rows are locked, so that two admins cannot end each other."""
    ending = {duty.pk for duty in duties if duty.peran == Peran.ADMIN}
    if not ending:
        return
    admins = Penugasan.objects.current().filter(peran=Peran.ADMIN, selesai=None, pengguna__is_active=True)
    if not {duty.pk for duty in lock_all(admins)} - ending:
        raise Refused("Ini admin terakhir. Beri penugasan admin kepada orang lain dulu.")


def _use_if_idle(person: Pengguna, duty: Penugasan) -> None:
    """The first assignment is used at once; later ones wait until the person switches."""
    if person.penugasan is None:
        person.penugasan_aktif = duty
        person.save(update_fields=["penugasan_aktif"])
