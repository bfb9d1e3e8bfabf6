"""Which PDFs are taken: honest ones whatever made them; none that acts, carries something or points elsewhere."""

import io
import time
import zlib
from struct import pack

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from apps.berkas.papers import SENTENCES, verdict
from apps.dasar.pdf import html_to_pdf
from tests.berkas.factories import pdf


def made(change, **how) -> bytes:
    """A PDF of one page after `change(pdf, page)`."""
    out = io.BytesIO()
    with pikepdf.new() as paper:
        change(paper, paper.add_blank_page(page_size=(595, 842)))
        paper.save(out, **how)
    return out.getvalue()


def opening(**action):
    def change(paper, page):
        paper.Root.OpenAction = paper.make_indirect(Dictionary(**action))

    return change


def link(**action):
    def change(paper, page):
        place = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 99, 99], A=Dictionary(**action))
        page.obj.Annots = Array([paper.make_indirect(place)])

    return change


def form(**more):
    def change(paper, page):
        field = Dictionary(FT=Name.Sig, T=String("tanda_tangan"), Subtype=Name.Widget, Rect=[0, 0, 0, 0])
        paper.Root.AcroForm = Dictionary(Fields=Array([paper.make_indirect(field)]), SigFlags=3, **more)

    return change


def annotation(**facts):
    def change(paper, page):
        page.obj.Annots = Array([paper.make_indirect(Dictionary(Type=Name.Annot, Rect=[0, 0, 9, 9], **facts))])

    return change


def page_events(paper, page):
    page.obj.AA = Dictionary(O=Dictionary(S=Name.GoTo, D=String("x")))


def chained(paper, page):
    last = Dictionary(S=Name.URI, URI=String("https://contoh.go.id"))
    link(S=Name.GoTo, D=String("x"), Next=Array([last]))(paper, page)


def script_of_the_paper(paper, page):
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    paper.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))


def bytes_elsewhere(paper, page):
    page.obj.Contents = paper.make_stream(b"", F=String("//berbagi/isi"))


URL = String("https://contoh.go.id/terima")
REFUSED = {
    "skrip": [
        opening(S=Name.JavaScript, JS=String("app.alert(1)")),
        opening(S=Name.Launch, F=String("cmd.exe")),
        opening(S=Name.Named, N=Name.Print),
        link(S=Name.Unheard, F=String("x")),
        page_events,
        script_of_the_paper,
    ],
    "formulir": [
        opening(S=Name.SubmitForm, F=URL),
        link(S=Name.ImportData, F=String("x.fdf")),
        form(XFA=String("<x/>")),
    ],
    "tautan": [
        link(S=Name.URI, URI=URL),
        opening(S=Name.GoToR, F=String("//berbagi/lain.pdf")),
        link(S=Name.GoToE, F=String("lain.pdf")),
        chained,
        bytes_elsewhere,
    ],
    "lampiran": [
        annotation(Subtype=Name.FileAttachment, FS=Dictionary(Type=Name.Filespec, F="x", EF=Dictionary())),
        annotation(Subtype=Name.RichMedia),
        annotation(Subtype=Name.Movie),
        link(S=Name.Rendition),
    ],
}
CASES = [(word, change) for word, changes in REFUSED.items() for change in changes]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "in-object-streams"])
@pytest.mark.parametrize(("word", "change"), CASES)
def test_what_acts_carries_or_points_elsewhere_is_refused_with_what_to_do(word, change, packed):
    modes = pikepdf.ObjectStreamMode
    body = made(change, object_stream_mode=modes.generate if packed else modes.disable)
    assert verdict(body) == SENTENCES[word]
    assert "Print to PDF" in SENTENCES[word]


def with_outline(paper, page):
    with paper.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Bab 1", 0))


@pytest.mark.parametrize(
    "change",
    [
        lambda paper, page: None,
        with_outline,
        opening(S=Name.GoTo, D=String("awal")),
        lambda paper, page: setattr(paper.Root, "OpenAction", Array([page.obj, Name.Fit])),
        link(S=Name.GoTo, D=String("awal")),
        link(S=Name.Named, N=Name.NextPage),
        form(),
    ],
    ids=["scan", "outline", "goes-to-a-page", "shows-a-page", "inner-link", "next-page", "signature"],
)
def test_honest_papers_are_taken(change):
    assert verdict(made(change)) == ""


def test_the_letters_of_the_portal_itself_are_taken():
    assert verdict(html_to_pdf("<html lang='id'><title>Surat</title><h1>Surat</h1><p>Isi").body) == ""


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "terkunci"),
        (pdf(encryption=pikepdf.Encryption(owner="a", user="")), "terkunci"),
        (b"%PDF-1.7\n" + bytes(400), "rusak"),
        (b"%PDF-1.7\n1 0 obj\n" + b"[" * 100_000, "rusak"),
        (pdf()[:200], "rusak"),
    ],
    ids=["locked", "half-locked", "empty", "deep", "cut"],
)
def test_locked_and_broken_papers_get_their_sentence(body, word):
    assert verdict(body) == SENTENCES[word]


def nested(levels: int) -> bytes:
    def change(paper, page):
        inner = Array()
        for _ in range(levels):
            inner = Array([inner])
        page.obj.Sarang = inner

    return made(change)


def swelling(megabytes: int) -> bytes:
    """A PDF of some kilobytes whose one object stream becomes so many megabytes."""
    body = zlib.compress(b"4 0 <<>> " + b" " * (megabytes * 2**20), 9)
    parts = [
        b"%PDF-1.5\n",
        b"1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n",
        b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n",
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/X 4 0 R>>\nendobj\n",
        b"5 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(body),
    ]
    starts = [sum(map(len, parts[:number])) for number in range(1, 5)]
    parts.append(body + b"\nendstream\nendobj\n")
    rows = [(0, 0, 0), *((1, at, 0) for at in starts[:3]), (2, 5, 0), (1, starts[3], 0)]
    end = sum(map(len, parts))
    rows.append((1, end, 0))
    table = b"".join(pack("!BLB", *row) for row in rows)
    head = b"6 0 obj\n<</Type/XRef/Size 7/W[1 4 1]/Root 1 0 R/Length %d>>stream\n" % len(table)
    return b"".join(parts) + head + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % end


def test_a_paper_that_cannot_be_read_with_bounded_work_is_refused():
    assert verdict(nested(60)) == SENTENCES["rumit"]
    assert verdict(swelling(1)) == ""
    began, body = time.monotonic(), swelling(2000)
    assert len(body) < 3 * 2**20
    assert verdict(body) in (SENTENCES["rumit"], SENTENCES["rusak"])
    assert time.monotonic() - began < 60
