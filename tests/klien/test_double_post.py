"""Twenty parallel posts of one form, each in its own thread and transaction."""

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction
from django.urls import reverse

from apps.klien import services
from apps.klien.models import CatatanBimbingan, JadwalLapor
from tests.sessions import posted_at_once
from tests.waiting import until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True)
POSTS = 20


def at_once(pk, forms):
    return posted_at_once(pk, reverse("klien:guidance_new"), forms)


def form(klien, today, **facts):
    return {"klien": klien.pk, "cara": "kantor", "kapan": "hari-ini", "bidang": "kepribadian", **facts}


def test_one_key_is_one_record_and_one_answer(pk, klien, today, web_role_requests):
    sent = form(klien, today, kunci=str(uuid.uuid4()), hadir="ya")
    answers = at_once(pk, [sent] * POSTS)
    record = CatatanBimbingan.objects.get()
    assert answers == [(302, f"{reverse('klien:detail', args=[klien.pk])}?tersimpan={record.pk}")] * POSTS


def test_a_contact_waits_for_one_that_is_just_being_stored(pk, klien, today):
    """Both count in the schedule, although neither transaction sees the other's row while it runs."""
    absence = {"hadir": "tidak", "alasan": "sakit", "tindak_lanjut": "Telepon"}
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            jadwal = JadwalLapor.objects.select_related("klien").select_for_update(of=("self",)).get(klien=klien)
            first = CatatanBimbingan(tanggal=today - dt.timedelta(days=1), cara="kantor", hadir=False, alasan="sakit")
            services.log_guidance(catatan=first, jadwal=jadwal, by=pk)
            second = pool.submit(at_once, pk, [form(klien, today, kunci=str(uuid.uuid4()), **absence)])
            until_somebody_waits()
        assert second.result(timeout=20)[0][0] == 302
    assert JadwalLapor.objects.get(klien=klien).absen_beruntun == 2
