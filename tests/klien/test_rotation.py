"""A new key in front: everything is sealed again, resumably, and the old key may leave the ring."""

import base64
from io import StringIO

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag
from django.core.management import CommandError, call_command
from django.db import connection

from apps.jejak.models import Perubahan
from apps.klien import rotation
from apps.klien.crypto import unseal
from apps.klien.models import DrafRegistrasi, Klien, Penjamin
from tests import factories as make
from tests.roles import as_web_role

pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW = (base64.urlsafe_b64encode(bytes([n]) * 32).decode() for n in (1, 2))
NIK = "3201010101010001"


@pytest.fixture
def ring(settings):
    """ring(NEW, OLD) → the portal with these keys."""

    def use(*keys):
        settings.FIELD_KEYS = list(keys)

    use(OLD)
    return use


@pytest.fixture
def sealed(ring, ours, theirs):
    """Rows of two offices under the old key, one of them with a history."""
    clients = [make.KlienFactory(bapas=bapas, nik=NIK, alamat="Jalan Mawar 1") for bapas in (ours, theirs)]
    Klien.objects.filter(pk=clients[0].pk).update(panggilan="Budi")
    Authenticator.objects.create(
        user=clients[0].pk_pembimbing, type="totp", data={"secret": get_adapter().encrypt("RAHASIA")}
    )
    return clients


def run(**options) -> str:
    out = StringIO()
    call_command("putar_kunci", stdout=out, **options)
    return out.getvalue()


def test_every_sealed_column_is_known():
    assert {Klien, Penjamin, DrafRegistrasi} <= set(rotation.sealed_models())


def test_a_dry_run_counts_and_changes_nothing(sealed, ring):
    ring(NEW, OLD)
    for _ in range(2):
        told = run(periksa=True)
        assert "klien_klien: 2 baris, 1 riwayat" in told
        assert "mfa_authenticator: 1 baris" in told


def test_afterwards_the_old_key_may_go(sealed, ring):
    ring(NEW, OLD)
    assert "klien_klien: 3 disandi ulang" in run()
    assert "klien_klien: 0 baris, 0 riwayat" in run(periksa=True)
    ring(NEW)
    for client in sealed:
        stored = Klien.objects.get(pk=client.pk)
        assert (stored.nik, stored.alamat, stored.telepon) == (NIK, "Jalan Mawar 1", "")
    assert get_adapter().decrypt(Authenticator.objects.get().data["secret"]) == "RAHASIA"
    change = Perubahan.objects.get()
    for version in (change.lama, change.baru):
        assert unseal(bytes.fromhex(version["nik"][2:]), f"klien_klien.nik.{sealed[0].kode}") == NIK


def test_without_the_command_the_old_key_is_needed(sealed, ring):
    ring(NEW)
    with pytest.raises(InvalidTag):
        _ = Klien.objects.get(pk=sealed[0].pk).nik
    with pytest.raises(CommandError, match="Kembalikan kunci"):
        run()


def test_it_leaves_no_history_and_open_pages_stay_valid(sealed, ring):
    before = list(Perubahan.objects.values_list("pk", flat=True))
    versions = set(Klien.objects.values_list("pk", "versi"))
    ring(NEW, OLD)
    run()
    assert list(Perubahan.objects.values_list("pk", flat=True)) == before
    assert set(Klien.objects.values_list("pk", "versi")) == versions
    Klien.objects.update(panggilan="Siti")
    assert Perubahan.objects.count() == len(before) + 2


def test_an_interrupted_run_goes_on_where_it_stopped(sealed, ring, ours):
    ring(NEW, OLD)
    rotation.rotate(Klien, ours.pk)
    assert "klien_klien: 1 baris, 0 riwayat" in run(periksa=True)
    assert "klien_klien: 1 disandi ulang" in run()


def test_many_rows_go_in_batches(ring, ours):
    for _ in range(7):
        make.KlienFactory(bapas=ours, nik=NIK)
    ring(NEW, OLD)
    assert rotation.rotate(Klien, ours.pk, batch=3) == 7


def test_only_the_owner_may(sealed, ring):
    with as_web_role(), pytest.raises(CommandError, match="pemilik basis data"):
        run()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname = 'keep_history' AND tgenabled <> 'O'")
        assert cursor.fetchone() == (0,)
