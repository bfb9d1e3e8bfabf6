"""The report centre and the public check, through their addresses."""

import hashlib
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from apps.jejak.models import Akses
from apps.laporan import services, views
from apps.laporan.models import Laporan
from apps.laporan.snapshot import dump
from tests import factories as make
from tests.laporan import samples

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 contoh"


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


@pytest.fixture
def planner(officer):
    return officer("perencana")


@pytest.fixture
def signed_in(client, planner):
    client.force_login(planner)
    return client


def ready(by, bapas, **facts):
    """A finished report with a small file; making real ones is tested elsewhere."""
    return Laporan.objects.create(
        **{
            "tingkat": "bapas", "bapas": bapas, "tahun": 2026, "diminta_oleh": by, "penugasan": by.penugasan,
            "kode": services.new_code(), "status": "siap", "berkas": default_storage.save("x.pdf", ContentFile(PDF)),
            "nama_berkas": "Program-Anggaran_2026_Bapas_v1.pdf", "ukuran": 1_258_291, "halaman": 64,
            "sha256": hashlib.sha256(services.new_code().encode()).hexdigest(), "data_per": timezone.now(),
            "selesai_pada": timezone.now(), "potret": {"cover": dump(samples.cover("bapas", bapas.nama))}, **facts,
        }
    )  # fmt: skip


def url(name, *args):
    return reverse(f"laporan:{name}", args=args)


# ── report centre ──


def test_list_starts_empty_with_the_one_action(signed_in):
    response = signed_in.get(url("list"))
    assert "Belum ada laporan." in response.text
    assert url("create") in response.text


def test_list_shows_own_reports_and_filters(signed_in, planner, ours, theirs):
    ready(planner, ours)
    ready(make.officer("perencana", bapas=theirs), theirs)
    assert theirs.nama not in signed_in.get(url("list")).text
    assert ours.nama in signed_in.get(url("list"), {"tahun": "2026", "status": "siap"}).text
    assert "Tidak ada laporan yang cocok" in signed_in.get(url("list"), {"tahun": "2025"}).text
    assert ours.nama in signed_in.get(url("list"), {"tahun": "bukan angka"}).text


def test_list_costs_the_same_for_few_and_many(signed_in, planner, ours, queries):
    for versi in (1, 2):
        ready(planner, ours, versi=versi)
    few = queries(lambda: signed_in.get(url("list")))
    for versi in range(3, 23):
        ready(planner, ours, versi=versi)
    assert queries(lambda: signed_in.get(url("list"))) == few


def test_ask_for_a_report(signed_in, ours):
    response = signed_in.post(url("create"), {"unit": f"bapas-{ours.pk}", "tahun": "2026", "final": "draf"})
    laporan = Laporan.objects.get()
    assert response.headers["Location"] == url("detail", laporan.pk)
    assert (laporan.bapas, laporan.tahun, laporan.final, laporan.status) == (ours, 2026, False, "antre")


def test_the_same_request_leads_to_the_running_one(signed_in, ours):
    answer = {"unit": f"bapas-{ours.pk}", "tahun": "2026", "final": "draf"}
    assert (
        signed_in.post(url("create"), answer).headers["Location"]
        == signed_in.post(url("create"), answer).headers["Location"]
    )


def test_a_foreign_unit_is_no_choice(signed_in, theirs):
    response = signed_in.post(url("create"), {"unit": f"bapas-{theirs.pk}", "tahun": "2026", "final": "draf"})
    assert response.status_code == 422
    assert not Laporan.objects.exists()


def test_missing_answers_are_named(signed_in):
    response = signed_in.post(url("create"), {})
    assert response.status_code == 422
    assert "Pilih unit." in response.text
    assert "Pilih tahun anggaran." in response.text


def test_final_without_approval_is_refused_in_words(signed_in, ours):
    response = signed_in.post(url("create"), {"unit": f"bapas-{ours.pk}", "tahun": "2026", "final": "final"})
    assert response.status_code == 409
    assert "belum disetujui Kepala Bapas" in response.text


@pytest.mark.parametrize(
    ("peran", "groups"),
    [("perencana", ["bapas"]), ("kanwil", ["kanwil", "bapas"]), ("ditjenpas", ["nasional", "kanwil"])],
)
def test_units_follow_the_role(client, officer, peran, groups):
    client.force_login(officer(peran))
    text = client.get(url("create")).text
    assert all(f'value="{group}' in text for group in groups)
    assert ("nasional" in groups) == ('value="nasional"' in text)


def test_progress_names_the_step_and_asks_again(signed_in, planner, ours):
    laporan = services.request_report(by=planner, tahun=2026, bapas=ours)
    services._step(services._claim(laporan.pk), 3)
    response = signed_in.get(url("detail", laporan.pk))
    assert "Langkah 3 dari 5: menyusun dokumen." in response.text
    assert 'value="50"' in response.text
    assert 'hx-trigger="load delay:2s"' in response.text
    assert "X-Otomatis" in response.text
    assert "Muat ulang</a> untuk melihat kemajuan" in response.text


def test_htmx_gets_the_region_alone(signed_in, planner, ours):
    laporan = services.request_report(by=planner, tahun=2026, bapas=ours)
    response = signed_in.get(url("detail", laporan.pk), headers={"HX-Request": "true"})
    assert response.text.strip().startswith('<div id="keadaan"')
    assert "<html" not in response.text


def test_long_waits_ask_less_often(signed_in, planner, ours):
    laporan = services.request_report(by=planner, tahun=2026, bapas=ours)
    Laporan.objects.update(diminta_pada=timezone.now() - timedelta(minutes=3))
    assert "delay:10s" in signed_in.get(url("detail", laporan.pk)).text


def test_a_finished_report_says_everything_about_its_file(signed_in, planner, ours):
    laporan = ready(planner, ours)
    text = signed_in.get(url("detail", laporan.pk)).text
    assert "PDF, 64 halaman, 1,2" in text
    assert laporan.sha256 in text
    assert services.spaced(laporan.kode) in text
    assert url("download", laporan.pk) in text
    assert "hx-trigger" not in text


def test_download_is_the_file_and_leaves_a_trace(signed_in, planner, ours):
    laporan = ready(planner, ours)
    response = signed_in.get(url("download", laporan.pk))
    assert b"".join(response.streaming_content) == PDF
    assert response.headers["Content-Type"] == "application/pdf"
    assert "Program-Anggaran_2026_Bapas_v1.pdf" in response.headers["Content-Disposition"]
    assert Akses.objects.get().verba == "unduh"


def test_a_lost_file_is_said_in_words(signed_in, planner, ours):
    response = signed_in.get(url("download", ready(planner, ours, berkas="hilang.pdf").pk))
    assert response.status_code == 409
    assert "tidak ada lagi di server" in response.text


@pytest.mark.parametrize(("percent", "waited", "seconds"), [(5, 10, 0), (50, 20, 20), (60, 31, 20), (95, 1, 5)])
def test_remaining_time(percent, waited, seconds):
    assert views._remaining(percent, waited) == seconds


@pytest.mark.parametrize("name", ["detail", "download"])
def test_reports_of_another_office_do_not_exist(signed_in, theirs, name):
    foreign = ready(make.officer("perencana", bapas=theirs), theirs)
    assert signed_in.get(url(name, foreign.pk)).status_code == 404


def test_cancel_and_ask_again(signed_in, planner, ours):
    laporan = services.request_report(by=planner, tahun=2026, bapas=ours)
    assert "dibatalkan" in signed_in.post(url("cancel", laporan.pk), follow=True).text
    assert signed_in.post(url("cancel", laporan.pk)).status_code == 409
    again = signed_in.post(url("retry", laporan.pk))
    assert again.headers["Location"] == url("detail", Laporan.objects.latest("pk").pk)
    assert signed_in.post(url("retry", Laporan.objects.latest("pk").pk)).status_code == 409


def test_a_failure_tells_the_cause(signed_in, planner, ours):
    laporan = services.request_report(by=planner, tahun=2026, bapas=ours)
    services._claim(laporan.pk)
    services._fail(laporan, "Data Oktober belum dikirim.")
    text = signed_in.get(url("detail", laporan.pk)).text
    assert "Laporan belum jadi.</b> Data Oktober belum dikirim." in text
    assert "Coba lagi" in text


def test_the_made_file_is_the_one_that_is_downloaded(signed_in, planner, ours):
    signed_in.post(url("create"), {"unit": f"bapas-{ours.pk}", "tahun": "2026", "final": "draf"})
    laporan = Laporan.objects.get()
    services.run(laporan.pk)
    body = b"".join(signed_in.get(url("download", laporan.pk)).streaming_content)
    with pikepdf.open(BytesIO(body)) as pdf:
        assert ours.nama in str(pdf.docinfo.Title)
    answer = signed_in.get(url("verifikasi"), {"sidik": hashlib.sha256(body).hexdigest()})
    assert "Dokumen asli." in answer.text


# ── verification ──


def test_anyone_may_check_a_code(client, planner, ours):
    laporan = ready(planner, ours)
    response = client.get(url("verifikasi"), {"kode": services.spaced(laporan.kode)}, follow=True)
    assert "Dokumen asli." in response.text
    assert ours.nama in response.text
    assert samples.APPROVER in response.text


def test_no_person_is_named_in_public(client, planner, ours):
    text = client.get(url("verify", ready(planner, ours).kode)).text
    approval = samples.cover("bapas", "x").pengesahan
    assert planner.nama not in text
    assert approval.nama not in text
    assert approval.nip not in text


def test_a_replaced_document_names_the_newer_version(client, planner, ours):
    first = ready(planner, ours)
    ready(planner, ours, versi=4)
    assert "asli, tetapi sudah diganti</b> oleh versi 4" in client.get(url("verify", first.kode)).text


def test_a_draft_is_called_a_draft(client, planner, ours):
    assert "masih draf" in client.get(url("verify", ready(planner, ours).kode)).text
    assert "masih draf" not in client.get(url("verify", ready(planner, ours, versi=2, final=True).kode)).text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/verifikasi/XXXXXXXXXXXX/", "Periksa lagi kode"),
        ("/verifikasi/?sidik=" + "0" * 64, "Isi berkas ini tidak sama"),
    ],
)
def test_unknown_documents(client, path, words):
    response = client.get(path)
    assert response.status_code == 404
    assert words in response.text


def test_an_empty_code_is_named(client):
    response = client.get(url("verifikasi"), {"kode": ""})
    assert response.status_code == 422
    assert "Isi kode verifikasi." in response.text


def test_trying_codes_in_rows_has_to_wait(client):
    for _ in range(views.CHECKS_PER_MINUTE):
        client.get(url("verify", "XXXXXXXXXXXX"))
    assert client.get(url("verify", "XXXXXXXXXXXX")).status_code == 429
    assert client.get(url("verifikasi"), REMOTE_ADDR="10.0.0.9").status_code == 200


def test_the_address_behind_trusted_proxies_counts(rf, settings):
    request = rf.get("/", headers={"X-Forwarded-For": "1.1.1.1, 2.2.2.2"}, REMOTE_ADDR="10.0.0.1")
    assert views._address(request) == "10.0.0.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert views._address(request) == "2.2.2.2"
