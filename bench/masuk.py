"""Officers with clients of their own, each logged in: cookie, form token and clients, as JSON on standard output.

`bench.campuran` runs this file with the code and the database of each of its two source trees, because every version
keeps sessions in its own way. Nothing of `bench` is imported.
"""

import json
import secrets
import sys
from collections.abc import Iterator
from importlib import import_module

import django
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone


def session_of(user) -> dict[str, str]:
    """Headers of a session as the log-in page makes it, without its rate limit; `X-Token` is for forms."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "apps.akun.backends.PenugasanBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    token = secrets.token_hex(16)
    cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={token}"
    return {"Cookie": cookie, "X-Token": token}


def logged_in(wanted: int) -> Iterator[dict]:
    """About `wanted` officers, from all over the list, who have active clients of their own."""
    from apps.akun.models import Pengguna  # noqa: PLC0415 the tree in which this file runs
    from apps.klien.models import Klien  # noqa: PLC0415 the tree in which this file runs
    from apps.wilayah.scope import database_scope, scope_of  # noqa: PLC0415 the tree in which this file runs

    officers = list(Pengguna.objects.with_duty().filter(is_active=True, penugasan_aktif__peran="pk").order_by("pk"))
    for officer in officers[:: max(len(officers) // wanted, 1)][:wanted]:
        with database_scope(scope_of(officer)):
            own = Klien.objects.visible_to(officer).filter(pk_pembimbing=officer, status="aktif")
            rows = own.filter(diregistrasi__lte=timezone.localdate()).order_by("pk")
            clients = list(rows.values_list("pk", flat=True))
        if clients and officer.penugasan:
            headers = session_of(officer)
            yield {"klien": clients, "cookie": headers["Cookie"], "token": headers["X-Token"]}


if __name__ == "__main__":
    django.setup(set_prefix=False)
    json.dump(list(logged_in(int(sys.argv[1]))), sys.stdout)
