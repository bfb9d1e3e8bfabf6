"""Every view of ours names its methods (`require_safe`, `require_POST`, `takes_form`)."""

from inspect import isfunction

import pytest
from django.contrib.auth.models import AnonymousUser

from apps.akun.checks import url_patterns
from apps.akun.roles import Peran, may
from tests.access.test_verbs import layers, verbs


def is_ours(view) -> bool:
    """True for a function that is written here, false for pages of packages and of the Django admin."""
    function = layers(view)[-1]
    return isfunction(function) and function.__module__.startswith(("apps.", "pemasyarakatan."))


@pytest.mark.django_db
def test_a_method_that_no_page_knows_is_refused_before_anything_is_read(rf, officer):
    people = [officer(peran) for peran in Peran.values]
    answers = {}
    for view in filter(is_ours, (pattern.callback for _, _, pattern in url_patterns())):
        request = rf.put("/")
        request._dont_enforce_csrf_checks = True
        able = (user for user in people if all(may(user, verb) for verb in verbs(view)))
        request.user = next(able) if verbs(view) else AnonymousUser()
        answers[layers(view)[-1]] = view(request).status_code  # needs no object: the method is looked at first
    assert len(answers) > 100
    assert {view for view, status in answers.items() if status != 405} == set()
