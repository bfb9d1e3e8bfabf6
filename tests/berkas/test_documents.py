"""Papers of a file: what is taken in, who gets it out again, and how a wrong one goes."""

import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from apps.berkas.models import LARGEST, Dokumen
from apps.jejak.models import Akses
from tests import factories as make
from tests.berkas.factories import DokumenFactory, JenisDokumenFactory, acting_pdf, carrying_pdf, pdf, photo

pytestmark = pytest.mark.django_db
KEY = "0b3b2f5c-54a5-4b57-8b33-3f6d3c1f9a10"


def url(name, klien, *more):
    return reverse(f"berkas:{name}", args=[klien.pk, *more])


@pytest.fixture
def send(login, klien):
    """send(user, body, name="sk.pdf", …) → the answer to an upload."""

    def upload(user, body, name="sk.pdf", to=None, **facts):
        form = {"jenis": JenisDokumenFactory().pk, "judul": "SK PB 2026", "unggahan": SimpleUploadedFile(name, body)}
        return login(user).post(url("upload", to or klien), {**form, **facts})

    return upload


def refusal(answer) -> str:
    return answer.context["form"].errors["unggahan"][0]


# --- taking in ------------------------------------------------------------------------------------


@pytest.mark.parametrize("peran", ["pk", "operator"])
def test_a_pdf_is_kept_as_it_is_under_a_random_name(send, officer, klien, media, peran, database_role):
    body, user = pdf(), officer(peran)
    assert send(user, body, name="Budi Santoso 3201010101010001.pdf").url == url("list", klien)
    document = Dokumen.objects.get()
    assert document.berkas.read() == body
    assert (document.isi, document.ukuran, document.pindai) == ("application/pdf", len(body), "belum")
    assert document.diunggah_oleh == user
    (stored,) = [path.relative_to(media) for path in media.rglob("*") if path.is_file()]
    assert str(stored) == document.berkas.name
    assert "Budi" not in document.berkas.name
    assert len(stored.name) == 40


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_is_drawn_anew_without_place_and_device(send, pk, kind):
    assert send(pk, photo(kind), name="foto.jpg").status_code == 302
    stored = Dokumen.objects.get().berkas.read()
    assert b"KAMERA RAHASIA" not in stored
    with Image.open(io.BytesIO(stored)) as picture:
        assert (picture.format, dict(picture.getexif())) == (kind, {})


def test_a_large_picture_becomes_readable_not_huge(send, pk):
    send(pk, photo(size=(4000, 1000)))
    with Image.open(Dokumen.objects.get().berkas) as picture:
        assert picture.size == (2400, 600)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "Berkas kosong"),
        (b"MZ" + bytes(400), "Isi berkas bukan PDF, JPEG, PNG"),
        (b"<html><script>alert(1)</script></html>", "Isi berkas bukan PDF, JPEG, PNG"),
        (b"GIF89a" + bytes(40), "Isi berkas bukan PDF, JPEG, PNG"),
        (b"PK\x03\x04" + bytes(40), "pilih Simpan sebagai → PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "pilih Simpan sebagai → PDF"),
        (b"%PDF-1.7\n" + bytes(40), "rusak"),
        (pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "terkunci"),
        (pdf(encryption=pikepdf.Encryption(owner="a", user="")), "terkunci"),
        (acting_pdf(), "memuat skrip"),
        (carrying_pdf(), "memuat lampiran"),
        (photo()[:300], "rusak"),
        (b"%PDF-1.7\n" + bytes(LARGEST), "paling besar 10 MB"),
    ],
    ids=[
        "empty",
        "program",
        "page",
        "gif",
        "docx",
        "doc",
        "broken",
        "locked",
        "half-locked",
        "script",
        "attachment",
        "cut",
        "huge",
    ],
)
def test_the_content_decides_not_the_name(send, pk, media, body, words):
    answer = send(pk, body, name="sk.pdf")
    assert answer.status_code == 422
    assert words in refusal(answer)
    assert 'value="SK PB 2026"' in answer.text
    assert not media.exists()


def test_a_childs_file_takes_no_pictures(send, pk, ours):
    facts = {"lahir": "2012-05-01", "kategori_usia": "anak", "jenis_register": "bimbingan-anak"}
    child = make.KlienFactory(bapas=ours, pk_pembimbing=pk, **facts)
    answer = send(pk, photo(), to=child)
    assert answer.status_code == 409
    assert "foto anak tidak disimpan" in answer.text
    assert send(pk, pdf(), to=child).status_code == 302


def test_the_same_paper_twice_is_said_and_the_same_form_twice_is_one_paper(send, pk, media):
    body = pdf()
    for _ in range(2):
        assert send(pk, body, kunci=KEY).status_code == 302
    answer = send(pk, body, judul="Lain")
    assert answer.status_code == 409
    assert "sudah ada pada dokumen klien, dengan judul “SK PB 2026”" in answer.text
    assert Dokumen.objects.count() == 1
    assert len([path for path in media.rglob("*") if path.is_file()]) == 1


def test_the_date_on_a_paper_lies_in_the_past(send, pk):
    assert "tidak boleh setelah hari ini" in send(pk, pdf(), tanggal="2999-01-01").text


@pytest.mark.parametrize("brand", [b"heic", b"mif1"])
def test_heic_gets_a_sentence_that_helps(send, pk, brand):
    answer = send(pk, b"\0\0\0\x18ftyp" + brand + bytes(400), name="IMG_0001.HEIC")
    assert (answer.status_code, "Paling Kompatibel" in refusal(answer)) == (422, True)


def test_a_title_holds_no_nik(send, pk):
    answer = send(pk, pdf(), judul="SK 3201010101010001")
    assert (answer.status_code, "Jangan tulis NIK" in answer.text) == (422, True)
    assert not Dokumen.objects.exists()


# --- getting out ----------------------------------------------------------------------------------


def test_a_download_is_an_attachment_without_personal_words_and_leaves_a_trace(login, pk, klien, database_role):
    document = DokumenFactory(klien=klien, judul="SK Budi Santoso")
    answer = login(pk).get(url("download", klien, document.pk))
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"] == f'attachment; filename="Dokumen-{klien.kode}-{document.pk}.pdf"'
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")
    trace = Akses.objects.get(verba="unduh")
    assert (trace.objek, trace.objek_id, trace.rincian) == (
        "klien",
        klien.pk,
        f"dokumen SK integrasi, nomor {document.pk}",
    )
    assert f"dokumen SK integrasi, nomor {document.pk}" in login(pk).get(reverse("klien:trail", args=[klien.pk])).text


@pytest.mark.parametrize(("peran", "reads"), [("kabapas", True), ("operator", False), ("pk", False)])
def test_secret_kinds_stay_with_the_own_pk_and_the_head(login, officer, klien, peran, reads, database_role):
    litmas = JenisDokumenFactory(kode="LITMAS", nama="Litmas", rahasia=True)
    document, user = DokumenFactory(klien=klien, jenis=litmas, judul="Litmas integrasi"), officer(peran)
    for page in (url("list", klien), reverse("klien:timeline", args=[klien.pk])):
        assert ("Litmas integrasi" in login(user).get(page).text) is reads
    assert login(user).get(url("download", klien, document.pk)).status_code == (200 if reads else 404)


def test_who_uploaded_a_secret_paper_can_check_it(login, officer, klien):
    operator = officer("operator")
    litmas = JenisDokumenFactory(kode="LITMAS", nama="Litmas", rahasia=True)
    document = DokumenFactory(klien=klien, jenis=litmas, diunggah_oleh=operator)
    assert login(operator).get(url("download", klien, document.pk)).status_code == 200


def test_a_reason_does_not_open_papers_to_headquarters(login, officer, klien):
    staff = officer("kanwil")
    login(staff).post(reverse("klien:open"), {"kode": klien.kode, "alasan": "Pemeriksaan pengaduan keluarga"})
    assert login(staff).get(url("list", klien)).status_code == 403
    assert "Dokumen" not in login(staff).get(reverse("klien:timeline", args=[klien.pk])).text.split("<h2", 1)[1]


# --- striking -------------------------------------------------------------------------------------


def test_a_struck_paper_loses_its_file_and_keeps_its_reason(
    login, pk, klien, media, django_capture_on_commit_callbacks, database_role
):
    document = DokumenFactory(klien=klien)
    address = url("strike", klien, document.pk)
    assert login(pk).post(address, {"alasan": ""}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        assert login(pk).post(address, {"alasan": "Milik klien lain"}).url == url("list", klien)
    assert [path for path in media.rglob("*") if path.is_file()] == []
    text = login(pk).get(url("list", klien)).text
    assert "<del>SK integrasi: SK PB 2026</del>" in text
    assert "karena: Milik klien lain" in text
    assert login(pk).get(url("download", klien, document.pk)).status_code == 404
    assert login(pk).post(address, {"alasan": "Milik klien lain"}).status_code == 409


def test_after_striking_the_same_paper_may_come_again(send, login, pk, klien):
    body = pdf()
    send(pk, body)
    login(pk).post(url("strike", klien, Dokumen.objects.get().pk), {"alasan": "Salah jenis"})
    assert send(pk, body).status_code == 302


def test_the_timeline_tells_of_papers(login, pk, klien):
    DokumenFactory(klien=klien)
    answer = login(pk).get(reverse("klien:timeline", args=[klien.pk]), {"jenis": "dokumen"})
    assert "Dokumen: SK integrasi" in answer.text
    assert "SK PB 2026" in answer.text


def test_the_list_is_flat(login, pk, klien, queries, budget):
    browser = login(pk)
    for _ in range(2):
        DokumenFactory(klien=klien)
    few = queries(lambda: browser.get(url("list", klien)))
    for _ in range(10):
        DokumenFactory(klien=klien)
    assert queries(lambda: browser.get(url("list", klien))) == few <= budget("berkas:list")
