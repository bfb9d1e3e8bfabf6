"""The real file: same bytes, tagged, no network, no foreign font."""

import os
import re
import subprocess
import sys
from collections import Counter
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
import segno
from django.core.exceptions import SuspiciousFileOperation

from apps.laporan.document import qr, sentences, title_of, to_html
from pemasyarakatan.pdf import OwnFiles, html_to_pdf
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
        "from pemasyarakatan.pdf import html_to_pdf;"
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


def test_wording_of_the_approval(made):
    level, _, html, _ = made
    verb = "Disetujui" if level == "bapas" else "Diterbitkan"
    assert f"{verb} di sistem oleh:" in html
    assert samples.ISSUE.kode in html
    assert not re.search(r"ditandatangani|\bBSrE\b|\bTTE\b|tersertifikasi", html, re.IGNORECASE)


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
