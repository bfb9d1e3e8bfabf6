"""A session ends after idle time, so somebody has to say that it is not idle."""

import time

TOUCH_EVERY = 60  # seconds; more often is not worth a write
KEY = "terakhir_aktif"
AUTOMATIC = "X-Otomatis"
"""Header of requests that a page sends by itself (polling): nobody is there, so the clock runs on."""


def touch(session) -> None:
    """Give the session its full idle time again."""
    session[KEY] = int(time.time())


class IdleMiddleware:
    """Extend the session while a person works, at most once a minute."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if AUTOMATIC not in request.headers and request.user.is_authenticated and _stale(request):
            touch(request.session)
        return response


def _stale(request) -> bool:
    """The log-in itself counts as the first sign of life."""
    login = request.user.last_login
    seen = request.session.get(KEY) or (login.timestamp() if login else 0)
    return time.time() - seen > TOUCH_EVERY


class PrivateMiddleware:
    """Answers to somebody in particular are not kept on the way: "back" after sign-out shows nothing."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        known = request.user.is_authenticated or "Authorization" in request.headers
        if known and "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response
