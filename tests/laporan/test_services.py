"""Report jobs on a real database, with real files."""

import hashlib
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.dasar.disclosure import NO_DATA, SECRET
from apps.dasar.errors import Refused
from apps.dasar.letters import letterhead
from apps.jejak import jobs
from apps.klien.figures import OTHERS, clients_per_office
from apps.laporan import codes, making, rules, services, tasks
from apps.laporan.document import to_html
from apps.laporan.figures import Figures
from apps.laporan.models import Laporan
from apps.laporan.snapshot import dump, load
from apps.program.models import ProgramTahunan
from apps.rilis.models import Rilis
from tests import factories as make
from tests.clock import office_today
from tests.laporan.factories import ready
from tests.laporan.samples import ISSUE
from tests.roles import as_web_role

YEAR = office_today().year
COUNTED = date(YEAR - 1, 10, 5)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def planner(officer):
    return officer("perencana")


@pytest.fixture
def full(ours):
    """Our Bapas with a little of everything."""
    klien = make.KlienFactory(bapas=ours)
    make.MasaFactory(klien=klien)
    make.KebutuhanFactory(klien=klien)
    today = timezone.localdate()
    make.CatatanFactory(klien=klien, tanggal=today, hadir=True)
    make.CatatanFactory(klien=klien, tanggal=today, hadir=False, alasan="sakit")
    make.PokmasFactory(bapas=ours)
    return approved_programme(ours, klien.dibuat_oleh)


def approved_programme(bapas, author):
    head = make.officer("kabapas", bapas=bapas)
    program = make.ProgramFactory(
        bapas=bapas, tahun=YEAR, status="disetujui", sidik="x" * 64, disusun_oleh=author, diajukan_oleh=author,
        disetujui_oleh=head, disetujui_pada=timezone.now(), potret_pada=COUNTED,
    )  # fmt: skip
    line = make.BiayaFactory(rencana=make.RencanaFactory(program=program), volume=4, harga=Decimal(250_000))
    make.RealisasiFactory(rincian=line, jumlah=300_000, disetujui_oleh=head, disetujui_pada=timezone.now())
    make.RealisasiFactory(rincian=line, jumlah=90_000)
    return program


def ask(by, **wanted):
    return services.request_report(by=by, **({"tahun": YEAR} | wanted))


def made(by, **wanted):
    laporan = ask(by, **wanted)
    making.run(laporan.pk)
    laporan.refresh_from_db()
    return laporan


def counted(by, **wanted):
    """The figures alone; the file is not made."""
    return making._figures(making._claim(ask(by, **wanted).pk))


def on(year: int, month: int, day: int):
    return time_machine.travel(datetime(year, month, day, 5, tzinfo=UTC), tick=False)


def later():
    """When everything of the year is closed."""
    return on(YEAR + 1, 1, 10)


# ── asking ──


def test_the_same_request_returns_the_running_report(planner, ours):
    assert ask(planner, bapas=ours) == ask(planner, bapas=ours)
    assert Laporan.objects.count() == 1


def test_draft_and_final_are_two_requests(planner, ours, full):
    assert ask(planner, bapas=ours) != ask(planner, bapas=ours, final=True)


def test_the_database_itself_refuses_a_second_running_report(planner, ours):
    laporan = ask(planner, bapas=ours)
    with pytest.raises(IntegrityError, match="laporan_one_running_per_request"), transaction.atomic():
        Laporan.objects.create(
            tingkat="bapas", bapas=ours, tahun=YEAR, diminta_oleh=planner, penugasan=planner.penugasan, kode="X" * 12
        )
    assert Laporan.objects.get() == laporan


def test_the_task_is_sent_after_commit(planner, ours, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        ask(planner, bapas=ours)
    assert len(callbacks) == 1


@pytest.mark.parametrize(
    ("peran", "level", "allowed"),
    [
        ("perencana", "ours", True), ("perencana", "theirs", False), ("perencana", "kanwil", False),
        ("perencana", "nasional", False), ("kabapas", "ours", True), ("pk", "ours", False),
        ("kanwil", "ours", True), ("kanwil", "theirs", False), ("kanwil", "kanwil", True),
        ("kanwil", "kanwil lain", False), ("kanwil", "nasional", False), ("ditjenpas", "theirs", True),
        ("ditjenpas", "kanwil lain", True), ("ditjenpas", "nasional", True), ("admin", "nasional", False),
    ],
)  # fmt: skip
def test_who_may_ask_for_what(officer, ours, theirs, peran, level, allowed):
    unit = {
        "ours": {"bapas": ours}, "theirs": {"bapas": theirs}, "kanwil": {"kanwil": ours.kanwil},
        "kanwil lain": {"kanwil": theirs.kanwil}, "nasional": {},
    }[level]  # fmt: skip
    assert rules.may_request(officer(peran), **unit) is allowed
    if not allowed:
        with pytest.raises(Refused, match="di luar wilayah"):
            ask(officer(peran), **unit)


def test_final_needs_an_approved_programme(planner, ours):
    with pytest.raises(Refused, match="belum disetujui Kepala Bapas"):
        ask(planner, bapas=ours, final=True)


def test_a_final_is_made_of_the_approved_version_while_a_revision_is_drafted(planner, ours, full):
    revision = make.ProgramFactory(bapas=ours, tahun=YEAR, versi=2)
    make.BiayaFactory(rencana=make.RencanaFactory(program=revision), harga=900_000_000)
    figures = counted(planner, bapas=ours, final=True)
    assert figures.anggaran == 1_000_000
    assert (figures.cover.persetujuan.jabatan, figures.cover.rancangan) == (f"Kepala {ours.nama}", "versi 2")
    html = to_html(figures, ISSUE)
    assert "Rancangan versi 2 belum disetujui; isinya tidak dimuat di sini." in html
    assert "9.000.000.000" not in html


def test_no_final_of_a_year_whose_programme_was_approved_after_it(planner, ours):
    make.BiayaFactory(rencana__program=make.ProgramFactory(bapas=ours, tahun=YEAR - 1, approved=True))
    with pytest.raises(Refused, match=f"baru disetujui setelah 31 Desember {YEAR - 1}"):
        services.request_report(by=planner, tahun=YEAR - 1, bapas=ours, final=True)


def test_a_draft_of_an_unapproved_programme_calls_it_one(planner, officer, ours):
    make.BiayaFactory(rencana=make.RencanaFactory(program=make.ProgramFactory(bapas=ours, tahun=YEAR)))
    figures = counted(planner, bapas=ours)
    html = to_html(figures, ISSUE)
    assert "belum ada anggaran" in html
    assert "Rancangan (Rp)" in html
    assert "Anggaran (Rp)" not in html
    assert counted(officer("kanwil"), kanwil=ours.kanwil).anggaran == 0


def test_codes_cannot_be_misread():
    drawn = {codes.new_code() for _ in range(200)}
    assert len(drawn) == 200
    assert not set("".join(drawn)) & set("0O1I5S8B")
    assert codes.spaced("7K3MQ9TX2F4A") == "7K3M-Q9TX-2F4A"


# ── making ──


def test_a_report_end_to_end(planner, ours, full):
    laporan = made(planner, bapas=ours, final=True)
    body = default_storage.open(laporan.berkas).read()
    assert laporan.status == "siap"
    assert laporan.persen == 100
    assert body[:5] == b"%PDF-"
    assert (laporan.ukuran, laporan.sha256) == (len(body), hashlib.sha256(body).hexdigest())
    assert laporan.halaman >= 8
    assert laporan.nama_berkas == f"Program-Anggaran_{YEAR}_{ours.nama.replace(' ', '-')}_v1_final.pdf"


def test_figures_are_those_of_the_office(planner, ours, full, theirs):
    make.KlienFactory(bapas=theirs)
    with later():
        figures = counted(planner, bapas=ours)
    assert figures.cover.unit == ours.nama
    assert figures.pk == 1
    assert {figures.klien, figures.kebutuhan_jumlah.belum, figures.terlaksana, figures.terlewat} <= set(SECRET)
    assert figures.anggaran == Decimal(1_000_000)
    assert figures.realisasi == Decimal(300_000)
    assert [row.kegiatan for row in figures.rencana] == [full.rencana.get().judul]
    assert figures.cover.persetujuan.jabatan == f"Kepala {ours.nama}"


def test_all_clients_are_shown_when_there_are_enough(planner, ours):
    pk = make.officer("pk", bapas=ours)
    for _ in range(6):
        make.KlienFactory(bapas=ours, pk_pembimbing=pk)
    make.KlienFactory(bapas=ours, pk_pembimbing=pk, status="selesai")
    with later():
        figures = counted(planner, bapas=ours)
    assert figures.klien == 6
    assert [(item.label, item.n) for item in figures.klien_program] == [(OTHERS, 6)]


def test_attendance_counts_seats_and_presence_of_closed_activities(planner, ours):
    done = make.KegiatanFactory(
        bapas=ours, mulai=timezone.now() - timedelta(hours=3), status="selesai", hasil="Lancar", biaya=0,
        ditutup_pada=timezone.now(),
    )  # fmt: skip
    for status in ["hadir"] * 7 + ["izin"] * 6:
        make.KehadiranFactory(kegiatan=done, status=status)
    make.KehadiranFactory(kegiatan=make.KegiatanFactory(bapas=ours), status="belum")
    with later():
        (row,) = counted(planner, bapas=ours).kegiatan
    assert (row.bidang, row.kegiatan, row.undangan, row.hadir) == ("Kemandirian", 1, 13, 7)


def peopled(office, clients: int):
    """Clients with a need and a contact each."""
    for klien in make.KlienFactory.create_batch(clients, bapas=office):
        make.KebutuhanFactory(klien=klien, kategori=make.KategoriFactory(kode="PR-01", nama="Tempat tinggal"))
        make.CatatanFactory(klien=klien, tanggal=timezone.localdate(), hadir=True)


def numbers(figures, *, programme: bool = True) -> tuple:
    """Everything that counts persons."""
    own = (figures.klien, figures.klien_usia, figures.kebutuhan, figures.kebutuhan_jumlah, figures.langkah)
    return (*own, figures.bimbingan, figures.kegiatan_jumlah, figures.bapas, figures.klien_program if programme else ())


def test_a_second_version_says_the_same_however_much_was_entered_late(planner, ours, theirs):
    """The difference of two versions would be those who came in between."""
    peopled(ours, 12)
    with later():
        first = counted(planner, bapas=ours)
    Laporan.objects.update(status="batal")
    peopled(ours, 3)
    with later():
        second = counted(planner, bapas=ours)
    assert clients_per_office([ours.pk], day=date(YEAR, 12, 31))[ours.pk].active == 15
    assert first.klien == 12
    assert [item.n for item in first.klien_program] == [12]
    assert numbers(first) == numbers(second)


@pytest.mark.parametrize("neighbours", [3, 9])
def test_a_number_is_the_same_in_the_reports_of_the_office_its_region_and_the_nation(
    planner, officer, ours, theirs, neighbours
):
    peopled(ours, 12)
    peopled(make.BapasFactory(kanwil=ours.kanwil), neighbours)
    peopled(theirs, 6)
    asked = ask(planner, bapas=ours), ask(officer("kanwil"), kanwil=ours.kanwil), ask(officer("ditjenpas"))
    with later(), as_web_role():
        own, region, nation = (making._figures(making._claim(laporan.pk)) for laporan in asked)
    mine = (own.klien, own.kebutuhan_jumlah.belum, own.terlaksana, own.terlewat)
    for wider in (region, nation):
        (unit,) = [unit for unit in wider.bapas if unit.nama == ours.nama]
        assert (unit.klien, unit.belum, unit.terlaksana, unit.terlewat) == mine
    (unit,) = [unit for unit in nation.kanwil if unit.nama == str(ours.kanwil)]
    assert (unit.klien, unit.belum) == (region.klien, region.kebutuhan_jumlah.belum)
    assert NO_DATA not in (*mine, region.klien, nation.klien)
    hidden = [figures.klien in SECRET for figures in (own, region)]
    assert any(hidden) == (neighbours < 5)  # three neighbours would be the difference of the two
    assert bool(region.klien_program) == (neighbours >= 5)


def test_what_is_closed_is_released_before_the_report_reads_it(planner, ours):
    with on(YEAR + 1, 6, 3):
        figures = counted(planner, bapas=ours, tahun=YEAR + 1)
    first = date(YEAR + 1, 1, 1)
    assert set(Rilis.objects.values_list("masa", "mulai")) == {
        ("hari", date(YEAR + 1, 6, 2)), ("triwulan", first), *(("bulan", first.replace(month=n)) for n in range(1, 5)),
    }  # fmt: skip
    assert (figures.cover.mulai, figures.cover.selesai) == (first, date(YEAR + 1, 6, 2))
    assert [month.terlaksana for month in figures.bimbingan] == [0, 0, 0, 0, NO_DATA, NO_DATA]


def test_the_day_is_that_of_headquarters(planner, ours):
    """23.30 in Jakarta is tomorrow in Makassar, but the day is not closed."""
    with time_machine.travel(datetime(YEAR + 1, 6, 3, 16, 30, tzinfo=UTC), tick=False):
        assert counted(planner, bapas=ours, tahun=YEAR + 1).cover.selesai == date(YEAR + 1, 6, 2)


def test_figures_frozen_by_an_older_portal_are_collected_anew(planner, ours, full):
    laporan = ask(planner, bapas=ours)
    old = dump(counted(planner, bapas=ours)) | {"kebutuhan_tercatat": 5}
    del old["langkah"]
    Laporan.objects.filter(pk=laporan.pk).update(potret=old, status="antre")
    making.run(laporan.pk)
    laporan.refresh_from_db()
    assert laporan.status == "siap"
    assert "langkah" in laporan.potret


def test_a_regional_report_holds_its_own_offices_only(officer, ours, theirs, full):
    make.BapasFactory(kanwil=ours.kanwil, nama="Bapas Tetangga")
    figures = counted(officer("kanwil"), kanwil=ours.kanwil, final=True)
    assert [unit.nama for unit in figures.bapas] == sorted([ours.nama, "Bapas Tetangga"])
    assert (figures.program, figures.program_disetujui) == (1, 1)
    assert figures.cover.persetujuan is None


def test_the_national_report_has_every_office(officer, ours, theirs, full):
    figures = counted(officer("ditjenpas"))
    assert {unit.nama for unit in figures.bapas} >= {ours.nama, theirs.nama}
    assert len(figures.kanwil) >= 2


def test_row_level_security_is_enough_alone(planner, ours, full, theirs):
    """The worker is not the owner of the tables: the figures come through the policies."""
    laporan = ask(planner, bapas=ours)
    with as_web_role():
        making.run(laporan.pk)
    laporan.refresh_from_db()
    assert laporan.status == "siap"
    assert load(Figures, laporan.potret).anggaran == Decimal(1_000_000)


def test_running_twice_changes_nothing(planner, ours, full):
    laporan = made(planner, bapas=ours)
    making.run(laporan.pk)
    again = Laporan.objects.get(pk=laporan.pk)
    assert (again.sha256, again.selesai_pada) == (laporan.sha256, laporan.selesai_pada)


def test_the_same_figures_give_the_same_bytes_after_the_data_moved_on(planner, ours, full):
    laporan = made(planner, bapas=ours)
    make.KebutuhanFactory(klien=make.KlienFactory(bapas=ours))
    Laporan.objects.filter(pk=laporan.pk).update(status="antre", sha256="", berkas="")
    making.run(laporan.pk)
    assert Laporan.objects.get(pk=laporan.pk).sha256 == laporan.sha256


def test_versions_count_up(planner, ours, full):
    counted(planner, bapas=ours)
    counted(planner, bapas=ours, final=True)
    assert list(Laporan.objects.order_by("pk").values_list("versi", flat=True)) == [1, 2]


def test_two_reports_side_by_side_take_two_versions(planner, ours, full):
    draft, final = ask(planner, bapas=ours), ask(planner, bapas=ours, final=True)
    for laporan in (final, draft):
        making._figures(making._claim(laporan.pk))
    assert sorted(Laporan.objects.values_list("versi", flat=True)) == [1, 2]


def test_the_duty_is_checked_anew_in_the_worker(planner, ours):
    laporan = ask(planner, bapas=ours)
    duty = planner.penugasan
    duty.mulai, duty.selesai = date(2020, 1, 1), date(2020, 12, 31)
    duty.save()
    making.run(laporan.pk)
    laporan.refresh_from_db()
    assert laporan.status == "gagal"
    assert "sudah berakhir" in laporan.galat


def test_no_report_is_made_for_an_account_that_was_deactivated_meanwhile(planner, ours):
    laporan = ask(planner, bapas=ours)
    planner.is_active = False
    planner.save()
    making.run(laporan.pk)
    laporan.refresh_from_db()
    assert (laporan.status, laporan.potret, laporan.berkas) == ("gagal", {}, "")
    assert "sudah berakhir" in laporan.galat


def test_a_full_disk_is_said_in_words(planner, ours, full, settings, files):
    (files / "berkas").write_text("bukan folder")
    settings.MEDIA_ROOT = files / "berkas"
    laporan = ask(planner, bapas=ours)
    with pytest.raises(OSError, match="berkas"):
        making.run(laporan.pk)
    laporan.refresh_from_db()
    assert laporan.status == "gagal"
    assert "belum dapat disimpan" in laporan.galat


def test_missing_pdf_libraries_are_said_in_words(planner, ours, monkeypatch):
    class NoLibraries:
        def find_spec(self, name, path=None, target=None):
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    for name in [name for name in sys.modules if name == "apps.dasar.pdf" or name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr("apps.dasar.pdf", raising=False)
    monkeypatch.setattr(sys, "meta_path", [NoLibraries(), *sys.meta_path])
    laporan = made(planner, bapas=ours)
    assert laporan.status == "gagal"
    assert "Pustaka PDF belum terpasang" in laporan.galat


def test_the_task_makes_the_report(planner, ours, full):
    laporan = ask(planner, bapas=ours)
    tasks.make_report.apply(args=[laporan.pk], throw=True)
    laporan.refresh_from_db()
    assert laporan.status == "siap"


# ── giving up, trying again, picking up ──


def test_a_cancelled_report_is_not_made(planner, ours):
    laporan = ask(planner, bapas=ours)
    services.cancel(laporan)
    making.run(laporan.pk)
    laporan.refresh_from_db()
    assert (laporan.status, laporan.berkas) == ("batal", "")


def test_cancelling_while_it_runs_stops_at_the_next_step(planner, ours):
    laporan = ask(planner, bapas=ours)
    running = making._claim(laporan.pk)
    services.cancel(laporan)
    with pytest.raises(jobs.Cancelled):
        making._step(running, 2)


def test_a_finished_report_cannot_be_cancelled(planner, ours):
    with pytest.raises(Refused, match="tidak berjalan"):
        services.cancel(ready(planner, ours))


def test_trying_again_asks_anew(planner, ours):
    laporan = ask(planner, bapas=ours)
    services.cancel(laporan)
    laporan.refresh_from_db()
    again = services.retry(laporan, by=planner)
    assert again.pk != laporan.pk
    assert again.status == "antre"
    with pytest.raises(Refused):
        services.retry(again, by=planner)


def test_only_one_worker_takes_a_report(planner, ours):
    laporan = ask(planner, bapas=ours)
    assert making._claim(laporan.pk)
    assert making._claim(laporan.pk) is None


def test_a_stalled_report_is_taken_over(planner, ours, full):
    laporan = ask(planner, bapas=ours)
    making._claim(laporan.pk)
    Laporan.objects.update(denyut_pada=timezone.now() - jobs.STALLED - timedelta(seconds=1))
    making.run(laporan.pk)
    laporan.refresh_from_db()
    assert laporan.status == "siap"


def test_the_reaper_gives_up_after_half_an_hour(planner, ours):
    laporan = ask(planner, bapas=ours)
    long_ago = timezone.now() - jobs.GIVEN_UP - timedelta(minutes=1)
    Laporan.objects.update(denyut_pada=long_ago, diminta_pada=long_ago)
    assert jobs.reap_stalled(Laporan, making.STOPPED) == [laporan.pk], "no worker has had it yet: it waits on"
    making._claim(laporan.pk)
    Laporan.objects.update(denyut_pada=long_ago)
    assert jobs.reap_stalled(Laporan, making.STOPPED) == []
    laporan.refresh_from_db()
    assert laporan.status == "gagal"
    assert "terhenti" in laporan.galat


def test_the_reaper_sends_a_stalled_report_to_a_worker_again(planner, ours, full, at_once):
    laporan = ask(planner, bapas=ours)
    making._claim(laporan.pk)
    Laporan.objects.update(denyut_pada=timezone.now() - jobs.STALLED - timedelta(seconds=1))
    tasks.reap_stalled()
    laporan.refresh_from_db()
    assert laporan.status == "siap"


def test_the_reaper_leaves_living_reports_alone(planner, ours):
    ask(planner, bapas=ours)
    assert jobs.reap_stalled(Laporan, making.STOPPED) == []


# ── checking ──


def test_codes_are_read_as_people_type_them(planner, ours):
    laporan = ready(planner, ours)
    assert services.find_by_code(f" {codes.spaced(laporan.kode).lower()} ") == laporan
    assert services.find_by_code("XXXX-XXXX-XXXX") is None
    assert services.find_by_hash(laporan.sha256.upper()) == laporan


def test_an_unfinished_report_cannot_be_verified(planner, ours):
    assert services.find_by_code(ask(planner, bapas=ours).kode) is None


# ── letterhead ──


def test_the_office_writes_its_own_letterhead(planner, ours):
    ours.kop_surat = "KEMENTERIAN CONTOH\n\n BAPAS CONTOH "
    assert letterhead(bapas=ours).baris == ("KEMENTERIAN CONTOH", "BAPAS CONTOH")


def test_without_one_the_names_of_the_reference_tables_serve(ours):
    assert letterhead(bapas=ours).baris[-2:] == (ours.kanwil.nama, ours.nama)


def test_an_unapproved_programme_has_no_approval(planner, ours, full):
    ProgramTahunan.objects.filter(pk=full.pk).update(
        status="draf", sidik="", diajukan_oleh=None, disetujui_oleh=None, disetujui_pada=None
    )
    assert counted(planner, bapas=ours).cover.persetujuan is None
