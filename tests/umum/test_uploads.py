"""Every way in for a file leads through the scanner, and no page waits for it: a real ClamAV daemon."""

import importlib
import io
import pkgutil
import time
import uuid
from dataclasses import dataclass

import pikepdf
import pytest
from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import FileField
from django.urls import reverse
from PIL import Image
from rest_framework import serializers

import apps
from apps.berkas.models import Dokumen
from apps.impor.models import Impor
from apps.jejak.models import Perubahan
from apps.klien import scans
from apps.klien.models import CatatanBimbingan, FotoBimbingan
from tests import factories as make
from tests.berkas.factories import JenisDokumenFactory
from tests.impor.factories import client_row, csv_file, xlsx_file
from tests.roles import as_web_role
from tests.scanner import MARKER, Scanner

pytestmark = pytest.mark.django_db
QUICK = 30
"""Seconds: far more than a page takes, and less than a page that waits for a scanner would."""


# --- which ways there are ----------------------------------------------------------------------------


def rooms_with_files() -> set[str]:
    """Rooms (apps) that have a form, a serializer or an admin page that takes a file."""
    takers = {
        kind.__module__
        for module in modules()
        for kind in vars(module).values()
        if isinstance(kind, type) and takes_file(kind)
    }
    for model in admin.site._registry:
        takers |= {model.__module__ for field in model._meta.fields if isinstance(field, FileField)}
    return {name.split(".")[1] for name in takers}


def modules():
    for found in pkgutil.walk_packages(apps.__path__, "apps."):
        if found.name.rpartition(".")[2] not in ("workbook_child", "paper_child"):
            yield importlib.import_module(found.name)


def takes_file(kind: type) -> bool:
    if issubclass(kind, forms.BaseForm):
        return any(isinstance(field, forms.FileField) for field in getattr(kind, "base_fields", {}).values())
    declared = getattr(kind, "_declared_fields", {}) if issubclass(kind, serializers.BaseSerializer) else {}
    return any(isinstance(field, serializers.FileField) for field in declared.values())


def test_every_room_that_takes_a_file_has_a_door_for_the_scanner():
    assert rooms_with_files() == {"berkas", "impor", "klien"}
    assert {door.waiting().model._meta.app_label for door in scans.doors()} == rooms_with_files()


# --- what may come through them ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def daemon():
    one = Scanner()
    one.start()
    yield one
    one.close()


@pytest.fixture
def scanner(daemon, settings):
    settings.CLAMD_URL = daemon.url
    if daemon.process.poll() is not None:
        daemon.start()
    yield daemon
    daemon.thaw() if daemon.process.poll() is None else daemon.start()


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def stored(media) -> list[str]:
    return [path.read_bytes() for path in media.rglob("*") if path.is_file()]


@pytest.fixture
def scan(django_capture_on_commit_callbacks):
    """What beat has a worker do every half a minute."""

    def work() -> int:
        with django_capture_on_commit_callbacks(execute=True), as_web_role():
            return scans.scan_waiting()

    return work


def paper(mark: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        page = made.add_blank_page()
        page.obj.Contents = made.make_stream(b"% isi " + mark)
        made.save(out, compress_streams=False)
    return out.getvalue()


def photo(mark: bytes) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, "JPEG", comment=b"isi " + mark)
    return out.getvalue()


@dataclass
class Way:
    """One way in: `send(client, klien, mark)` uploads and gives the answer, `seen(client)` tells what became of it."""

    browser: object
    klien: object

    def paper(self, body: bytes, name: str) -> None:
        form = {"jenis": JenisDokumenFactory().pk, "judul": "SK PB", "unggahan": SimpleUploadedFile(name, body)}
        self.sent(reverse("berkas:upload", args=[self.klien.pk]), form)

    def photo_later(self, mark: bytes) -> None:
        record = make.CatatanFactory(klien=self.klien)
        self.sent(reverse("klien:guidance_photo_add", args=[record.kunci]), {"foto": upload(photo(mark))})

    def photo_with_text(self, mark: bytes) -> None:
        form = {
            "klien": self.klien.pk, "kunci": str(uuid.uuid4()), "cara": "kantor", "kapan": "hari-ini", "hadir": "ya",
            "bidang": "kepribadian", "foto": upload(photo(mark)),
        }  # fmt: skip
        self.sent(reverse("klien:guidance_new"), form)

    def table(self, file) -> None:
        self.sent(reverse("impor:create"), {"jenis": "klien", "berkas": file})

    def sent(self, address: str, form: dict) -> None:
        began = time.monotonic()
        answer = self.browser.post(address, form)
        assert answer.status_code == 302, answer.text
        assert time.monotonic() - began < QUICK

    def download(self):
        paper = Dokumen.objects.get()
        return self.browser.get(reverse("berkas:download", args=[self.klien.pk, paper.pk]))

    def picture(self):
        return self.browser.get(reverse("klien:guidance_photo", args=[FotoBimbingan.objects.get().catatan_id]))

    def columns(self):
        """The page that shows what stands in the file."""
        return self.browser.get(reverse("impor:columns", args=[Impor.objects.get().pk]))

    def page(self):
        if row := Dokumen.objects.first():
            address = reverse("berkas:list", args=[row.klien_id])
        elif row := FotoBimbingan.objects.first():
            address = reverse("klien:guidance", args=[row.catatan_id])
        else:
            address = reverse("impor:detail", args=[Impor.objects.get().pk])
        return self.browser.get(address).text


def upload(body: bytes, name="foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body)


def text(mark: bytes) -> list[str]:
    return client_row(Alamat="Jalan " + mark.decode())


WAYS = {
    "pdf": ("pk", lambda way, mark: way.paper(paper(mark), "sk.pdf"), Way.download),
    "picture": ("pk", lambda way, mark: way.paper(photo(mark), "sk.jpg"), Way.download),
    "photo-later": ("pk", Way.photo_later, Way.picture),
    "photo-with-text": ("pk", Way.photo_with_text, Way.picture),
    "csv": ("operator", lambda way, mark: way.table(csv_file([text(mark)])), Way.columns),
    "xlsx": ("operator", lambda way, mark: way.table(xlsx_file([text(mark)])), Way.columns),
}


@pytest.fixture(params=WAYS)
def way(request, login, officer, pk, klien):
    """(the way, upload, open what was uploaded)."""
    role, send, opened = WAYS[request.param]
    one = Way(login(pk if role == "pk" else officer(role)), klien)
    return one, send, opened


def test_nothing_opens_before_the_scanner_has_read_it_and_a_clean_file_does_then(way, scanner, scan, media):
    one, send, opened = way
    send(one, b"bersih")
    assert opened(one).status_code in (302, 404)
    assert "emindai virus" in one.page()
    assert scan() == 1
    assert opened(one).status_code == 200
    assert not list((media / "karantina").iterdir() if (media / "karantina").exists() else [])
    assert scan() == 0


def test_an_infected_file_is_removed_its_uploader_is_told_and_the_row_stays(way, scanner, scan, media):
    one, send, opened = way
    send(one, MARKER)
    assert stored(media)
    assert scan() == 1
    assert not stored(media)
    assert opened(one).status_code in (302, 404)
    assert "emindai menemukan virus" in one.page()
    assert "ditolak" in one.browser.get("/").text or "Belum jadi" in one.browser.get("/").text
    assert CatatanBimbingan.objects.count() == FotoBimbingan.objects.count()
    assert scan() == 0


@pytest.mark.parametrize("trouble", ["freeze", "kill"])
def test_a_silent_scanner_holds_no_page_and_keeps_everything_closed(way, scanner, scan, trouble):
    one, send, opened = way
    getattr(scanner, trouble)()
    send(one, b"bersih")
    began = time.monotonic()
    assert scan() == 0
    assert time.monotonic() - began < QUICK
    assert opened(one).status_code in (302, 404)
    assert "emindai virus" in one.page()
    scanner.thaw() if trouble == "freeze" else scanner.start()
    assert scan() == 1
    assert opened(one).status_code == 200


def test_a_verdict_stands_in_the_history_of_the_row(login, pk, klien, scanner, scan):
    Way(login(pk), klien).paper(paper(MARKER), "sk.pdf")
    scan()
    row = Dokumen.objects.get()
    change = Perubahan.objects.filter(tabel="berkas_dokumen", baris_id=row.pk).latest("pk")
    assert (change.lama["pindai"], change.baru["pindai"], change.oleh_id) == ("belum", "tolak", None)


def test_a_refused_paper_is_refused_again_struck_and_replaced(login, pk, klien, scanner, scan):
    one = Way(login(pk), klien)
    one.paper(paper(MARKER), "sk.pdf")
    scan()
    form = {"jenis": JenisDokumenFactory().pk, "judul": "SK", "unggahan": upload(paper(MARKER), "lagi.pdf")}
    answer = one.browser.post(reverse("berkas:upload", args=[klien.pk]), form)
    assert (answer.status_code, "sudah ditolak" in answer.text) == (409, True)
    address = reverse("berkas:strike", args=[klien.pk, Dokumen.objects.get().pk])
    assert one.browser.post(address, {"alasan": "Bervirus"}).status_code == 302
    assert "ditolak" not in one.browser.get("/").text


def test_a_refused_photo_makes_room_for_another(login, pk, klien, scanner, scan):
    one = Way(login(pk), klien)
    one.photo_later(MARKER)
    scan()
    record = FotoBimbingan.objects.get().catatan
    assert one.browser.post(reverse("klien:guidance_photo_remove", args=[record.pk])).status_code == 302
    one.sent(reverse("klien:guidance_photo_add", args=[record.kunci]), {"foto": upload(photo(b"bersih"))})
    assert scan() == 1
    assert one.picture().status_code == 200


def test_what_was_kept_without_a_scanner_is_scanned_once_there_is_one(login, pk, klien, scanner, scan, settings):
    settings.CLAMD_URL = ""
    one = Way(login(pk), klien)
    one.paper(paper(MARKER), "sk.pdf")
    assert (one.download().status_code, "Belum dipindai" in one.page()) == (200, True)
    settings.CLAMD_URL = scanner.url
    assert one.download().status_code == 404
    assert scan() == 1
    assert "emindai menemukan virus" in one.page()


def test_a_file_without_a_verdict_waits_and_others_do_not_wait_for_it(login, pk, klien, scanner, scan, media):
    """The bytes are gone from the disk: that is no reason to call them clean, nor to stop."""
    one = Way(login(pk), klien)
    one.photo_later(b"bersih")
    for path in list(media.rglob("*")):
        if path.is_file():
            path.unlink()
    one.paper(paper(b"bersih"), "sk.pdf")
    assert scan() == 1
    assert one.download().status_code == 200
    assert FotoBimbingan.objects.get().pindai == "belum"


def test_an_import_that_waits_can_be_cancelled_and_is_not_read_then(login, officer, klien, scanner, scan, media):
    one = Way(login(officer("operator")), klien)
    one.table(csv_file([text(b"bersih")]))
    assert one.browser.post(reverse("impor:cancel", args=[Impor.objects.get().pk])).status_code == 302
    assert scan() == 0
    assert Impor.objects.get().judul == []


def test_a_page_that_waits_for_the_scanner_goes_on_by_itself(login, officer, klien, scanner, scan):
    one = Way(login(officer("operator")), klien)
    one.table(csv_file([text(b"bersih")]))
    number, asks = Impor.objects.get().pk, {"HX-Request": "true"}
    address = reverse("impor:detail", args=[number])
    assert "hx-trigger" in one.browser.get(address, headers=asks).text
    scan()
    assert one.browser.get(address, headers=asks)["HX-Redirect"] == reverse("impor:columns", args=[number])


def test_headings_that_are_missing_are_said_after_the_scan(login, officer, klien, scanner, scan, media):
    one = Way(login(officer("operator")), klien)
    one.table(upload(b"hanya satu kolom\nbaris", "x.csv"))
    assert scan() == 1
    assert "Judul kolom tidak ditemukan" in one.page()
    assert not stored(media)
