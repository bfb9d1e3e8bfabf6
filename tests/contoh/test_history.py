"""The past of the sample: every row could have been written by the services, and a day of the past can be asked."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from apps.akun.models import Penugasan
from apps.jejak.models import Perubahan, Riwayat
from apps.klien.models import JadwalLapor, Jeda, Kebutuhan, Klien
from apps.klien.services.guidance import refresh
from apps.perjalanan.models import PeristiwaAkhir
from apps.program.models import ProgramTahunan, Realisasi, RincianBiaya
from apps.wajib_lapor.models import PerubahanJadwal
from contoh.accounts import DOMAIN
from tests.contoh.history import IMPOSSIBLE, found, in_the_future

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_there_is_no(what, sample):
    assert not found(IMPOSSIBLE[what])


def test_nothing_lies_in_the_future(sample):
    assert not in_the_future()


def test_the_schedule_is_the_one_that_follows_from_log_and_moves(sample):
    """The service that works it out again finds what stands there."""
    columns = ("klien_id", "berikutnya", "terakhir", "absen_beruntun", "janji", "janji_pada", "jam", "cara")
    rows = JadwalLapor.objects.filter(klien__status="aktif").order_by("pk")
    before = list(rows.values_list(*columns))
    for schedule in rows:
        refresh(schedule)
    assert list(rows.values_list(*columns)) == before


def test_of_today_the_past_says_the_same_as_the_status(sample):
    today = timezone.localdate()
    assert set(Klien.objects.as_of(today)) == set(Klien.objects.active())
    year_ago = Klien.objects.as_of(today - timedelta(days=365))
    assert year_ago.ended().exists()
    assert year_ago.active().exists()


def test_everything_that_can_happen_has_happened(sample):
    assert set(PeristiwaAkhir.objects.filter(status="berlaku").values_list("jenis", flat=True)) >= {
        "selesai", "dicabut", "dilimpahkan", "melarikan"
    }  # fmt: skip
    assert Jeda.objects.exists()
    moved = PerubahanJadwal.objects.filter(pada__lt=timezone.now() - timedelta(days=40))
    assert moved.filter(klien__jadwal__janji=F("berikutnya")).exists()
    assert moved.filter(klien__status="aktif").count() > 3
    assert Kebutuhan.objects.filter(status="terbuka", pk__in=_opened_again()).exists()
    assert Perubahan.objects.filter(tabel="klien_klien").count() > 20


def _opened_again():
    return Riwayat.objects.filter(objek="kebutuhan", dari="tidak", ke="terbuka").values("objek_id")


def test_officers_come_and_go(sample):
    today = timezone.localdate()
    duties = Penugasan.objects.filter(peran="pk", pengguna__email__endswith=DOMAIN)
    assert duties.filter(selesai__lt=today).count() >= 4
    assert duties.filter(mulai__gt=today - timedelta(days=151), selesai=None).count() >= 4


def test_a_draft_stands_beside_the_programme_that_it_does_not_replace(sample):
    year = timezone.localdate().year
    draft = ProgramTahunan.objects.get(tahun=year, versi=2, status="draf")
    assert ProgramTahunan.objects.in_force().get(tahun=year, bapas=draft.bapas_id).versi == 1
    head = Penugasan.objects.get(bapas=draft.bapas_id, peran="kabapas").pengguna
    assert head.has_usable_password()
    assert head.email != f"kabapas@{DOMAIN}"


def test_a_revision_continues_the_lines_and_the_money_of_what_it_replaces(sample):
    revisions = ProgramTahunan.objects.in_force().filter(versi=2)
    assert {timezone.localdate().year - plan.tahun for plan in revisions} == {0, 1}
    for plan in revisions:
        lines = RincianBiaya.objects.filter(rencana__program=plan)
        assert not lines.filter(asal=None).exists()
        assert lines.filter(jumlah__gt=F("asal__jumlah")).exists()
        assert Realisasi.objects.filter(rincian__in=lines, tanggal__lt=plan.disetujui_pada.date()).exists()
