"""What people do with their own account."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from apps.akun.models import Penugasan, RiwayatAkun, TokenApi
from tests import factories as make
from tests.clock import office_today
from tests.sessions import log_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_duties(officer, theirs):
    """A PK of our Bapas who is also operator of another one."""
    person = officer("pk")
    other = Penugasan.objects.create(pengguna=person, peran="operator", bapas=theirs)
    return person, other


def test_own_assignments_are_listed(login, two_duties, database_role):
    person, other = two_duties
    text = login(person).get(reverse("akun:penugasan")).text
    assert "Sedang dipakai" in text
    assert str(other.bapas) in text


def test_switching_changes_jurisdiction_and_session_key(login, two_duties, database_role):
    person, other = two_duties
    client = login(person)
    before = client.session.session_key
    assert client.post(reverse("akun:penugasan"), {"penugasan": other.pk}).status_code == 302
    assert client.session.session_key != before
    person.refresh_from_db()
    assert person.penugasan_aktif == other
    assert client.get(reverse("akun:penugasan")).wsgi_request.user.scope.bapas == {other.bapas_id}
    assert RiwayatAkun.objects.get(pengguna=person).penugasan == other


@pytest.mark.parametrize("spoil", ["ended", "foreign", "nonsense"])
def test_only_an_own_current_assignment_can_be_used(login, two_duties, officer, spoil):
    person, other = two_duties
    target = other.pk
    if spoil == "ended":
        Penugasan.objects.filter(pk=other.pk).update(
            mulai=office_today() - dt.timedelta(days=9), selesai=office_today() - dt.timedelta(days=1)
        )
    elif spoil == "foreign":
        target = officer("kabapas").penugasan_aktif_id
    else:
        target = "x"
    assert login(person).post(reverse("akun:penugasan"), {"penugasan": target}).status_code == 404


def test_a_person_without_a_current_assignment_is_told_whom_to_ask(login, officer):
    person = officer("pk")
    Penugasan.objects.update(mulai=office_today() - dt.timedelta(days=9), selesai=office_today() - dt.timedelta(days=1))
    client = login(person)
    assert client.get(reverse("akun:pengaturan")).url == reverse("akun:penugasan")
    assert "Anda belum punya penugasan yang berlaku." in client.get(reverse("akun:penugasan")).text


def test_people_change_their_name_and_not_their_address(login, officer):
    person = officer("pk")
    client = login(person)
    client.post(reverse("akun:pengaturan"), {"nama": "Nama Baru", "email": "lain@contoh.id"})
    address = person.email
    person.refresh_from_db()
    assert (person.nama, person.email) == ("Nama Baru", address)
    assert client.post(reverse("akun:pengaturan"), {"nama": ""}).status_code == 422


def in_days(days):
    return (office_today() + dt.timedelta(days=days)).isoformat()


def test_a_token_is_shown_once_and_works_until_revoked(sign_in, client, officer):
    person = officer("pk")
    sign_in(person)
    made = client.post(reverse("akun:token"), {"nama": "Sinkron", "kedaluwarsa": in_days(30)})
    assert made.status_code == 201
    assert "no-store" in made["Cache-Control"]
    key = made.context["token"]
    listing = client.get(reverse("akun:pengaturan")).text
    assert "Sinkron" in listing
    assert key not in listing
    assert TokenApi.objects.get().sidik != key
    client.post(reverse("akun:token_cabut", args=[TokenApi.objects.get().pk]))
    assert not TokenApi.objects.exists()
    assert set(RiwayatAkun.objects.values_list("peristiwa", flat=True)) == {"token-dibuat", "token-dicabut"}


@pytest.mark.parametrize("days", [0, -1, 366])
def test_a_token_lives_a_year_at_most(sign_in, client, officer, days):
    sign_in(officer("pk"))
    response = client.post(reverse("akun:token"), {"nama": "Sinkron", "kedaluwarsa": in_days(days)})
    assert response.status_code == 422
    assert not TokenApi.objects.exists()


def test_nobody_revokes_the_token_of_another(login, officer):
    make.api_token(officer("pk"))
    token = TokenApi.objects.get()
    assert login(officer("operator")).post(reverse("akun:token_cabut", args=[token.pk])).status_code == 404


def test_changing_the_password_ends_other_sessions(sign_in, client, officer):
    person = officer("pk")
    elsewhere = Client()
    log_in(elsewhere, person)
    sign_in(person)
    new = "payung hujan kereta senja"
    wrong = client.post(reverse("account_change_password"), {"oldpassword": "salah", "password1": new})
    assert wrong.status_code == 422
    assert "Kata sandi saat ini tidak cocok." in wrong.text
    done = client.post(reverse("account_change_password"), {"oldpassword": make.PASSWORD, "password1": new})
    assert done.url == reverse("akun:pengaturan")
    assert client.get(reverse("akun:penugasan")).status_code == 200
    assert elsewhere.get(reverse("akun:penugasan")).status_code == 302


@pytest.mark.parametrize("weak", ["rahasia", "123456789012345", "kata-sandi-orang1"])
def test_a_weak_password_is_refused(sign_in, client, officer, weak):
    person = officer("pk", nama="Orang Satu", email="kata-sandi-orang1@contoh.id")
    sign_in(person)
    response = client.post(reverse("account_change_password"), {"oldpassword": make.PASSWORD, "password1": weak})
    assert response.status_code == 422
