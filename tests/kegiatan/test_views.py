"""The pages about activities, through the browser's door, as both database roles."""

import csv
import datetime as dt
import io
import re
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from apps.jejak.models import Akses
from apps.kegiatan import tasks_today
from apps.kegiatan.models import Kegiatan, Kehadiran
from apps.kegiatan.views.activities import PER_PAGE
from apps.klien.models import Kendala
from tests import factories as make
from tests.clock import office_today
from tests.klien.factories import JenisKendalaFactory

pytestmark = pytest.mark.usefixtures("database_role")


@pytest.fixture
def group(ours):
    return make.PokmasFactory(bapas=ours, mitra__nama="Pokmas Maju Bersama")


@pytest.fixture
def enter(login, officer, group):
    """enter("pk") logs in; partner roles work for the Pokmas of our office."""

    def enter(peran, **facts):
        if peran in make.MITRA_ROLES:
            facts = {"mitra": group.mitra, **facts}
        user = officer(peran, **facts)
        login(user)
        return user

    return enter


@pytest.fixture
def coordinator(enter):
    return enter("koordinator_pokmas")


@pytest.fixture
def today(ours, group, coordinator):
    return make.KegiatanFactory(
        bapas=ours, mitra=group.mitra, mulai=timezone.now(), kuota=15, judul="Latihan las", dibuat_oleh=coordinator
    )


def at(name, *args):
    return reverse(f"kegiatan:{name}", args=args)


def plan(**changes):
    return {
        "jenis": "pelatihan", "judul": "Latihan las dasar", "tanggal": "2026-12-05", "jam_mulai": "09:00",
        "jam_selesai": "11:00", "tempat": "Balai desa", "kuota": "15", "kategori": [make.KategoriFactory().pk],
        "biaya_rencana": "1.500.000", "sumber": "pokmas", **changes,
    }  # fmt: skip


class TestCreate:
    def test_hours_are_those_of_the_office(self, client, coordinator, group):
        form = client.get(at("create")).text
        assert "Jam dalam WITA." in form
        answer = client.post(at("create"), plan())
        kegiatan = Kegiatan.objects.get(judul="Latihan las dasar")
        assert answer.url == at("attendance", kegiatan.pk)
        assert (kegiatan.bapas, kegiatan.mitra, kegiatan.dibuat_oleh) == (group.bapas, group.mitra, coordinator)
        assert kegiatan.mulai == dt.datetime(2026, 12, 5, 1, 0, tzinfo=dt.UTC)
        assert kegiatan.biaya_rencana == 1_500_000
        assert "Sabtu, 5 Desember 2026, 09.00–11.00 WITA" in client.get(at("detail", kegiatan.pk)).text

    def test_a_bad_form_says_what_to_do_and_keeps_what_was_typed(self, client, coordinator):
        answer = client.post(at("create"), plan(judul="", jam_selesai="08:00", kategori=[], kuota="900"))
        assert answer.status_code == 422
        for sentence in (
            "Isi judul.", "Jam selesai harus setelah jam mulai.", "Pilih paling sedikit satu kebutuhan yang dilayani.",
            "Isi kuota antara 1 dan 500 peserta.",
        ):  # fmt: skip
            assert sentence in answer.text
        assert 'value="Balai desa"' in answer.text
        assert not Kegiatan.objects.exists()

    def test_a_partner_of_two_offices_chooses_one_of_them(self, client, coordinator, group, theirs):
        make.PokmasFactory(bapas=theirs, mitra=group.mitra)
        stranger = make.BapasFactory()
        assert client.post(at("create"), plan()).status_code == 422
        assert client.post(at("create"), plan(bapas=stranger.pk)).status_code == 422
        assert client.post(at("create"), plan(bapas=theirs.pk)).status_code == 302
        assert Kegiatan.objects.get().bapas == theirs

    def test_a_group_without_a_decree_is_told_whom_to_ask(self, client, enter, ours):
        enter("koordinator_pokmas", mitra=make.PokmasFactory(bapas=ours, status="calon").mitra)
        answer = client.get(at("create"))
        assert answer.status_code == 409
        assert "Hubungi Bapas setempat" in answer.text

    def test_an_office_may_name_a_pokmas_and_link_the_approved_programme(self, client, enter, ours, theirs, group):
        enter("operator")
        year = office_today().year
        planned = make.RencanaFactory(program=make.ProgramFactory(bapas=ours, tahun=year, approved=True), bapas=ours)
        draft = make.RencanaFactory(program=make.ProgramFactory(bapas=ours, tahun=year + 1), bapas=ours)
        assert client.post(at("create"), plan(rencana=draft.pk)).status_code == 422
        assert client.post(at("create"), plan(rencana=planned.pk, mitra=group.mitra.pk)).status_code == 302
        assert (Kegiatan.objects.get().rencana, Kegiatan.objects.get().mitra) == (planned, group.mitra)

    def test_repeating_copies_everything_but_the_day(self, client, coordinator, today):
        need = make.KategoriFactory()
        today.kategori.add(need)
        text = client.get(at("create"), {"ulangi": today.pk}).text
        assert 'value="Latihan las"' in text
        assert f'value="{office_today():%Y-%m-%d}"' in text
        assert text.count(" checked") == 3  # kind, need, who pays

    def test_a_foreign_activity_is_not_repeated(self, client, coordinator, theirs):
        assert client.get(at("create"), {"ulangi": make.KegiatanFactory(bapas=theirs).pk}).status_code == 404


class TestList:
    @pytest.fixture
    def four(self, ours, group):
        now = timezone.now()
        facts = {"bapas": ours, "mitra": group.mitra}
        return [
            make.KegiatanFactory(judul="Yang datang", **facts),
            make.KegiatanFactory(judul="Yang lewat", mulai=now - dt.timedelta(days=2), **facts),
            make.KegiatanFactory(judul="Yang selesai", status="selesai", hasil="B", biaya=5, ditutup_pada=now, **facts),
            make.KegiatanFactory(judul="Yang batal", status="batal", alasan_batal="Hujan", **facts),
        ]

    @pytest.mark.parametrize(
        ("tab", "title"),
        [("datang", "Yang datang"), ("tutup", "Yang lewat"), ("selesai", "Yang selesai"), ("batal", "Yang batal")],
    )
    def test_each_tab_shows_its_own_and_counts_all(self, client, coordinator, four, tab, title):
        text = client.get(at("list"), {"tab": tab}).text
        assert [row.judul for row in four if row.judul in text] == [title]
        assert text.count("(1)") == 4

    def test_filters_narrow_the_list_and_its_counts(self, client, coordinator, four, ours, group):
        make.KegiatanFactory(bapas=ours, mitra=group.mitra, judul="Doa bersama", jenis="keagamaan")
        text = client.get(at("list"), {"jenis": "keagamaan"}).text
        assert "Doa bersama" in text
        assert "Yang datang" not in text
        assert "Akan datang (1)" in text

    def test_it_costs_the_same_for_any_number_of_rows(self, client, enter, ours, queries, budget):
        enter("operator")
        make.KehadiranFactory.create_batch(2, kegiatan__bapas=ours)
        few = queries(lambda: client.get(at("list")))
        make.KehadiranFactory.create_batch(10, kegiatan__bapas=ours)
        assert queries(lambda: client.get(at("list"))) == few <= budget("kegiatan:list")

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_the_file_holds_the_filtered_rows_and_leaves_a_trace(self, client, enter, four, ours, kind):
        user = enter("operator")
        make.KegiatanFactory(bapas=ours, mitra=None, judul="=1+1")
        body = client.get(at("export"), {"format": kind, "q": "1+1"}).content
        if kind == "csv":
            table = list(csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"))
            assert table[1][0] == "'=1+1"
        else:
            table = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()
            assert table[1][0] == "=1+1"
        assert len(table) == 2
        trace = Akses.objects.get(verba="ekspor", pengguna=user)
        assert trace.rincian == "1 baris; Judul atau tempat: 1+1"

    def test_an_unknown_file_type_is_not_found(self, client, coordinator):
        assert client.get(at("export"), {"format": "exe"}).status_code == 404


class TestPeople:
    """What a partner may know about the people on a list."""

    @pytest.fixture
    def listed(self, today, ours):
        klien = make.KlienFactory(bapas=ours, nama="Nama Lengkap Rahasia", panggilan="Adi")
        return make.KehadiranFactory(kegiatan=today, klien=klien, panggilan="Adi")

    @pytest.mark.parametrize("name", ["detail", "attendance", "sheet"])
    def test_a_partner_reads_code_and_call_name_and_no_link_to_the_client(self, client, coordinator, listed, name):
        text = client.get(at(name, listed.kegiatan_id)).text
        assert listed.kode in text
        assert "Adi" in text
        assert "Nama Lengkap Rahasia" not in text
        assert "/klien/" not in text
        assert Akses.objects.filter(objek="kegiatan", objek_id=listed.kegiatan_id, pengguna=coordinator).exists()

    def test_officers_read_the_name_planners_only_the_count(self, client, enter, listed):
        enter("pk")
        assert "Nama Lengkap Rahasia" in client.get(at("detail", listed.kegiatan_id)).text
        enter("perencana")
        text = client.get(at("detail", listed.kegiatan_id)).text
        assert "1 dari 15 tempat" in text
        assert listed.kode not in text

    def test_another_partner_of_the_office_sees_nothing(self, client, enter, listed):
        enter("koordinator_pokmas", mitra=make.MitraFactory())
        assert client.get(at("detail", listed.kegiatan_id)).status_code == 404
        assert "Latihan las" not in client.get(at("list")).text

    def test_the_list_costs_the_same_for_any_number_of_people(self, client, coordinator, today, queries, budget):
        make.KehadiranFactory.create_batch(2, kegiatan=today)
        few = queries(lambda: client.get(at("attendance", today.pk)))
        make.KehadiranFactory.create_batch(10, kegiatan=today)
        assert queries(lambda: client.get(at("attendance", today.pk))) == few <= budget("kegiatan:attendance")


class TestAddByCode:
    def test_full_codes_and_bare_numbers(self, client, coordinator, today, ours):
        year = office_today().year
        for number in (9123, 9124):
            make.KlienFactory(bapas=ours, kode=f"KL-{year}-{number:05}")
        old = make.KlienFactory(bapas=ours, kode="KL-2019-09125")
        answer = client.post(at("add_by_code", today.pk), {"kode": f"9123, kl-{year}-9124 2019-9125"})
        assert answer.url == at("attendance", today.pk)
        assert today.daftar_hadir().count() == 3
        assert today.daftar_hadir().filter(klien=old).exists()
        assert Akses.objects.filter(verba="cari", objek="klien", pengguna=coordinator).count() == 1

    def test_an_unknown_code_and_a_foreign_one_look_the_same(self, client, coordinator, today, theirs):
        foreign = make.KlienFactory(bapas=theirs).kode
        answers = [client.post(at("add_by_code", today.pk), {"kode": code}) for code in ("KL-2001-99999", foreign)]
        assert [answer.status_code for answer in answers] == [422, 422]
        first, second = (answer.text.count("Kode tidak dikenal di") for answer in answers)
        assert first == second == 2  # the summary and the field
        assert foreign in answers[1].text

    def test_what_is_no_code_is_explained(self, client, coordinator, today):
        answer = client.post(at("add_by_code", today.pk), {"kode": "Budi"})
        assert answer.status_code == 422
        assert "Tulis kode seperti KL-2026-00123." in answer.text

    def test_more_than_the_quota_is_refused_in_words(self, client, coordinator, today, ours):
        Kegiatan.objects.filter(pk=today.pk).update(kuota=1)
        codes = " ".join(klien.kode for klien in make.KlienFactory.create_batch(2, bapas=ours))
        answer = client.post(at("add_by_code", today.pk), {"kode": codes})
        assert answer.status_code == 409
        assert "Kuota kegiatan ini 1 peserta. Tersisa 1 tempat." in answer.text
        assert codes in answer.text


class TestInvite:
    def test_an_officer_searches_by_name_within_the_office(self, client, enter, today, ours, theirs):
        user = enter("pk")
        klien = make.KlienFactory(bapas=ours, nama="Wayan Contoh")
        make.KlienFactory(bapas=theirs, nama="Wayan Kantor Lain")
        text = client.get(at("invite", today.pk), {"q": "wayan"}).text
        assert "Wayan Contoh" in text
        assert "Kantor Lain" not in text
        assert Akses.objects.filter(verba="cari", objek="klien", pengguna=user).exists()
        assert client.post(at("invite", today.pk), {"klien": [klien.pk]}).status_code == 302
        assert today.daftar_hadir().get().klien == klien

    def test_a_client_of_another_office_cannot_be_smuggled_in(self, client, enter, today, theirs):
        enter("operator")
        client.post(at("invite", today.pk), {"klien": [make.KlienFactory(bapas=theirs).pk]})
        assert not today.daftar_hadir().exists()


class TestAttendance:
    @pytest.fixture
    def three(self, today):
        return make.KehadiranFactory.create_batch(3, kegiatan=today)

    def test_it_starts_unset(self, client, coordinator, today, three):
        text = client.get(at("attendance", today.pk)).text
        assert text.count('type="radio"') == 9
        assert " checked" not in text
        assert "Hadir 0 dari 3" in text

    def test_marks_are_saved_once(self, client, coordinator, today, three):
        data = dict(zip((f"k{row.pk}" for row in three), ["hadir", "tidak", "izin"], strict=True))
        assert client.post(at("attendance", today.pk), data).url == at("detail", today.pk)
        again = client.post(at("attendance", today.pk), data, follow=True)
        assert "Tidak ada yang berubah." in again.text
        assert [row.status for row in today.daftar_hadir().order_by("pk")] == ["hadir", "tidak", "izin"]

    def test_all_present_keeps_the_exceptions_without_scripts(self, client, coordinator, today, three):
        client.post(at("attendance", today.pk), {f"k{three[0].pk}": "izin", "semua": "1"})
        assert [row.status for row in today.daftar_hadir().order_by("pk")] == ["izin", "hadir", "hadir"]

    def test_a_page_opened_earlier_does_not_undo_what_others_marked_since(self, client, coordinator, today, three):
        key = f"k{three[0].pk}"
        shown = {key: "hadir", f"initial-{key}": "hadir", f"k{three[1].pk}": "tidak", f"initial-k{three[1].pk}": ""}
        Kehadiran.objects.filter(pk=three[0].pk).update(status="izin")
        client.post(at("attendance", today.pk), shown)
        assert [row.status for row in today.daftar_hadir().order_by("pk")] == ["izin", "tidak", "belum"]

    def test_nothing_is_marked_before_the_day(self, client, coordinator, today, three):
        begin = timezone.now() + dt.timedelta(days=3)
        Kegiatan.objects.filter(pk=today.pk).update(mulai=begin, selesai=begin + dt.timedelta(hours=1))
        assert 'type="radio"' not in client.get(at("attendance", today.pk)).text
        answer = client.post(at("attendance", today.pk), {f"k{three[0].pk}": "hadir"})
        assert answer.status_code == 409
        assert "mulai hari kegiatan" in answer.text

    def test_somebody_added_by_mistake_is_struck(self, client, coordinator, today, three):
        client.post(at("strike", today.pk, three[0].pk))
        assert today.daftar_hadir().count() == 2


class TestEnd:
    def test_close_asks_for_attendance_first(self, client, coordinator, today):
        assert "Daftar hadir belum diisi" in client.get(at("close", today.pk)).text
        answer = client.post(at("close", today.pk), {"hasil": "Baik.", "biaya": "0"})
        assert answer.status_code == 409
        assert "Baik." in answer.text

    def test_result_and_cost(self, client, coordinator, today):
        make.KehadiranFactory(kegiatan=today, status="hadir")
        assert client.post(at("close", today.pk), {"hasil": "", "biaya": "x"}).status_code == 422
        assert client.post(at("close", today.pk), {"hasil": "Satu lulus.", "biaya": "250.000"}).status_code == 302
        text = client.get(at("detail", today.pk)).text
        assert "Satu lulus." in text
        assert "Rp250.000" in text
        for name in ("close", "edit", "cancel"):
            assert client.get(at(name, today.pk)).status_code == 409

    def test_a_partner_says_what_stood_in_the_way(self, client, coordinator, today, database_role):
        kind = JenisKendalaFactory(kode="SARANA", nama="Sarana dan prasarana")
        make.KehadiranFactory(kegiatan=today, status="hadir")
        told = {"hasil": "Satu lulus.", "biaya": "0", "uraian_kendala": "Listrik padam"}
        answer = client.post(at("close", today.pk), told)
        assert answer.context["form"].errors == {"jenis_kendala": ["Pilih jenis kendala yang Anda uraikan."]}
        assert client.post(at("close", today.pk), {**told, "jenis_kendala": [kind.pk]}).status_code == 302
        row = Kendala.objects.get()
        assert (row.bapas, row.mitra, row.klien, row.asal) == (today.bapas, today.mitra, None, today.judul)
        assert (row.sumber, row.isi, row.tanggal) == ("kegiatan", "Listrik padam", today.hari)

    def test_cancel_needs_a_reason_that_everybody_reads(self, client, coordinator, today):
        assert client.post(at("cancel", today.pk), {"alasan": " "}).status_code == 422
        assert client.post(at("cancel", today.pk), {"alasan": "Banjir."}).status_code == 302
        assert "Alasan: Banjir." in client.get(at("detail", today.pk)).text

    def test_changes_keep_office_and_organiser(self, client, coordinator, today, theirs):
        data = plan(judul="Judul baru", bapas=theirs.pk, mitra=make.MitraFactory().pk, versi="0")
        assert client.post(at("edit", today.pk), data).status_code == 302
        before = (today.bapas, today.mitra)
        today.refresh_from_db()
        assert (today.judul, today.bapas, today.mitra) == ("Judul baru", *before)

    def test_nobody_saves_over_what_somebody_else_changed(self, client, coordinator, today, officer):
        page = client.get(at("edit", today.pk)).text
        Kegiatan.objects.filter(pk=today.pk).update(tempat="Aula baru")
        answer = client.post(at("edit", today.pk), plan(versi=_version(page), tempat="Bengkel"))
        assert answer.status_code == 409
        assert "mengubah data ini pukul" in answer.text
        assert 'type="radio" name="tempat" value="Aula baru"' in answer.text
        assert 'type="radio" name="tempat" value="Bengkel"' in answer.text
        again = client.post(at("edit", today.pk), plan(versi=_version(answer.text), tempat="Bengkel"))
        assert again.status_code == 302
        today.refresh_from_db()
        assert today.tempat == "Bengkel"

    def test_only_what_differs_is_compared_and_several_values_are_ticked_anew(self, client, coordinator, today):
        """Dates, hours and amounts are the same whichever way they are written."""
        mine, theirs = make.KategoriFactory(), make.KategoriFactory(kode="KR-09", nama="Modal usaha")
        today.kategori.set([mine])
        noon = timezone.localtime(timezone=ZoneInfo(today.bapas.zona_waktu)).replace(hour=12, minute=0)
        Kegiatan.objects.filter(pk=today.pk).update(mulai=noon, selesai=noon + dt.timedelta(hours=2))
        form = client.get(at("edit", today.pk)).context["form"]
        sent = {bound.name: bound.value() for bound in form if bound.value() not in (None, "")}
        Kegiatan.objects.filter(pk=today.pk).update(tempat="Aula baru", biaya_rencana=2_500_000)
        today.kategori.set([theirs])
        answer = client.post(at("edit", today.pk), {**sent, "biaya_rencana": "2500000"})
        assert {row["nama"] for row in answer.context["beda"]} == {"tempat", "kategori"}
        assert re.search(rf'type="checkbox" name="kategori"[^>]*value="{mine.pk}"[^>]* checked', answer.text)
        assert f": {theirs}</p>" in answer.text


def test_a_deep_page_of_the_list_continues_the_first_and_counts_its_people(client, enter, ours, group):
    enter("operator")
    begin, hour = timezone.now() + dt.timedelta(days=1), dt.timedelta(hours=1)
    planned = [make.KegiatanFactory(bapas=ours, mitra=group.mitra, mulai=begin + n * hour) for n in range(PER_PAGE + 3)]
    make.KehadiranFactory(kegiatan=planned[-1])
    rows = [row for page in (1, 2) for row in client.get(at("list"), {"page": page}).context["tabel"].shown]
    assert rows == planned
    assert [row.peserta for row in rows] == [0] * (PER_PAGE + 2) + [1]


def _version(page: str) -> str:
    return re.search(r'name="versi" value="(\d*)"', page)[1]


class TestBeranda:
    def test_a_coordinator_reads_what_is_to_be_done(self, coordinator, today, ours, group):
        yesterday = make.KegiatanFactory(
            bapas=ours, mitra=group.mitra, mulai=timezone.now() - dt.timedelta(days=1), judul="Kemarin"
        )
        now, unfinished = tasks_today.groups(coordinator)
        assert [(row.about, row.action) for row in now.rows] == [("Latihan las", "Isi daftar hadir")]
        make.KehadiranFactory(kegiatan=yesterday, status="hadir")
        _, unfinished = tasks_today.groups(coordinator)
        assert [(row.about, row.action, row.url) for row in unfinished.rows] == [
            ("Kemarin", "Tutup kegiatan", at("close", yesterday.pk))
        ]

    def test_an_officer_reads_only_activities_of_the_office_itself(self, officer, today, ours):
        make.KegiatanFactory(bapas=ours, mitra=None, mulai=timezone.now(), judul="Milik kantor")
        now, _ = tasks_today.groups(officer("pk"))
        assert [row.about for row in now.rows] == ["Milik kantor"]
        assert tasks_today.groups(officer("perencana")) == []
