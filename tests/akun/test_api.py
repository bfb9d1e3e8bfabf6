"""The doors of the JSON API: who gets in with a token, and what describes it."""

import datetime as dt
import json

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.akun.models import Pengguna, Penugasan, TokenApi
from tests import factories as make

pytestmark = pytest.mark.django_db
URL = "/api/v1/klien/"


def call(client, key):
    return client.get(URL, headers={"Authorization": f"Token {key}"})


@pytest.fixture
def key(officer):
    return make.api_token(officer("pk"))


def test_a_token_opens_the_rows_of_its_assignment(client, key, ours, theirs, database_role):
    mine = make.KlienFactory(bapas=ours)
    make.KlienFactory(bapas=theirs)
    assert [row["kode"] for row in call(client, key).json()["results"]] == [mine.kode]


def test_a_token_keeps_the_assignment_that_it_was_made_for(client, key, ours, theirs):
    """Switching in the browser does not move machines to another office."""
    mine = make.KlienFactory(bapas=ours)
    person = Pengguna.objects.get(token_api__isnull=False)
    person.penugasan_aktif = Penugasan.objects.create(pengguna=person, peran="pk", bapas=theirs)
    person.save()
    assert [row["kode"] for row in call(client, key).json()["results"]] == [mine.kode]


@pytest.mark.parametrize("spoil", ["wrong", "expired", "ended", "closed"])
def test_a_token_stops_with_everything_that_it_stands_on(client, key, spoil):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    if spoil == "wrong":
        key = "x" * 20
    elif spoil == "expired":
        TokenApi.objects.update(kedaluwarsa=yesterday)
    elif spoil == "ended":
        Penugasan.objects.update(mulai=yesterday, selesai=yesterday)
    else:
        Pengguna.objects.update(is_active=False)
    response = call(client, key)
    assert response.status_code == 401
    assert response.json() == {"detail": "Token tidak berlaku."}


def test_a_browser_session_is_no_token(login, officer):
    assert login(officer("pk")).get(URL).status_code == 401


def test_a_role_without_the_verb_is_refused(client, officer):
    assert call(client, make.api_token(officer("admin"))).status_code == 403


def test_the_description_lists_every_route(client):
    schema = json.loads(client.get(reverse("api:skema"), {"format": "json"}).content)
    assert set(schema["paths"]) == {
        "/api/v1/klien/", "/api/v1/klien/{id}/", "/api/v1/bimbingan/", "/api/v1/kegiatan/", "/api/v1/kegiatan/{id}/",
    }  # fmt: skip
    assert "tokenAuth" in schema["components"]["securitySchemes"]


def test_the_page_of_the_api_is_public(client):
    text = client.get(reverse("api:dokumentasi")).text
    assert "Authorization: Token" in text
    assert reverse("api:skema") in text
