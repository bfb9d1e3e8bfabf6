"""What people do with an import: upload a file, choose its columns and rows, cancel. `working.py` checks and stores.

Every public function is keyword-only and atomic.
"""

import hashlib
import json
import secrets
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.akun.models import Pengguna
from apps.dasar.errors import Refused
from apps.dasar.locks import lock
from apps.dasar.names import without_nik
from apps.dasar.once import stored_once
from apps.dasar.queue import enqueue
from apps.impor import files, tasks
from apps.impor.gate import inspect
from apps.impor.headings import LOOKED_AT, guess, heading_row, headings
from apps.impor.kinds import KINDS
from apps.impor.models import Impor, PetaKolom
from apps.impor.parsing import Sheet, rows
from apps.impor.states import Status, delete_rows, move
from apps.impor.values import key_of, text
from apps.klien import scans
from apps.wilayah.models import Bapas

SAMPLES = 5
NO_HEADINGS = "Judul kolom tidak ditemukan. Baris pertama tabel harus berisi nama kolom, misalnya Nama dan NIK."


def upload(*, by: Pengguna, bapas: Bapas, jenis: str, name: str, body: bytes) -> tuple[Impor, bool]:
    """(the import of this file, True), or (the earlier import, False) if the same file was uploaded before."""
    digest = hashlib.sha256(body).hexdigest()
    earlier = Impor.objects.filter(bapas=bapas, jenis=jenis, sha256=digest).exclude(status__in=["gagal", "batal"])
    if first := earlier.first():
        return first, False
    impor = Impor(
        bapas=bapas, jenis=jenis, sha256=digest, kode=secrets.token_hex(16), nama_berkas=without_nik(name)[-150:],
        ukuran=len(body), bentuk=inspect(body), dibuat_oleh=by,
        status=Status.PINDAI if settings.CLAMD_URL else Status.UNGGAH,
    )  # fmt: skip
    if impor.status == Status.UNGGAH:  # nobody else reads it before the scanner
        look_at_head(impor, body)

    def store() -> Impor:
        impor.save()
        impor.berkas = files.store(impor.kode, body)
        impor.save(update_fields=["berkas"])
        return impor

    stored = stored_once(store, earlier.first)
    scans.ask()
    return stored


@transaction.atomic
def choose_columns(*, impor: Impor, names: list[str], by: Pengguna) -> Impor:
    """Check the file with this meaning of its columns, and remember it for the office."""
    impor = move(impor, Status.PERIKSA, by=by, peta=names, **_asked())
    meant = {key: name for title, name in zip(impor.judul, names, strict=True) if (key := key_of(title)[:80])}
    PetaKolom.objects.bulk_create(
        [
            PetaKolom(bapas_id=impor.bapas_id, jenis=impor.jenis, judul=key, isian=name)
            for key, name in sorted(meant.items())  # in one order, because two imports may remember the same titles
        ],
        update_conflicts=True, unique_fields=["bapas", "jenis", "judul"], update_fields=["isian"],
    )  # fmt: skip
    enqueue(tasks.work, impor.bapas_id, impor.pk)
    return impor


@transaction.atomic
def confirm(*, impor: Impor, cara: str, by: Pengguna) -> Impor:
    """Store the rows that are new. A second click on the same button changes nothing."""
    current = lock(impor)
    if current.status in (Status.SIMPAN, Status.SELESAI):
        return current
    if not current.jumlah_baru:
        raise Refused("Tidak ada baris baru yang dapat disimpan.")
    if cara == Impor.Cara.SEMUA and current.jumlah_salah:
        raise Refused(
            f"{current.jumlah_salah} baris perlu diperbaiki, jadi tidak ada yang disimpan. "
            "Perbaiki berkas lalu unggah lagi, atau simpan baris yang benar saja."
        )
    impor = move(current, Status.SIMPAN, by=by, cara=cara, **_asked())
    enqueue(tasks.work, impor.bapas_id, impor.pk)
    return impor


@transaction.atomic
def retry(*, impor: Impor, by: Pengguna) -> Impor:
    """Check a file again, after a failure or because its rows have to be checked anew."""
    if not impor.berkas:
        raise Refused(files.GONE)
    same = Impor.objects.filter(bapas=impor.bapas_id, jenis=impor.jenis, sha256=impor.sha256)
    if same.exclude(pk=impor.pk).exclude(status__in=["gagal", "batal"]).exists():
        raise Refused("Berkas yang sama sudah diunggah lagi. Buka impor itu dari daftar.")
    impor = move(impor, Status.PERIKSA, by=by, **_asked())
    enqueue(tasks.work, impor.bapas_id, impor.pk)
    return impor


@transaction.atomic
def cancel(*, impor: Impor, by: Pengguna) -> Impor:
    """Cancel the import; its file and its rows are deleted at once."""
    impor = move(impor, Status.BATAL, by=by, langkah="", selesai_pada=timezone.now())
    delete_rows(impor)
    return impor


def look_at_head(impor: Impor, body: bytes) -> None:
    """Set the headings, a guess at their meaning, and the first rows for people to check it."""
    columns = KINDS[impor.jenis].columns
    sheet = Sheet()
    head = list(islice(rows(body, impor.bentuk, headings(columns), sheet), LOOKED_AT + SAMPLES))
    impor.lembar = without_nik(sheet.in_words())[:400]
    if len(head) < 2:
        raise Refused(NO_HEADINGS)
    place = heading_row(head, columns)
    impor.baris_judul, cells = head[place]
    impor.judul = [without_nik(text(cell).replace("\n", " "))[:80] for cell in cells]
    while impor.judul and not impor.judul[-1]:
        impor.judul.pop()
    if len(impor.judul) < 2:
        raise Refused(NO_HEADINGS)
    samples = [[text(cell)[:60] for cell in cells] for _, cells in head[place + 1 : place + 1 + SAMPLES]]
    impor.contoh = json.dumps(samples)
    remembered = PetaKolom.objects.filter(bapas=impor.bapas, jenis=impor.jenis).values_list("judul", "isian")
    impor.peta = guess(impor.judul, columns, dict(remembered))


def _asked() -> dict:
    now = timezone.now()
    return {"diminta_pada": now, "denyut_pada": now, "mulai_pada": None, "persen": 0, "langkah": "", "galat": ""}
