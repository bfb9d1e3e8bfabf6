"""Nothing of a person's pages stays in the browser after sign-out."""

import pytest
from django.urls import reverse

from tests import factories as make
from tests.sessions import log_in

pytestmark = pytest.mark.django_db


def test_pages_of_people_who_are_logged_in_are_not_kept(client, ours, officer):
    pk = officer("pk")
    log_in(client, pk)
    klien = make.KlienFactory(bapas=ours, pk_pembimbing=pk)
    for address in ("/", reverse("klien:list"), reverse("klien:detail", args=[klien.pk])):
        assert client.get(address)["Cache-Control"] == "no-store"


def test_a_public_page_may_be_kept(client):
    assert "no-store" not in client.get("/aksesibilitas/").get("Cache-Control", "")
