"""What somebody who leaves leaves behind: asked for by the pages of accounts before a duty or an account ends."""

from django.urls import reverse

from apps.akun.roles import may
from apps.klien.models import Klien
from apps.klien.services.assign import VERB


def left_behind(person, user) -> tuple[str, str] | None:
    """(sentence, address of the page that moves the clients of `person`) for people of the office; None without."""
    if not may(user, VERB):
        return None
    count = Klien.objects.visible_to(user).active().filter(pk_pembimbing=person).count()
    if not count:
        return None
    return f"{person.nama} membimbing {count} klien. Alihkan dulu.", reverse("klien:assign", query={"dari": person.pk})
