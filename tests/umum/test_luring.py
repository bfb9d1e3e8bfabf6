"""The shell without signal: what the service worker is told to keep, and that these pages know nobody."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
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
    """Also those that a module asks for by itself."""
    wanted = set(re.findall(r'"/static/([^"]+\.(?:css|js|svg))"', client.get(path).text))
    assert {"portal.css", "js/portal.js", "js/antrean.js"} <= wanted
    while new := {other for name in wanted for other in imports(name)} - wanted:
        wanted |= new
    assert wanted <= set(luring.FILES)


@pytest.mark.parametrize("path", PAGES)
def test_a_change_in_any_part_of_a_kept_page_makes_a_new_version(client, path):
    printed = {template.name.split("#")[0] for template in client.get(path).templates if template.name}
    ours = {path for name in printed if (path := Path(settings.BASE_DIR, "templates", name)).exists()}
    assert len(ours) > 2
    assert ours <= luring.templates()


def imports(name):
    """Modules of `js/` that this file imports, at its start or later."""
    if not name.startswith("js/"):
        return set()
    text = (settings.BASE_DIR / "static" / name).read_text(encoding="utf-8")
    return {f"js/{other}" for other in re.findall(r'(?:from |import\()"\./([a-z_]+\.js)"', text)}


def test_a_kept_page_shows_a_stranger_the_form_and_the_chip(client):
    text = client.get(reverse("klien:guidance_offline")).text
    assert "Kode klien" in text
    assert "data-status-kirim" in text
    assert "data-pengguna" not in text
