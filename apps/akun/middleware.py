"""Extends the sessions of people at work, and keeps their pages out of caches."""

import time

TOUCH_EVERY = 60  # seconds; more often is not worth a write
KEY = "terakhir_aktif"
AUTOMATIC = "X-Otomatis"
"""Header of requests that a page sends by itself (polling); they do not extend the session."""


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
    """True if the last activity is over a minute old. The log-in counts as the first activity."""
    login = request.user.last_login
    seen = request.session.get(KEY) or (login.timestamp() if login else 0)
    return time.time() - seen > TOUCH_EVERY


class PrivateMiddleware:
    """Answers to a known user are never cached (no-store): "back" after sign-out shows nothing."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        known = request.user.is_authenticated or "Authorization" in request.headers
        if known and "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response
