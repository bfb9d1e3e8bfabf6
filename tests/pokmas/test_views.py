"""The pages about Pokmas, through the browser's door, as both database roles."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.jejak.models import Akses, Riwayat
from apps.pokmas import tasks_today
from apps.pokmas.models import Anggota, Pokmas
from apps.wilayah.models import Mitra
from tests import factories as make

pytestmark = pytest.mark.usefixtures("database_role")

GOOD = {"nama": "Pokmas Karya Baru", "bentuk": "organisasi", "bidang": ["kemandirian"], "alamat": "Jalan Mawar 1"}


@pytest.fixture
def enter(login, officer):
    def enter(peran, **facts):
        user = officer(peran, **facts)
        login(user)
        return user

    return enter


@pytest.fixture
def place(ours):
    return make.KabKotaFactory(
        kode="99.88", nama="Kota Contoh", provinsi=make.ProvinsiFactory(kode="97", kanwil=ours.kanwil)
    )


@pytest.fixture
def group(ours):
    return make.PokmasFactory(bapas=ours, mitra__nama="Pokmas Maju Bersama")


class TestExport:
    def test_the_filtered_directory_leaves_as_text_and_is_noted(self, client, enter, group, ours, theirs):
        enter("kabapas")
        make.PokmasFactory(bapas=theirs, mitra__nama="Pokmas Kantor Lain")
        make.PokmasFactory(bapas=ours, mitra__nama="=1+1", status="calon")
        text = client.get(reverse("pokmas:export"), {"format": "csv", "status": "calon"}).content.decode("utf-8-sig")
        assert [line.split(";")[0] for line in text.splitlines()] == ["Nama", "'=1+1"]
        assert Akses.objects.get(objek="pokmas").rincian == "1 baris"


class TestDirectory:
    def test_an_office_sees_its_own_groups_and_can_filter_them(self, client, enter, group, ours, theirs):
        enter("pk")
        make.PokmasFactory(bapas=theirs, mitra__nama="Pokmas Kantor Lain")
        make.PokmasFactory(bapas=ours, mitra__nama="Pokmas Calon", status="calon", bidang=["hukum"])
        everything = client.get(reverse("pokmas:list")).text
        assert "Pokmas Maju Bersama" in everything
        assert "Pokmas Calon" in everything
        assert "Pokmas Kantor Lain" not in everything
        filtered = client.get(reverse("pokmas:list"), {"status": "calon", "bidang": "hukum"}).text
        assert "Pokmas Maju Bersama" not in filtered
        assert "Status: Calon" in filtered

    def test_nothing_found_names_the_filter_to_remove(self, client, enter, group):
        enter("pk")
        assert "Tidak ada Pokmas yang cocok" in client.get(reverse("pokmas:list"), {"q": "tidak ada"}).text

    def test_a_kanwil_filters_by_its_own_bapas_only(self, client, enter, group, ours, theirs):
        second = make.BapasFactory(kanwil=ours.kanwil, nama="Bapas Kedua")
        make.PokmasFactory(bapas=second, mitra__nama="Pokmas Bapas Kedua")
        enter("kanwil")
        text = client.get(reverse("pokmas:list"), {"bapas": second.pk}).text
        assert "Pokmas Bapas Kedua" in text
        assert "Pokmas Maju Bersama" not in text
        assert str(theirs) not in text

    def test_a_coordinator_is_led_to_the_own_group(self, client, enter, group):
        enter("koordinator_pokmas", mitra=group.mitra)
        assert client.get(reverse("pokmas:list")).url == reverse("pokmas:detail", args=[group.pk])

    def test_a_partner_looks_up_active_groups_of_its_region_but_opens_none(self, client, enter, group, place, ours):
        make.PokmasFactory(bapas=ours, mitra__nama="Pokmas Calon", status="calon")
        enter("mitra", mitra=make.MitraFactory(kabkota=place, jenis="pemda"))
        text = client.get(reverse("pokmas:list")).text
        assert "Pokmas Maju Bersama" in text
        assert "Pokmas Calon" not in text
        assert reverse("pokmas:detail", args=[group.pk]) not in text
        assert client.get(reverse("pokmas:detail", args=[group.pk])).status_code == 404

    def test_the_list_costs_the_same_for_any_number_of_rows(self, client, enter, ours, queries, budget):
        enter("operator")
        make.PokmasFactory.create_batch(2, bapas=ours)
        few = queries(lambda: client.get(reverse("pokmas:list")))
        make.PokmasFactory.create_batch(20, bapas=ours)
        assert queries(lambda: client.get(reverse("pokmas:list"))) == few <= budget("pokmas:list")


class TestProfile:
    @pytest.mark.parametrize(
        ("days", "words"),
        [(91, ""), (90, "berakhir 90 hari lagi"), (30, "berakhir 30 hari lagi"), (0, "berakhir hari ini"),
         (-1, "sudah berakhir")],
    )  # fmt: skip
    def test_the_end_of_the_agreement_is_said_in_time(self, client, enter, ours, days, words, today):
        end = today + dt.timedelta(days=days)
        group = make.PokmasFactory(bapas=ours, pks_nomor="PKS-1", pks_selesai=end)
        enter("operator")
        text = client.get(reverse("pokmas:detail", args=[group.pk])).text
        assert words in text
        assert ("Siapkan perpanjangan" in text) is bool(words)

    def test_telephone_numbers_of_members_are_for_those_who_keep_the_data(self, client, enter, group):
        make.AnggotaFactory(pokmas=group, nama="Sari", telepon="081234567890")
        for role, sees in [("operator", True), ("kanwil", False), ("pk", False)]:
            enter(role)
            text = client.get(reverse("pokmas:detail", args=[group.pk])).text
            assert "Sari" in text
            assert ("081234567890" in text) is sees

    def test_the_activity_panel_counts_without_opening_activities_to_a_kanwil(self, client, enter, group, ours):
        make.KegiatanFactory(
            bapas=ours, mitra=group.mitra, judul="Latihan las", mulai=timezone.now() - dt.timedelta(days=3),
            status="selesai", hasil="Baik.", biaya=0, ditutup_pada=timezone.now(),
        )  # fmt: skip
        url = reverse("kegiatan:of_pokmas", args=[group.pk])
        enter("pk")
        assert "Latihan las" in client.get(url, headers={"HX-Request": "true"}).text
        enter("kanwil")
        text = client.get(url, headers={"HX-Request": "true"}).text
        assert "1 kegiatan" in text
        assert "Latihan las" not in text


class TestRegister:
    def test_a_candidate_with_a_new_identity(self, client, enter, ours, place):
        user = enter("operator")
        answer = client.post(reverse("pokmas:create"), {**GOOD, "kabkota": place.pk})
        group = Pokmas.objects.get(mitra__nama="Pokmas Karya Baru")
        assert answer.url == reverse("pokmas:detail", args=[group.pk])
        assert (group.bapas, group.status, group.mitra.jenis) == (ours, "calon", "pokmas")
        assert Riwayat.objects.get(objek="pokmas", objek_id=group.pk).oleh == user

    def test_a_similar_name_is_asked_about_before_a_second_identity_is_made(self, client, enter, ours, place):
        known = make.MitraFactory(nama="Pokmas Karya  Baru")
        enter("operator")
        asked = client.post(reverse("pokmas:create"), {**GOOD, "kabkota": place.pk})
        assert asked.status_code == 422
        assert "Bukan, ini kelompok baru" in asked.text
        client.post(reverse("pokmas:create"), {**GOOD, "kabkota": place.pk, "identitas": known.pk})
        assert Pokmas.objects.get(bapas=ours).mitra == known
        again = client.post(reverse("pokmas:create"), {**GOOD, "kabkota": place.pk, "identitas": known.pk})
        assert again.status_code == 409
        client.post(reverse("pokmas:create"), {**GOOD, "kabkota": place.pk, "identitas": "baru"})
        assert Mitra.objects.filter(nama__startswith="Pokmas Karya").count() == 2

    def test_a_bad_form_keeps_what_was_typed(self, client, enter):
        enter("operator")
        answer = client.post(reverse("pokmas:create"), {"nama": "Pokmas Setengah"})
        assert answer.status_code == 422
        assert "Pokmas Setengah" in answer.text
        assert "Pilih paling sedikit satu bidang." in answer.text
        assert "Pilih kabupaten/kota." in answer.text


class TestData:
    def test_the_office_changes_identity_and_agreement(self, client, enter, group, place):
        enter("operator")
        data = {**GOOD, "nama": "Pokmas Maju Terus", "kabkota": place.pk, "pks_nomor": "PKS-9",
                "pks_mulai": "2026-01-01", "pks_selesai": "2027-01-01", "versi": "0"}  # fmt: skip
        assert client.post(reverse("pokmas:edit", args=[group.pk]), data).status_code == 302
        group.refresh_from_db()
        assert (group.mitra.nama, group.pks_nomor) == ("Pokmas Maju Terus", "PKS-9")

    def test_an_agreement_does_not_end_before_it_begins(self, client, enter, group, place):
        enter("operator")
        data = {**GOOD, "kabkota": place.pk, "pks_mulai": "2027-01-01", "pks_selesai": "2026-01-01"}
        answer = client.post(reverse("pokmas:edit", args=[group.pk]), data)
        assert answer.status_code == 422
        assert "PKS tidak boleh berakhir sebelum mulai." in answer.text

    def test_the_coordinator_changes_own_data_but_neither_name_nor_decree(self, client, enter, group):
        enter("koordinator_pokmas", mitra=group.mitra)
        data = {
            "kontak": "0361 555",
            "alamat": "Jalan Baru 2",
            "bidang": ["hukum"],
            "nama": "Lain",
            "sk_nomor": "SK-X",
            "versi": "0",
        }
        assert client.post(reverse("pokmas:edit", args=[group.pk]), data).status_code == 302
        group.refresh_from_db()
        assert (group.alamat, group.mitra.kontak, group.bidang) == ("Jalan Baru 2", "0361 555", ["hukum"])
        assert (group.mitra.nama, group.sk_nomor) == ("Pokmas Maju Bersama", "SK-1")

    def test_nobody_saves_over_what_somebody_else_changed(self, client, enter, group):
        enter("koordinator_pokmas", mitra=group.mitra)
        url, data = (
            reverse("pokmas:edit", args=[group.pk]),
            {"alamat": "Jalan Saya 1", "bidang": ["hukum"], "versi": "0"},
        )
        Pokmas.objects.filter(pk=group.pk).update(alamat="Jalan Kantor 9")
        answer = client.post(url, data)
        assert answer.status_code == 409
        assert "Jalan Kantor 9" in answer.text
        version = re.search(r'name="versi" value="(\d+)"', answer.text)[1]
        assert client.post(url, {**data, "versi": version}).status_code == 302

    def test_a_mistake_to_mend_does_not_make_an_overtaken_form_new(self, client, enter, group):
        """The form that comes back with a mistake still says what the person saw, not what is stored by then."""
        enter("koordinator_pokmas", mitra=group.mitra)
        url, data = reverse("pokmas:edit", args=[group.pk]), {"alamat": "Jalan Saya 1", "versi": "0"}
        Pokmas.objects.filter(pk=group.pk).update(alamat="Jalan Kantor 9")
        mistaken = client.post(url, data)
        assert mistaken.status_code == 422
        seen = re.search(r'name="versi" value="(\d+)"', mistaken.text)[1]
        assert client.post(url, {**data, "bidang": ["hukum"], "versi": seen}).status_code == 409
        group.refresh_from_db()
        assert group.alamat == "Jalan Kantor 9"

    def test_a_form_without_a_version_has_seen_nothing(self, client, enter, group):
        enter("koordinator_pokmas", mitra=group.mitra)
        url, data = reverse("pokmas:edit", args=[group.pk]), {"alamat": "Jalan Saya 1", "bidang": ["hukum"]}
        assert client.post(url, data).status_code == 409

    def test_the_coordinator_keeps_the_members(self, client, enter, group, ours):
        enter("koordinator_pokmas", mitra=group.mitra)
        client.post(reverse("pokmas:member_add", args=[group.pk]), {"nama": "Sari", "jabatan": "Ketua"})
        member = Anggota.objects.get(nama="Sari")
        assert (member.bapas, member.mitra, member.aktif) == (ours, group.mitra, True)
        client.post(reverse("pokmas:member_edit", args=[group.pk, member.pk]), {"nama": "Sari Dewi"})
        member.refresh_from_db()
        assert (member.nama, member.aktif) == ("Sari Dewi", False)


class TestDecree:
    DECREE = {"sk_nomor": "W.20-1/2026", "sk_tanggal": "2026-03-01"}

    def test_candidate_then_active_then_inactive_then_active(self, client, enter, ours):
        head, group = enter("kabapas"), make.PokmasFactory(bapas=ours, status="calon", sk_nomor="", sk_tanggal=None)
        appoint, dismiss = (reverse(f"pokmas:{name}", args=[group.pk]) for name in ("appoint", "dismiss"))
        assert client.post(appoint, self.DECREE).status_code == 302
        assert client.post(appoint, self.DECREE).status_code == 409
        assert client.post(dismiss, {"alasan": "Pengurus pindah."}).status_code == 302
        assert client.post(dismiss, {"alasan": "Pengurus pindah."}).status_code == 409
        assert client.post(appoint, {**self.DECREE, "sk_nomor": "W.20-2/2026"}).status_code == 302
        group.refresh_from_db()
        assert (group.status, group.sk_nomor) == ("aktif", "W.20-2/2026")
        moves = Riwayat.objects.filter(objek="pokmas", objek_id=group.pk, oleh=head).order_by("pk")
        assert list(moves.values_list("ke", flat=True)) == ["aktif", "nonaktif", "aktif"]

    def test_the_decree_is_not_from_the_future(self, client, enter, ours, today):
        enter("kabapas")
        group = make.PokmasFactory(bapas=ours, status="calon")
        data = {**self.DECREE, "sk_tanggal": today + dt.timedelta(days=2)}
        answer = client.post(reverse("pokmas:appoint", args=[group.pk]), data)
        assert answer.status_code == 422
        assert "Tanggal SK tidak boleh setelah hari ini." in answer.text


def test_the_beranda_names_agreements_that_end(officer, group, ours, today):
    Pokmas.objects.filter(pk=group.pk).update(pks_selesai=today + dt.timedelta(days=10))
    make.PokmasFactory(bapas=ours, pks_selesai=today + dt.timedelta(days=200))
    (tasks,) = tasks_today.groups(officer("koordinator_pokmas", mitra=group.mitra))
    assert [row.about for row in tasks.rows] == ["Pokmas Maju Bersama"]
    assert tasks.total == 1
    assert tasks_today.groups(officer("pk")) == []
