"""Who may invite, employ, dismiss and see whom."""

import datetime as dt
import re
import socket

import pytest
from allauth.mfa.models import Authenticator
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.akun import mailing
from apps.akun.models import Pengguna, Penugasan, RiwayatAkun, Surat
from apps.akun.roles import GRANTS
from tests import factories as make
from tests.mails import delivered
from tests.roles import as_web_role
from tests.sessions import log_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(officer):
    return officer("kabapas")


def invite(client, **facts):
    return client.post(
        reverse("akun:undang"), {"email": "baru@contoh.id", "nama": "Orang Baru", "peran": "pk", **facts}
    )


def test_an_invited_person_chooses_a_password_and_works_in_that_office(login, boss, ours, database_role):
    response = invite(login(boss))
    assert response.status_code == 201
    message = delivered()[0]
    assert message.to == ["baru@contoh.id"]
    assert "Pembimbing Kemasyarakatan" in message.body
    path = "/" + re.search(r"https?://\S+", message.body)[0].split("/", 3)[3]
    newcomer = Client()
    url = newcomer.get(path, follow=True).request["PATH_INFO"]
    assert newcomer.post(url, {"password1": "payung hujan kereta senja"}).status_code == 302
    newcomer.post(reverse("account_login"), {"login": "baru@contoh.id", "password": "payung hujan kereta senja"})
    assert newcomer.get(reverse("akun:penugasan")).wsgi_request.user.scope.bapas == {ours.pk}


def test_the_link_is_not_shown_to_the_inviter_outside_the_demo(login, boss, settings):
    assert "/lupa-sandi/baru/" not in invite(login(boss)).text
    settings.DEMO = True
    assert "/lupa-sandi/baru/" in invite(login(boss), email="dua@contoh.id").text


def test_every_move_is_recorded_and_nobody_can_rewrite_it(login, boss, today):
    client = login(boss)
    invite(client)
    person = Pengguna.objects.get(email="baru@contoh.id")
    client.post(reverse("akun:undang_ulang", args=[person.pk]))
    duty = person.penugasan
    client.post(reverse("akun:akhiri", args=[person.pk, duty.pk]), {"selesai": today, "alasan": "Pindah"})
    client.post(reverse("akun:nonaktifkan", args=[person.pk]), {"alasan": "Pindah"})
    client.post(reverse("akun:aktifkan", args=[person.pk]))
    events = list(RiwayatAkun.objects.order_by("id").values_list("peristiwa", flat=True))
    assert events == [
        "diundang", "penugasan-diberi", "undangan-ulang", "penugasan-diakhiri", "dinonaktifkan", "diaktifkan",
    ]  # fmt: skip
    assert set(RiwayatAkun.objects.values_list("oleh", flat=True)) == {boss.pk}
    for attack in ("UPDATE akun_riwayatakun SET catatan = 'x'", "DELETE FROM akun_riwayatakun"):
        with pytest.raises(DatabaseError, match="permission denied"), as_web_role(), transaction.atomic():
            connection.cursor().execute(attack)


def test_unused_invitations_are_sent_again_together_and_once(login, officer, ours, theirs, database_role):
    """425 of them stood one by one on the Beranda of the admin."""
    waiting = [make.officer("pk", bapas=ours, email=f"{n}@contoh.id") for n in range(3)]
    away = make.officer("pk", bapas=theirs, email="jauh@contoh.id")
    for person in (*waiting, away):
        person.set_unusable_password()
        person.save()
    used = make.officer("pk", bapas=ours, email="sudah@contoh.id")
    admin = login(officer("admin"))
    page = admin.get(reverse("akun:undang_semua"), {"kanwil": ours.kanwil_id})
    assert "Kirim lagi 3 undangan?" in page.text
    assert "jauh@contoh.id" not in page.text
    url = f"{reverse('akun:undang_semua')}?kanwil={ours.kanwil_id}"
    assert "3 undangan dikirim lagi." in admin.post(url, follow=True).text
    assert "Tidak ada yang dikirim" in admin.post(url, follow=True).text
    assert sorted(message.to[0] for message in delivered()) == [f"{n}@contoh.id" for n in range(3)]
    asked = RiwayatAkun.objects.filter(peristiwa="undangan-ulang").values_list("pengguna", flat=True)
    assert set(asked) == {person.pk for person in waiting}
    assert used.pk not in asked


@pytest.mark.parametrize("peran", ["kabapas", "kanwil", "ditjenpas", "admin", "auditor"])
def test_a_kabapas_gives_no_role_of_the_own_level_or_above(login, boss, peran):
    response = invite(login(boss), peran=peran)
    assert response.status_code == 422
    assert not Pengguna.objects.filter(email="baru@contoh.id").exists()


def test_roles_are_given_at_or_below_the_own_level():
    order = ["pk", "kabapas", "kanwil", "admin"]
    for giver, given in GRANTS.items():
        if giver in order:
            above = order[order.index(giver) + 1 :]
            assert not set(above) & set(given)


def test_a_kanwil_invites_only_into_its_own_offices(login, officer, ours, theirs, database_role):
    second = make.BapasFactory(kanwil=ours.kanwil)
    client = login(officer("kanwil"))
    assert invite(client, peran="kabapas", bapas=theirs.pk).status_code == 422
    assert invite(client, peran="kabapas").status_code == 422  # which Bapas?
    assert invite(client, peran="kabapas", bapas=second.pk).status_code == 201
    assert invite(client, email="staf@contoh.id", peran="kanwil").status_code == 201
    assert Penugasan.objects.get(pengguna__email="staf@contoh.id").kanwil == ours.kanwil


def test_partners_are_found_by_name_within_the_area(login, boss, ours):
    ours.kota = make.KabKotaFactory()
    ours.save()
    make.MitraFactory(nama="Pokmas Maju Bersama", kabkota=ours.kota)
    make.MitraFactory(nama="Pokmas Maju Sejahtera", kabkota=ours.kota)
    make.MitraFactory(nama="Pokmas Jauh")
    client = login(boss)
    several = invite(client, peran="koordinator_pokmas", mitra="maju")
    assert several.status_code == 422
    assert "Pokmas Maju Bersama; Pokmas Maju Sejahtera" in several.text
    assert invite(client, peran="koordinator_pokmas", mitra="Pokmas Jauh").status_code == 422
    assert invite(client, peran="koordinator_pokmas", mitra="\0").status_code == 422
    assert invite(client, peran="koordinator_pokmas", mitra="maju bersama").status_code == 201
    assert Penugasan.objects.get(peran="koordinator_pokmas").mitra.nama == "Pokmas Maju Bersama"


def test_a_known_address_gets_the_assignment_and_keeps_its_own_facts(login, boss, theirs):
    person = make.officer("pk", bapas=theirs, nama="Nama Asli")
    response = invite(login(boss), email=person.email.upper(), nama="Nama Karangan", nip="1" * 18)
    assert response.status_code == 201
    assert "Nama Asli" not in response.text
    person.refresh_from_db()
    assert (person.nama, person.nip) == ("Nama Asli", "")
    assert person.daftar_penugasan.count() == 2
    assert person.penugasan_aktif.bapas == theirs  # the new one waits until the person switches
    assert reverse("akun:penugasan") in delivered()[0].body
    assert "lupa-sandi" not in delivered()[0].body


def test_the_same_assignment_is_not_given_twice(login, boss):
    client = login(boss)
    invite(client)
    again = invite(client)
    assert again.status_code == 409
    assert "sudah memegang penugasan itu" in again.text


def test_an_invitation_waits_for_a_mail_server_that_does_not_answer(login, boss, settings):
    """A server that takes the connection and says nothing: the page does not wait for it, the worker not for long."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        assert settings.EMAIL_TIMEOUT <= 10
        settings.EMAIL_TIMEOUT = 1
        assert invite(login(boss)).status_code == 201
        assert Pengguna.objects.filter(email="baru@contoh.id").exists()
        mailing.send(Surat.objects.get().pk)
    waiting = Surat.objects.get()
    assert (waiting.percobaan, mailing.due()) == (1, [])
    assert waiting.coba_pada > timezone.now() + dt.timedelta(seconds=60)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Surat.objects.update(coba_pada=timezone.now())
    assert mailing.due() == [waiting.pk]
    assert delivered()[0].to == ["baru@contoh.id"]
    assert not Surat.objects.exists()


def test_a_mail_that_the_server_refuses_for_a_day_is_given_up(login, boss):
    invite(login(boss))
    Surat.objects.update(diminta_pada=timezone.now() - mailing.KEPT - dt.timedelta(seconds=1))
    assert mailing.due() == []
    assert not Surat.objects.exists()


# --- reach ------------------------------------------------------------------------------------


def pages(person, duty):
    return [
        ("get", reverse("akun:orang", args=[person.pk])),
        ("post", reverse("akun:undang_ulang", args=[person.pk])),
        ("get", reverse("akun:beri", args=[person.pk])),
        ("get", reverse("akun:akhiri", args=[person.pk, duty.pk])),
        ("get", reverse("akun:nonaktifkan", args=[person.pk])),
        ("post", reverse("akun:aktifkan", args=[person.pk])),
    ]


@pytest.mark.parametrize("peran", ["kabapas", "kanwil"])
def test_people_of_another_region_do_not_exist(login, officer, theirs, peran, database_role):
    stranger = make.officer("pk", bapas=theirs)
    client = login(officer(peran))
    for method, url in pages(stranger, stranger.penugasan_aktif):
        assert getattr(client, method)(url).status_code == 404, url
    assert stranger.nama not in client.get(reverse("akun:pengguna")).text


def test_the_list_shows_only_assignments_within_reach(login, boss, theirs):
    person = make.officer("pk", bapas=boss.penugasan.bapas)
    Penugasan.objects.create(pengguna=person, peran="operator", bapas=theirs)
    text = login(boss).get(reverse("akun:orang", args=[person.pk])).text
    assert str(boss.penugasan.bapas) in text
    assert str(theirs) not in text


@pytest.mark.parametrize("peran", ["ditjenpas", "admin"])
def test_headquarters_sees_everybody(login, officer, theirs, peran):
    stranger = make.officer("pk", bapas=theirs)
    assert stranger.nama in login(officer(peran)).get(reverse("akun:pengguna")).text


def test_the_list_is_searched_and_filtered(login, boss, officer):
    seldom = officer("operator", nama="Jarang Masuk", last_login=timezone.now() - dt.timedelta(days=91))
    often = officer("pk", nama="Sering Masuk", last_login=timezone.now())
    client = login(boss)

    def names(**query):
        return {person.nama for person in client.get(reverse("akun:pengguna"), query).context["tabel"].hal}

    assert names(q="jarang") == {seldom.nama}
    assert names(q=often.email) == {often.nama}
    assert names(keadaan="lama") == {seldom.nama}
    assert names(peran="operator") == {seldom.nama}
    assert names(keadaan="nonaktif") == set()
    assert "Tidak masuk 90 hari" in client.get(reverse("akun:pengguna")).text


def test_the_list_costs_the_same_for_2_and_22_people(login, boss, officer, queries):
    client = login(boss)
    officer("pk")
    few = queries(lambda: client.get(reverse("akun:pengguna")))
    for _ in range(20):
        officer("pk")
    assert queries(lambda: client.get(reverse("akun:pengguna"))) == few


def test_an_admin_starts_with_accounts_that_ask_for_a_look(login, officer):
    seldom = officer("operator", nama="Jarang Masuk", last_login=timezone.now() - dt.timedelta(days=91))
    groups = login(officer("admin")).get("/").context["grup"]
    assert {group.title: [row.about for row in group.rows] for group in groups}["Tidak masuk 90 hari"] == [seldom.nama]
    assert login(officer("auditor")).get("/").context["grup"] == []


# --- end --------------------------------------------------------------------------------------


def test_an_assignment_ends_on_its_last_day(login, boss, officer, today):
    person = officer("pk")
    url = reverse("akun:akhiri", args=[person.pk, person.penugasan_aktif_id])
    yesterday = today - dt.timedelta(days=1)
    assert login(boss).post(url, {"selesai": yesterday, "alasan": "Pindah"}).status_code == 422
    assert login(boss).post(url, {"selesai": today}).status_code == 422
    assert login(boss).post(url, {"selesai": today, "alasan": "Pindah"}).status_code == 302
    person.refresh_from_db()
    assert person.penugasan.selesai == today


def test_a_kabapas_does_not_end_the_own_leadership(login, boss, today):
    url = reverse("akun:akhiri", args=[boss.pk, boss.penugasan_aktif_id])
    response = login(boss).post(url, {"selesai": today, "alasan": "Cuti"})
    assert response.status_code == 409
    assert "Peran Anda tidak dapat memberi atau mengakhiri" in response.text


def test_the_last_admin_stays(login, officer):
    admin = officer("admin")
    client = login(admin)
    url = reverse("akun:akhiri", args=[admin.pk, admin.penugasan_aktif_id])
    data = {"selesai": timezone.localdate(), "alasan": "Pensiun"}
    response = client.post(url, data)
    assert response.status_code == 409
    assert "Ini admin terakhir." in response.text
    officer("admin")
    assert client.post(url, data).status_code == 302


def test_ditjenpas_cannot_close_the_last_admin(login, officer):
    admin = officer("admin")
    response = login(officer("ditjenpas")).post(reverse("akun:nonaktifkan", args=[admin.pk]), {"alasan": "x"})
    assert response.status_code == 409


def test_a_closed_account_is_out_at_once(login, boss, officer):
    person = officer("pk")
    elsewhere = Client()
    log_in(elsewhere, person)
    assert login(boss).post(reverse("akun:nonaktifkan", args=[person.pk]), {"alasan": "Pensiun"}).status_code == 302
    assert elsewhere.get(reverse("akun:penugasan")).status_code == 302


def test_nobody_closes_the_own_account(login, officer):
    admin = officer("admin")
    officer("admin")
    response = login(admin).post(reverse("akun:nonaktifkan", args=[admin.pk]), {"alasan": "x"})
    assert response.status_code == 409


def test_a_person_who_also_works_elsewhere_is_not_closed_by_one_office(login, boss, theirs):
    person = make.officer("pk", bapas=boss.penugasan.bapas)
    Penugasan.objects.create(pengguna=person, peran="operator", bapas=theirs)
    response = login(boss).post(reverse("akun:nonaktifkan", args=[person.pk]), {"alasan": "Pindah"})
    assert response.status_code == 409
    assert "Akhiri penugasannya di unit Anda saja." in response.text
    person.refresh_from_db()
    assert person.is_active


def test_a_lower_office_does_not_reopen_an_account_with_a_higher_role(login, boss, theirs):
    person = make.officer("pk", bapas=boss.penugasan.bapas, is_active=False)
    Penugasan.objects.create(pengguna=person, peran="kanwil", kanwil=theirs.kanwil)
    assert login(boss).post(reverse("akun:aktifkan", args=[person.pk])).status_code == 409
    assert not Pengguna.objects.get(pk=person.pk).is_active


def test_a_closed_account_gets_no_assignment(login, boss, officer):
    person = officer("operator", is_active=False)
    assert login(boss).post(reverse("akun:beri", args=[person.pk]), {"peran": "pk"}).status_code == 409


# --- second factor ----------------------------------------------------------------------------


@pytest.fixture
def locked_out(officer):
    """A PK with an authenticator app on a lost telephone."""
    person = officer("pk")
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    return person


def test_a_lost_telephone_is_helped_by_whoever_administers_the_account(login, boss, locked_out):
    url = reverse("akun:dua_langkah", args=[locked_out.pk])
    assert login(boss).post(url, {"alasan": "HP hilang"}).status_code == 302
    assert not Authenticator.objects.exists()
    assert RiwayatAkun.objects.get().peristiwa == "dua-langkah-dihapus"
    assert delivered()[0].to == [locked_out.email]
    assert login(boss).post(url, {"alasan": "sekali lagi"}).status_code == 409


def test_nobody_takes_the_second_factor_of_a_higher_role(login, boss, officer, locked_out, theirs):
    Penugasan.objects.create(pengguna=locked_out, peran="kanwil", kanwil=theirs.kanwil)
    response = login(boss).post(reverse("akun:dua_langkah", args=[locked_out.pk]), {"alasan": "HP hilang"})
    assert response.status_code == 409
    assert Authenticator.objects.exists()


def test_the_own_second_factor_is_not_dropped_here(login, officer):
    admin = officer("admin")
    response = login(admin).post(reverse("akun:dua_langkah", args=[admin.pk]), {"alasan": "malas"})
    assert response.status_code == 409
