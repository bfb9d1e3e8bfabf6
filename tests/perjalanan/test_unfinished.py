"""Community service runs: planned ends wait for it, the others stop it, and it goes on where it stopped."""

from decimal import Decimal

import pytest
from django.urls import reverse

from apps.jejak.models import Riwayat
from apps.kerja_sosial.models import KerjaSosial, PengesahanJam
from apps.klien.models import Klien
from apps.perjalanan.models import Pelimpahan, PeristiwaAkhir
from tests.kerja_sosial import factories as service
from tests.perjalanan import factories as rows
from tests.perjalanan.conftest import DAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("database_role")]
RUNS = "Pidana kerja sosial masih berjalan, sisa 36 jam."


def at(name, *args):
    return reverse(f"perjalanan:{name}", args=args)


@pytest.fixture
def ks(klien):
    """36 of 40 hours are left, 4 are written down."""
    return service.JamFactory(kerja_sosial=service.KerjaSosialFactory(bapas=klien.bapas, klien=klien)).kerja_sosial


def now(ks) -> KerjaSosial:
    return KerjaSosial.objects.get(pk=ks.pk)


def test_the_ways_out_say_what_they_wait_for_and_where_it_is_done(login, pk, head, klien, ks):
    page = login(pk).get(at("ways", klien.pk)).text
    assert RUNS in page
    assert reverse("kerja_sosial:of_client", args=[klien.pk]) in page
    assert at("end_new", klien.pk, "selesai") not in page
    for open_way in ("meninggal", "melarikan"):
        assert at("end_new", klien.pk, open_way) in page
    assert at("transfer_new", klien.pk) not in login(head).get(at("ways", klien.pk)).text


def test_no_form_is_filled_in_for_nothing(login, pk, head, klien, theirs, ks, today):
    """The Beranda leads straight to the form: it says so before anything is typed, and refuses what is sent anyway."""
    transfer = {"lawan": theirs.pk, "alasan": "Pindah domisili", "surat_nomor": "W-1", "surat_tanggal": today}
    for user, url, form in (
        (pk, at("end_new", klien.pk, "selesai"), {"tanggal": today}),
        (head, at("transfer_new", klien.pk), transfer),
    ):
        browser = login(user)
        page = browser.get(url).text
        assert RUNS in page
        assert 'name="csrfmiddlewaretoken" value' not in page.split("<h1", 1)[1]
        answer = browser.post(url, form)
        assert answer.status_code == 409
        assert "Kirim laporan kepada jaksa" in answer.text
    assert not PeristiwaAkhir.objects.exists()
    assert not Pelimpahan.objects.exists()


def test_a_decision_waits_too_when_a_sentence_began_after_the_proposal(login, pk, head, klien, ks, today):
    akhir = rows.AkhirFactory(klien=klien, diusulkan_oleh=pk, tanggal=today)
    browser = login(head)
    page = browser.get(at("end", akhir.pk)).text
    assert RUNS in page
    assert at("end_approve", akhir.pk) not in page
    assert browser.post(at("end_approve", akhir.pk), {"surat_nomor": "S-9"}).status_code == 409
    assert Klien.objects.get(pk=klien.pk).status == "aktif"


def test_a_handover_is_not_accepted_meanwhile_and_tells_the_receiver_nothing(
    login, head, their_head, their_pk, klien, theirs, ks
):
    _, incoming = rows.handover(klien, theirs, by=head)
    form = {"nomor_register": "7", "pk_pembimbing": their_pk.pk}
    answer = login(their_head).post(at("transfer_accept", incoming.pk), form)
    assert answer.status_code == 409
    assert f"{klien.bapas} masih harus menyelesaikan sesuatu" in answer.text
    assert "sisa 36 jam" not in answer.text
    assert not Klien.objects.filter(bapas=theirs).exists()
    KerjaSosial.objects.update(status="tidak", ditutup=ks.mulai)
    assert login(their_head).post(at("transfer_accept", incoming.pk), form).status_code == 302


@pytest.mark.parametrize(("kind", "words"), [("meninggal", "Meninggal dunia"), ("melarikan", "Melarikan diri")])
def test_a_death_or_a_flight_waits_for_nothing_and_stops_it(login, pk, head, klien, ks, today, kind, words):
    url = at("end_new", klien.pk, kind)
    browser = login(pk)
    assert f"Ikut berhenti: {RUNS}" in browser.get(url).text
    assert browser.post(url, {"tanggal": today - DAY, "sumber_nomor": "12/2026"}).status_code == 302
    assert now(ks).berjalan, "nothing happens before the decision"
    akhir = PeristiwaAkhir.objects.get()
    assert login(head).post(at("end_approve", akhir.pk), {}).status_code == 302
    assert (now(ks).status, now(ks).ditutup, now(ks).jam_tercatat) == ("tidak", today - DAY, 4)
    assert Riwayat.objects.get(objek="kerja_sosial", ke="tidak").catatan.startswith(words)
    page = login(pk).get(reverse("kerja_sosial:of_client", args=[klien.pk])).text
    assert f": {words}" in page
    assert reverse("kerja_sosial:resume", args=[ks.pk]) not in page


def test_the_decision_of_the_minister_stops_it(login, head, klien, ks, today):
    usul = rows.UsulFactory(klien=klien, status="diteruskan", diputus_oleh=head)
    browser = login(head)
    assert "Ikut berhenti" in browser.get(at("revocation_decide", usul.pk, "dicabut")).text
    form = {"tanggal": today, "nomor": "N-2"}
    assert browser.post(at("revocation_decide", usul.pk, "dicabut"), form).status_code == 302
    assert now(ks).status == "tidak"


def test_a_sentence_that_is_done_is_closed_as_done(login, pk, head, klien, today):
    ks = service.KerjaSosialFactory(bapas=klien.bapas, klien=klien, total_jam=8)
    for n in (1, 2):
        entry = service.JamFactory(kerja_sosial=ks, tanggal=today - n * DAY)
        PengesahanJam.objects.create(bapas=ks.bapas, jam_kerja=entry, cara="pin", pengawas="Ibu Pengawas", oleh=pk)
    assert "Semua jam sudah disahkan: catat selesai." in login(pk).get(at("ways", klien.pk)).text
    akhir = rows.AkhirFactory(klien=klien, jenis="meninggal", sumber_nomor="12/2026", diusulkan_oleh=pk)
    assert login(head).post(at("end_approve", akhir.pk), {}).status_code == 302
    assert now(ks).status == "selesai"


def test_who_comes_back_goes_on_with_the_same_ledger(login, pk, head, klien, ks, today):
    akhir = rows.AkhirFactory(klien=klien, jenis="melarikan", sumber_nomor="L-1", diusulkan_oleh=pk, tanggal=today)
    resume = reverse("kerja_sosial:resume", args=[ks.pk])
    login(head).post(at("end_approve", akhir.pk), {})
    assert login(pk).post(resume, {"alasan": "Klien kembali"}).status_code == 409, "the registration is over"
    login(head).post(at("end_reverse", akhir.pk), {"alasan": "Klien kembali ke rumah"})
    browser = login(pk)
    assert resume in browser.get(reverse("kerja_sosial:of_client", args=[klien.pk])).text
    assert browser.post(resume, {"alasan": ""}).status_code == 422
    assert browser.post(resume, {"alasan": "Jaksa mengizinkan melanjutkan"}).status_code == 302
    assert (now(ks).status, now(ks).ditutup, now(ks).jam_tercatat) == ("berjalan", None, Decimal(4))
    assert browser.get(resume).status_code == 409
    events = browser.get(reverse("klien:detail", args=[klien.pk])).text
    assert "Kerja sosial dihentikan" in events
    assert "Kerja sosial dilanjutkan" in events
    assert browser.get(reverse("kerja_sosial:report", args=[ks.pk])).status_code == 200


def test_one_sentence_at_a_time_also_when_going_on(login, pk, klien, ks):
    KerjaSosial.objects.update(status="tidak", ditutup=ks.mulai)
    service.KerjaSosialFactory(bapas=klien.bapas, klien=klien)
    answer = login(pk).post(reverse("kerja_sosial:resume", args=[ks.pk]), {"alasan": "Dilanjutkan"})
    assert answer.status_code == 409
    assert "masih menjalani kerja sosial lain" in answer.text


def test_the_partner_of_today_receives_what_goes_on(login, pk, klien, ks, officer):
    """The place got an account while the sentence stood still."""
    KerjaSosial.objects.update(status="tidak", ditutup=ks.mulai)
    ks.tempat.mitra = officer("mitra").penugasan.mitra
    ks.tempat.save()
    login(pk).post(reverse("kerja_sosial:resume", args=[ks.pk]), {"alasan": "Jaksa mengizinkan"})
    assert now(ks).mitra == ks.tempat.mitra


def test_without_a_sentence_nothing_is_said(login, pk, klien):
    page = login(pk).get(at("ways", klien.pk)).text
    assert "menunggu:" not in page
    assert at("end_new", klien.pk, "selesai") in page
