"""The way in: password, lock-out, reset, second factor, end of a session."""

import datetime as dt
import re
from pathlib import Path

import allauth
import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from apps.akun.models import Surat
from tests import factories as make
from tests.mails import delivered

pytestmark = pytest.mark.django_db

# Features that are switched off: sign-up, codes by mail or telephone, several addresses, trusted browsers.
OFF = {
    "account_signup", "account_signup_by_passkey", "account_request_login_code", "account_confirm_login_code",
    "account_confirm_password_reset_code", "account_complete_password_reset", "account_password_reset_completed",
    "account_email", "account_email_verification_sent", "account_confirm_email", "account_verify_phone",
    "account_change_phone",
}  # fmt: skip
ARGUMENTS = {"account_reset_password_from_key": {"uidb36": "1", "key": "x"}}


def code_of(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def activate_totp(client):
    """Set up an authenticator app through the page; returns its secret."""
    shown = client.get(reverse("mfa_activate_totp"))
    secret = shown.context["form"].secret
    response = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert response.status_code == 302, response.text
    return secret


def test_every_page_that_allauth_refers_to_exists():
    root = Path(allauth.__file__).parent
    sources = [path.read_text(encoding="utf-8") for part in ("account", "mfa") for path in (root / part).rglob("*.py")]
    names = {name for text in sources for name in re.findall(r"reverse(?:_lazy)?\(\s*\"(\w+)\"", text)}
    assert "mfa_activate_totp" in names
    missing = set()
    for name in names - OFF:
        try:
            reverse(name, kwargs=ARGUMENTS.get(name))
        except NoReverseMatch:
            missing.add(name)
    assert missing == set()


def test_the_right_password_opens_the_beranda(sign_in, officer):
    response = sign_in(officer("pk"))
    assert response.status_code == 302
    assert response.url == "/"


def test_the_address_is_not_case_sensitive(sign_in, officer):
    person = officer("pk")
    assert sign_in(person.email.upper()).status_code == 302


def test_nobody_learns_which_addresses_exist(client, sign_in, officer):
    known, unknown = sign_in(officer("pk"), "salah-sekali-ini"), sign_in("tidak.ada@contoh.id", "salah-sekali-ini")
    assert known.status_code == unknown.status_code == 422
    assert "Surel atau kata sandi tidak cocok." in known.text
    strip = lambda text: re.sub(r'value="[^"]*"', "", text)  # noqa: E731
    assert strip(known.text) == strip(unknown.text)


def test_the_reset_page_answers_the_same_for_unknown_addresses(client, officer):
    person = officer("pk")
    url = reverse("account_reset_password")
    known, unknown = (client.post(url, {"email": email}) for email in (person.email, "tidak.ada@contoh.id"))
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [message.to for message in delivered()] == [[person.email]]


def test_a_known_address_costs_the_reset_page_no_more_than_an_unknown_one(
    client, officer, queries, django_capture_on_commit_callbacks
):
    """The same statements and one message to a worker; what waits is neither address nor link."""
    person, url = officer("pk"), reverse("account_reset_password")

    def costs(email):
        with django_capture_on_commit_callbacks() as sent:
            statements = queries(lambda: client.post(url, {"email": email}))
        return statements, len(sent)

    assert costs(person.email) == costs("tidak.ada@contoh.id")
    assert list(Surat.objects.order_by("pk").values_list("pengguna", "isi")) == [(person.pk, {}), (None, {})]


@pytest.mark.parametrize("known", [True, False])
def test_mails_cannot_be_asked_for_without_end(client, officer, known):
    email = officer("pk").email if known else "tidak.ada@contoh.id"
    answers = [client.post(reverse("account_reset_password"), {"email": email}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "Terlalu banyak percobaan" in answers[-1].text


def test_an_empty_form_says_what_to_fill_in(client):
    response = client.post(reverse("account_login"), {})
    assert response.status_code == 422
    assert "Isi surel." in response.text
    assert "Isi kata sandi." in response.text
    assert "<title>Galat: Masuk" in response.text


def test_ten_wrong_passwords_lock_the_name_for_a_quarter_of_an_hour(sign_in, officer):
    person, colleague = officer("pk"), officer("pk")
    statuses = [sign_in(person, "salah-sekali-ini").status_code for _ in range(10)]
    assert statuses == [422] * 9 + [429]
    locked = sign_in(person)
    assert locked.status_code == 429
    assert "Terlalu banyak percobaan" in locked.text
    assert sign_in(colleague).status_code == 302  # the office behind the same address still works
    Client().get("/")
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=16), tick=False):
        fresh = Client()
        data = {"login": person.email, "password": make.PASSWORD}
        assert fresh.post(reverse("account_login"), data).status_code == 302


def test_unknown_names_are_locked_just_the_same(sign_in):
    statuses = [sign_in("tidak.ada@contoh.id", "salah-sekali-ini").status_code for _ in range(10)]
    assert statuses[-1] == 429


def test_guessing_one_name_from_many_addresses_is_stopped_too(client, sign_in, officer):
    person = officer("pk")
    answers = [sign_in(person, "salah-sekali-ini", REMOTE_ADDR=f"10.0.0.{n}") for n in range(41)]
    assert "Tunggu 15 menit" in answers[-1].text
    assert "Tunggu 15 menit" not in answers[30].text


def test_behind_a_proxy_a_stranger_locks_only_the_own_address(client, officer, settings):
    """TRUSTED_PROXIES=1: every request comes from the proxy, which tells whose it is."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    person, url = officer("pk"), reverse("account_login")

    def post(address, password):
        headers = {"X-Forwarded-For": f"6.6.6.6, {address}"}  # what stands before it a client may have invented
        data = {"login": person.email, "password": password}
        return Client(REMOTE_ADDR="172.18.0.5", headers=headers).post(url, data).status_code

    assert [post("1.1.1.1", "salah-sekali-ini") for _ in range(11)] == [422] * 9 + [429] * 2
    assert post("1.1.1.1", make.PASSWORD) == 429
    assert post("2.2.2.2", make.PASSWORD) == 302


def test_a_closed_account_stays_outside(sign_in, officer, client):
    person = officer("pk", is_active=False)
    response = sign_in(person)
    assert response.url == reverse("account_inactive")
    assert client.get("/").status_code == 302


def test_reset_by_mail_once_and_within_three_days(client, sign_in, officer):
    person = officer("pk")
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = re.search(r"https?://\S+", delivered()[0].body)[0]
    path = "/" + link.split("/", 3)[3]
    form = client.get(path, follow=True)
    url = form.request["PATH_INFO"]
    assert client.post(url, {"password1": "pendek"}).status_code == 422
    assert client.post(url, {"password1": "payung hujan kereta senja"}).status_code == 302
    assert sign_in(person, "payung hujan kereta senja").status_code == 302
    used = Client().get(path)
    assert "Tautan sudah tidak berlaku" in used.text


def test_a_reset_link_ends_after_three_days(officer, client):
    client.post(reverse("account_reset_password"), {"email": officer("pk").email})
    path = "/" + re.search(r"https?://\S+", delivered()[0].body)[0].split("/", 3)[3]
    with time_machine.travel(timezone.now() + dt.timedelta(days=4), tick=False):
        assert "Tautan sudah tidak berlaku" in client.get(path).text


def test_mails_name_the_configured_address_only(client, officer, settings):
    settings.PORTAL_URL = "https://portal.contoh.id"
    client.post(reverse("account_reset_password"), {"email": officer("pk").email}, HTTP_HOST="jahat.contoh.id")
    assert "https://portal.contoh.id/lupa-sandi/baru/" in delivered()[0].body
    assert "jahat" not in delivered()[0].body


def test_log_out_is_asked_by_get_and_done_by_post(login, officer):
    client = login(officer("pk"))
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.get(reverse("akun:penugasan")).status_code == 200
    left = client.post(reverse("account_logout"))
    assert left.status_code == 302
    assert left["Clear-Site-Data"] == '"cache"'  # "back" on a shared computer shows no client
    assert client.get(reverse("akun:penugasan")).status_code == 302


# --- second factor ----------------------------------------------------------------------------


@pytest.mark.parametrize("peran", ["kanwil", "ditjenpas", "admin", "auditor"])
def test_roles_that_need_a_second_factor_set_one_up_first(sign_in, client, officer, settings, peran):
    settings.MFA_REQUIRED_ROLES = {"kanwil", "ditjenpas", "admin", "auditor"}
    sign_in(officer(peran))
    assert client.get(reverse("akun:pengaturan")).url == reverse("mfa_activate_totp")
    activate_totp(client)
    assert client.get(reverse("akun:pengaturan")).status_code == 200


def test_other_roles_are_not_asked(sign_in, client, officer, settings):
    settings.MFA_REQUIRED_ROLES = {"kanwil"}
    sign_in(officer("pk"))
    assert client.get(reverse("akun:pengaturan")).status_code == 200


def test_after_set_up_the_log_in_asks_for_the_code(client, sign_in, officer):
    person = officer("kanwil")
    sign_in(person)
    secret = activate_totp(client)
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    client.post(reverse("account_logout"))
    assert sign_in(person).url == reverse("mfa_authenticate")
    assert client.get(reverse("akun:penugasan")).status_code == 302  # not in yet
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 422
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=60), tick=False):
        assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).url == "/"
    client.post(reverse("account_logout"))
    sign_in(person)
    assert client.post(reverse("mfa_authenticate"), {"code": codes[0]}).url == "/"


def test_codes_of_the_second_factor_cannot_be_guessed(client, sign_in, officer):
    """Five wrong ones in a quarter of an hour, however often the password is typed anew."""
    person = officer("kanwil")
    sign_in(person)
    secret = activate_totp(client)
    client.post(reverse("account_logout"))
    told = []
    for _ in range(4):
        sign_in(person)
        told += [client.post(reverse("mfa_authenticate"), {"code": f"{n:06}"}) for n in range(2)]
    assert ["Kode tidak cocok" in page.text for page in told] == [True] * 5 + [False] * 3
    assert {page.status_code for page in told} == {422}
    assert "Terlalu banyak kode yang salah. Tunggu 15 menit" in told[-1].text
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).status_code == 422
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=16), tick=False):
        sign_in(person)
        assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).url == "/"


def test_the_right_code_forgets_the_wrong_ones(client, sign_in, officer):
    person = officer("kanwil")
    sign_in(person)
    activate_totp(client)
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    for code in codes[:3]:
        client.post(reverse("account_logout"))
        sign_in(person)
        for wrong in ("000000", "111111", "222222"):
            assert "Kode tidak cocok" in client.post(reverse("mfa_authenticate"), {"code": wrong}).text
        assert client.post(reverse("mfa_authenticate"), {"code": code}).url == "/"


def test_the_secret_of_the_app_is_stored_encrypted(client, sign_in, officer):
    sign_in(officer("kanwil"))
    secret = activate_totp(client)
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored


def test_the_last_factor_of_a_role_that_needs_one_cannot_be_removed(client, sign_in, officer, settings):
    settings.MFA_REQUIRED_ROLES = {"kanwil"}
    sign_in(officer("kanwil"))
    activate_totp(client)
    response = client.post(reverse("mfa_deactivate_totp"))
    assert response.status_code == 422
    assert "wajib memakai verifikasi dua langkah" in response.text


def test_a_stale_session_proves_itself_before_changing_factors(client, sign_in, officer):
    sign_in(officer("pk"))
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=16), tick=False):
        response = client.get(reverse("mfa_activate_totp"))
        assert response.url.startswith(reverse("account_reauthenticate"))
        asked = client.post(response.url, {"password": "salah-sekali-ini"})
        assert asked.status_code == 422
        assert client.post(response.url, {"password": make.PASSWORD}).url == reverse("mfa_activate_totp")
        assert client.get(reverse("mfa_activate_totp")).status_code == 200


# --- idle time --------------------------------------------------------------------------------


def minutes_later(minutes):
    return time_machine.travel(timezone.now() + dt.timedelta(minutes=minutes), tick=False)


def test_a_session_ends_after_idle_time(client, sign_in, officer):
    sign_in(officer("pk"))
    with minutes_later(32):
        assert client.get(reverse("akun:penugasan")).status_code == 302


def test_work_keeps_a_session_alive(client, sign_in, officer):
    sign_in(officer("pk"))
    for minutes in (20, 40, 60):
        with minutes_later(minutes):
            assert client.get(reverse("akun:penugasan")).status_code == 200


def test_a_page_that_asks_by_itself_does_not(client, sign_in, officer):
    sign_in(officer("pk"))
    with minutes_later(20):
        assert client.get(reverse("akun:penugasan"), headers={"X-Otomatis": "1"}).status_code == 200
    with minutes_later(32):
        assert client.get(reverse("akun:penugasan")).status_code == 302


def test_the_warning_can_be_answered(client, sign_in, officer):
    sign_in(officer("pk"))
    with minutes_later(29):
        assert client.post(reverse("akun:perpanjang")).status_code == 204
    with minutes_later(58):
        assert client.get(reverse("akun:penugasan")).status_code == 200


@pytest.mark.parametrize("key", ["\\000aaaaaaaaaaaa", "' or 1=1 -- aaaa", "a" * 5000])
def test_a_cookie_that_is_no_session_key_is_no_session(client, key):
    answer = client.get(reverse("account_login"), headers={"Cookie": f'sessionid="{key}"'})
    assert answer.status_code == 200


def test_a_busy_minute_costs_one_write(client, sign_in, officer, queries):
    sign_in(officer("pk"))
    first = queries(lambda: client.get(reverse("akun:penugasan")))
    assert queries(lambda: client.get(reverse("akun:penugasan"))) == first
