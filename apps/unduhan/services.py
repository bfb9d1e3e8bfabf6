"""Asking for the file of a long list, and asking again. A worker makes it (`making.py`)."""

import secrets

from django.core import signing
from django.db import transaction

from apps.akun.models import Pengguna
from apps.dasar.errors import Refused
from apps.dasar.lists import ListFile
from apps.dasar.once import stored_once
from apps.dasar.queue import enqueue
from apps.jejak import jobs
from apps.unduhan import tasks
from apps.unduhan.models import Unduhan

SALT, LASTS = "unduhan", 24 * 3600
"""An offer is signed, so that only an address of a list that the portal has offered is ever asked; seconds it lasts."""


def offer(file: ListFile, address: str, *, to: Pengguna) -> str:
    """The offer to make this file, for the form that accepts it. It carries the key of the form, too."""
    facts = {"kode": secrets.token_hex(16), "judul": file.title, "bentuk": file.kind, "alamat": address}
    return signing.dumps(facts | {"untuk": to.penugasan_aktif_id}, salt=SALT, compress=True)


def request_file(words: str, *, by: Pengguna) -> Unduhan:
    """The job of an offer that `by` accepts, or the one that an earlier click has made."""
    try:
        facts = signing.loads(words, salt=SALT, max_age=LASTS)
    except signing.BadSignature as broken:
        raise Refused("Permintaan ini sudah lama. Buka daftarnya, lalu minta berkasnya lagi.") from broken
    duty = by.penugasan
    if duty is None or facts.pop("untuk") != duty.pk:
        raise Refused("Permintaan ini dari penugasan lain. Buka daftarnya, lalu minta berkasnya lagi.")

    def store() -> Unduhan:
        return Unduhan.objects.create(**facts, pengguna=by, penugasan=duty)

    job, fresh = stored_once(store, Unduhan.objects.of(by).filter(kode=facts["kode"]).first)
    if fresh:
        enqueue(tasks.make_file, job.pk)
    return job


@transaction.atomic
def retry(job: Unduhan) -> None:
    """Make a file that came to nothing once more, with the rows of now."""
    if not jobs.again(job):
        raise Refused("Hanya berkas yang belum jadi yang dapat dibuat lagi.")
    enqueue(tasks.make_file, job.pk)
