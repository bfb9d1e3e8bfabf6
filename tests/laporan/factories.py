"""Finished reports with a small file; making real ones is tested in `test_services`."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from apps.laporan import approval, codes
from apps.laporan.collect import unit_name
from apps.laporan.models import Laporan
from apps.laporan.snapshot import dump
from tests.laporan import samples

NASKAH = "<p>FINAL<!--status--> · BELUM DISAHKAN<!--/status--></p><!--lembar--><p>Belum disahkan</p><!--/lembar-->"


def ready(by, bapas=None, *, kanwil=None, **facts) -> Laporan:
    """A report of `bapas`, of `kanwil`, or of the nation. Its file is stored, its hash is that of the file."""
    kode = codes.new_code()
    body = f"%PDF-1.7 contoh {kode}".encode()
    level = "bapas" if bapas else "kanwil" if kanwil else "nasional"
    laporan = Laporan(
        **{
            "tingkat": level, "bapas": bapas, "kanwil": kanwil, "tahun": 2026, "kode": kode, "status": "siap",
            "diminta_oleh": by, "penugasan": by.penugasan, "nama_berkas": "Program-Anggaran_2026_Bapas_v1.pdf",
            "berkas": default_storage.save("laporan/x.pdf", ContentFile(body)), "ukuran": 1_258_291, "halaman": 64,
            "sha256": hashlib.sha256(body).hexdigest(), "data_per": timezone.now(), "selesai_pada": timezone.now(),
            "kantor": [bapas.pk] if bapas else [], "naskah": NASKAH, **facts,
        }
    )  # fmt: skip
    laporan.potret = {"cover": dump(samples.cover(level, unit_name(laporan)))}
    laporan.save()
    return laporan


def final(by, bapas=None, **facts) -> Laporan:
    return ready(by, bapas, final=True, **facts)


def approved(by, laporan) -> Laporan:
    """The report as it is found again after `by` approved it."""
    approval.approve(laporan, by=by, sha256=laporan.sha256)
    return Laporan.objects.get(pk=laporan.pk)


def stored(job) -> bytes:
    with default_storage.open(job.berkas) as file:
        return file.read()
