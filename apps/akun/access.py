"""Decorators that declare access. Every URL carries exactly one, or a system check refuses to start."""

from functools import wraps

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect

from apps.akun.roles import ALLOWED, PUBLIC, may, may_count, who_may


class NotForThisRole(PermissionDenied):
    """403 that can name the roles which have the verb."""

    def __init__(self, verb: str):
        super().__init__(verb)
        self.roles = who_may(verb)


def requires(verb: str, *, figures: bool = False):
    """Without log-in: the log-in page. Without an assignment in force: the page of assignments. Without the verb: 403.

    `figures` also admits roles that see only counts."""
    if verb not in ALLOWED:
        raise LookupError(f"{verb!r} is not in apps/akun/hak-akses.csv")
    allowed = may_count if figures else may

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if needs_second_factor(request.user):
                return redirect("mfa_activate_totp")
            if request.user.penugasan is None:
                return redirect("akun:penugasan")
            if not allowed(request.user, verb):
                raise NotForThisRole(verb)
            return view(request, *args, **kwargs)

        guarded.requires = verb
        return guarded

    return decorate


def public(reason: str, *, verb: str | None = None):
    """Anyone may open this view; `reason` is for reviewers. A `verb` must be one that the table gives to `publik`."""
    if verb is not None and PUBLIC not in ALLOWED[verb]:
        raise LookupError(f"{verb!r} is not public in apps/akun/hak-akses.csv")

    def decorate(view):
        @wraps(view)
        def opened(request, *args, **kwargs):
            return view(request, *args, **kwargs)

        opened.requires = verb
        opened.public_because = reason
        return opened

    return decorate


def signed_in(view):
    """For pages of the own account that must open before a second factor is set up."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    guarded.requires = "akun.sendiri"
    return guarded


def must_have_second_factor(user) -> bool:
    """True when the role in use demands a second factor."""
    return bool(user.penugasan and user.penugasan.peran in settings.MFA_REQUIRED_ROLES)


def needs_second_factor(user) -> bool:
    """True when the role demands a second factor and the person has none yet."""
    return must_have_second_factor(user) and not is_mfa_enabled(user)
