"""Public pages, failures, and the promise to name every third party."""

import csv
import gzip
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from apps.akun.models import Pengguna
from pemasyarakatan import umum

ROOT = Path(settings.BASE_DIR)
PAGES = ["bantuan", "istilah", "aksesibilitas", "privasi", "luring", "lisensi"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_pages_about_the_portal_are_open_to_everyone(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert "<h1" in response.text


@pytest.mark.django_db
def test_footer_keeps_its_order(client):
    text = client.get(reverse("privasi")).text
    links = [text.index(f">{label}</a>") for label in
             ("Bantuan", "Pernyataan aksesibilitas", "Kebijakan privasi", "Lisensi")]  # fmt: skip
    assert links == sorted(links)


@pytest.mark.django_db
def test_demo_data_is_marked_on_every_page(client, settings):
    settings.DEMO = True
    assert "Data contoh – bukan data sebenarnya" in client.get(reverse("bantuan")).text
    settings.DEMO = False
    assert "Data contoh" not in client.get(reverse("bantuan")).text


def test_a_failure_has_a_code_to_read_out_and_needs_neither_user_nor_database(caplog):
    response = umum.server_error(RequestFactory().get("/apa/saja/"))
    code = re.search(r'p-nomor">(\w{4})<', response.text)[1]
    assert response.status_code == 500
    assert code in caplog.text


@pytest.mark.django_db
def test_a_broken_page_leaves_nothing_behind_and_reports_one_code(client, settings, caplog):
    settings.ROOT_URLCONF = "tests.umum.failing"
    client.raise_request_exception = False
    response = client.get("/rusak/")
    codes = re.findall(r"kode gangguan (\w{4})", caplog.text)
    assert response.status_code == 500
    assert [code in response.text for code in codes] == [True]
    assert not Pengguna.objects.filter(email="tidak-jadi@contoh.id").exists()


def test_a_refusal_names_the_roles_that_may():
    html = render_to_string("403.html", {"peran": ["Kepala Bapas", "Operator Bapas"]})
    assert "Halaman ini untuk Kepala Bapas atau Operator Bapas." in html


def test_every_runtime_dependency_is_named_with_its_licence():
    with (ROOT / "docs/lisensi-pihak-ketiga.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["nama"]: row for row in csv.DictReader(file)}
    lines = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    names = {re.split(r"[\[=<>~ ]", line)[0] for line in lines if line and line[0] not in "#-"}
    needed = {re.sub(r"[-_.]+", "-", name).lower() for name in names}
    assert needed <= listed.keys()
    assert {"govuk-frontend", "htmx", "idn-area-data"} <= listed.keys()
    assert all(row["lisensi"] and row["sumber"] for row in listed.values())


@pytest.mark.django_db
def test_licences_of_shipped_files_can_be_read(client):
    text = client.get(reverse("lisensi")).text
    for words in ("Crown Copyright", "Zero-Clause BSD", "SIL Open Font License", "Open Database License"):
        assert words in text


def test_vendored_files_are_what_the_recipe_made():
    subprocess.run([sys.executable, ROOT / "bin/vendor_ui", "--check"], check=True)


def test_the_stylesheet_of_every_page_stays_small():
    assert len(gzip.compress((ROOT / "static/portal.css").read_bytes())) <= 6 * 1024


def test_templates_hold_no_inline_style_or_script():
    for template in (ROOT / "templates").rglob("*.html"):
        if "pdf" in template.parts:
            continue
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|<style|\son\w+=\"|<script>", text), template
