"""Photos of guidance: read by content, made small, without a trace of the place, for those who may read the record."""

import io
import uuid
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from apps.jejak.models import Akses
from apps.klien.models import CatatanBimbingan, FotoBimbingan
from apps.klien.photos import LONGEST_SIDE, MOST_BYTES, Unusable, shrink
from tests import factories as make

pytestmark = pytest.mark.django_db
GPS, MAKER, ORIENTATION = 0x8825, 0x010F, 0x0112


def image(kind="JPEG", size=(1600, 900), mode="RGB", *, noise=False, **options) -> bytes:
    out = io.BytesIO()
    picture = Image.effect_noise(size, 120).convert(mode) if noise else Image.new(mode, size, "teal")
    picture.save(out, kind, **options)
    return out.getvalue()


def with_position(orientation=1) -> bytes:
    exif = Image.Exif()
    exif[MAKER], exif[ORIENTATION] = "Merek HP", orientation
    exif.get_ifd(GPS)[1], exif.get_ifd(GPS)[2] = "S", (8.0, 39.0, 12.0)
    return image(exif=exif)


def upload(body: bytes, name="apa-saja.bin"):
    return SimpleUploadedFile(name, body, content_type="application/octet-stream")


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def record(klien):
    return make.CatatanFactory(klien=klien)


@pytest.fixture
def send(client):
    """send(record, body) → answer of the endpoint that is addressed by the key of the record."""

    def post(record, body=None, **headers):
        address = reverse("klien:guidance_photo_add", args=[record.kunci])
        return client.post(address, {"foto": upload(body or image())}, headers=headers)

    return post


# --- the picture -----------------------------------------------------------------------------------


def test_position_and_maker_are_gone_and_the_picture_stands_upright():
    photo = shrink(upload(with_position(orientation=6)))
    stored = Image.open(io.BytesIO(photo.body))
    assert (stored.format, stored.size, dict(stored.getexif())) == ("JPEG", (720, 1280), {})
    assert b"Merek HP" not in photo.body


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_large_and_noisy_pictures_become_small(kind):
    photo = shrink(upload(image(kind, (1500, 1400), noise=True)))
    assert len(photo.body) <= MOST_BYTES
    assert max(photo.width, photo.height) <= LONGEST_SIDE


def test_a_transparent_picture_lies_on_white():
    clear = io.BytesIO()
    Image.new("RGBA", (64, 64), (0, 0, 0, 0)).save(clear, "PNG")
    white = Image.open(io.BytesIO(shrink(upload(clear.getvalue())).body))
    assert white.getpixel((32, 32)) == (255, 255, 255)


def bomb() -> bytes:
    """A few kilobytes that would need a hundred megabytes."""
    return image("PNG", (6_000, 5_000), "1")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"%PDF-1.7 bukan foto", "bukan foto"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "bukan foto"),
        (image("GIF", (10, 10), "P"), "bukan foto"),
        (image()[:400], "bukan foto"),
        (bomb(), "terlalu besar"),
        (b"\0\0\0\x18ftypheic" + bytes(400), "Paling Kompatibel"),
        (b"\xff" * (10 * 1024 * 1024 + 1), "terlalu besar"),
    ],
    ids=["pdf", "svg", "gif", "cut", "bomb", "heic", "heavy"],
)
def test_what_is_no_photo_is_refused_whatever_its_name(body, sentence):
    with pytest.raises(Unusable, match=sentence):
        shrink(upload(body, "foto.jpg"))


# --- with the text, in one form --------------------------------------------------------------------

FORM = reverse("klien:guidance_new")


@pytest.fixture
def typed(klien):
    """What a browser without scripts sends after one tap on "Hadir" and a photo."""
    return {
        "klien": klien.pk, "kunci": str(uuid.uuid4()), "cara": "kantor", "kapan": "hari-ini", "hadir": "ya",
        "bidang": "kepribadian", "foto": upload(with_position(), "IMG_0001.jpg"),
    }  # fmt: skip


def again(typed, **facts):
    return {**typed, "foto": upload(with_position(), "IMG_0001.jpg"), **facts}


def test_text_and_photo_of_one_form_are_stored_together_and_once(login, pk, typed, files, database_role):
    for facts in (typed, again(typed)):
        assert login(pk).post(FORM, facts).status_code == 302
    assert FotoBimbingan.objects.get().catatan == CatatanBimbingan.objects.get()
    assert sum(path.is_file() for path in files.rglob("*")) == 1


def test_a_photo_that_cannot_be_read_stores_nothing(login, pk, typed):
    answer = login(pk).post(FORM, {**typed, "foto": upload(b"%PDF-1.7", "foto.jpg")})
    assert (answer.status_code, "bukan foto" in answer.text) == (422, True)
    assert not CatatanBimbingan.objects.exists()


def test_the_photo_is_asked_for_again_when_something_else_is_missing(login, pk, typed):
    answer = login(pk).post(FORM, {**typed, "hadir": ""})
    assert answer.context["form"].errors["foto"] == ["Pilih foto ini sekali lagi. Peramban tidak mengirimnya ulang."]
    assert "foto" not in login(pk).post(FORM, {**typed, "hadir": "", "foto": ""}).context["form"].errors


def test_the_form_offers_no_photo_of_a_child_and_refuses_one_with_the_law(login, pk, ours, typed):
    child = make.KlienFactory(bapas=ours, pk_pembimbing=pk, kategori_usia="anak", jenis_register="bimbingan-anak")
    assert 'type="file"' not in login(pk).get(FORM, {"klien": child.pk}).text
    answer = login(pk).post(FORM, {**typed, "klien": child.pk})
    assert (answer.status_code, "UU 11/2012 Pasal 19" in answer.text) == (422, True)
    assert not CatatanBimbingan.objects.exists()


def test_the_answer_to_a_queue_says_where_the_photo_belongs(login, pk, typed):
    key = str(uuid.uuid4())
    body = login(pk).post(FORM, {**typed, "foto": ""}, headers={"X-Idempotency-Key": key}).json()
    assert body["foto"] == reverse("klien:guidance_photo_add", args=[key])


# --- sent after the text ---------------------------------------------------------------------------


def test_a_photo_is_kept_under_a_random_name(login, pk, klien, record, send, files, database_role):
    login(pk)
    assert "Hindari wajah klien" in login(pk).get(reverse("klien:guidance_photo_add", args=[record.kunci])).text
    assert send(record, with_position()).url == reverse("klien:guidance", args=[record.pk])
    row = FotoBimbingan.objects.get()
    assert (row.bapas, row.catatan, row.diunggah_oleh) == (klien.bapas, record, pk)
    assert Path(row.berkas).parts[:2] == ("bimbingan", str(klien.bapas_id))
    assert klien.kode not in row.berkas
    assert (files / row.berkas).stat().st_size == row.ukuran


def test_the_second_sending_keeps_the_first_photo(login, pk, record, send, files):
    login(pk)
    key = {"X-Idempotency-Key": str(uuid.uuid4())}
    assert [send(record, **key).status_code for _ in range(2)] == [201, 200]
    assert FotoBimbingan.objects.count() == 1
    assert sum(path.is_file() for path in files.rglob("*")) == 1


def test_a_queue_hears_when_the_text_has_not_arrived_and_what_is_wrong(login, pk, record, send):
    key = {"X-Idempotency-Key": str(uuid.uuid4())}
    assert send(record, **key).status_code == 401
    login(pk)
    assert send(SimpleNamespace(kunci=uuid.uuid4()), **key).status_code == 425
    answer = send(record, b"bukan foto", **key)
    assert (answer.status_code, "bukan foto" in answer.text) == (422, True)


def test_only_the_author_adds_a_photo(login, officer, record, send, theirs, database_role):
    for stranger in (officer("pk"), officer("pk", bapas=theirs)):
        login(stranger)
        assert send(record).status_code == 404
    login(officer("operator"))
    assert send(record).status_code == 403


def test_a_childs_photo_is_refused_with_the_law(login, pk, ours, send):
    child = make.KlienFactory(bapas=ours, pk_pembimbing=pk, kategori_usia="anak", jenis_register="bimbingan-anak")
    record = make.CatatanFactory(klien=child)
    login(pk)
    address = reverse("klien:guidance_photo_add", args=[record.kunci])
    for answer in (login(pk).get(address), send(record)):
        assert (answer.status_code, "UU 11/2012 Pasal 19" in answer.text) == (409, True)
    assert send(record, **{"X-Idempotency-Key": "x"}).status_code == 409
    assert not FotoBimbingan.objects.exists()
    assert address not in login(pk).get(reverse("klien:guidance", args=[record.pk])).text


# --- who sees it -----------------------------------------------------------------------------------


def test_those_who_may_read_the_record_see_it_and_leave_a_trace(
    login, pk, officer, record, send, theirs, database_role
):
    login(pk)
    send(record)
    address = reverse("klien:guidance_photo", args=[record.pk])
    Akses.objects.filter(pengguna=pk).delete()
    answer = login(pk).get(address)
    assert Image.open(io.BytesIO(answer.content)).format == "JPEG"
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert answer["Cache-Control"] == "private, no-store"
    assert Akses.objects.get(pengguna=pk).rincian == f"foto {record.pk}"
    assert login(officer("kabapas")).get(address).status_code == 200
    assert login(officer("pk")).get(address).status_code == 404
    assert login(officer("operator")).get(address).status_code == 403
    assert login(officer("kabapas", bapas=theirs)).get(address).status_code == 404


def test_a_correction_takes_the_photo_along_and_a_withdrawal_hides_it(login, pk, record, send, today):
    login(pk)
    send(record)
    login(pk).post(reverse("klien:guidance_correct", args=[record.pk]), {
        "cara": "kantor", "tanggal": today.isoformat(), "hadir": "ya", "bidang": "kepribadian",
        "alasan_koreksi": "Salah",
    })  # fmt: skip
    correction = FotoBimbingan.objects.get().catatan
    assert correction.koreksi_dari == record
    address = reverse("klien:guidance_photo", args=[correction.pk])
    assert login(pk).get(address).status_code == 200
    login(pk).post(reverse("klien:guidance_withdraw", args=[correction.pk]), {"alasan": "Salah klien"})
    assert login(pk).get(address).status_code == 404


def test_a_photo_that_arrives_after_the_correction_joins_it_and_a_withdrawn_record_takes_none(
    login, pk, klien, record, send
):
    correction = make.CatatanFactory(klien=klien, koreksi_dari=record, alasan_koreksi="Salah")
    login(pk)
    key = {"X-Idempotency-Key": str(record.kunci)}
    assert [send(record, **key).status_code for _ in range(2)] == [201, 200]
    assert FotoBimbingan.objects.get().catatan == correction
    other = make.CatatanFactory(klien=klien)
    make.CatatanFactory(klien=klien, koreksi_dari=other, alasan_koreksi="Salah klien", dibatalkan=True)
    answer = send(other, **{"X-Idempotency-Key": str(other.kunci)})
    assert (answer.status_code, "sudah dibatalkan" in answer.text) == (409, True)


def test_a_photo_can_be_taken_away_with_its_file(
    login, pk, officer, record, send, files, django_capture_on_commit_callbacks
):
    login(pk)
    send(record)
    address = reverse("klien:guidance_photo_remove", args=[record.pk])
    assert login(officer("pk")).post(address).status_code == 404
    assert address in login(pk).get(reverse("klien:guidance", args=[record.pk])).text
    with django_capture_on_commit_callbacks(execute=True):
        assert login(pk).post(address).status_code == 302
    assert not FotoBimbingan.objects.exists()
    assert not any(path.is_file() for path in files.rglob("*"))
