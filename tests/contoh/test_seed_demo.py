"""What `manage.py seed_demo` makes: true to every rule of the portal, and marked. Read together in one load."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from apps.akun.models import Pengguna
from apps.asesmen.models import Asesmen, IsianDomain, SkorAsesmen
from apps.asesmen.services import is_done
from apps.kegiatan.models import Kegiatan, Kehadiran
from apps.klien.models import CatatanBimbingan, JadwalLapor, Kebutuhan, Klien
from apps.perjalanan.figures import outcomes_per_office
from apps.perjalanan.models import TahapBimbingan, TindakLanjut
from apps.perjalanan.tasks_today import groups
from apps.pokmas.models import Anggota, Pokmas
from apps.program.models import ProgramTahunan, Realisasi
from apps.program.plan import read_plan
from apps.program.services import approve
from apps.wilayah.models import Bapas
from contoh import guards
from contoh.accounts import DOMAIN
from tests import factories as make

pytestmark = pytest.mark.django_db


def officer(local: str) -> Pengguna:
    return Pengguna.objects.get(email=f"{local}@{DOMAIN}")


def test_the_officer_of_the_demonstration_has_something_of_everything(sample):
    today = timezone.localdate()
    mine = Klien.objects.filter(pk_pembimbing=officer("pk"))
    active = mine.active()
    assert active.count() == 140
    assert active.filter(jadwal__berikutnya=today).exists()
    assert active.filter(jadwal__berikutnya__lt=today).exists()
    assert {1, 2, 3} <= set(active.values_list("jadwal__absen_beruntun", flat=True))
    assert active.filter(kategori_usia=Klien.Usia.ANAK).exists()
    assert active.values("masa__jenis_program").distinct().count() > 4
    assert mine.ended().exists()
    needs = Kebutuhan.objects.filter(bapas=mine[0].bapas_id)
    assert set(needs.values_list("status", flat=True)) == set(Kebutuhan.Status.values)
    assert needs.values("kategori").distinct().count() > 10


def test_the_reporting_duty_agrees_with_the_guidance_log(sample):
    for duty in JadwalLapor.objects.filter(klien__status="aktif").select_related("klien")[:200]:
        log = list(CatatanBimbingan.objects.filter(klien=duty.klien).counted().order_by("-tanggal", "-pk"))
        if not log:
            assert duty.terakhir is None
            continue
        attended = [record.tanggal for record in log if record.hadir]
        assert duty.terakhir == (attended[0] if attended else None)
        missed = next((n for n, record in enumerate(log) if record.hadir), len(log))
        assert missed == duty.absen_beruntun
        assert log[0].tanggal <= timezone.localdate()


def test_everything_is_marked_as_a_sample(sample):
    assert set(Klien.objects.values_list("id_sdp", flat=True)) == {"CONTOH"}
    assert not Pengguna.objects.exclude(email__endswith=f"@{DOMAIN}").exists()
    client = Klien.objects.filter(pk_pembimbing=officer("pk")).first()
    assert client.nik.startswith("99"), "no region has this code"
    assert client.telepon.startswith("0800-0000-")


def test_groups_and_activities_look_back_and_ahead(sample):
    office = officer("pk").penugasan.bapas
    groups = Pokmas.objects.filter(bapas=office)
    assert {group.status for group in groups} >= {Pokmas.Status.AKTIF, Pokmas.Status.CALON}
    assert groups.ending().exists()
    assert Anggota.objects.filter(bapas=office).exists()
    held = Kegiatan.objects.filter(bapas=office)
    assert set(held.values_list("status", flat=True)) == set(Kegiatan.Status.values)
    assert held.filter(mulai__gt=timezone.now()).exists()
    assert held.filter(rencana__isnull=False).exists()
    lists = Kehadiran.objects.filter(kegiatan__in=held.filter(status=Kegiatan.Status.SELESAI))
    assert set(lists.values_list("status", flat=True)) == {"hadir", "tidak", "izin"}
    assert lists.exclude(panggilan="").exclude(klien__izin_panggilan=True).count() == 0
    coordinator = officer("pokmas")
    assert Kegiatan.objects.visible_to(coordinator).exists()


def test_next_years_programme_waits_for_the_head_and_can_be_approved(sample):
    year = timezone.localdate().year
    office = officer("kabapas").penugasan.bapas
    for programme in ProgramTahunan.objects.filter(bapas=office, tahun__lte=year):
        assert programme.is_approved
        assert programme.sidik == read_plan(programme).fingerprint()
    assert Realisasi.objects.filter(bapas=office, disetujui_oleh__isnull=False).exists()
    waiting = ProgramTahunan.objects.get(bapas=office, tahun=year + 1)
    assert approve(waiting, by=officer("kabapas")).is_approved
    elsewhere = ProgramTahunan.objects.filter(tahun=year + 1, status=ProgramTahunan.Status.DRAF)
    assert elsewhere.exists()


def test_new_rows_continue_after_the_sample(sample):
    last = Klien.objects.order_by("-pk").values_list("pk", flat=True)[0]
    office = Bapas.objects.filter(aktif=True)[0]
    assert make.KlienFactory(bapas=office, kode="KL-1999-00001", nomor_register="uji").pk > last
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('klien_kode_seq')")
        assert cursor.fetchone()[0] > last


def test_the_wall_stands_again_after_the_load(sample):
    assert guards.unforced() == []


def test_the_way_of_the_clients_is_told(sample):
    """Every end has its event, nobody is in two cases at once, and each role has something to do."""
    office, head = officer("pk").penugasan.bapas, officer("kabapas")
    ended = Klien.objects.filter(bapas=office).ended()
    assert not ended.exclude(peristiwa_akhir__status="berlaku").exists()
    assert set(TahapBimbingan.objects.filter(bapas=office).values_list("tahap", flat=True)) == {"lanjutan", "akhir"}
    assert TindakLanjut.objects.filter(bapas=office).waiting().exists()
    assert outcomes_per_office(
        [office.pk], since=timezone.localdate() - timedelta(days=365), until=timezone.localdate()
    )
    titles = {group.title for group in groups(head)}
    assert {"Usul akhir menunggu keputusan", "Pelimpahan masuk menunggu jawaban"} <= titles


def test_assessments_are_complete_and_never_measure_a_child(sample):
    mine = Asesmen.objects.filter(klien__pk_pembimbing=officer("pk"))
    assert mine.drafts().count() == 1
    assert mine.finished().count() > 100
    pages = IsianDomain.objects.filter(asesmen__in=mine.finished()).prefetch_related("kebutuhan")
    assert pages.count() == 8 * mine.finished().count()
    assert all(is_done(page) for page in pages)
    assert SkorAsesmen.objects.exists()
    assert not SkorAsesmen.objects.filter(asesmen__klien__kategori_usia="anak").exists()
