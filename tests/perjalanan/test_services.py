"""The acts: what they store at which office, what follows from them, and what they refuse."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from apps.acuan.calendar import working_days
from apps.dasar.errors import Refused
from apps.jejak.models import Riwayat
from apps.klien import services as klien_services
from apps.klien.models import JadwalLapor, Kebutuhan, Klien, MasaBimbingan, Penjamin
from apps.perjalanan.models import (
    LangkahPencabutan,
    Pelimpahan,
    PeristiwaAkhir,
    TahapBimbingan,
    TindakLanjut,
    UsulPencabutan,
)
from apps.perjalanan.services import ends, followup, handover, revocation, stages
from apps.perjalanan.stages_due import stage_due
from tests import factories as make
from tests.perjalanan import factories as rows
from tests.perjalanan.conftest import DAY

pytestmark = pytest.mark.django_db


# --- stages ---------------------------------------------------------------------------------------


def test_a_stage_is_due_when_its_share_of_the_term_has_passed():
    first, last = dt.date(2026, 1, 1), dt.date(2026, 4, 10)  # 100 days
    assert stage_due(first, last, Decimal(25)) == first + 25 * DAY
    assert stage_due(first, last, Decimal(75)) == first + 75 * DAY


def move(klien, by, ke, day, **facts):
    sidang = {"tpp_tanggal": day, "tpp_nomor": "12/TPP", **facts}
    return stages.move(klien=klien, ke=ke, mulai=day, by=by, **sidang)


def test_stages_follow_each_other_and_leave_a_trace(klien, pk, today):
    move(klien, pk, "lanjutan", today - 9 * DAY), move(klien, pk, "akhir", today)
    chain = list(TahapBimbingan.objects.filter(klien=klien).values_list("dari", "tahap"))
    assert chain == [("awal", "lanjutan"), ("lanjutan", "akhir")]
    assert TahapBimbingan.objects.current_of(klien).tahap == "akhir"
    assert Riwayat.objects.filter(objek="tahap", objek_id=klien.pk).count() == 2


def test_no_stage_is_skipped_and_none_comes_twice(klien, pk, today):
    with pytest.raises(Refused, match="tidak dapat berpindah ke tahap akhir"):
        move(klien, pk, "akhir", today)
    move(klien, pk, "lanjutan", today)
    with pytest.raises(Refused, match="tidak dapat berpindah ke tahap lanjutan"):
        move(klien, pk, "lanjutan", today)


def test_a_mistaken_move_is_taken_back_and_stays_readable(klien, pk, today):
    move(klien, pk, "lanjutan", today)
    stages.take_back(klien=klien, alasan="Klien lain yang disidangkan", by=pk, hari=today)
    assert [row.tahap for row in TahapBimbingan.objects.filter(klien=klien)] == ["lanjutan", "awal"]
    with pytest.raises(Refused, match="Tidak ada perpindahan"):
        stages.take_back(klien=klien, alasan="Lagi", by=pk, hari=today)
    move(klien, pk, "lanjutan", today)
    assert TahapBimbingan.objects.current_of(klien).tahap == "lanjutan"


def test_postgresql_keeps_the_chain_of_one_client_whole(klien, pk, today):
    first = rows.TahapFactory(klien=klien)
    other = make.KlienFactory(bapas=klien.bapas)
    wrong = (
        {"klien": klien},  # a second beginning
        {"klien": klien, "sebelumnya": first, "dari": "awal", "tahap": "lanjutan"},  # does not continue `first`
        {"klien": other, "sebelumnya": first, "dari": "lanjutan", "tahap": "akhir"},  # of another client
        {"klien": other, "dari": "awal", "tahap": "akhir"},  # skips a stage
        {"klien": other, "tpp_nomor": ""},
    )
    for facts in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.TahapFactory(**facts)


# --- ends -----------------------------------------------------------------------------------------


def propose(klien, by, today, jenis="selesai", **facts):
    return ends.propose(klien=klien, akhir=PeristiwaAkhir(jenis=jenis, tanggal=today, **facts), by=by)


def test_an_end_changes_status_schedule_and_plans_follow_ups(klien, pk, head, today):
    akhir = propose(klien, pk, today)
    ends.approve(akhir=akhir, by=head, hari=today, surat_nomor="S-9")
    klien.refresh_from_db()
    assert (klien.status, klien.versi) == ("selesai", 2)
    assert JadwalLapor.objects.get(klien=klien).berikutnya is None
    assert [row.bulan for row in TindakLanjut.objects.filter(klien=klien)] == [3, 6, 12]
    assert Riwayat.objects.get(objek="klien", objek_id=klien.pk).ke == "selesai"


def test_nobody_decides_on_an_own_proposal(klien, pk, today):
    with pytest.raises(Refused, match="orang lain"):
        ends.approve(akhir=propose(klien, pk, today), by=pk, hari=today, surat_nomor="S-9")


def test_no_end_before_its_day_without_letter_or_twice(klien, pk, head, today):
    with pytest.raises(Refused, match="Isi nomor surat pengakhiran"):
        ends.approve(akhir=propose(klien, pk, today), by=head, hari=today)
    with pytest.raises(Refused, match="sudah menunggu"):
        propose(klien, pk, today)
    akhir = PeristiwaAkhir.objects.get()
    with pytest.raises(Refused, match="baru berakhir"):
        ends.approve(akhir=akhir, by=head, hari=today - DAY, surat_nomor="S-9")
    ends.approve(akhir=akhir, by=head, hari=today, surat_nomor="S-9")
    with pytest.raises(Refused, match="berstatus “Berlaku”"):
        ends.approve(akhir=akhir, by=head, hari=today, surat_nomor="S-9")
    with pytest.raises(Refused, match="sudah berstatus selesai"):
        propose(klien, pk, today)


def test_a_death_needs_its_paper(klien, pk, head, today):
    with pytest.raises(Refused, match="Isi nomor surat sumber"):
        ends.approve(akhir=propose(klien, pk, today, "meninggal"), by=head, hari=today)


def test_a_refused_or_withdrawn_proposal_leaves_the_client_active(klien, pk, head, today):
    ends.reject(akhir=propose(klien, pk, today), by=head, alasan="Lengkapi berkas")
    akhir = propose(klien, pk, today)
    with pytest.raises(Refused, match="Hanya pengusul"):
        ends.withdraw(akhir=akhir, by=head)
    ends.withdraw(akhir=akhir, by=pk)
    klien.refresh_from_db()
    assert klien.status == "aktif"


def test_a_wrong_end_is_opened_again_within_its_limit(klien, pk, head, today):
    akhir = propose(klien, pk, today)
    ends.approve(akhir=akhir, by=head, hari=today, surat_nomor="S-9")
    ends.reverse(akhir=akhir, by=head, alasan="Salah klien")
    klien.refresh_from_db()
    assert klien.status == "aktif"
    assert JadwalLapor.objects.get(klien=klien).berikutnya == klien.jadwal.pertama
    assert not TindakLanjut.objects.waiting().exists()
    again = propose(klien, pk, today)
    ends.approve(akhir=again, by=head, hari=today, surat_nomor="S-10")
    PeristiwaAkhir.objects.filter(pk=again.pk).update(diputus_pada=again.diusulkan_pada - 31 * DAY)
    with pytest.raises(Refused, match="dalam 30 hari"):
        ends.reverse(akhir=again, by=head, alasan="Terlambat")


def test_somebody_who_ran_away_may_come_back_later(klien, pk, head, today):
    akhir = propose(klien, pk, today, "melarikan", sumber_nomor="L-1")
    ends.approve(akhir=akhir, by=head, hari=today)
    PeristiwaAkhir.objects.filter(pk=akhir.pk).update(diputus_pada=akhir.diusulkan_pada - 300 * DAY)
    ends.reverse(akhir=akhir, by=head, alasan="Klien datang kembali bersama keluarga")
    klien.refresh_from_db()
    assert klien.status == "aktif"


def test_a_person_with_a_newer_registration_is_not_opened_twice(klien, pk, head, today):
    akhir = propose(klien, pk, today)
    ends.approve(akhir=akhir, by=head, hari=today, surat_nomor="S-9")
    make.KlienFactory(orang=klien.orang, bapas=klien.bapas)
    with pytest.raises(Refused, match="sudah terdaftar aktif"):
        ends.reverse(akhir=akhir, by=head, alasan="Salah klien")


def test_the_file_ends_on_the_day_of_the_event_or_postgresql_refuses(klien, pk, head, today):
    """A decision comes later than the end that it is about."""
    ends.approve(akhir=propose(klien, pk, today - 3 * DAY), by=head, hari=today, surat_nomor="S-9")
    file = Klien.objects.get(pk=klien.pk)
    assert file.berakhir == today - 3 * DAY
    Klien.objects.filter(pk=klien.pk).update(berakhir=today)
    with pytest.raises(IntegrityError, match="does not match its end"), transaction.atomic():
        ends.hold_to_the_rule()
    Klien.objects.filter(pk=klien.pk).update(berakhir=today - 3 * DAY)


def test_who_ran_away_and_came_back_was_not_guided_in_between(klien, pk, head, today):
    akhir = propose(klien, pk, today - 5 * DAY, jenis="melarikan", sumber_nomor="L-1", sumber_tanggal=today)
    ends.approve(akhir=akhir, by=head, hari=today)
    ends.reverse(akhir=akhir, by=head, alasan="Klien kembali")
    guided = [day for day in range(7) if Klien.objects.as_of(today - day * DAY).filter(pk=klien.pk).exists()]
    assert guided == [0, 6]


def test_an_end_that_was_a_mistake_never_was(klien, pk, head, today):
    akhir = propose(klien, pk, today - 5 * DAY)
    ends.approve(akhir=akhir, by=head, hari=today, surat_nomor="S-9")
    assert not Klien.objects.as_of(today - 5 * DAY).filter(pk=klien.pk).exists()
    ends.reverse(akhir=akhir, by=head, alasan="Salah klien")
    assert all(Klien.objects.as_of(today - day * DAY).filter(pk=klien.pk).exists() for day in range(7))


def test_status_and_event_agree_or_postgresql_refuses(klien, pk, head, today):
    def status_alone():
        Klien.objects.filter(pk=klien.pk).update(status="selesai", berakhir=today)
        ends.hold_to_the_rule()

    def event_alone():
        rows.AkhirFactory(klien=klien, status="berlaku", diputus_oleh=head, diputus_pada="2026-01-01T00:00Z",
                          surat_nomor="S-1")  # fmt: skip
        ends.hold_to_the_rule()

    for half in (status_alone, event_alone):
        with pytest.raises(IntegrityError, match="does not match its end"), transaction.atomic():
            half()


# --- revocation -----------------------------------------------------------------------------------


def raise_case(klien, by, today, kode="ABSEN-3"):
    usul = UsulPencabutan(dasar=rows.DasarFactory(kode=kode, nama=kode), uraian="Keluarga sudah dihubungi dua kali")
    return revocation.raise_case(klien=klien, usul=usul, by=by, hari=today)


def step(langkah, day, nomor="N-1"):
    return LangkahPencabutan(langkah=langkah, tanggal=day, nomor=nomor)


def test_a_case_takes_the_dates_of_the_absences_from_the_log(klien, pk, absent, today):
    usul = raise_case(klien, pk, today)
    assert usul.tanggal_absen == absent
    assert working_days(today, usul.batas) == revocation.WORKING_DAYS
    assert usul.langkah.get().langkah == "usul"
    klien.refresh_from_db()
    assert klien.status == "aktif", "nothing follows by itself"


def test_a_day_that_two_people_logged_is_one_absence(klien, pk, today):
    for days_ago in (40, 40, 10):
        make.CatatanFactory(klien=klien, tanggal=today - days_ago * DAY, hadir=False, alasan="kontak")
    assert revocation.absences(klien) == [today - 40 * DAY, today - 10 * DAY]
    with pytest.raises(Refused, match="belum tiga kali"):
        raise_case(klien, pk, today)


def test_two_absences_are_no_ground_but_another_ground_is(klien, pk, today):
    with pytest.raises(Refused, match="belum tiga kali"):
        raise_case(klien, pk, today)
    assert raise_case(klien, pk, today, "PINDAH").tanggal_absen == []
    with pytest.raises(Refused, match="masih berjalan"):
        raise_case(klien, pk, today, "PINDAH")


def test_the_whole_procedure_ends_in_a_recorded_decision(klien, pk, head, absent, today):
    usul = raise_case(klien, pk, today)
    for langkah in ("bap", "periksa", "tpp"):
        revocation.prepare(usul=usul, langkah=step(langkah, today), by=pk)
    for langkah in ("ditangguhkan", "diteruskan"):
        revocation.decide(usul=usul, langkah=step(langkah, today), by=head)
    klien.refresh_from_db()
    assert klien.status == "aktif"
    revocation.decide(usul=usul, langkah=step("dicabut", today, "M-77"), by=head)
    klien.refresh_from_db()
    assert klien.status == "dicabut"
    akhir = PeristiwaAkhir.objects.get(klien=klien)
    assert (akhir.jenis, akhir.status, akhir.sumber_nomor, akhir.diusulkan_oleh) == ("dicabut", "berlaku", "M-77", pk)
    assert not TindakLanjut.objects.exists()


def test_steps_keep_their_order_their_dates_and_their_numbers(klien, pk, head, absent, today):
    usul = raise_case(klien, pk, today)
    with pytest.raises(Refused, match="tidak dapat menjadi “Sidang TPP”"):
        revocation.prepare(usul=usul, langkah=step("tpp", today), by=pk)
    with pytest.raises(Refused, match="Langkah sebelumnya"):
        revocation.prepare(usul=usul, langkah=step("bap", today - DAY), by=pk)
    with pytest.raises(Refused, match="Isi nomor surat"):
        revocation.prepare(usul=usul, langkah=step("bap", today, ""), by=pk)
    with pytest.raises(Refused, match="orang lain"):
        revocation.decide(usul=usul, langkah=step("dihentikan", today), by=pk)
    revocation.decide(usul=usul, langkah=step("dihentikan", today), by=head)
    assert UsulPencabutan.objects.get().status == "dihentikan"


# --- handover -------------------------------------------------------------------------------------


def ask(klien, to, by, today):
    pelimpahan = Pelimpahan(lawan=to, alasan="Pindah domisili", surat_nomor="W-1", surat_tanggal=today)
    return handover.request(klien=klien, pelimpahan=pelimpahan, by=by)


def incoming():
    return Pelimpahan.objects.incoming().get()


@pytest.fixture
def taken_over(klien, head, theirs, their_head, their_pk, today):
    """The client after the other office accepted."""
    Penjamin.objects.create(
        bapas=klien.bapas, klien=klien, nama="Siti Aminah", hubungan="pasangan", telepon="0800", dicatat_oleh=head
    )
    make.KebutuhanFactory(klien=klien, uraian="Modal usaha"), make.CatatanFactory(klien=klien)
    rows.TahapFactory(klien=klien), rows.TahapLapasFactory(klien=klien)
    ask(klien, theirs, head, today)
    return handover.accept(
        pelimpahan=incoming(), nomor_register="77", pk_pembimbing=their_pk, by=their_head, hari=today
    )


def test_acceptance_moves_the_registration_in_one_go(klien, taken_over, theirs, their_pk, today):
    klien.refresh_from_db()
    assert (klien.status, taken_over.status) == ("dilimpahkan", "aktif")
    assert (taken_over.bapas, taken_over.orang, taken_over.pk_pembimbing) == (theirs, klien.orang, their_pk)
    assert Klien.objects.get(pk=taken_over.pk).nik == "3201010101010001"
    assert (taken_over.kegiatan_utama, taken_over.pekerjaan) == ("bekerja", "Petani")
    assert taken_over.kode != klien.kode
    masa, old = MasaBimbingan.objects.get(klien=taken_over), MasaBimbingan.objects.get(klien=klien)
    assert (masa.mulai, masa.selesai, masa.sk_nomor) == (old.mulai, old.selesai, old.sk_nomor)
    assert JadwalLapor.objects.get(klien=taken_over).berikutnya >= today
    assert TahapBimbingan.objects.get(klien=taken_over).tahap == "lanjutan"
    assert taken_over.tahap_lapas.get().tahap == "asimilasi"
    assert Penjamin.objects.get(klien=taken_over).telepon == "0800"
    assert {row.status for row in Pelimpahan.objects.all()} == {"diterima"}
    assert incoming().ringkasan["hadir"] == 1


def test_a_child_that_turned_eighteen_on_the_way_stays_a_child(klien, head, theirs, their_head, their_pk, today):
    """Also when the new office changes something else in the file (UU 11/2012 Pasal 20)."""
    eighteen_since = today.replace(year=today.year - 18, day=1) - 10 * DAY
    Klien.objects.update(kategori_usia="anak", jenis_register="bimbingan-anak", lahir=eighteen_since)
    ask(Klien.objects.get(), theirs, head, today)
    facts = {"nomor_register": "77", "pk_pembimbing": their_pk, "by": their_head, "hari": today}
    new = Klien.objects.get(pk=handover.accept(pelimpahan=incoming(), **facts).pk)
    assert new.kategori_usia == "anak"
    new.pekerjaan = "Montir"
    klien_services.update(klien=new, versi=new.versi, by=their_pk)
    assert Klien.objects.get(pk=new.pk).kategori_usia == "anak"


def test_open_needs_go_on_at_the_new_office_only(klien, taken_over):
    there = Kebutuhan.objects.get(klien=taken_over)
    assert (there.status, there.uraian) == ("terbuka", "Modal usaha")
    assert Kebutuhan.objects.get(klien=klien).status == "batal"


def test_the_prose_stays_at_the_office_that_wrote_it(taken_over):
    assert not taken_over.bimbingan.exists()


def test_a_taken_register_number_leaves_everything_as_it_was(klien, head, theirs, their_head, their_pk, today):
    ask(klien, theirs, head, today)
    make.KlienFactory(bapas=theirs, nomor_register="77", tahun_register=today.year)
    with pytest.raises(Refused, match="sudah dipakai"):
        handover.accept(pelimpahan=incoming(), nomor_register="77", pk_pembimbing=their_pk, by=their_head, hari=today)
    klien.refresh_from_db()
    assert klien.status == "aktif"
    assert incoming().status == "menunggu"


def test_a_refusal_tells_the_sender_why_and_nothing_moves(klien, head, theirs, their_head, today):
    outgoing = ask(klien, theirs, head, today)
    handover.refuse(pelimpahan=incoming(), alasan="Alamat tidak di wilayah kami", by=their_head)
    outgoing.refresh_from_db()
    assert (outgoing.status, outgoing.alasan_putusan) == ("ditolak", "Alamat tidak di wilayah kami")
    with pytest.raises(Refused, match="berstatus “Ditolak”"):
        handover.withdraw(pelimpahan=outgoing, alasan="Batal", by=head)


def test_a_withdrawn_request_cannot_be_accepted(klien, head, theirs, their_head, their_pk, today):
    handover.withdraw(pelimpahan=ask(klien, theirs, head, today), alasan="Klien tidak jadi pindah", by=head)
    with pytest.raises(Refused, match="berstatus “Ditarik pengirim”"):
        handover.accept(pelimpahan=incoming(), nomor_register="7", pk_pembimbing=their_pk, by=their_head, hari=today)


def test_one_way_out_at_a_time(klien, pk, head, theirs, today):
    ask(klien, theirs, head, today)
    for act in (lambda: ask(klien, theirs, head, today), lambda: propose(klien, pk, today)):
        with pytest.raises(Refused, match="menunggu jawaban"):
            act()


# --- follow-up ------------------------------------------------------------------------------------


def test_a_follow_up_is_answered_once_and_whole(klien, pk, head, today):
    ends.approve(akhir=propose(klien, pk, today - 100 * DAY), by=head, hari=today, surat_nomor="S-9")
    row = TindakLanjut.objects.waiting().first()
    facts = {"tanggal": today, "cara": "telepon", "catatan": "", "by": pk}
    with pytest.raises(Refused, match="Jawab keempat"):
        followup.answer(tindak_lanjut=row, jawaban={"pekerjaan": "ya"}, **facts)
    answers = dict.fromkeys(TindakLanjut.OUTCOMES, "tidak-tahu")
    followup.answer(tindak_lanjut=row, jawaban=answers, **facts)
    with pytest.raises(Refused, match="sudah diisi"):
        followup.answer(tindak_lanjut=row, jawaban=answers, **facts)
