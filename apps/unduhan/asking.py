"""Asking a view of the portal for its list on behalf of a person: the same address, the same checks, the same rows."""

from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, QueryDict
from django.urls import ResolverMatch, resolve

from apps.akun.models import Pengguna
from apps.akun.roles import may_count
from apps.dasar.errors import Refused
from apps.dasar.lists import ListFile

GONE = "Daftar ini tidak lagi terbuka untuk penugasan Anda. Buka daftarnya, lalu minta berkasnya lagi."


def list_at(address: str, user: Pengguna) -> ListFile:
    """What the view at `address` answers `user` now; `Refused` when that is not a list.

    The view runs as for a browser: `@requires`, the filters of the address, `visible_to`. Call it in the scope and on
    the clock of the user.
    """
    parts = urlsplit(address)
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", parts.path, parts.path
    request.GET = QueryDict(parts.query)
    request.user = user
    try:
        match = resolve(parts.path)
        answer = match.func(request, *match.args, **match.kwargs)
    except (Http404, PermissionDenied) as refusal:
        raise Refused(GONE) from refusal
    if not isinstance(answer, ListFile):
        raise Refused(GONE)
    return answer


def still_open(address: str, user: Pengguna) -> bool:
    """Whether the role of `user` may still open the list at `address`."""
    try:
        match: ResolverMatch = resolve(urlsplit(address).path)
    except Http404:
        return False
    return may_count(user, match.func.requires)  # type: ignore[attr-defined]
