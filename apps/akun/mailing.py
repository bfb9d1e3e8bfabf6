"""Mails to people. A worker sends them: no page waits for the mail server, and a request for a new password takes the
same time whether the account exists or not.

What waits is a row (`Surat`) with ids; it names no address and holds no link. The worker makes the link when it sends.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPException

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from apps.akun.adapter import password_link
from apps.akun.models import UNITS, Pengguna, Penugasan, Surat
from apps.dasar.queue import enqueue

logger = logging.getLogger(__name__)
LONGEST_PAUSE = timedelta(hours=1)
KEPT = timedelta(days=1)
"""A mail that the server refused for so long is given up."""
Text = tuple[str, str]
"""Subject and body."""


def post(
    jenis: str, person: Pengguna | None, duty: Penugasan | None = None, facts: dict[str, str] | None = None
) -> None:
    """Leave a mail for a worker. Nobody (None) gets none, at the same cost."""
    from apps.akun import tasks  # noqa: PLC0415 - it calls this module

    letter = Surat.objects.create(jenis=jenis, pengguna=person, penugasan=duty, isi=facts or {})
    enqueue(tasks.send_mail, letter.pk)


def post_to(email: str, jenis: str, facts: dict[str, str]) -> None:
    """`post` to whoever has this address."""
    post(jenis, Pengguna.objects.filter(email=email.lower()).first(), facts=facts)


def send(pk: int) -> None:
    """Send one mail and forget it. Safe to call twice: its row is held meanwhile, and gone afterwards."""
    with transaction.atomic():
        rows = Surat.objects.select_related("pengguna", *(f"penugasan__{unit}" for unit in UNITS))
        letter = rows.select_for_update(skip_locked=True, of=["self"], no_key=True).filter(pk=pk).first()
        if letter is None:
            return
        try:
            _send(letter)
        except (OSError, SMTPException) as trouble:
            _later(letter, trouble)
        else:
            letter.delete()


def due() -> list[int]:
    """Ids of the mails to send now. Those that waited too long are given up."""
    lost, _ = Surat.objects.filter(diminta_pada__lt=timezone.now() - KEPT).delete()
    if lost:
        logger.error("%s surel dibuang: server surel menolaknya sehari penuh", lost)
    return list(Surat.objects.filter(coba_pada__lte=timezone.now()).values_list("pk", flat=True))


def setup_link(person: Pengguna) -> str:
    """One-time address where the person chooses a password; good for three days."""
    return password_link(f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}")


def _send(letter: Surat) -> None:
    person = letter.pengguna
    if person and person.is_active:
        subject, body = TEXTS.get(letter.jenis, _notice)(letter, person)
        send_mail(" ".join(subject.split()), body.strip(), None, [person.email])


def _later(letter: Surat, trouble: Exception) -> None:
    """Twice as long as the last time, at most an hour."""
    logger.warning("surel %s belum terkirim: %s", letter.pk, type(trouble).__name__)
    letter.percobaan += 1
    pause = timedelta(seconds=settings.JOB_STALLED * 2 ** min(letter.percobaan, 10))
    letter.coba_pada = timezone.now() + min(LONGEST_PAUSE, pause)
    letter.save(update_fields=["percobaan", "coba_pada"])


def _new_password(_letter: Surat, person: Pengguna) -> Text:
    return _of_allauth("account/email/password_reset_key", {"password_reset_url": setup_link(person)})


def _notice(letter: Surat, _person: Pengguna) -> Text:
    """A notice of allauth; its kind is the name of its templates."""
    return _of_allauth(letter.jenis, letter.isi | {"timestamp": parse_datetime(letter.isi["timestamp"])})


def _of_allauth(name: str, context: dict) -> Text:
    return render_to_string(f"{name}_subject.txt", context), render_to_string(f"{name}_message.txt", context)


def _duty(letter: Surat, person: Pengguna) -> Text:
    """A link to choose a password or, for somebody who has one, a link to the assignments."""
    link = setup_link(person) if person.invited else settings.PORTAL_URL + reverse("akun:penugasan")
    context = {"orang": person, "penugasan": letter.penugasan, "tautan": link}
    subject = "undangan" if person.invited else "penugasan baru"
    return f"Portal Pemasyarakatan: {subject}", render_to_string("akun/surel_undangan.txt", context)


def _second_factor(_letter: Surat, person: Pengguna) -> Text:
    body = render_to_string("akun/surel_dua_langkah.txt", {"orang": person})
    return "Portal Pemasyarakatan: verifikasi dua langkah dihapus", body


NEW_PASSWORD, DUTY, SECOND_FACTOR = "sandi", "penugasan", "dua-langkah"
TEXTS: dict[str, Callable[[Surat, Pengguna], Text]] = {
    NEW_PASSWORD: _new_password, DUTY: _duty, SECOND_FACTOR: _second_factor,
}  # fmt: skip
