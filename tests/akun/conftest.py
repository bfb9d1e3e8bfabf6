import pytest
from django.core.cache import cache
from django.urls import reverse

from tests import factories as make


@pytest.fixture(autouse=True)
def _fresh_limits():
    """Rate limits are counted in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def sign_in(client):
    """sign_in(person, "sandi") types e-mail and password into the real page."""

    def post(person_or_email, password=make.PASSWORD, **headers):
        email = getattr(person_or_email, "email", person_or_email)
        return client.post(reverse("account_login"), {"login": email, "password": password}, **headers)

    return post
