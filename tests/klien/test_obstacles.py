"""Obstacles: written where they happen, listed for the office, counted per kind."""

import datetime as dt
import io
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from python_calamine import CalamineWorkbook

from apps.jejak.models import Akses
from apps.klien.figures import ObstacleCount, obstacles_per_kind
from apps.klien.models import CatatanBimbingan, Kendala
from tests import factories as make
from tests.klien.factories import JenisKendalaFactory, KendalaFactory
from tests.releases import publish

pytestmark = pytest.mark.django_db
FORM, LIST = reverse("klien:guidance_new"), reverse("klien:obstacles")


@pytest.fixture
def distance():
    return JenisKendalaFactory()


@pytest.fixture
def save(login, pk, klien):
    """save(jenis_kendala=[…]) → the record after the field form was sent."""

    def post(**facts):
        key = str(uuid.uuid4())
        form = {"klien": klien.pk, "kunci": key, "cara": "kantor", "kapan": "hari-ini", "hadir": "ya"}
        answer = login(pk).post(FORM, {**form, "bidang": "kepribadian", **facts})
        assert answer.status_code == 302, answer.context["form"].errors
        return CatatanBimbingan.objects.get(kunci=key)

    return post


def test_the_field_form_offers_cards_that_are_in_use(login, pk, klien, distance):
    JenisKendalaFactory(kode="LAMA", nama="Tidak dipakai lagi", aktif=False)
    text = login(pk).get(FORM, {"klien": klien.pk}).text
    assert "Jarak dan transportasi" in text
    assert "Tidak dipakai lagi" not in text


def test_a_contact_keeps_its_obstacles_with_the_words_of_the_prompt(login, pk, klien, save, distance, database_role):
    record = save(jenis_kendala=[distance.pk], kendala="Angkutan hanya pagi")
    row = Kendala.objects.get()
    assert (row.catatan, row.klien, row.jenis, row.sumber) == (record, klien, distance, "bimbingan")
    assert row.isi == "Angkutan hanya pagi"
    assert "Jarak dan transportasi" in login(pk).get(reverse("klien:guidance", args=[record.pk])).text


def test_the_same_contact_twice_has_its_obstacles_once(login, pk, klien, save, distance):
    key = str(uuid.uuid4())
    for _ in range(2):
        login(pk).post(FORM, {
            "klien": klien.pk, "kunci": key, "cara": "kantor", "kapan": "hari-ini", "hadir": "ya",
            "bidang": "kepribadian", "jenis_kendala": [distance.pk],
        })  # fmt: skip
    assert Kendala.objects.count() == 1


def test_obstacles_follow_a_correction_and_leave_with_a_withdrawal(login, pk, save, distance, today, ours):
    record = save(jenis_kendala=[distance.pk], kendala="Angkutan hanya pagi")
    login(pk).post(reverse("klien:guidance_correct", args=[record.pk]), {
        "cara": "kantor", "tanggal": today.isoformat(), "hadir": "ya", "bidang": "kepribadian",
        "kendala": "Angkutan hanya sore", "alasan_koreksi": "Salah tulis",
    })  # fmt: skip
    correction = CatatanBimbingan.objects.get(koreksi_dari=record)
    assert Kendala.objects.counted().get().isi == "Angkutan hanya sore"
    login(pk).post(reverse("klien:guidance_withdraw", args=[correction.pk]), {"alasan": "Salah klien"})
    assert not Kendala.objects.counted().exists()
    assert obstacles_per_kind([ours.pk], since=today, until=today) == []


def test_a_need_that_was_not_met_says_what_stood_in_the_way(login, pk, klien, distance):
    page = lambda need: reverse("klien:need_move", args=[klien.pk, need.pk])  # noqa: E731
    unmet, met = make.KebutuhanFactory(klien=klien), make.KebutuhanFactory(klien=klien)
    login(pk).post(page(unmet), {"ke": "tidak", "alasan": "Balai latihan jauh", "jenis_kendala": [distance.pk]})
    login(pk).post(page(met), {"ke": "terpenuhi", "jenis_kendala": [distance.pk]})
    row = Kendala.objects.get()
    assert (row.sumber, row.asal, row.isi, row.klien) == ("kebutuhan", "Pelatihan kerja", "Balai latihan jauh", klien)


def test_the_list_shows_own_clients_to_an_officer_and_all_to_the_head(login, officer, pk, klien, theirs, database_role):
    mine = KendalaFactory(catatan=make.CatatanFactory(klien=klien, kendala="Milik saya"))
    KendalaFactory(catatan=make.CatatanFactory(klien=make.KlienFactory(bapas=klien.bapas), kendala="Milik rekan"))
    KendalaFactory(catatan=make.CatatanFactory(klien=make.KlienFactory(bapas=theirs), kendala="Kantor lain"))
    own, all_ = login(pk).get(LIST).text, login(officer("kabapas")).get(LIST).text
    assert ("Milik saya" in own, "Milik rekan" in own, "Kantor lain" in own) == (True, False, False)
    assert ("Milik saya" in all_, "Milik rekan" in all_, "Kantor lain" in all_) == (True, True, False)
    assert reverse("klien:guidance", args=[mine.catatan_id]) in own
    assert Akses.objects.filter(objek="kendala", verba="lihat").count() == 2


def test_who_reads_no_prose_reads_no_obstacle(officer, klien):
    KendalaFactory(catatan=make.CatatanFactory(klien=klien))
    assert [Kendala.objects.readable_by(officer(peran)).count() for peran in ("kabapas", "operator", "kanwil")] == [
        1,
        0,
        0,
    ]


def test_filters_narrow_the_list_and_the_file(login, pk, klien, distance, today):
    other = JenisKendalaFactory(kode="WAKTU", nama="Waktu klien bekerja")
    KendalaFactory(catatan=make.CatatanFactory(klien=klien, kendala="=1+1"), jenis=distance)
    KendalaFactory(catatan=make.CatatanFactory(klien=klien), jenis=other, tanggal=today - dt.timedelta(days=40))
    for query in ({"jenis": distance.pk}, {"dari": today.isoformat()}):
        assert login(pk).get(LIST, query).context["tabel"].hal.paginator.count == 1
        answer = login(pk).get(reverse("klien:obstacles_export"), query)
        lines = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
        assert [line[6] for line in lines[1:]] == ["=1+1"]
    assert "xlsx, 1 baris" in Akses.objects.filter(verba="ekspor").values_list("rincian", flat=True)
    assert login(pk).get(reverse("klien:obstacles_export"), {"format": "pdf"}).status_code == 404


def test_figures_count_times_and_clients_per_kind(ours, klien, today, distance):
    for client in (klien, klien, make.KlienFactory(bapas=ours)):
        KendalaFactory(catatan=make.CatatanFactory(klien=client), jenis=distance)
    KendalaFactory(catatan=make.CatatanFactory(klien=klien), tanggal=today - dt.timedelta(days=400))
    found = obstacles_per_kind([ours.pk], since=today - dt.timedelta(days=30), until=today)
    assert found == [ObstacleCount(ours.pk, "Jarak dan transportasi", times=3, clients=2)]


def test_the_dashboard_masks_few_clients_outside_the_office(login, officer, ours, klien, distance):
    KendalaFactory(catatan=make.CatatanFactory(klien=klien), jenis=distance)
    own = login(officer("kabapas")).get(reverse("dasbor:bapas"))
    publish()
    region = login(officer("kanwil")).get(reverse("dasbor:bapas_rinci", args=[ours.pk]))
    assert own.context["kendala"] == [("Jarak dan transportasi", "1")]
    assert region.context["kendala"] == [("Jarak dan transportasi", "<5")]
    assert LIST in own.text
    assert LIST not in region.text


def test_an_obstacle_of_guidance_always_points_at_its_record(klien, distance):
    with pytest.raises(IntegrityError, match="kendala_of_guidance_has_record"), transaction.atomic():
        Kendala.objects.create(
            bapas=klien.bapas, klien=klien, jenis=distance, sumber="bimbingan", tanggal="2026-11-01",
            dicatat_oleh=klien.pk_pembimbing,
        )  # fmt: skip


def test_only_its_record_decides_whether_an_obstacle_counts(save, distance, login, pk, klien):
    record = save(jenis_kendala=[distance.pk])
    Kendala.objects.update(dibatalkan=True)
    assert not Kendala.objects.get().dibatalkan
    login(pk).post(reverse("klien:guidance_undo", args=[record.pk]))
    assert Kendala.objects.get().dibatalkan
    Kendala.objects.update(dibatalkan=False)
    assert not Kendala.objects.counted().exists()
