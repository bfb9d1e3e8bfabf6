"""The real file: same bytes, tagged, no network, no foreign font."""

import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
import segno
from django.core.exceptions import SuspiciousFileOperation

from apps.dasar.pdf import OwnFiles, html_to_pdf
from apps.laporan.document import approved, qr, sentences, title_of, to_html
from tests.laporan import samples

LEVELS = ["bapas", "kanwil", "nasional"]


@pytest.fixture(scope="module", params=LEVELS)
def made(request):
    """(level, figures, html, Pdf)"""
    figures = getattr(samples, request.param)()
    html = to_html(figures, samples.ISSUE)
    return request.param, figures, html, html_to_pdf(html)


@pytest.fixture(scope="module")
def opened(made):
    with pikepdf.open(BytesIO(made[3].body)) as pdf:
        yield pdf


def test_two_renders_give_the_same_bytes(made):
    _, _, html, pdf = made
    assert html_to_pdf(html).body == pdf.body


def test_another_process_gives_the_same_bytes():
    """Also with another hash seed, locale and time zone: nothing of the machine leaks into the file."""
    code = (
        "import django, hashlib, sys; django.setup();"
        "from tests.laporan import samples; from apps.laporan.document import to_html;"
        "from apps.dasar.pdf import html_to_pdf;"
        "sys.stdout.write(hashlib.sha256(html_to_pdf(to_html(samples.bapas(), samples.ISSUE)).body).hexdigest())"
    )
    seen = set()
    for seed, zone, locale in (("1", "UTC", "C"), ("2", "Asia/Jayapura", "C.UTF-8")):
        machine = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        machine["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        run = subprocess.run([sys.executable, "-c", code], env=machine, capture_output=True, text=True, check=True)
        seen.add(run.stdout)
    assert len(seen) == 1


def test_claims_of_the_file(made, opened):
    level, figures, _, pdf = made
    assert str(opened.Root.Lang) == "id"
    assert opened.Root.MarkInfo.Marked
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    assert str(opened.docinfo.Title) == title_of(level, figures.cover.unit, 2026)
    assert str(opened.docinfo.CreationDate) == "D:20261121060500Z"
    assert b'pdfuaid:part="1"' in opened.Root.Metadata.read_bytes()
    assert len(opened.pages) == pdf.pages
    assert all(page.obj.Tabs == "/S" for page in opened.pages)


def test_only_our_own_fonts_are_inside(opened):
    fonts = {str(font.BaseFont).split("+")[1] for page in opened.pages for font in page.Resources.Font.values()}
    assert fonts
    assert {font.split("-")[0] for font in fonts} <= {"Inter", "Kop"}


def test_structure_for_those_who_listen(opened):
    nodes = list(structure(opened))
    kinds = Counter(str(node.S) for node in nodes)
    figures = [str(node.Alt) for node in nodes if node.S == "/Figure"]
    assert kinds["/H1"] == 1
    assert kinds["/TH"] > 50
    assert kinds["/Table"] >= 9
    assert all(figures)
    assert sum("Angka lengkap di Tabel" in alt for alt in figures) >= 4
    levels = [int(str(node.S)[2:]) for node in nodes if re.fullmatch(r"/H\d", str(node.S))]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_data_cell_names_its_heads(opened):
    cells = [node for node in structure(opened) if node.S == "/TD"]
    assert all("/Headers" in cell.A for cell in cells)


def test_a_head_cell_says_what_it_heads(opened):
    heads = [node for node in structure(opened) if node.S == "/TH"]
    assert {str(head.A.get("/Scope")) for head in heads} == {"/Column", "/Row"}


def test_links_and_lists_are_whole(opened):
    """A link that is clicked is also one that is read, and a list is made of its items."""
    nodes = list(structure(opened))
    read = sum(kid.get("/Type") == "/OBJR" for node in nodes if node.S == "/Link" for kid in kids(node))
    clicked = [mark for page in opened.pages for mark in page.get("/Annots", []) if mark.Subtype == "/Link"]
    assert read == len(clicked) > 20
    items = [kid for node in nodes if node.S == "/L" for kid in kids(node)]
    assert {str(kid.S) for kid in items} == {"/LI"}


def test_bookmarks_name_the_chapters(opened):
    with opened.open_outline() as outline:
        names = [item.title for item in outline.root]
    assert names[0] == "Ringkasan eksekutif"
    assert names[-1] == "Pengesahan"
    assert sum(name.startswith("Bab ") for name in names) == 6


def test_every_chart_is_followed_by_its_table(made):
    kinds = re.findall(r'id="(gambar|tabel)-(\d+)"', made[2])
    charts = [place for place, (kind, _) in enumerate(kinds) if kind == "gambar"]
    assert charts
    assert all(kinds[place + 1][0] == "tabel" for place in charts)


def test_a_final_says_that_it_is_not_approved_yet_and_names_nobody(made):
    _, _, html, _ = made
    assert "FINAL v3<!--status--> · BELUM DISAHKAN<!--/status-->" in html
    assert '<p class="lead">Belum disahkan</p>' in html
    assert "sahkan di sistem oleh" not in html
    assert samples.ISSUE.kode in html


def test_an_approved_edition_names_who_when_and_what(made):
    html = approved(made[2], samples.APPROVER)
    person = samples.APPROVER
    assert "FINAL v3<!--status--> · DISAHKAN<!--/status-->" in html
    assert "Disahkan di sistem oleh:" in html
    assert "elum disahkan" not in html
    for fact in (person.jabatan, person.nama, person.nip, person.waktu, person.sha256, "berkas final versi 3"):
        assert fact in html
    assert not re.search(r"ditandatangani|\bBSrE\b|\bTTE\b|tersertifikasi", html, re.IGNORECASE)


def test_an_approved_edition_moves_nothing_on_the_other_pages(made):
    edition = html_to_pdf(approved(made[2], samples.APPROVER))
    with pikepdf.open(BytesIO(made[3].body)) as before, pikepdf.open(BytesIO(edition.body)) as after:
        drawn = [[page.Contents.read_bytes() for page in pdf.pages] for pdf in (before, after)]
    assert drawn[0][1:-1] == drawn[1][1:-1]
    assert drawn[0][-1] != drawn[1][-1]


def test_words_of_people_are_no_place_for_an_approver():
    figures = samples.bapas()
    plan = replace(figures.rencana[0], kegiatan="<!--lembar-->x<!--/lembar-->")
    html = approved(to_html(replace(figures, rencana=(plan,)), samples.ISSUE), samples.APPROVER)
    assert html.count("Disahkan di sistem oleh:") == 1


def test_a_draft_has_no_place_for_an_approver():
    draft = to_html(samples.bapas(), samples.DRAFT)
    assert not re.search("disahkan", draft, re.IGNORECASE)
    with pytest.raises(ValueError, match="0 places"):
        approved(draft, samples.APPROVER)


def test_the_approval_of_the_programme_is_told_as_that_of_the_programme():
    figures = samples.bapas()
    assert f"Program 2026 disetujui di sistem oleh {samples.HEAD} pada 21 November 2026, 14.05 WITA." in to_html(
        figures, samples.ISSUE
    )
    without = replace(figures, cover=replace(figures.cover, persetujuan=None))
    assert "belum ada anggaran 2026 yang disetujui" in to_html(without, samples.DRAFT)


def test_words_about_people(made):
    assert not re.search(r"narapidana|\bnapi\b|residivis|mangkir|penjahat", made[2], re.IGNORECASE)
    assert not re.search(r"Rp\s+\d", made[2])


def test_draft_says_so():
    draft = to_html(samples.bapas(), samples.DRAFT)
    assert "DRAF v3" in draft
    assert "FINAL" not in draft


def test_summary_is_five_sentences(made):
    assert len(sentences(made[1])) == 5


def test_numbers_of_the_page_are_the_figures(made):
    _, figures, html, _ = made
    assert f">{figures.anggaran:,.0f}<".replace(",", ".") in html
    assert f"{figures.klien:,} klien".replace(",", ".") in html


def test_an_office_without_any_data_still_gets_a_report():
    from apps.laporan.rows import Rows
    from apps.laporan.summary import summarise

    empty = summarise(samples.cover("bapas", "Bapas Baru"), Rows())
    assert html_to_pdf(to_html(empty, samples.DRAFT)).pages >= 8


def test_qr_holds_the_address_alone():
    svg = qr("https://portal.contoh.id/verifikasi/7K3MQ9TX2F4A/")
    assert "<title>Kode QR menuju https://portal.contoh.id/verifikasi/7K3MQ9TX2F4A/</title>" in svg


def test_qr_draws_every_dark_module_once():
    url = "https://portal.contoh.id/verifikasi/7K3MQ9TX2F4A/"
    drawn = [tuple(map(int, run)) for run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", qr(url))]
    dark = sorted((x, y) for first, y, width in drawn for x in range(first, first + width))
    modules = segno.make(url, error="m", micro=False).matrix_iter(border=4)
    assert dark == sorted((x, y) for y, row in enumerate(modules) for x, module in enumerate(row) if module)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "http://127.0.0.1/", "https://contoh.id/x.png", "data:text/plain,x", "static:../manage.py"],
)
def test_nothing_but_our_own_files_is_fetched(url):
    with pytest.raises((ValueError, SuspiciousFileOperation), match=r"Refused|located outside"):
        OwnFiles().fetch(url)


def test_own_files_are_served():
    assert OwnFiles().fetch("static:fonts/Inter-Regular.woff2").read()[:4] == b"wOF2"


def structure(pdf):
    """Every element of the structure tree, in order."""
    stack = [pdf.Root.StructTreeRoot.K]
    while stack:
        node = stack.pop()
        if isinstance(node, pikepdf.Array):
            stack.extend(reversed(list(node)))
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield node
            if "/K" in node:
                stack.append(node.K)


def kids(node):
    """The dictionaries right below an element."""
    below = node.get("/K", [])
    return [
        kid for kid in (below if isinstance(below, pikepdf.Array) else [below]) if isinstance(kid, pikepdf.Dictionary)
    ]
