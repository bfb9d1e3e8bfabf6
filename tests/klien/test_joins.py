"""One person with two files: compared, joined by the head, counted once, and taken apart again."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.harian.figures import collect
from apps.jejak.models import Riwayat
from apps.klien import services
from apps.klien.figures import clients_in_need, clients_per_office, obstacles_per_kind
from apps.klien.models import Klien, Penggabungan
from tests import factories as make
from tests.klien.factories import KendalaFactory
from tests.perjalanan.factories import AkhirFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def head(officer):
    return officer("kabapas")


@pytest.fixture
def enter(client, login, head):
    login(head)
    return client


@pytest.fixture
def twin(ours, pk, klien, today):
    """The same person registered again a month ago, with what the first file lacks and with work of its own."""
    other = make.KlienFactory(
        bapas=ours, pk_pembimbing=pk, nama="Budi Santosa", lahir=klien.lahir, nik="7271010101900001",
        alias="Budi Gondrong", jadwal__pertama=today, diregistrasi=today - 30 * DAY, jadwal__berikutnya=today + DAY,
    )  # fmt: skip
    make.CatatanFactory(klien=other, pk_pencatat=pk, catatan="Isi dari berkas kedua")
    make.KebutuhanFactory(klien=other, uraian="Butuh kursus las")
    return other


def fresh(klien):
    return Klien.objects.get(pk=klien.pk)


def joined(enter, klien, twin, **more):
    data = {"dengan": twin.kode, "versi": fresh(klien).versi, "ambil": ["nik", "alias"], "alasan": "KTP sama", **more}
    return enter.post(f"/klien/{klien.pk}/gabung/", data, follow=True)


def counted(ours, today, days_ago=0):
    day = today - days_ago * DAY
    return clients_per_office([ours.pk], day=day)[ours.pk].active


def test_the_preview_tells_what_differs_and_what_both_have(enter, klien, twin):
    assert twin.kode in enter.get(f"/klien/{klien.pk}/gabung/").content.decode()
    page = enter.get(f"/klien/{klien.pk}/gabung/?dengan={twin.kode.lower()}").content.decode()
    for words in ("Budi Santosa", "7271010101900001", "Budi Gondrong", "Sama di keduanya: Nama panggilan"):
        assert words in page
    assert 'value="nik" checked' in page  # the first file has none
    assert 'value="nama" checked' not in page
    assert "Kode ini tidak ada" in enter.get(f"/klien/{klien.pk}/gabung/?dengan=KL-2026-99999").content.decode()


def test_two_files_become_one_person_and_nothing_is_lost(enter, klien, twin, ours, head, today):
    KendalaFactory(catatan=make.CatatanFactory(klien=klien, pk_pencatat=head))
    KendalaFactory(catatan=make.CatatanFactory(klien=twin, pk_pencatat=head))
    assert (counted(ours, today), counted(ours, today, 5)) == (2, 2)
    page = joined(enter, klien, twin).content.decode()
    assert f"Berkas {twin.kode} digabung ke {klien.kode}." in page
    for words in ("Isi dari berkas kedua", f"· dari {twin.kode}", "Butuh kursus las", f"/klien/{twin.pk}/"):
        assert words in page
    one, other = fresh(klien), fresh(twin)
    assert (one.nik, one.alias, one.nama, one.status) == ("7271010101900001", "Budi Gondrong", "Budi Santoso", "aktif")
    assert (other.status, other.digabung_ke_id, other.nik) == ("digabung", klien.pk, "7271010101900001")
    assert (counted(ours, today), counted(ours, today, 5)) == (1, 1)
    assert clients_in_need([ours.pk], day=today) == {ours.pk: 1}
    assert obstacles_per_kind([ours.pk], since=today - DAY, until=today)[0].clients == 1
    month = collect(ours, "bulanan", today - 30 * DAY)
    assert month["klien.baru"][0] == 0
    over = enter.get(f"/klien/{twin.pk}/").content.decode()
    assert "digabung ke berkas lain" in over
    assert f"/klien/{klien.pk}/" in over
    line = Riwayat.objects.get(objek="klien", objek_id=twin.pk)
    assert (line.ke, line.oleh) == ("digabung", head)


def test_the_same_join_sent_twice_is_one(enter, klien, twin):
    joined(enter, klien, twin)
    assert joined(enter, klien, twin).status_code == 200
    assert Penggabungan.objects.count() == 1


def test_they_are_taken_apart_as_they_were_but_for_later_changes(enter, klien, twin, ours, pk, today):
    joined(enter, klien, twin)
    one = fresh(klien)
    one.alias = "Gondrong"
    services.update(klien=one, versi=one.versi, by=pk)
    page = enter.post(f"/klien/{twin.pk}/pisah/", {"alasan": "Ternyata saudara kembar"}, follow=True).content.decode()
    assert "dipisahkan kembali" in page
    one, other = fresh(klien), fresh(twin)
    assert (one.nik, one.alias) == ("", "Gondrong")
    assert (other.status, other.berakhir, other.digabung_ke_id) == ("aktif", None, None)
    assert other.kebutuhan.get().uraian == "Butuh kursus las"
    assert other.jadwal.berikutnya is not None
    assert counted(ours, today) == 2


def test_after_thirty_days_the_join_stands(enter, klien, twin):
    joined(enter, klien, twin)
    Penggabungan.objects.update(pada=timezone.now() - 31 * DAY)
    answer = enter.post(f"/klien/{twin.pk}/pisah/", {"alasan": "Ternyata saudara kembar"})
    assert (answer.status_code, "dalam 30 hari" in answer.content.decode()) == (409, True)


def test_a_later_registration_is_no_double_file(enter, ours, pk, twin):
    earlier = make.KlienFactory(
        bapas=ours, pk_pembimbing=pk, status="selesai", diregistrasi=twin.diregistrasi - 90 * DAY,
        berakhir=twin.diregistrasi,
    )  # fmt: skip
    answer = joined(enter, twin, earlier)
    assert (answer.status_code, "bukan berkas ganda" in answer.content.decode()) == (409, True)


def test_an_end_that_waits_is_decided_first(enter, klien, twin):
    AkhirFactory(klien=twin)
    answer = joined(enter, klien, twin)
    assert (answer.status_code, "menunggu keputusan" in answer.content.decode()) == (409, True)


def test_a_joined_file_names_the_other_one_and_counts_on_no_day(klien, twin, today):
    for facts in ({"status": "digabung", "berakhir": today}, {"digabung_ke": klien}):
        with pytest.raises(IntegrityError, match="klien_joined_names_the_other"), transaction.atomic():
            Klien.objects.filter(pk=twin.pk).update(**facts)
