"""A transaction that PostgreSQL broke off for the sake of another one is repeated once, and nobody notices.

That is a deadlock (two waited for each other) or a serialization failure. `locks.py` keeps such cases rare. Nothing of
the broken transaction is stored, its hooks (`on_commit`) do not run, and the request is repeated from its beginning, as
if it had arrived a moment later: with a new session, user and list of messages, and with what was read of it the first
time. What stands outside the transaction happens twice: a count of attempts, and a file that was written before.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

Result = TypeVar("Result")

logger = structlog.get_logger(__name__)
COLLISIONS = {"40P01", "40001"}
"""SQLSTATE of a deadlock and of a serialization failure."""
READ_ALREADY = ("_read_started", "_body", "_post", "_files")
"""Where Django keeps what it has read of a request."""
SECRET = {"pin", "code", "password", "password1", "password2", "oldpassword"}
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 – the name of a field
SECONDS = 2
"""After so long a device tries again (Retry-After)."""


def collided(error: BaseException) -> bool:
    """True when PostgreSQL broke off the transaction for the sake of another one."""
    return isinstance(error, Error) and getattr(error.__cause__, "pgcode", None) in COLLISIONS


def once_more(work: Callable[[], Result]) -> Result:
    """What `work` gives, which is one whole transaction of a job; a second try when the first one collided."""
    try:
        return work()
    except Error as error:
        if not collided(error):
            raise
        logger.warning("transaction_repeated", sqlstate=error.__cause__.pgcode)  # type: ignore[union-attr]
        return work()


class Collision(HttpResponse):
    """503: the transaction of this request collided, and nothing of it is stored. Seen only the second time.

    The page carries what was typed, so that one button sends it again; files and secrets it does not carry.
    """

    def __init__(self, request: HttpRequest, error: BaseException) -> None:
        logger.warning("transaction_collided", sqlstate=error.__cause__.pgcode)  # type: ignore[union-attr]
        super().__init__(
            render_to_string("berbenturan.html", {"isian": _typed(request)}, request),
            status=503, headers={"Retry-After": str(SECONDS)},
        )  # fmt: skip


class AgainMiddleware:
    """Outermost: repeats a request once whose answer is a `Collision`."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        fresh = dict(vars(request))
        response = self.get_response(request)
        if isinstance(response, Collision) and _was_kept(request):
            return self.get_response(_anew(request, fresh))
        return response


def _was_kept(request: HttpRequest) -> bool:
    """False when a view has read the body piece by piece, so that it is gone."""
    known = vars(request)
    return not known.get("_read_started") or "_body" in known or "_post" in known


def _anew(request: HttpRequest, fresh: dict[str, Any]) -> HttpRequest:
    """The request as it arrived, with what was read of it."""
    again = object.__new__(type(request))
    vars(again).update(fresh, **{name: vars(request)[name] for name in READ_ALREADY if name in vars(request)})
    for files in dict(vars(again).get("_files", {})).values():
        for file in files:
            file.seek(0)
    return again


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """(name, value) of a form, for the page that sends it again; empty when something would be missing."""
    if request.FILES or SECRET & request.POST.keys():
        return []
    return [(name, value) for name, values in request.POST.lists() for value in values if name != TOKEN]
