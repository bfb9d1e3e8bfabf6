"""A full disk costs no record and leaves no half file: the portal as it is served, on file systems of its own that are
really full (tmpfs, mounted in a namespace of the server)."""

import io
import os
import shutil
import subprocess
import sys
import uuid
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from PIL import Image

from apps.berkas.models import Dokumen
from apps.impor.models import Impor
from apps.klien.models import CatatanBimbingan, FotoBimbingan
from apps.laporan.models import Laporan
from bench.server import _wait_for as wait_for
from bench.server import free_port
from tests import factories as make
from tests import servers
from tests.berkas.factories import JenisDokumenFactory, pdf
from tests.browsing import known_to_the_portal, log_in
from tests.impor.factories import client_row, csv_file

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60
LEFT = 8 * 1024
"""Bytes that stay free: enough to begin a file, too few to end it."""
FULL = "Berkas belum dapat disimpan di server"
AS_ROOT = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
NO_NAMESPACE = "Uji ini memasang tmpfs dengan `unshare --mount` (paket util-linux). Program atau izinnya tidak ada."
MAKE_REPORT = """
import sys, django
django.setup()
from apps.laporan import making
making.run(int(sys.argv[1]))
"""


class Portal:
    """gunicorn whose media and temporary folder are small file systems of its own."""

    def __init__(self, process: subprocess.Popen, port: int, env: dict[str, str]):
        self._process, self._env, self.address = process, env, f"http://127.0.0.1:{port}"

    def _inside(self, folder: str) -> Path:
        return Path(f"/proc/{self._process.pid}/root{self._env[folder]}")

    def fill(self) -> None:
        for folder, left in (("MEDIA_ROOT", LEFT), ("TMPDIR", 0)):
            with (self._inside(folder) / "isi").open("wb", buffering=0) as filler:
                place = os.statvfs(filler.name)
                size = max(place.f_bavail * place.f_frsize - left, 0)
                assert filler.write(b"\xff" * size) == size

    def make_room(self) -> None:
        for folder in ("MEDIA_ROOT", "TMPDIR"):
            (self._inside(folder) / "isi").unlink()

    def files(self) -> list[str]:
        return [path.name for path in self._inside("MEDIA_ROOT").rglob("*") if path.is_file()]

    def run(self, program: str, *arguments: object) -> None:
        """Run Python where the server runs, as a worker on the same machine."""
        enter = ["nsenter", "--target", str(self._process.pid), *AS_ROOT[:1], "--mount", "--preserve-credentials"]
        command = [*enter, sys.executable, "-c", program, *map(str, arguments)]
        subprocess.run(
            command, env=self._env | {"PYTHONPATH": str(settings.BASE_DIR)}, check=True, timeout=PATIENCE * 3
        )


@pytest.fixture
def portal(tmp_path):
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "pemasyarakatan.settings",
        "DATABASE_URL": servers.web_role_url(settings),
        "DEBUG": "true",  # static files without `collectstatic`
        "HTTPS": "false",
        "MFA_REQUIRED_ROLES": "",
        "MEDIA_ROOT": str(tmp_path / "media"),
        "TMPDIR": str(tmp_path / "sementara"),
    }
    with served(env) as running:
        yield running


@contextmanager
def served(env: dict[str, str]):
    port = free_port()
    for name in ("MEDIA_ROOT", "TMPDIR"):
        Path(env[name]).mkdir()
    mounts = 'mount -t tmpfs -o size=3m media "$MEDIA_ROOT" && mount -t tmpfs -o size=16m sementara "$TMPDIR"'
    gunicorn = f"{sys.executable} -m gunicorn pemasyarakatan.wsgi:application --bind 127.0.0.1:{port} --threads 4"
    inner = f"{mounts} && exec {gunicorn} --worker-class gthread --log-level warning --no-control-socket"
    if not shutil.which("unshare"):
        pytest.fail(NO_NAMESPACE)
    command = ["unshare", *AS_ROOT, "--mount", "sh", "-c", inner]
    process = subprocess.Popen(command, env=env, start_new_session=True)
    try:
        try:
            wait_for(port, process)
        except TimeoutError:
            pytest.fail(NO_NAMESPACE)
        yield Portal(process, port, env)
    finally:
        process.terminate()
        process.wait(timeout=15)


def named(body: bytes, name: str) -> io.BytesIO:
    file = io.BytesIO(body)
    file.name = name
    return file


def photo() -> io.BytesIO:
    out = io.BytesIO()
    Image.effect_noise((900, 600), 120).convert("RGB").save(out, "JPEG")
    return named(out.getvalue(), "foto.jpg")


def paper() -> io.BytesIO:
    return named(pdf(title="Panjang " * 4000), "sk.pdf")


def test_a_full_disk_costs_no_record_no_word_and_leaves_no_half_file(portal, officer, ours):
    pk, operator, planner = officer("pk"), officer("operator"), officer("perencana")
    klien, kind = make.KlienFactory(bapas=ours, pk_pembimbing=pk), JenisDokumenFactory()
    known_to_the_portal(pk, operator, planner)
    field, office = log_in(portal.address, pk), log_in(portal.address, operator)
    documents = reverse("berkas:upload", args=[klien.pk])
    portal.fill()
    before = portal.files()

    status, text = field.send(documents, jenis=kind.pk, judul="SK PB yang diketik", unggahan=paper())
    assert (status, FULL in text, 'value="SK PB yang diketik"' in text) == (409, True, True)
    large = csv_file([client_row(Nama=f"Klien {number}") for number in range(30_000)])
    status, text = office.send(reverse("impor:create"), jenis="klien", berkas=large)
    assert large.size > 3 * 2**20
    assert (status, FULL in text, "checked" in text) == (409, True, True)

    key, words = str(uuid.uuid4()), "Datang tepat waktu"
    status, text = field.send(
        reverse("klien:guidance_new"), klien=klien.pk, kunci=key, hadir="ya", kapan="hari-ini", cara="kantor",
        bidang="kepribadian", catatan=words, foto=photo(),
    )  # fmt: skip
    record = CatatanBimbingan.objects.get(klien=klien, catatan=words)
    assert (status, "tersimpan, tetapi fotonya belum" in text, FULL in text) == (200, True, True)
    later = reverse("klien:guidance_photo_add", args=[record.kunci])
    assert later in text
    status, text = field.send(later, foto=photo())
    assert (status, FULL in text) == (409, True)
    status, text = field.send(later, headers={"X-Idempotency-Key": key}, foto=photo())
    assert (status, FULL in text) == (507, True)

    asking = log_in(portal.address, planner)
    assert asking.send(reverse("laporan:create"), unit=f"bapas-{ours.pk}", tahun=2026, final="draf")[0] == 200
    report = Laporan.objects.get()
    portal.run(MAKE_REPORT, report.pk)
    report.refresh_from_db()
    assert (report.status, FULL in report.galat) == ("gagal", True)
    assert [kind.objects.count() for kind in (Dokumen, Impor, FotoBimbingan)] == [0, 0, 0]
    assert portal.files() == before

    portal.make_room()
    assert field.send(documents, jenis=kind.pk, judul="SK PB", unggahan=paper())[0] == 200
    assert field.send(later, foto=photo())[0] == 200
    assert office.send(reverse("impor:create"), jenis="klien", berkas=csv_file([client_row()]))[0] == 200
    assert [kind.objects.count() for kind in (Dokumen, Impor, FotoBimbingan)] == [1, 1, 1]
    assert len(portal.files()) == 3
    assert asking.send(reverse("laporan:retry", args=[report.pk]))[0] == 200
    again = Laporan.objects.latest("pk")
    portal.run(MAKE_REPORT, again.pk)
    again.refresh_from_db()
    assert (again.status, again.galat) == ("siap", "")
    assert len(portal.files()) == 4
