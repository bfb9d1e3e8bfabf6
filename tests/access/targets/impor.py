"""Files on their way into an office. The canary stands in the name of the file and in what is wrong in it."""

import secrets

from apps.impor.models import BarisImpor, Impor, TemuanImpor


def an_import(place, status, **facts):
    impor = Impor.objects.create(
        bapas=place.bapas, jenis="bimbingan", kode=secrets.token_hex(16), status=status, ukuran=1, bentuk="csv",
        nama_berkas=f"Daftar {place.canary}.csv", sha256=secrets.token_hex(32), dibuat_oleh=place.officer("operator"),
        judul=[f"Judul {place.canary}", "Tanggal"], peta=["kode", "tanggal"], berkas="impor/tidak-ada",
        susunan=["catatan.tanggal", "lihat.kode"],
        galat=f"Sebab {place.canary}", selesai_pada="2026-11-21T00:00Z", **facts,
    )  # fmt: skip
    TemuanImpor.objects.create(
        bapas=place.bapas, impor=impor, jenis="galat", baris=2, kolom="NIK", nilai=place.canary, kalimat="Periksa."
    )
    values = ["2026-05-03", f"KL {place.canary}"]
    BarisImpor.objects.create(bapas=place.bapas, impor=impor, baris=3, status="baru", nilai=values)
    return impor


def _one(status, data=None, **facts):
    return lambda place: ([an_import(place, status, **facts).pk], {}, data or {})


def _listed(place):
    an_import(place, "siap")
    return [], {}, {}


def _nothing(place):
    return [], {}, {}


TARGETS = {
    "impor:list": _listed,
    "impor:export": _listed,
    "impor:gaps": _nothing,
    "impor:gaps_export": _nothing,
    "impor:template": lambda place: (["klien"], {}, {}),
    "impor:detail": _one("siap", jumlah_salah=1, jumlah_baru=1),
    "impor:columns": _one("unggah", {"kolom_0": "kode", "kolom_1": "tanggal"}),
    "impor:confirm": _one("siap", {"cara": "benar"}, jumlah_baru=1),
    "impor:cancel": _one("siap"),
    "impor:retry": _one("gagal"),
    "impor:mistakes": _one("siap", berkas_salah="impor/tidak-ada"),
}
