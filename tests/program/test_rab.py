"""The RAB editor: rows by form, by htmx and by paste; numbers the Indonesian way; a workbook without formulas."""

import io
import re
import zipfile

import pytest

from apps.dasar.errors import Refused
from apps.program import drafting
from apps.program.models import RincianBiaya
from tests import factories as make

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def account():
    return make.AkunFactory()


def row(**more):
    return {
        "akun": "521211 Belanja Bahan", "uraian": "Kawat las", "hitungan": "15 org x 2 keg", "volume": "",
        "satuan": "OK", "harga": "1.250.000,50", "sumber": "csr", **more,
    }  # fmt: skip


def newest():
    return RincianBiaya.objects.latest("pk")


def test_a_row_takes_its_volume_from_the_calculation(as_user, planner, line, account, database_role):
    response = as_user(planner).post("program:line_add", 2026, line.rencana_id, data=row())
    assert response.url == f"/program/2026/rab/kegiatan/{line.rencana_id}/#isian-{line.rencana_id}"
    saved = newest()
    assert (saved.volume, str(saved.harga), str(saved.jumlah)) == (30, "1250000.50", "37500015.00")
    assert (saved.sumber, saved.akun) == ("csr", account)


def test_htmx_gets_the_part_of_one_activity_with_an_empty_row_and_the_totals(as_user, planner, line, account):
    response = as_user(planner).post("program:line_add", 2026, line.rencana_id, data=row(), **HTMX)
    text = response.text
    assert text.lstrip().startswith(f'<tbody role="rowgroup" id="keg-{line.rencana_id}">')
    assert 'hx-swap-oob="true"' in text
    assert "Kawat las" in text
    assert re.search(r'name="uraian"(?![^>]*value=)', text), "the next row is empty"
    assert re.search(r'value="csr" selected', text), "and keeps the source"
    assert "Tersimpan" in text
    assert "<html" not in text


def test_a_volume_that_differs_from_the_calculation_is_a_warning(as_user, planner, line, account):
    browser = as_user(planner)
    browser.post("program:line_add", 2026, line.rencana_id, data=row(volume="20"))
    assert newest().volume == 20
    assert "Rincian menghasilkan 30,00, volume 20,00." in browser.get("program:rab", 2026).text
    assert "menghasilkan 30." in browser.get("program:check", 2026).text


def test_an_activity_without_costs_is_a_warning(as_user, planner, draft):
    make.RencanaFactory(program=draft, judul="Bursa kerja")
    assert "Biaya kegiatan “Bursa kerja” masih Rp0." in as_user(planner).get("program:check", 2026).text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("harga", "1,250", "dapat dibaca dua cara"),
        ("harga", "banyak", "bukan angka"),
        ("harga", "-5", "Harga tidak boleh kurang dari nol."),
        ("volume", "0", "Volume harus lebih dari nol."),
        ("akun", "pegawai", "Pilih satu akun dari daftar"),
        ("hitungan", "sesuai kontrak", "Isi volume, atau tulis rincian"),
        ("uraian", "", "Isi uraian."),
    ],
)
def test_a_bad_row_is_kept_and_explained(as_user, planner, line, account, field, value, sentence):
    data = row(**{"harga": "5.000", field: value})
    response = as_user(planner).post("program:line_add", 2026, line.rencana_id, data=data, **HTMX)
    assert response.status_code == 422
    assert sentence in response.text
    assert 'value="OK"' in response.text


def test_an_account_is_found_by_code_or_by_part_of_its_name(as_user, planner, line, account):
    make.AkunFactory(kode="522151", nama="Belanja Jasa Profesi")
    browser = as_user(planner)
    for typed in ("522151", "jasa profesi"):
        browser.post("program:line_add", 2026, line.rencana_id, data=row(akun=typed))
        assert newest().akun.kode == "522151"


def test_a_colleagues_change_is_not_overwritten(as_user, planner, line, account):
    browser = as_user(planner)
    seen = browser.get("program:line_edit", 2026, line.pk).context["form"].initial["versi"]
    RincianBiaya.objects.filter(pk=line.pk).update(harga=275_000)
    response = browser.post("program:line_edit", 2026, line.pk, data=row(versi=seen))
    assert response.status_code == 409
    assert "baru saja diubah orang lain" in response.text
    assert "275.000,00" in response.text
    assert 'value="Kawat las"' in response.text
    line.refresh_from_db()
    assert line.harga == 275_000
    again = row(versi=response.context["form"].data["versi"])
    assert browser.post("program:line_edit", 2026, line.pk, data=again).status_code == 302


def test_a_row_sent_without_its_version_is_refused(as_user, planner, line, account):
    assert as_user(planner).post("program:line_edit", 2026, line.pk, data=row()).status_code == 409
    line.refresh_from_db()
    assert line.uraian != "Kawat las"


def test_what_a_colleague_deleted_does_not_come_back(planner, line):
    RincianBiaya.objects.filter(pk=line.pk).delete()
    with pytest.raises(Refused, match="sudah dihapus orang lain"):
        drafting.save_line(line, activity=line.rencana)


def test_a_row_is_changed_copied_and_deleted(as_user, planner, line, account):
    browser = as_user(planner)
    seen = browser.get("program:line_edit", 2026, line.pk).context["form"].initial["versi"]
    browser.post("program:line_edit", 2026, line.pk, data=row(versi=seen))
    line.refresh_from_db()
    assert line.uraian == "Kawat las"
    browser.post("program:line_copy", 2026, line.pk)
    copy = newest()
    assert (copy.pk != line.pk, copy.uraian, copy.jumlah) == (True, line.uraian, line.jumlah)
    assert "dihapus dari RAB" in browser.get("program:line_delete", 2026, copy.pk).text
    browser.post("program:line_delete", 2026, copy.pk)
    assert RincianBiaya.objects.get() == line


def test_the_preview_reads_like_the_form(as_user, planner, draft):
    browser = as_user(planner)
    data = {"hitungan": "15 org x 2 keg", "volume": "", "harga": "1.250.000"}
    assert "Rp37.500.000" in browser.get("program:line_preview", 2026, data=data, **HTMX).text
    assert (
        "Rincian menghasilkan 30, volume 4."
        in browser.get("program:line_preview", 2026, data=data | {"volume": "4"}, **HTMX).text
    )


PASTE = "\n".join(
    [
        "Akun\tUraian\tRincian\tVolume\tSatuan\tHarga\tSumber",
        "521211\tKawat las\t\t10\tkg\t1250000.50\tDIPA",
        "",
        "521211\tSarung tangan\t15 org x 2\t\tpasang\t25.000\tcsr",
    ]
)


def test_pasted_rows_are_shown_before_they_are_saved(as_user, planner, line, account, database_role):
    browser, data = as_user(planner), {"kegiatan": line.rencana_id, "teks": PASTE}
    response = browser.post("program:paste", 2026, data=data)
    assert "2 baris siap disimpan, total Rp13.250.005" in response.text
    assert RincianBiaya.objects.count() == 1
    browser.post("program:paste", 2026, data=data | {"simpan": "1"})
    added = RincianBiaya.objects.exclude(pk=line.pk)
    assert sorted(added.values_list("uraian", "volume", "sumber")) == [
        ("Kawat las", 10, "dipa"), ("Sarung tangan", 30, "csr"),
    ]  # fmt: skip


def test_the_same_paste_twice_changes_nothing(as_user, planner, line, account):
    browser, data = as_user(planner), {"kegiatan": line.rencana_id, "teks": PASTE, "simpan": "1"}
    browser.post("program:paste", 2026, data=data)
    browser.post("program:paste", 2026, data=data)
    assert RincianBiaya.objects.count() == 3


def test_every_mistake_in_a_paste_is_named_at_once_and_nothing_is_saved(as_user, planner, line, account):
    text = "521211\tBaik\t\t1\tkg\t5.000\tDIPA\n999999\tSalah\t\t0\tkg\t1,250\tentah\nhanya\tdua"
    data = {"kegiatan": line.rencana_id, "teks": text, "simpan": "1"}
    response = as_user(planner).post("program:paste", 2026, data=data)
    assert response.status_code == 422
    errors = response.context["tempelan"].errors
    assert [(error.row, error.column) for error in errors] == [
        (2, "Akun"), (2, "Volume"), (2, "Harga satuan"), (2, "Sumber dana"), (3, ""),
    ]  # fmt: skip
    assert "Baris ini berisi 2 kolom" in response.text
    assert "hanya\tdua" in response.text
    assert RincianBiaya.objects.count() == 1


def test_the_workbook_holds_text_never_formulas(as_user, planner, line):
    RincianBiaya.objects.filter(pk=line.pk).update(uraian='=HYPERLINK("http://x")', satuan="@SUM")
    response = as_user(planner).get("program:download", 2026)
    assert response["Content-Disposition"].startswith('attachment; filename="RAB_2026_v1_')
    with zipfile.ZipFile(io.BytesIO(response.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        texts = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "=HYPERLINK" in texts
    assert "<v>2500000.00</v>" in sheet


def test_an_older_version_can_still_be_read(as_user, planner, approved):
    browser = as_user(planner)
    browser.post("program:revise", 2026)
    assert browser.get("program:rab", 2026, data={"versi": "1"}).context["program"] == approved
    assert browser.get("program:rab", 2026, data={"versi": "9"}).status_code == 404
