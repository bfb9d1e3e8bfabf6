"""`manage.py seed_demo` as a command: what it prints, writes and refuses."""

import csv

import pytest
from django.core.management import CommandError, call_command

from apps.akun.models import Pengguna, Penugasan
from apps.akun.roles import Peran
from apps.klien.models import Klien
from apps.wilayah.models import Bapas, Zona
from contoh import loading
from contoh.accounts import DOMAIN
from pemasyarakatan import env
from tests import factories as make
from tests.contoh.conftest import seed

pytestmark = pytest.mark.django_db


def officer(local: str) -> Pengguna:
    return Pengguna.objects.get(email=f"{local}@{DOMAIN}")


def test_every_role_can_log_in_and_two_regions_have_two_offices_each(few_offices, tmp_path):
    path = tmp_path / "akun.csv"
    seed(akun=path)
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["peran"] for row in rows} == set(Peran.values)
    for peran in (Peran.PK, Peran.OPERATOR, Peran.PERENCANA, Peran.KABAPAS):
        assert len({row["unit"] for row in rows if row["peran"] == peran}) == 4
    zones = {duty.zona_waktu for duty in Penugasan.objects.filter(peran=Peran.KANWIL)}
    assert zones == {Zona.MAKASSAR, Zona.JAKARTA}
    assert rows[0]["surel"] == officer("pk").email
    assert officer("pk").check_password(rows[0]["sandi"])
    assert officer("pk").daftar_penugasan.current().count() == 2


def test_a_second_run_changes_nothing(few_offices, tmp_path):
    seed()
    before = Klien.objects.count()
    path = tmp_path / "akun.csv"
    assert "sudah ada" in seed(akun=path)
    assert Klien.objects.count() == before
    assert path.read_text(encoding="utf-8").count(env.DEMO_PASSWORD) > len(Peran)
    person = officer("pk")
    person.set_password("sandi lain yang panjang")
    person.save()
    seed(akun=path)
    assert f"{person.email},(sudah diganti)" in path.read_text(encoding="utf-8")


def test_the_sample_does_not_enter_a_portal_in_use(few_offices):
    make.KlienFactory(bapas=Bapas.objects.filter(aktif=True)[0])
    with pytest.raises(CommandError, match="sudah berisi data"):
        seed()


def test_the_sample_does_not_enter_a_real_portal(few_offices, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO tidak aktif"):
        call_command("seed_demo")
    assert not loading.present()


def test_reference_data_come_first():
    with pytest.raises(CommandError, match="muat_acuan"):
        seed()
