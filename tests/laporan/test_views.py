"""The report centre and the public check, through their addresses."""

import csv
import hashlib
import re
from datetime import timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pikepdf
import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from apps.dasar.wording import waktu_unit
from apps.jejak import jobs
from apps.jejak.models import Akses
from apps.laporan import codes, making, services, tasks_today, views
from apps.laporan.models import Laporan, Pengesahan
from tests import factories as make
from tests.laporan.factories import approved, final, ready, stored
from tests.sessions import log_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


@pytest.fixture
def planner(officer):
    return officer("perencana")


@pytest.fixture
def head(officer):
    return officer("kabapas", nama="Kepala Uji", nip="198001012005011001")


@pytest.fixture
def signed_in(client, planner):
    log_in(client, planner)
    return client


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


def test_a_wrong_filter_is_left_out_and_the_others_hold(signed_in, planner, ours):
    ready(planner, ours)
    page = signed_in.get(url("list"), {"tahun": "1", "status": "antre"})
    assert [chip["label"] for chip in page.context["keping"]] == ["Status: Menunggu giliran"]
    assert "Tidak ada laporan yang cocok" in page.text


def test_list_costs_the_same_for_few_and_many(signed_in, planner, head, ours, queries, budget):
    for versi in (1, 2):
        approved(head, final(planner, ours, versi=versi))
    few = queries(lambda: signed_in.get(url("list")))
    for versi in range(3, 13):
        approved(head, final(planner, ours, versi=versi)), ready(planner, ours, versi=versi + 20)
    assert queries(lambda: signed_in.get(url("list"))) == few <= budget("laporan:list")


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
    log_in(client, officer(peran))
    text = client.get(url("create")).text
    assert all(f'value="{group}' in text for group in groups)
    assert ("nasional" in groups) == ('value="nasional"' in text)


def test_progress_names_the_step_and_asks_again(signed_in, planner, ours):
    laporan = services.request_report(by=planner, tahun=2026, bapas=ours)
    making._step(making._claim(laporan.pk), 3)
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
    assert codes.spaced(laporan.kode) in text
    assert url("download", laporan.pk) in text
    assert "hx-trigger" not in text


def test_download_is_the_file_and_leaves_a_trace(signed_in, planner, ours):
    laporan = ready(planner, ours)
    response = signed_in.get(url("download", laporan.pk))
    assert b"".join(response.streaming_content) == stored(laporan)
    assert response.headers["Content-Type"] == "application/pdf"
    assert "Program-Anggaran_2026_Bapas_v1.pdf" in response.headers["Content-Disposition"]
    trace = Akses.objects.get()
    assert (trace.verba, trace.bapas, trace.objek_id) == ("unduh", ours, laporan.pk)
    assert trace.rincian == f"{ours} 2026, draf v1"
    assert trace.permintaan


def test_a_lost_file_is_said_in_words(signed_in, planner, ours):
    response = signed_in.get(url("download", ready(planner, ours, berkas="hilang.pdf").pk))
    assert response.status_code == 409
    assert "tidak ada lagi di server" in response.text


@pytest.mark.parametrize(("percent", "waited", "seconds"), [(5, 10, 0), (50, 20, 20), (60, 31, 20), (95, 1, 5)])
def test_remaining_time(percent, waited, seconds):
    job = Laporan(persen=percent, diminta_pada=timezone.now() - timedelta(seconds=waited))
    assert job.sisa_detik == seconds


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
    jobs.fail(making._claim(laporan.pk), "Data Oktober belum dikirim.")
    text = signed_in.get(url("detail", laporan.pk)).text
    assert "Laporan belum jadi.</b> Data Oktober belum dikirim." in text
    assert "Coba lagi" in text


def test_the_made_file_is_the_one_that_is_downloaded(signed_in, planner, ours):
    signed_in.post(url("create"), {"unit": f"bapas-{ours.pk}", "tahun": "2026", "final": "draf"})
    laporan = Laporan.objects.get()
    making.run(laporan.pk)
    body = b"".join(signed_in.get(url("download", laporan.pk)).streaming_content)
    with pikepdf.open(BytesIO(body)) as pdf:
        assert ours.nama in str(pdf.docinfo.Title)
    answer = signed_in.get(url("verifikasi"), {"sidik": hashlib.sha256(body).hexdigest()})
    assert "Dokumen asli." in answer.text


# ── approval ──


def test_the_page_of_approval_shows_the_file_and_what_follows(login, planner, head, ours):
    laporan = final(planner, ours)
    client = login(head)
    assert url("approve", laporan.pk) in client.get(url("detail", laporan.pk)).text
    text = client.get(url("approve", laporan.pk)).text
    assert laporan.sha256 in text
    assert f"{laporan.sha256[:4]}…{laporan.sha256[-4:]}" in text
    assert url("download_read", laporan.pk) in text
    assert "Pengesahan tidak dapat dibatalkan." in text
    assert "laporan final baru" in text
    assert "final yang lebih baru" not in text
    newer = final(planner, ours, versi=2)
    assert url("detail", newer.pk) in client.get(url("approve", laporan.pk)).text


def test_approving_is_recorded_at_once_and_clicking_twice_is_one(login, planner, head, ours, database_role):
    laporan = final(planner, ours)
    client, sent = login(head), {"sha256": laporan.sha256}
    for _ in range(2):
        assert client.post(url("approve", laporan.pk), sent).headers["Location"] == url("detail", laporan.pk)
    done = Pengesahan.objects.get()
    assert (done.oleh, done.sidik) == (head, laporan.sha256)
    text = client.get(url("detail", laporan.pk)).text
    assert f"<b>Disahkan</b> oleh Kepala {ours.nama}, {head.nama}, {waktu_unit(done.pada, ours)}." in text
    assert "Edisi yang memuat pengesahan sedang dibuat." in text
    assert "hx-trigger" in text
    assert url("cancel", laporan.pk) not in text
    assert url("approve", laporan.pk) not in text


def test_looking_and_approving_have_a_price(login, planner, head, ours, queries, budget):
    laporan, client = final(planner, ours), login(head)
    assert queries(lambda: client.get(url("approve", laporan.pk))) <= budget("laporan:approve")
    sent = {"sha256": laporan.sha256}
    assert queries(lambda: client.post(url("approve", laporan.pk), sent)) <= budget("laporan:approve POST")


@pytest.mark.parametrize("sent", [{}, {"sha256": "0" * 64}])
def test_another_hash_is_refused_in_words(login, planner, head, ours, sent):
    laporan = final(planner, ours)
    response = login(head).post(url("approve", laporan.pk), sent)
    assert response.status_code == 409
    assert "bukan berkas laporan ini" in response.text
    assert not Pengesahan.objects.exists()


def test_above_the_office_the_button_is_missing_and_the_address_says_why(login, officer, planner, ours):
    laporan = final(planner, ours)
    for peran in ("kanwil", "ditjenpas"):
        client = login(officer(peran))
        text = client.get(url("detail", laporan.pk)).text
        assert url("approve", laporan.pk) not in text
        assert f"Menunggu Kepala {ours.nama}" in text
        for answer in (client.get(url("approve", laporan.pk)), client.post(url("approve", laporan.pk))):
            assert answer.status_code == 409
            assert f"Laporan ini disahkan oleh Kepala {ours.nama}." in answer.text


def test_the_edition_is_downloaded_when_it_is_there_and_the_read_file_stays(login, planner, head, ours, database_role):
    laporan, client = final(planner, ours), login(head)
    edition = approved(head, laporan).disahkan

    def body(name):
        return b"".join(client.get(url(name, laporan.pk)).streaming_content)

    assert body("download") == body("download_read") == stored(laporan)
    making.run_edition(edition.pk)
    edition.refresh_from_db()
    assert body("download") == stored(edition)
    assert body("download_read") == stored(laporan)
    assert [trace.verba for trace in Akses.objects.all()] == ["unduh"] * 4
    text = client.get(url("detail", laporan.pk)).text
    assert "Unduh PDF yang disahkan" in text
    assert url("download_read", laporan.pk) in text
    assert edition.sha256 in text


def test_an_edition_that_failed_says_so_and_is_asked_for_again(login, planner, head, ours):
    laporan, client = final(planner, ours), login(head)
    edition = approved(head, laporan).disahkan
    jobs.fail(jobs.take(Pengesahan.objects.all(), edition.pk), "Pustaka PDF belum terpasang.")
    text = client.get(url("detail", laporan.pk)).text
    assert "Edisi yang memuat pengesahan belum jadi.</b> Pustaka PDF belum terpasang." in text
    assert client.post(url("retry", laporan.pk)).headers["Location"] == url("detail", laporan.pk)
    assert Pengesahan.objects.get().status == "antre"


def test_what_waits_for_approval_is_on_the_page_of_the_approver(login, officer, planner, head, ours, theirs):
    def waiting(user):
        rows = {g.title: g for g in tasks_today.groups(user)}.get("Laporan final menunggu pengesahan")
        return rows and [row.url for row in rows.rows]

    ready(planner, ours), final(planner, theirs), final(planner, ours, tahun=2025, versi=1)
    newest = [final(planner, ours, versi=3), final(planner, ours, tahun=2025, versi=2)]
    region, nation = final(planner, kanwil=ours.kanwil), final(planner)
    assert waiting(head) == [url("detail", laporan.pk) for laporan in reversed(newest)]
    assert waiting(officer("kanwil")) == [url("detail", region.pk)]
    assert waiting(officer("ditjenpas")) == [url("detail", nation.pk)]
    assert waiting(planner) is None
    for laporan in newest:
        approved(head, laporan)
    assert waiting(head) == []


def test_the_list_knows_the_state_of_approval(login, planner, head, ours):
    done, open_, draft = final(planner, ours, tahun=2024), final(planner, ours, tahun=2025), ready(planner, ours)
    approved(head, done)
    client = login(planner)
    shown = {
        state: [laporan.tahun for laporan in client.get(url("list"), {"pengesahan": state}).context["hal"].object_list]
        for state in ("", "sudah", "belum")
    }
    assert shown == {"": [2026, 2025, 2024], "sudah": [2024], "belum": [2025]}
    rows = list(csv.DictReader(_csv(client), delimiter=";"))
    assert [(row["Tahun"], row["Pengesahan"]) for row in rows] == [
        (str(draft.tahun), ""), (str(open_.tahun), "Belum disahkan"), (str(done.tahun), "Disahkan"),
    ]  # fmt: skip
    there = Pengesahan.objects.get().pada.astimezone(ZoneInfo(ours.zona_waktu))
    assert rows[2]["Disahkan"] == f"{there:%Y-%m-%d %H:%M} WITA"  # sorts as text


def _csv(client):
    return client.get(url("export"), {"format": "csv"}).content.decode("utf-8-sig").splitlines()


# ── the trail of wide reports ──


def test_a_wide_download_is_in_the_trail_of_every_office_inside(login, officer, ours, theirs, database_role):
    user = officer("ditjenpas")
    laporan = final(user, kantor=[ours.pk, theirs.pk])
    response = login(user).get(url("download", laporan.pk))
    assert b"".join(response.streaming_content) == stored(laporan)
    rows = Akses.objects.filter(verba="unduh", objek="laporan", objek_id=laporan.pk, pengguna=user)
    assert set(rows.values_list("bapas", "rincian")) == {
        (ours.pk, "Nasional 2026, final v1"), (theirs.pk, "Nasional 2026, final v1")
    }  # fmt: skip
    auditor = login(officer("auditor"))
    assert "Nasional 2026, final v1" in auditor.get(reverse("jejak:list")).text


def test_an_office_that_left_the_region_does_not_stop_a_download(login, officer, ours, theirs, database_role):
    user = officer("kanwil")
    laporan = final(user, kanwil=ours.kanwil, kantor=[ours.pk, theirs.pk])
    assert login(user).get(url("download", laporan.pk)).status_code == 200
    assert Akses.objects.get().bapas == ours


def test_a_wide_download_costs_the_same_for_few_and_many_offices(login, officer, ours, queries, budget):
    user = officer("ditjenpas")
    costs = []
    for count in (2, 40):
        laporan = final(user, versi=count, kantor=[make.BapasFactory().pk for _ in range(count)])
        client = login(type(user).objects.get(pk=user.pk))
        costs.append(queries(lambda laporan=laporan, client=client: client.get(url("download", laporan.pk))))
    assert costs[0] == costs[1] <= budget("laporan:download")
    assert Akses.objects.count() == 42


# ── verification ──


def test_anyone_may_check_a_code(client, planner, ours):
    laporan = ready(planner, ours)
    response = client.get(url("verifikasi"), {"kode": codes.spaced(laporan.kode)}, follow=True)
    assert "Dokumen asli." in response.text
    assert ours.nama in response.text


def test_no_person_is_named_in_public(client, planner, head, ours):
    laporan = approved(head, final(planner, ours))
    text = client.get(url("verify", laporan.kode)).text
    assert f"Kepala {ours.nama}" in text
    assert planner.nama not in text
    assert head.nama not in text
    assert head.nip not in text


def test_a_replaced_document_names_the_newer_version(client, planner, ours):
    first = ready(planner, ours)
    newer = final(planner, ours, versi=4)
    text = client.get(url("verify", first.kode)).text
    moment = waktu_unit(newer.selesai_pada, ours)
    assert f"asli, tetapi sudah diganti</b> oleh versi 4 (final) pada {moment}." in text


def test_a_draft_is_called_a_draft(client, planner, ours):
    assert "masih draf" in client.get(url("verify", ready(planner, ours).kode)).text
    assert "masih draf" not in client.get(url("verify", final(planner, ours, versi=2).kode)).text


def test_a_later_draft_replaces_no_final_and_is_never_called_approved(client, officer, planner, head, ours):
    """Draft v1, final v2, draft v3 of a Bapas, the last asked for by headquarters; then the head approves the final."""
    ready(planner, ours)
    second = final(planner, ours, versi=2)
    third = ready(officer("ditjenpas"), ours, versi=3)
    for state in ("Final, belum disahkan", "Disahkan oleh"):
        text = client.get(url("verify", second.kode)).text
        assert "diganti</b>" not in text
        assert "versi 2, belum diganti." in text
        assert state in text
        assert not re.search("disahkan", client.get(url("verify", third.kode)).text, re.IGNORECASE)
        approved(head, second)


def test_an_approved_final_says_who_and_when_and_only_an_approved_one_replaces_it(client, planner, head, ours):
    first = approved(head, final(planner, ours))
    later = final(planner, ours, versi=2)
    text = client.get(url("verify", first.kode)).text
    assert f"Kepala {ours.nama}, {waktu_unit(first.disahkan.pada, ours)}" in text
    assert "belum diganti." in text
    moment = waktu_unit(approved(head, later).disahkan.pada, ours)
    assert f"oleh versi 2 (final) pada {moment}." in client.get(url("verify", first.kode)).text


def test_both_files_of_an_approved_report_are_known(client, planner, head, ours):
    laporan = final(planner, ours)
    answer = client.get(url("verifikasi"), {"sidik": laporan.sha256.upper()}).text
    assert "Isi berkas yang Anda periksa sama dengan dokumen ini." in answer
    edition = approved(head, laporan).disahkan
    making.run_edition(edition.pk)
    edition.refresh_from_db()
    read = client.get(url("verifikasi"), {"sidik": laporan.sha256}).text
    printed = client.get(url("verifikasi"), {"sidik": edition.sha256}).text
    assert "adalah berkas yang dibaca dan disahkan" in read
    assert "adalah edisi yang memuat pengesahan" in printed
    for text in (read, printed):
        assert laporan.sha256 in text
        assert edition.sha256 in text
        assert codes.spaced(laporan.kode) in text


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


def test_a_code_that_is_unknown_stays_in_its_box(client):
    assert 'value="7K3M-Q9TX-2F4B"' in client.get(url("verifikasi"), {"kode": "7K3M-Q9TX-2F4B"}, follow=True).text


def test_an_empty_code_is_named(client):
    response = client.get(url("verifikasi"), {"kode": ""})
    assert response.status_code == 422
    assert "Isi kode verifikasi." in response.text


def test_trying_codes_in_rows_has_to_wait(client):
    """Twice as many as a minute allows: the minute may turn between them, but only once."""
    answers = [client.get(url("verify", "XXXXXXXXXXXX")).status_code for _ in range(2 * views.CHECKS_PER_MINUTE + 1)]
    assert set(answers) == {404, 429}
    assert answers[: views.CHECKS_PER_MINUTE] == [404] * views.CHECKS_PER_MINUTE
    assert client.get(url("verifikasi"), REMOTE_ADDR="10.0.0.9").status_code == 200


def test_the_address_behind_trusted_proxies_counts(rf, settings):
    request = rf.get("/", headers={"X-Forwarded-For": "1.1.1.1, 2.2.2.2"}, REMOTE_ADDR="10.0.0.1")
    assert views._address(request) == "10.0.0.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert views._address(request) == "2.2.2.2"
