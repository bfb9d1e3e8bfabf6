"""The shell without signal: what the service worker is told to keep, and that these pages know nobody."""

import json

import pytest
from django.urls import reverse

from pemasyarakatan import luring

pytestmark = pytest.mark.django_db
PAGES = [reverse(name) for name in luring.PAGES.values()]


def test_the_worker_is_told_what_to_keep_and_may_watch_the_whole_site(client):
    answer = client.get("/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert (answer["Service-Worker-Allowed"], answer["Cache-Control"]) == ("/", "no-cache")
    facts = json.loads(answer.text.split("\n")[0].removeprefix("const CANGKANG = ").removesuffix(";"))
    assert sorted(facts["halaman"].values()) == sorted(PAGES)
    assert facts["versi"] == luring.shell_version()


@pytest.mark.parametrize("path", PAGES)
def test_every_file_of_a_kept_page_is_kept(client, path):
    text = client.get(path).text
    kept = client.get("/sw.js").text
    for name in ("portal.css", "js/portal.js", "js/antrean.js"):
        assert name in text
        assert name in kept


def test_a_kept_page_shows_a_stranger_the_form_and_the_chip(client):
    text = client.get(reverse("klien:guidance_offline")).text
    assert "Kode klien" in text
    assert "data-status-kirim" in text
    assert "data-pengguna" not in text
