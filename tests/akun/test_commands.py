"""First start."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from apps.akun.models import Pengguna, RiwayatAkun

pytestmark = pytest.mark.django_db


def test_the_first_admin_gets_a_link_and_no_password(capsys):
    call_command("buat_admin", "Admin@Contoh.id", "Admin Pertama")
    link = capsys.readouterr().out.split()[-1]
    admin = Pengguna.objects.get(email="admin@contoh.id")
    assert admin.invited
    client = Client()
    url = client.get("/" + link.split("/", 3)[3], follow=True).request["PATH_INFO"]
    client.post(url, {"password1": "payung hujan kereta senja"})
    client.post(reverse("account_login"), {"login": "admin@contoh.id", "password": "payung hujan kereta senja"})
    assert client.get(reverse("akun:pengguna")).status_code == 200
    assert RiwayatAkun.objects.get().oleh is None


def test_twice_makes_one_admin(capsys):
    for _ in range(2):
        call_command("buat_admin", "admin@contoh.id", "Admin Pertama")
    assert Pengguna.objects.get().daftar_penugasan.count() == 1


def test_a_wrong_address_is_refused():
    with pytest.raises(CommandError, match="bukan alamat surel"):
        call_command("buat_admin", "admin", "Admin")
