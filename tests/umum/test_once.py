"""One form, sent several times at the same moment: one row, and everybody gets the same answer."""

import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from apps.berkas.models import Dokumen
from apps.kegiatan.models import Kehadiran, KirimanHadir
from apps.kerja_sosial.models import JamKerja
from apps.klien.models import DrafRegistrasi
from apps.litmas.models import Litmas
from apps.wajib_lapor.models import PerubahanJadwal
from tests import factories as make
from tests.berkas.factories import JenisDokumenFactory, pdf
from tests.kerja_sosial import factories as work
from tests.litmas.factories import JenisLitmasFactory
from tests.sessions import posted_at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("web_role_requests")]
POSTS = 8


def at_once(user, address, form, **headers):
    """(status, where it leads) of the answers to one form, sent eight times in parallel; a function makes each anew."""
    forms = [form() if callable(form) else form for _ in range(POSTS)]
    return posted_at_once(user, address, forms, **headers)


def test_an_inquiry(pk, today):
    form = {
        "kunci": str(uuid.uuid4()), "jenis": JenisLitmasFactory().pk, "untuk": "anak", "inisial": "B.S.",
        "peminta": "Polres Contoh", "nomor_surat": "B/1/2026", "diminta": str(today), "pk_pelaksana": pk.pk,
    }  # fmt: skip
    assert at_once(pk, reverse("litmas:litmas_create"), form) == [(302, reverse("litmas:litmas_list"))] * POSTS
    assert Litmas.objects.count() == 1


def test_hours(pk, ours, klien, today):
    work.limits()
    ks = work.KerjaSosialFactory(bapas=ours, klien=klien)
    form = {
        "kunci": str(uuid.uuid4()), "tanggal": str(today - dt.timedelta(days=1)), "mulai": "08:00", "selesai": "12:00",
        "istirahat": "0", "kegiatan": "Menyapu halaman",
    }  # fmt: skip
    back = reverse("kerja_sosial:of_client", args=[klien.pk])
    assert at_once(pk, reverse("kerja_sosial:hours", args=[ks.pk]), form) == [(302, back)] * POSTS
    assert JamKerja.objects.count() == 1


def test_one_day_for_many_clients(pk, ours, klien, today):
    clients, monday = (
        [klien, make.KlienFactory(bapas=ours, pk_pembimbing=pk)],
        today + dt.timedelta(14 - today.weekday()),
    )
    form = {
        "langkah": "simpan", "kunci": str(uuid.uuid4()), "klien": [row.pk for row in clients], "tanggal": str(monday),
        "terlihat": [f"{row.pk}-{row.jadwal.versi}" for row in clients],
    }  # fmt: skip
    week = reverse("wajib_lapor:agenda", query={"minggu": f"{monday:%G-W%V}"})
    assert at_once(pk, reverse("wajib_lapor:bulk"), form) == [(302, week)] * POSTS
    assert PerubahanJadwal.objects.count() == 2


def test_a_paper_leaves_one_file(pk, klien, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    key, kind, body = str(uuid.uuid4()), JenisDokumenFactory(), pdf()

    def form():
        paper = SimpleUploadedFile("sk.pdf", body)
        return {"kunci": key, "jenis": kind.pk, "judul": "SK integrasi", "unggahan": paper}

    back = reverse("berkas:list", args=[klien.pk])
    assert at_once(pk, reverse("berkas:upload", args=[klien.pk]), form) == [(302, back)] * POSTS
    assert Dokumen.objects.count() == 1
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_a_list_out_of_a_queue(pk, ours, officer):
    row = make.KehadiranFactory(kegiatan=make.KegiatanFactory(bapas=ours, mulai=timezone.now()))
    form = {f"k{row.pk}": "hadir", "dibuat_pada": timezone.now().isoformat()}
    address = reverse("kegiatan:attendance", args=[row.kegiatan_id])
    answers = at_once(pk, address, form, **{"X-Idempotency-Key": str(uuid.uuid4())})
    assert sorted(status for status, _ in answers) == [200] * (POSTS - 1) + [201]
    assert KirimanHadir.objects.count() == 1
    assert Kehadiran.objects.get().status == "hadir"


def test_the_first_page_of_a_registration(pk):
    form = {"draf": str(uuid.uuid4()), "nama": "Siti Rahmawati"}
    answers = at_once(pk, reverse("klien:create"), form)
    assert {status for status, _ in answers} == {422}  # the page lacks a date of birth, and keeps the name
    assert DrafRegistrasi.objects.get().nama == "Siti Rahmawati"
