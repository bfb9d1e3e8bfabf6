"""Twenty parallel posts of one form, each in its own thread and transaction."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from apps.klien.models import CatatanBimbingan, JadwalLapor

pytestmark = pytest.mark.django_db(transaction=True)
POSTS = 20


def at_once(pk, forms):
    """Statuses and addresses of the answers to `forms`, sent in parallel."""
    browser = Client()
    browser.force_login(pk, backend="apps.akun.backends.PenugasanBackend")

    def send(form):
        one = Client()
        one.cookies = browser.cookies
        try:
            answer = one.post(reverse("klien:guidance_new"), form)
            return answer.status_code, answer.headers.get("Location")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(forms)) as pool:
        return list(pool.map(send, forms))


def form(klien, today, **facts):
    return {"klien": klien.pk, "cara": "kantor", "kapan": "hari-ini", "bidang": "kepribadian", **facts}


def test_one_key_is_one_record_and_one_answer(pk, klien, today, web_role_requests):
    sent = form(klien, today, kunci=str(uuid.uuid4()), hadir="ya")
    answers = at_once(pk, [sent] * POSTS)
    record = CatatanBimbingan.objects.get()
    assert answers == [(302, f"{reverse('klien:detail', args=[klien.pk])}?tersimpan={record.pk}")] * POSTS


def test_parallel_contacts_of_one_client_are_all_in_the_schedule(pk, klien, today):
    absences = [form(klien, today, kunci=str(uuid.uuid4()), hadir="tidak", alasan="sakit") for _ in range(5)]
    assert {status for status, _ in at_once(pk, absences)} == {302}
    assert JadwalLapor.objects.get(klien=klien).absen_beruntun == 5
