"""Pages through the front door, also as the web role of PostgreSQL: who sees what, what is refused with which words."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.dasar.wording import tanggal
from apps.jejak.models import Akses
from apps.klien.models import Klien
from apps.perjalanan.models import Pelimpahan, PeristiwaAkhir, Tahap, TahapBimbingan, TindakLanjut, UsulPencabutan
from apps.perjalanan.services import followup
from apps.perjalanan.stages_due import next_due
from apps.perjalanan.tasks_today import groups
from tests import factories as make
from tests.perjalanan import factories as rows
from tests.perjalanan.conftest import DAY

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"perjalanan:{name}", args=args)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_stage_moves_with_its_sidang_and_shows_when_the_next_is_due(login, pk, klien, today, database_role):
    browser = login(pk)
    page = text(browser.get(at("stages", klien.pk)))
    assert "Tahap lanjutan jatuh tempo" in page
    bad = browser.post(at("stage_move", klien.pk), {"ke": "lanjutan", "tpp_tanggal": today + DAY, "mulai": today})
    assert bad.status_code == 422
    assert "Isi nomor sidang TPP" in text(bad)
    assert "paling lambat hari ini" in text(bad)
    form = {"ke": "lanjutan", "tpp_tanggal": today - 3 * DAY, "tpp_nomor": "12/TPP", "mulai": today}
    assert browser.post(at("stage_move", klien.pk), form).status_code == 302
    assert TahapBimbingan.objects.get(klien=klien).tahap == "lanjutan"
    page = text(browser.get(at("stages", klien.pk)))
    assert "nomor 12/TPP" in page
    assert "Tahap lanjutan" in text(browser.get(reverse("klien:timeline", args=[klien.pk])))


def test_a_move_sent_twice_is_one_move(login, pk, klien, today, database_role):
    """A second tap must not take the client one stage further on the same decision."""
    browser, page = login(pk), at("stage_move", klien.pk)
    offered = browser.get(page).context["form"]["ke"].value()
    typed = {"ke": offered, "tpp_tanggal": today, "tpp_nomor": "12/TPP", "mulai": today}
    first, second = (browser.post(page, typed) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 409)
    assert TahapBimbingan.objects.get().tahap == "lanjutan"


def test_a_stage_in_prison_is_kept_and_struck_with_a_reason(login, pk, klien, today):
    browser = login(pk)
    form = {"tahap": "asimilasi", "mulai": today - 400 * DAY, "tpp_tempat": "Lapas Contoh"}
    assert browser.post(at("prison_stage", klien.pk), form).status_code == 302
    twice = browser.post(at("prison_stage", klien.pk), form)
    assert twice.status_code == 409
    assert "sudah dicatat" in text(twice)
    stage = klien.tahap_lapas.get()
    browser.post(at("prison_stage_strike", klien.pk, stage.pk), {"alasan": "Salah baca berkas"})
    assert "Dicoret karena: Salah baca berkas" in text(browser.get(at("stages", klien.pk)))


def test_three_absences_stand_on_the_beranda_until_a_case_is_open(login, pk, klien, absent, database_role):
    address = at("revocation_new", klien.pk)
    before = text(login(pk).get("/"))
    assert "Tidak hadir 3 kali berturut-turut (1)" in before
    assert address in before
    rows.UsulFactory(klien=klien)
    after = text(login(pk).get("/"))
    assert "Tidak hadir 3 kali berturut-turut" not in after
    assert "Berkas pencabutan: langkah berikutnya (1)" in after


def test_the_beranda_announces_ends_and_stages_and_leads_to_their_forms(login, pk, klien, database_role):
    page = text(login(pk).get("/"))
    assert "Masa bimbingan habis atau segera habis (1)" in page
    assert at("end_new", klien.pk, "selesai") in page
    assert "Perpindahan tahap jatuh tempo (1)" in page
    _, due = next_due(klien, Tahap.AWAL)
    assert f"Pindah tahap jatuh tempo · {tanggal(due)}" in page
    assert at("stage_move", klien.pk) in page


@pytest.mark.parametrize("peran", ["kabapas", "operator"])
def test_the_office_sees_terms_that_ended_or_end_soon_until_an_end_is_proposed(officer, ours, today, peran):
    for nama, left in (("Sudah habis", -1), ("Sebentar lagi", 30), ("Masih lama", 31), ("Diusulkan", -2)):
        make.MasaFactory(klien=make.KlienFactory(bapas=ours, nama=nama), selesai=today + left * DAY)
    rows.AkhirFactory(klien=Klien.objects.get(nama="Diusulkan"))
    (ending,) = (group for group in groups(officer(peran)) if group.title.startswith("Masa bimbingan"))
    assert [row.about.partition(",")[0] for row in ending.rows] == ["Sudah habis", "Sebentar lagi"]


def test_a_pk_prepares_and_the_head_ends(login, client, pk, head, klien, today, database_role):
    make.KebutuhanFactory(klien=klien)
    browser = login(pk)
    page = text(browser.get(at("end_new", klien.pk, "selesai")))
    assert "Pelatihan kerja" in page, "open needs are shown before the end"
    early = browser.post(at("end_new", klien.pk, "selesai"), {"tanggal": today - DAY})
    assert early.status_code == 422
    browser.post(at("end_new", klien.pk, "selesai"), {"tanggal": today})
    akhir = PeristiwaAkhir.objects.get()
    for page in (reverse("klien:detail", args=[klien.pk]), at("ways", klien.pk)):
        assert "menunggu Kepala Bapas" in text(browser.get(page))
    assert at("end_new", klien.pk, "selesai") not in text(browser.get(at("ways", klien.pk)))
    browser = login(head)
    assert "Usul akhir menunggu keputusan (1)" in text(browser.get("/"))
    assert browser.post(at("end_approve", akhir.pk), {}).status_code == 422
    assert browser.post(at("end_approve", akhir.pk), {"surat_nomor": "S-9"}).status_code == 302
    assert Klien.objects.get(pk=klien.pk).status == "selesai"
    again = browser.post(at("end_approve", akhir.pk), {"surat_nomor": "S-9"})
    assert again.status_code == 409
    assert "berstatus “Berlaku”" in text(again)
    letter = browser.get(at("end_letter", akhir.pk))
    assert letter["Content-Type"] == "application/pdf"
    assert Akses.objects.filter(verba="unduh", objek_id=klien.pk).exists()
    assert browser.post(at("end_reverse", akhir.pk), {"alasan": "Salah klien yang diputus"}).status_code == 302
    assert Klien.objects.get(pk=klien.pk).status == "aktif"


def test_the_case_comes_prefilled_and_a_second_one_leads_to_the_first(login, pk, klien, absent, database_role):
    browser = login(pk)
    rows.DasarFactory()
    form = browser.get(at("revocation_new", klien.pk)).context["form"]
    sent = {name: form[name].value() for name in ("dasar", "uraian")}
    assert browser.post(at("revocation_new", klien.pk), sent).status_code == 302
    usul = UsulPencabutan.objects.get()
    assert usul.tanggal_absen == absent
    assert browser.get(at("revocation_new", klien.pk)).url == at("revocation", usul.pk)
    page = text(browser.get(at("revocation", usul.pk)))
    assert "Hari kerja ke-<b>0</b> dari 20" in page
    assert browser.get(at("revocation_letter", usul.pk))["Content-Type"] == "application/pdf"


def test_the_pk_prepares_steps_and_only_the_head_decides(login, pk, head, klien, absent, today):
    usul = rows.UsulFactory(klien=klien, tanggal_absen=absent)
    browser = login(pk)
    for langkah in ("bap", "periksa", "tpp"):
        form = {"tanggal": today, "nomor": "N-1"}
        assert browser.post(at("revocation_step", usul.pk, langkah), form).status_code == 302
    assert browser.post(at("revocation_decide", usul.pk, "ditangguhkan"), {}).status_code == 403
    assert browser.get(at("revocation_step", usul.pk, "dicabut")).status_code == 404
    browser = login(head)
    assert "Usul pencabutan menunggu keputusan (1)" in text(browser.get("/"))
    for langkah in ("ditangguhkan", "diteruskan", "dicabut"):
        form = {"tanggal": today, "nomor": "N-2"}
        assert browser.post(at("revocation_decide", usul.pk, langkah), form).status_code == 302
    assert Klien.objects.get(pk=klien.pk).status == "dicabut"


def test_a_summons_is_a_letter_with_the_dates_of_the_log(login, pk, klien, absent, today):
    browser = login(pk)
    bad = browser.post(at("summons", klien.pk), {"ke": "2", "nomor": "P-2", "hadir": today - DAY, "jam": "09:00"})
    assert bad.status_code == 422
    sunday = today + (6 - today.weekday() or 7) * DAY
    for day, sentence in ((sunday, "kantor tutup"), (dt.date(9999, 12, 31), "Tanggal paling lambat")):
        bad = browser.post(at("summons", klien.pk), {"ke": "2", "nomor": "P-2", "hadir": day, "jam": "09:00"})
        assert (bad.status_code, sentence in text(bad)) == (422, True)
    monday = {"ke": "2", "nomor": "P-2", "hadir": sunday + DAY, "jam": "09:00"}
    letter = browser.post(at("summons", klien.pk), monday)
    assert letter["Content-Type"] == "application/pdf"


def test_a_handover_crosses_the_wall_only_when_both_heads_agree(
    login, head, their_head, their_pk, klien, theirs, today, database_role
):
    browser = login(head)
    form = {"lawan": theirs.pk, "alasan": "Pindah domisili", "surat_nomor": "W-1", "surat_tanggal": today,
            "pesan": "Klien rajin dan terbuka"}  # fmt: skip
    assert browser.post(at("transfer_new", klien.pk), form).status_code == 302
    outgoing = Pelimpahan.objects.get(arah="keluar")
    incoming = Pelimpahan.objects.get(arah="masuk")
    browser = login(their_head)
    assert browser.get(at("transfer", outgoing.pk)).status_code == 404
    assert browser.get(reverse("klien:detail", args=[klien.pk])).status_code == 404
    assert "Pelimpahan masuk menunggu jawaban (1)" in text(browser.get("/"))
    page = text(browser.get(at("transfer", incoming.pk)))
    assert all(word in page for word in (klien.kode, klien.nama, "Pindah domisili"))
    assert "Klien rajin" not in page, "the message is read after acceptance"
    assert browser.post(at("transfer_accept", incoming.pk), {"nomor_register": "7"}).status_code == 422
    form = {"nomor_register": "7", "pk_pembimbing": their_pk.pk}
    accepted = browser.post(at("transfer_accept", incoming.pk), form)
    assert accepted.status_code == 302
    new = Klien.objects.get(bapas=theirs)
    assert accepted.url == reverse("klien:detail", args=[new.pk])
    assert "Diterima dari" in text(browser.get(accepted.url))
    page = text(browser.get(at("ways", new.pk)))
    assert "Klien rajin" in page
    assert "Dibimbing sejak" in page
    assert browser.get(reverse("klien:detail", args=[klien.pk])).status_code == 404
    browser = login(head)
    assert "dilimpahkan" in text(browser.get(reverse("klien:detail", args=[klien.pk])))
    assert browser.get(reverse("klien:detail", args=[new.pk])).status_code == 404
    assert browser.get(at("transfer_letter", outgoing.pk))["Content-Type"] == "application/pdf"


def test_a_refused_handover_says_why_at_the_sending_office(login, head, their_head, klien, theirs, database_role):
    outgoing, incoming = rows.handover(klien, theirs, by=head)
    browser = login(their_head)
    browser.post(at("transfer_refuse", incoming.pk), {"alasan": "Alamat bukan wilayah kami"})
    browser = login(head)
    assert "Alamat bukan wilayah kami" in text(browser.get(at("transfer", outgoing.pk)))
    assert browser.post(at("transfer_withdraw", outgoing.pk), {"alasan": "Tidak jadi pindah"}).status_code == 409


def test_an_end_of_a_handover_belongs_to_its_office(login, head, their_head, klien, theirs):
    outgoing, incoming = rows.handover(klien, theirs, by=head)
    assert login(head).get(at("transfer_accept", outgoing.pk)).status_code == 404
    assert login(head).get(at("transfer_accept", incoming.pk)).status_code == 404
    assert login(their_head).get(at("transfer_withdraw", incoming.pk)).status_code == 404


def test_a_follow_up_asks_four_questions(login, pk, klien, today, database_role):
    klien.status, klien.berakhir = "selesai", timezone.localdate()
    klien.save()
    row = rows.followup(klien)
    browser = login(pk)
    assert "Tindak lanjut setelah bimbingan (1)" in text(browser.get("/"))
    bad = browser.post(at("followup", row.pk), {"tanggal": today, "cara": "telepon", "pekerjaan": "ya"})
    assert bad.status_code == 422
    assert "Jawab “Kembali berproses hukum”" in text(bad)
    answers = {"pekerjaan": "ya", "hunian": "ya", "pendidikan": "tidak", "proses_hukum": "tidak-tahu"}
    assert browser.post(at("followup", row.pk), {"tanggal": today, "cara": "telepon", **answers}).status_code == 302
    assert TindakLanjut.objects.get(pk=row.pk).proses_hukum == "tidak-tahu"
    assert "Kembali berproses hukum: tidak diketahui" in text(browser.get(at("ways", klien.pk)))


def test_a_reason_opens_the_timeline_but_not_what_this_room_holds(login, officer, pk, klien, today):
    klien.status, klien.berakhir = "selesai", timezone.localdate()
    klien.save()
    row = rows.followup(klien)
    answers = dict.fromkeys(TindakLanjut.OUTCOMES, "ya")
    followup.answer(tindak_lanjut=row, jawaban=answers, tanggal=today, cara="telepon", catatan="", by=pk)
    timeline, staff = reverse("klien:timeline", args=[klien.pk]), officer("kanwil")
    assert "Kembali berproses hukum" in text(login(pk).get(timeline))
    login(staff).post(reverse("klien:open"), {"kode": klien.kode, "alasan": "Pemeriksaan pengaduan keluarga"})
    assert "berproses hukum" not in text(login(staff).get(timeline))


@pytest.mark.parametrize("tab", ["habis", "akhir", "cabut", "limpah", "tindak"])
def test_every_tab_lists_and_exports_its_rows(login, head, klien, theirs, tab, today):
    other = make.KlienFactory(bapas=klien.bapas, nama="Klien Lain")
    rows.AkhirFactory(klien=other), rows.UsulFactory(klien=other), rows.handover(other, theirs)
    ended = make.KlienFactory(bapas=klien.bapas, nama="Klien Selesai", status="selesai")
    rows.followup(ended)
    shown = {"habis": klien, "tindak": ended}.get(tab, other)
    browser = login(head)
    page = text(browser.get(at("cases"), {"tab": tab}))
    assert shown.nama in page
    file = browser.get(at("export"), {"tab": tab, "format": "csv"})
    assert shown.nama in file.content.decode("utf-8-sig")
    assert Akses.objects.filter(verba="ekspor", objek="perjalanan").exists()


def test_a_pk_lists_only_own_clients_and_no_handovers(login, pk, klien):
    rows.AkhirFactory(klien=make.KlienFactory(bapas=klien.bapas, nama="Bukan Klien Saya"))
    page = login(pk).get(at("cases"), {"tab": "akhir"})
    assert "Bukan Klien Saya" not in text(page)
    assert "Pelimpahan" not in [entry["label"] for entry in page.context["tab"]]


def grow(klien, theirs, count):
    """`count` rows more of everything that a page of this room lists."""
    for _ in range(count):
        rows.AkhirFactory(klien=make.KlienFactory(bapas=klien.bapas))
        rows.AkhirFactory(klien=klien, status="ditarik")
        rows.UsulFactory(klien=klien, status="dihentikan", diputus_oleh=make.officer("kabapas", bapas=klien.bapas))
        rows.TahapLapasFactory(klien=klien, dicoret_karena="Keliru")


def test_filters_in_use_are_named_and_the_tab_is_none(login, officer):
    page = login(officer("kabapas")).get(at("cases"), {"tab": "akhir", "semua": "on"})
    assert [chip["label"] for chip in page.context["keping"]] == ["Juga yang sudah selesai"]
    assert "Tidak ada yang cocok" in page.text
    assert not login(officer("operator")).get(at("cases"), {"tab": "akhir"}).context["keping"]


PAGES = {
    "perjalanan:cases": lambda klien, usul, row: (at("cases"), {"tab": "akhir"}),
    "perjalanan:stages": lambda klien, usul, row: (at("stages", klien.pk), {}),
    "perjalanan:ways": lambda klien, usul, row: (at("ways", klien.pk), {}),
    "perjalanan:revocation": lambda klien, usul, row: (at("revocation", usul.pk), {}),
    "perjalanan:transfer": lambda klien, usul, row: (at("transfer", row.pk), {}),
}


@pytest.mark.parametrize("name", PAGES)
def test_pages_cost_the_same_for_many_rows_and_little(login, head, klien, theirs, queries, budget, name):
    browser, usul = login(head), rows.UsulFactory(klien=make.KlienFactory(bapas=klien.bapas))
    row, _ = rows.handover(klien, theirs, by=head)
    address = PAGES[name](klien, usul, row)
    grow(klien, theirs, 2)
    few = queries(lambda: browser.get(*address))
    grow(klien, theirs, 20)
    many = queries(lambda: browser.get(*address))
    assert many == few
    assert many <= budget(name), many


def test_a_stage_is_not_announced_before_its_share_of_the_term(login, pk, ours, today):
    rows.AmbangFactory(), rows.AmbangFactory(kode="akhir", persen=75)
    young = make.KlienFactory(bapas=ours, pk_pembimbing=pk)
    make.MasaFactory(klien=young, mulai=today - 24 * DAY, selesai=today + 75 * DAY)  # 100 days, 24 passed
    assert "Perpindahan tahap" not in text(login(pk).get("/"))
    young.masa.update(mulai=today - 25 * DAY, selesai=today + 74 * DAY)
    assert "Perpindahan tahap jatuh tempo (1)" in text(login(pk).get("/"))
    rows.TahapFactory(klien=young, mulai=today, tpp_tanggal=today)
    assert "Perpindahan tahap" not in text(login(pk).get("/"))
    young.masa.update(mulai=today - dt.timedelta(days=75), selesai=today + 24 * DAY)
    assert "Perpindahan tahap jatuh tempo (1)" in text(login(pk).get("/"))
