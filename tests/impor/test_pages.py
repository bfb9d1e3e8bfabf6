"""The pages of an import, its jobs, its traces, and how it ends."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from apps.impor import tasks, working
from apps.impor.models import BarisImpor, Impor, PetaKolom, TemuanImpor
from apps.jejak import jobs
from apps.jejak.models import Akses, Riwayat
from apps.klien.models import Klien
from tests import factories as make
from tests.impor.factories import CLIENT_HEADS, client_row, csv_file, workbook, xlsx_file
from tests.sessions import log_in

pytestmark = pytest.mark.django_db


def stored(files):
    return [path for path in files.rglob("*") if path.is_file()]


# ── upload ──


def test_the_list_of_clients_leads_to_the_imports(client, operator, pk):
    log_in(client, operator)
    assert f'href="{reverse("impor:list")}"' in client.get(reverse("klien:list")).text
    log_in(client, pk)
    assert reverse("impor:list") not in client.get(reverse("klien:list")).text


def test_the_template_can_be_imported_after_its_example_was_made_true(way):
    book = CalamineWorkbook.from_filelike(BytesIO(way.client.get(way.url("template", "klien")).content))
    heads, example = book.get_sheet_by_index(0).to_python()
    changes = {"Kabupaten/kota": "Kota Uji", "PK": "198001012005012001", "Jenis program": "pembebasan BERSYARAT"}
    row = [changes.get(head, cell) for head, cell in zip(heads, example, strict=True)]
    assert way.imported(xlsx_file([row], heads)).jumlah_disimpan == 1
    assert Klien.objects.get().pendidikan == "sma"


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (workbook([client_row()], formula="=1+1"), 409, "rumus"),
        (b"hanya satu kolom\nbaris", 409, "Judul kolom tidak ditemukan"),
        (b"", 422, "kosong"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_a_sentence(way, files, body, status, words):
    response = way.upload(SimpleUploadedFile("x.xlsx", body))
    assert response.status_code == status
    assert words in response.text
    assert not Impor.objects.exists()
    assert not stored(files)


def test_the_uploaded_file_is_sealed_and_has_a_random_name(way, files):
    impor = way.uploaded(csv_file([client_row()]))
    (path,) = stored(files)
    assert path.name == impor.kode
    assert b"Klien Impor" not in path.read_bytes()
    with connection.cursor() as cursor:
        cursor.execute("SELECT contoh FROM impor_impor")
        assert b"Klien Impor" not in bytes(cursor.fetchone()[0])


# ── columns ──


def test_columns_are_guessed_shown_with_samples_and_remembered(way):
    heads = ["Bebas", *CLIENT_HEADS[1:]]
    impor = way.uploaded(csv_file([client_row(), client_row(2)], heads))
    assert impor.peta[0] == ""
    page = way.client.get(way.url("columns", impor.pk)).text
    assert "Klien Impor 1" in page
    assert "Klien Impor 2" in page
    refused = way.client.post(way.url("columns", impor.pk), {f"kolom_{n}": name for n, name in enumerate(impor.peta)})
    assert refused.status_code == 422
    assert "Pilih kolom untuk: Nama lengkap." in refused.text
    way.checked(csv_file([client_row(3)], heads), kolom_0="nama")
    assert way.uploaded(csv_file([client_row(4)], heads)).peta[0] == "nama"


def test_what_was_ignored_stays_ignored_and_no_column_is_chosen_twice(way, theirs):
    PetaKolom.objects.create(bapas=theirs, jenis="klien", judul="nama", isian="alamat")
    way.checked(csv_file([client_row()]), kolom_13="")
    impor = way.uploaded(csv_file([client_row(2)]))
    assert (impor.peta[0], impor.peta[13]) == ("nama", "")
    names = {f"kolom_{n}": name for n, name in enumerate(impor.peta)} | {"kolom_14": "nama"}
    response = way.client.post(way.url("columns", impor.pk), names)
    assert "Nama lengkap sudah dipilih untuk kolom “Nama”." in response.text


# ── preview ──


def test_the_preview_has_tabs_a_filter_and_pages(way):
    rows = [client_row(n, JK="x" if n % 2 else "L") for n in range(1, 121)]
    impor = way.checked(csv_file([*rows, client_row(2)]))
    page = way.page(impor)
    assert "Menampilkan 1–50 dari 60 temuan" in page
    assert "Menampilkan 51–60 dari 60 temuan" in way.page(impor, page=2)
    assert "Perlu diperbaiki (60)" in page
    assert "Baru (60)" in page
    assert "Klien Impor 4" in way.page(impor, tab="baru")
    assert "0 temuan" in way.page(impor, tab="perbaiki", kolom="NIK") or "60 temuan" in page


def test_a_nik_is_never_shown_or_kept_as_it_was_typed(way):
    impor = way.checked(csv_file([client_row(NIK="31710101010001")]))
    assert "31710101010001" not in way.page(impor)
    assert TemuanImpor.objects.get().nilai == "••••0001"


def test_a_page_costs_the_same_for_two_rows_and_for_many(way, queries, budget):
    few = way.checked(csv_file([client_row(n, JK="x") for n in range(2)]))
    many = way.checked(csv_file([client_row(n, JK="x") for n in range(2, 60)]))
    cost = queries(lambda: way.page(few))
    assert queries(lambda: way.page(many)) == cost <= budget("impor:detail")


def test_other_offices_see_nothing_of_it(client, way, theirs):
    impor = way.checked(csv_file([client_row(JK="x")]))
    log_in(client, make.officer("operator", bapas=theirs))
    assert client.get(way.url("detail", impor.pk)).status_code == 404
    assert "klien.csv" not in client.get(way.url("list")).text


# ── the rows that have to be put right ──


def test_wrong_rows_come_back_as_a_workbook_that_can_be_uploaded_again(way):
    impor = way.imported(csv_file([client_row(1), client_row(2, JK="=1+1"), client_row(3)]))
    assert Klien.objects.count() == 2
    response = way.client.get(way.url("mistakes", impor.pk))
    assert response["Content-Disposition"].startswith("attachment")
    heads, row = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert heads == [*CLIENT_HEADS, "Yang perlu diperbaiki"]
    assert row[0] == "Klien Impor 2"
    assert row[-1].startswith("Jenis kelamin: ")
    row[3] = "P"
    assert way.imported(xlsx_file([row], heads)).jumlah_disimpan == 1
    assert Klien.objects.count() == 3


def test_a_number_that_lost_digits_does_not_become_a_good_one_on_its_way_back(way):
    way.checked(xlsx_file([client_row(NIK=3171010101900000)]))
    impor = Impor.objects.get()
    body = way.client.get(way.url("mistakes", impor.pk)).content
    again = way.checked(SimpleUploadedFile("lagi.xlsx", body))
    assert (again.jumlah_baru, again.jumlah_salah) == (0, 1)


def test_reading_and_downloading_leave_traces(way, operator):
    impor = way.checked(csv_file([client_row(JK="x")]))
    way.page(impor)
    way.client.get(way.url("mistakes", impor.pk))
    trail = Akses.objects.filter(objek="impor", objek_id=impor.pk, pengguna=operator)
    assert set(trail.values_list("verba", flat=True)) == {"lihat", "ekspor"}
    assert trail.get(verba="ekspor").rincian == "xlsx, 1 baris"


# ── jobs ──


def test_the_work_is_sent_after_commit(way, django_capture_on_commit_callbacks):
    impor = way.uploaded(csv_file([client_row()]))
    with django_capture_on_commit_callbacks() as callbacks:
        way.client.post(way.url("columns", impor.pk), {f"kolom_{n}": name for n, name in enumerate(impor.peta)})
    assert len(callbacks) == 1
    assert "Menunggu giliran." in way.page(impor)


def test_a_second_click_on_save_stores_once(way):
    impor = way.checked(csv_file([client_row()]))
    for _ in range(2):
        assert way.client.post(way.url("confirm", impor.pk), {"cara": "semua"}).status_code == 302
    for _ in range(2):
        way.work(impor)
    assert way.client.post(way.url("confirm", impor.pk), {"cara": "semua"}).status_code == 302
    assert Klien.objects.count() == 1
    moves = Riwayat.objects.filter(objek="impor").order_by("pk").values_list("ke", flat=True)
    assert list(moves) == ["periksa", "siap", "simpan", "selesai"]


def test_a_worker_that_was_killed_while_checking_is_followed_by_another(way):
    impor = way.checked(csv_file([client_row(1), client_row(2, JK="x")]))
    long_ago = timezone.now() - jobs.STALLED - timedelta(seconds=1)
    Impor.objects.update(status="periksa", mulai_pada=long_ago, denyut_pada=timezone.now())
    assert way.work(impor).status == "periksa"  # somebody is alive on it
    Impor.objects.update(denyut_pada=long_ago)
    again = way.work(impor)
    assert (again.status, again.jumlah_baru, again.jumlah_salah) == ("siap", 1, 1)
    assert BarisImpor.objects.count() == TemuanImpor.objects.count() == 1


def test_a_worker_that_was_killed_while_storing_is_followed_by_another(way):
    impor = way.checked(csv_file([client_row()]))
    way.client.post(way.url("confirm", impor.pk), {"cara": "benar"})
    long_ago = timezone.now() - jobs.STALLED - timedelta(seconds=1)
    Impor.objects.update(mulai_pada=long_ago, denyut_pada=long_ago)
    assert way.work(impor).jumlah_disimpan == 1


def test_giving_up_while_a_worker_has_the_file_stops_it_at_the_next_step(way):
    impor = way.uploaded(csv_file([client_row()]))
    Impor.objects.update(status="periksa")
    taken = working._claim(impor.bapas_id, impor.pk)
    way.client.post(way.url("cancel", impor.pk))
    with pytest.raises(working.Stopped):
        working._beat(taken, "Membaca berkas", 5)
    assert Impor.objects.get().langkah == ""


def test_work_that_stands_still_is_sent_to_a_worker_again(way, at_once):
    way.uploaded(csv_file([client_row()]))
    long_ago = timezone.now() - jobs.STALLED - timedelta(seconds=1)
    Impor.objects.update(status="periksa", diminta_pada=timezone.now(), denyut_pada=long_ago)
    tasks.look_after()
    assert Impor.objects.get().status == "siap"


def test_work_that_stands_still_for_half_an_hour_is_said_to_have_failed(way):
    impor = way.uploaded(csv_file([client_row()]))
    long_ago = timezone.now() - jobs.GIVEN_UP - timedelta(seconds=1)
    Impor.objects.update(status="periksa", diminta_pada=long_ago, mulai_pada=long_ago, denyut_pada=long_ago)
    tasks.look_after()
    assert "Pekerjaan terhenti di server." in way.page(impor)
    assert way.client.post(way.url("retry", impor.pk)).status_code == 302
    assert way.work(impor).status == "siap"


def test_rows_that_were_lost_with_the_server_are_not_taken_for_stored(way):
    impor = way.checked(csv_file([client_row()]))
    way.client.post(way.url("confirm", impor.pk), {"cara": "benar"})
    BarisImpor.objects.all().delete()
    assert way.work(impor).status == "gagal"
    assert not Klien.objects.exists()


def test_all_or_nothing_holds_also_when_the_office_changed_meanwhile(way, office):
    impor = way.checked(csv_file([client_row(1), client_row(2)]))
    way.client.post(way.url("confirm", impor.pk), {"cara": "semua"})
    make.KlienFactory(bapas=office, nomor_register="1/A", tahun_register=2026)
    impor = way.work(impor)
    assert (impor.status, Klien.objects.count()) == ("gagal", 1)
    assert "Data kantor berubah" in way.page(impor)


def test_only_the_right_rows_skips_what_appeared_meanwhile(way, office):
    impor = way.checked(csv_file([client_row(1), client_row(2), client_row(3, JK="x")]))
    make.KlienFactory(bapas=office, nomor_register="1/A", tahun_register=2026)
    assert way.confirmed(impor).jumlah_disimpan == 1


# ── the end ──


def test_giving_up_takes_file_and_rows_away_at_once(way, files, django_capture_on_commit_callbacks):
    impor = way.checked(csv_file([client_row(1), client_row(2, JK="x")]))
    assert len(stored(files)) == 2
    with django_capture_on_commit_callbacks(execute=True):
        way.client.post(way.url("cancel", impor.pk))
    assert not stored(files)
    assert not BarisImpor.objects.exists()
    assert not TemuanImpor.objects.exists()
    assert "dibatalkan" in way.page(impor)
    assert way.client.post(way.url("confirm", impor.pk), {"cara": "benar"}).status_code == 409


def test_a_file_whose_rows_are_all_stored_is_gone_and_the_others_after_a_week(
    way, files, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        way.imported(csv_file([client_row(1)]))
    assert not stored(files)
    wrong = way.imported(csv_file([client_row(2), client_row(3, JK="x")]))
    waiting = way.checked(csv_file([client_row(4)]))
    with django_capture_on_commit_callbacks(execute=True):
        tasks.look_after()
    assert len(stored(files)) == 3
    Impor.objects.update(dibuat_pada=timezone.now() - working.WORKBOOK_LIFE - timedelta(minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        tasks.look_after()
    assert not stored(files)
    assert not BarisImpor.objects.exists()
    assert not TemuanImpor.objects.exists()
    assert Impor.objects.get(pk=wrong.pk).status == "selesai"
    assert Impor.objects.get(pk=waiting.pk).status == "batal"
    assert way.client.get(way.url("mistakes", wrong.pk)).status_code == 409


def test_the_beranda_shows_what_waits_for_a_decision(client, way, pk):
    assert "Menunggu keputusan" not in client.get("/").text
    impor = way.checked(csv_file([client_row()]))
    page = client.get("/").text
    assert way.url("detail", impor.pk) in page
    assert "Menunggu keputusan" in page
    log_in(client, pk)
    assert way.url("detail", impor.pk) not in client.get("/").text


@pytest.mark.parametrize("name", ["3201010101010001.csv", "klien_3201 0101 0101 0001.csv"])
def test_a_nik_in_the_name_of_a_file_or_in_a_heading_is_not_kept(way, name):
    heads = ["3201010101010001", *CLIENT_HEADS[1:]]
    impor = way.uploaded(csv_file([client_row()], heads, name=name))
    shown = [way.page(impor), way.client.get(way.url("list")).text, way.client.get(way.url("columns", impor.pk)).text]
    assert ("[NIK]" in impor.nama_berkas, impor.judul[0]) == (True, "[NIK]")
    assert not [page for page in shown if "3201010101010001" in page or "3201 0101" in page]


def test_the_database_keeps_no_name_with_a_nik(way):
    impor = way.uploaded(csv_file([client_row()]))
    with pytest.raises(IntegrityError, match="impor_name_without_nik"):
        Impor.objects.filter(pk=impor.pk).update(nama_berkas="3201010101010001.csv")
