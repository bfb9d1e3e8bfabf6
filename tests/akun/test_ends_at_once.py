"""An assignment that is stopped, and sessions that end everywhere: from the next request on."""

import datetime as dt

import pytest
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.akun import services
from apps.akun.figures import officers_per_office
from apps.akun.models import Penugasan, RiwayatAkun
from tests import factories as make
from tests.sessions import log_in

pytestmark = pytest.mark.django_db
NOW = {"kapan": "sekarang", "alasan": "Pindah tugas"}


@pytest.fixture
def boss(officer):
    return officer("kabapas")


@pytest.fixture
def person(officer):
    return officer("pk")


@pytest.fixture
def devices(person):
    """Two devices on which the person works."""
    both = Client(), Client()
    for device in both:
        log_in(device, person)
        assert works(device)
    return both


def works(device) -> bool:
    return device.get(reverse("klien:list")).status_code == 200


def stop(client, person):
    return client.post(reverse("akun:akhiri", args=[person.pk, person.penugasan_aktif_id]), NOW)


# ── an assignment ──


def test_an_assignment_of_today_is_stopped_from_the_next_request_on(login, boss, person, devices, database_role, today):
    assert person.penugasan.mulai == today
    assert stop(login(boss), person).status_code == 302
    for device in devices:
        assert device.get(reverse("klien:list")).url == reverse("akun:penugasan")
    duty = Penugasan.objects.get(pk=person.penugasan_aktif_id)
    assert duty.selesai == today
    assert timezone.now() - duty.berhenti_pada < dt.timedelta(minutes=5)


def test_a_stopped_assignment_gives_its_tokens_nothing(login, boss, person):
    key = make.api_token(person)
    ask = {"path": reverse("api:klien-list"), "headers": {"Authorization": f"Token {key}"}}
    assert Client().get(**ask).status_code == 200
    stop(login(boss), person)
    assert Client().get(**ask).status_code == 401


def test_a_stopped_assignment_cannot_be_taken_up_again_and_others_go_on(login, boss, person, theirs):
    other = Penugasan.objects.create(pengguna=person, peran="operator", bapas=theirs)
    stop(login(boss), person)
    device = login(person)
    url = reverse("akun:penugasan")
    assert device.post(url, {"penugasan": person.penugasan_aktif_id}).status_code == 404
    assert device.post(url, {"penugasan": other.pk}).status_code == 302
    assert works(device)


def test_the_last_day_stays_a_day_of_service(login, boss, person, ours, today):
    stop(login(boss), person)
    counted = [officers_per_office([ours.pk], day=today + dt.timedelta(days=n)) for n in (-1, 0, 1)]
    assert counted == [{}, {ours.pk: 1}, {}]


def test_stopping_leaves_a_trail_and_is_offered_once(login, boss, person):
    client = login(boss)
    stop(client, person)
    line = RiwayatAkun.objects.get(peristiwa="penugasan-dihentikan")
    assert (line.oleh, line.pengguna, line.penugasan_id, line.catatan) == (
        boss, person, person.penugasan_aktif_id, "Pindah tugas"
    )  # fmt: skip
    page = client.get(reverse("akun:orang", args=[person.pk])).text
    assert "Penugasan diakhiri seketika" in page
    assert reverse("akun:akhiri", args=[person.pk, person.penugasan_aktif_id]) not in page
    assert stop(client, person).status_code == 409


def test_the_same_assignment_can_be_given_again_on_that_day(login, boss, person, ours):
    stop(login(boss), person)
    person.refresh_from_db()
    services.give(by=boss, person=person, peran="pk", unit={"bapas": ours})
    assert works(login(person))


def test_stopping_needs_the_right_and_leaves_one_admin(login, boss, officer):
    assert stop(login(boss), boss).status_code == 409
    admin = officer("admin")
    assert stop(login(admin), admin).status_code == 409
    assert works(login(boss))


def test_a_stopped_assignment_has_a_last_day(person):
    with pytest.raises(IntegrityError, match="penugasan_stopped_has_last_day"), transaction.atomic():
        Penugasan.objects.filter(pk=person.penugasan_aktif_id).update(berhenti_pada=timezone.now())


# ── sessions ──


def test_one_signs_out_everywhere_else_and_stays_here(login, person, devices, database_role):
    here, elsewhere = devices
    old = here.cookies["sessionid"].value
    assert here.post(reverse("akun:keluar_lain")).url == reverse("akun:pengaturan")
    assert here.get(reverse("akun:pengaturan")).status_code == 200
    assert not works(elsewhere)
    assert not works(elsewhere)
    assert not Session.objects.filter(pk=old).exists()  # a copy of the own cookie ends, too
    line = RiwayatAkun.objects.get()
    assert (line.peristiwa, line.oleh, line.pengguna) == ("dikeluarkan", person, person)


def test_a_head_signs_somebody_out_everywhere(login, boss, person, devices, database_role):
    url = reverse("akun:keluarkan", args=[person.pk])
    client = login(boss)
    assert "dari semua perangkat?" in client.get(url).text
    assert client.post(url, {"alasan": ""}).status_code == 422
    assert client.post(url, {"alasan": "HP hilang"}).status_code == 302
    for device in devices:
        assert not works(device)
    person.refresh_from_db()
    assert works(login(person))
    line = RiwayatAkun.objects.get()
    assert (line.peristiwa, line.oleh, line.catatan) == ("dikeluarkan", boss, "HP hilang")


def test_a_session_that_ended_does_not_come_back(login, boss, person):
    """Neither with a copy of what it held, nor after another sign-out."""
    device = login(person)
    kept = device.session
    held = dict(kept.items())
    for _ in range(2):
        services.sign_out_everywhere(by=boss, person=person, alasan="HP hilang")
    assert not works(device)
    device.cookies["sessionid"] = kept.session_key
    kept.update(held)
    kept.save(must_create=True)
    assert not works(device)


def test_the_own_account_is_signed_out_in_the_settings(login, boss):
    answer = login(boss).post(reverse("akun:keluarkan", args=[boss.pk]), {"alasan": "HP hilang"})
    assert answer.url == reverse("akun:pengaturan")
    assert not RiwayatAkun.objects.exists()


def test_a_head_does_not_sign_out_people_above_or_without_a_duty_there(login, boss, officer, ours):
    kanwil = officer("kanwil")
    Penugasan.objects.create(
        pengguna=kanwil, peran="operator", bapas=ours, mulai=dt.date(2025, 1, 1), selesai=dt.date(2025, 2, 1)
    )
    answer = login(boss).post(reverse("akun:keluarkan", args=[kanwil.pk]), {"alasan": "x"})
    assert answer.status_code == 409
    device = Client()
    log_in(device, kanwil)
    assert device.get(reverse("akun:pengaturan")).status_code == 200


def test_sessions_of_a_closed_account_do_not_come_back_when_it_is_opened_again(login, boss, person, devices):
    services.deactivate(by=boss, person=person, alasan="Cuti")
    services.reactivate(by=boss, person=person)
    person.refresh_from_db()
    for device in devices:
        assert not works(device)
    assert works(login(person))


def test_tokens_of_the_api_stay(login, boss, person):
    key = make.api_token(person)
    services.sign_out_everywhere(by=boss, person=person, alasan="HP hilang")
    answer = Client().get(reverse("api:klien-list"), headers={"Authorization": f"Token {key}"})
    assert answer.status_code == 200


def test_an_update_of_the_portal_signs_nobody_out(person):
    """Accounts that were never signed out everywhere have the hash that Django gives the password."""
    assert ":" not in person.get_session_auth_hash()


def test_a_key_of_the_application_that_was_replaced_still_counts(login, boss, person, settings):
    services.sign_out_everywhere(by=boss, person=person, alasan="HP hilang")
    device = login(person)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "kunci baru" * 8
    held = device.session[HASH_SESSION_KEY]
    assert held in list(person.get_session_auth_fallback_hash())


def test_it_costs_no_statement(login, boss, person):
    device = login(person)
    device.get(reverse("klien:list"))
    with CaptureQueriesContext(connection) as before:
        device.get(reverse("klien:list"))
    services.sign_out_everywhere(by=boss, person=person, alasan="HP hilang")
    device = login(person)
    device.get(reverse("klien:list"))
    with CaptureQueriesContext(connection) as after:
        device.get(reverse("klien:list"))
    assert len(after) == len(before)
