"""An attendance list out of a queue: stored once, told in words what to repair, both clocks kept."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.kegiatan.models import KirimanHadir
from tests import factories as make
from tests.sessions import log_in

pytestmark = pytest.mark.usefixtures("database_role")


@pytest.fixture
def coordinator(client, ours, officer):
    user = officer("koordinator_pokmas", mitra=make.PokmasFactory(bapas=ours).mitra)
    log_in(client, user)
    return user


@pytest.fixture
def people(ours, coordinator):
    kegiatan = make.KegiatanFactory(
        bapas=ours, mitra=coordinator.penugasan.mitra, mulai=timezone.now(), dibuat_oleh=coordinator
    )
    return make.KehadiranFactory.create_batch(3, kegiatan=kegiatan)


@pytest.fixture
def send(client, people):
    """send(key, k1="hadir") → answer of the attendance page to a device."""

    def post(key, **form):
        path = reverse("kegiatan:attendance", args=[people[0].kegiatan_id])
        return client.post(path, form, headers={"X-Idempotency-Key": str(key)})

    return post


def marked(people, *statuses):
    return {f"k{row.pk}": status for row, status in zip(people, statuses, strict=False)}


def stored(people):
    for row in people:
        row.refresh_from_db()
    return [row.status for row in people]


def test_stored_then_seen_before(send, people):
    key, saved = uuid.uuid4(), timezone.now() - dt.timedelta(hours=5)
    form = {**marked(people, "hadir", "izin", "tidak"), "dibuat_pada": saved.isoformat()}
    answers = [send(key, **form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["kunci"] == str(key)
    assert stored(people) == ["hadir", "izin", "tidak"]
    sent = KirimanHadir.objects.get()
    assert (sent.dibuat_pada, sent.diterima_pada > saved) == (saved, True)


def test_a_late_repetition_does_not_undo_what_others_corrected(send, people):
    key = uuid.uuid4()
    send(key, **marked(people, "hadir"))
    send(uuid.uuid4(), **marked(people, "izin"))
    send(key, **marked(people, "hadir"))
    assert stored(people) == ["izin", "belum", "belum"]


def test_a_person_who_was_struck_meanwhile_is_not_lost_silently(send, people):
    gone = marked(people, "hadir")
    people[0].delete()
    answer = send(uuid.uuid4(), **gone)
    assert answer.status_code == 422
    [sentence] = answer.json()["galat"]["__all__"]
    assert sentence["message"] == "1 peserta yang Anda tandai sudah dihapus dari daftar."


def test_a_closed_activity_refuses_in_words(send, people):
    type(people[0].kegiatan).objects.update(status="batal", alasan_batal="Banjir")
    answer = send(uuid.uuid4(), **marked(people, "hadir"))
    assert answer.status_code == 409
    assert "Dibatalkan" in answer.json()["galat"]["__all__"][0]["message"]


def test_a_key_that_is_none_and_a_stranger(client, send, people):
    assert send("bukan-kunci", **marked(people, "hadir")).status_code == 422
    client.logout()
    assert send(uuid.uuid4(), **marked(people, "hadir")).status_code == 401
    assert not KirimanHadir.objects.exists()
