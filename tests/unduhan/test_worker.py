"""A long list on its way: asked for once, made by the worker under the reader's own scope, told and taken."""

import csv
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from apps.akun.models import Penugasan
from apps.dasar.reading import CHUNK
from apps.jejak import jobs
from apps.jejak.models import Akses
from apps.unduhan import making, tasks
from apps.unduhan.asking import list_at
from apps.unduhan.models import KEPT, Unduhan
from apps.wilayah.scope import database_scope, scope_of
from pemasyarakatan.celery import app
from tests.klien.factories import KendalaFactory
from tests.roles import as_web_role
from tests.unduhan.conftest import LIMIT, TRAIL, lines
from tests.waiting import until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True)
LONG = LIMIT + 1


@pytest.fixture
def broker_gone():
    """No broker answers, as when it is restarted."""
    known = app.conf.broker_url
    app.conf.broker_url = "redis://127.0.0.1:1/0"
    app._after_fork()  # forgets its connections
    yield
    app.conf.broker_url = known
    app._after_fork()


def work(job) -> None:
    """As the worker does it: another role than the owner, behind the row policies."""
    with as_web_role():
        making.run(job.pk)


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(text.splitlines(), delimiter=";"))[1:]


def files_on(shelf) -> list:
    return [path for path in shelf.rglob("*") if path.is_file()]


def test_a_short_list_leaves_at_once(way, auditor, ours):
    lines(ours, auditor, LIMIT)
    answer = way(auditor).client.get(TRAIL, {"format": "csv"})
    assert len(rows(answer.content.decode("utf-8-sig"))) == LIMIT
    assert not Unduhan.objects.exists()


def test_a_long_list_is_made_by_the_worker_and_holds_what_a_browser_would_have_got(
    way, auditor, ours, at_once, settings
):
    lines(ours, auditor, LONG)
    page = way(auditor)
    settings.DIRECT_ROWS = LONG
    direct = page.client.get(TRAIL, {"format": "csv", "objek": "klien"}).content.decode("utf-8-sig")
    settings.DIRECT_ROWS = LIMIT
    before = Akses.objects.filter(verba="ekspor").latest("pk").pk
    job = page.asked(objek="klien")
    assert page.page(job).context["kerja"].ready
    made = page.text(job)
    mine = [row for row in rows(made) if row[4] != "Mengekspor"]
    assert mine == [row for row in rows(direct) if row[4] != "Mengekspor"]
    assert len(mine) == LONG
    noted = Akses.objects.filter(pk__gt=before).order_by("pk").values_list("verba", "objek", "bapas", "rincian")
    taken = len(rows(made))
    assert list(noted) == [(verb, "jejak", ours.pk, f"{taken} baris") for verb in ("ekspor", "unduh")]


def test_nothing_is_noted_and_nothing_made_while_a_file_is_only_offered(way, auditor, ours):
    lines(ours, auditor, LONG)
    way(auditor).offered()
    assert not Akses.objects.filter(verba="ekspor").exists()
    assert not Unduhan.objects.exists()


def test_two_clicks_make_one_file(way, auditor, ours, at_once):
    lines(ours, auditor, LONG)
    page = way(auditor)
    offer = page.offered()
    first, second = page.accept(offer), page.accept(offer)
    assert first.url == second.url
    assert Unduhan.objects.count() == 1
    assert Akses.objects.filter(verba="ekspor").count() == 1


def test_an_offer_is_for_the_duty_that_got_it_and_only_for_an_address_that_was_offered(way, auditor, ours, officer):
    lines(ours, auditor, LONG)
    page = way(auditor)
    offer = page.offered()
    other = way(officer("kabapas"))
    assert other.accept(offer).status_code == 409
    assert other.client.post(other.url("create"), {"tawaran": "/klien/unduh/"}).status_code == 409
    assert not Unduhan.objects.exists()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_lies_on_the_shelf_cannot_be_read_there(way, officer, ours, at_once, shelf, kind):
    head = officer("kabapas")
    for _ in range(LONG):
        KendalaFactory(catatan__klien__bapas=ours, uraian="Jauh dari kantor")
    job = way(head).asked("/kendala/unduh/", format=kind)
    assert Unduhan.objects.get().ready
    (stored,) = files_on(shelf)
    assert stored.name.startswith(job.kode)
    assert b"Jauh" not in stored.read_bytes()
    assert not stored.read_bytes().startswith(b"PK")
    with connection.cursor() as cursor:
        cursor.execute("SELECT alamat FROM unduhan_unduhan")
        assert b"kendala" not in bytes(cursor.fetchone()[0])


def test_rows_of_another_office_are_never_inside(way, officer, ours, theirs, at_once):
    for office, words in ((ours, "Milik kita"), (theirs, "Milik orang lain")):
        for _ in range(LONG):
            KendalaFactory(catatan__klien__bapas=office, uraian=words)
    head = officer("kabapas")
    page = way(head)
    app.conf.task_always_eager = False
    job = page.asked("/kendala/unduh/")
    work(job)
    text = page.text(job)
    assert text.count("Milik kita") == LONG
    assert "Milik orang lain" not in text


def test_the_scope_is_that_of_the_moment_when_the_file_is_made(way, officer, ours):
    """A PK reads obstacles of own clients; a client that another PK took over meanwhile is not inside."""
    pk = officer("pk")
    made = [
        KendalaFactory(
            catatan__klien__bapas=ours, catatan__klien__pk_pembimbing=pk, uraian=f"Nomor {n}",
            dicatat_oleh=officer("kabapas"),
        )
        for n in range(LONG)
    ]  # fmt: skip
    page = way(pk)
    job = page.asked("/kendala/unduh/")
    moved = made[0].klien
    moved.pk_pembimbing = officer("pk", nama="PK Lain")
    moved.save()
    work(job)
    text = page.text(job)
    assert "Nomor 1;" in text
    assert "Nomor 0;" not in text


def test_a_duty_that_ended_before_the_worker_came_makes_no_file(way, auditor, ours, shelf):
    lines(ours, auditor, LONG)
    job = way(auditor).asked()
    yesterday = timezone.localdate() - timedelta(days=1)
    Penugasan.objects.filter(pengguna=auditor).update(mulai=yesterday, selesai=yesterday)
    work(job)
    job.refresh_from_db()
    assert (job.status, job.galat) == ("gagal", "Penugasan Anda sudah berakhir, jadi berkas ini tidak dibuat.")
    assert not files_on(shelf)
    assert not Akses.objects.filter(verba="ekspor").exists()


def test_a_list_that_the_role_may_no_longer_open_makes_no_file(way, auditor, ours, shelf):
    lines(ours, auditor, LONG)
    job = way(auditor).asked()
    Penugasan.objects.filter(pengguna=auditor).update(peran="ditjenpas")
    work(job)
    job.refresh_from_db()
    assert job.status == "gagal"
    assert "tidak lagi terbuka" in job.galat
    assert not files_on(shelf)


def test_a_finished_file_is_not_given_when_the_role_may_no_longer_open_its_list(way, auditor, ours):
    lines(ours, auditor, LONG)
    page = way(auditor)
    job = page.asked()
    work(job)
    assert page.download(job).status_code == 200
    Penugasan.objects.filter(pengguna=auditor).update(peran="ditjenpas")
    assert page.download(job).status_code == 403


def test_a_file_belongs_to_a_person_and_a_duty(way, auditor, ours, officer):
    lines(ours, auditor, LONG)
    page = way(auditor)
    job = page.asked()
    work(job)
    other = way(officer("auditor", nama="Auditor Lain"))
    for name in ("detail", "download"):
        assert other.client.get(other.url(name, job.pk)).status_code == 404
    for name in ("retry", "delete"):
        assert other.client.post(other.url(name, job.pk)).status_code == 404
    assert "Belum ada berkas" in other.client.get(other.url("mine")).text
    auditor.penugasan_aktif = Penugasan.objects.create(pengguna=auditor, peran="ditjenpas")
    auditor.save()
    again = way(auditor)
    assert again.client.get(again.url("detail", job.pk)).status_code == 404
    assert again.download(job).status_code == 404


def test_without_a_broker_the_request_is_kept_and_sent_later(way, auditor, ours, broker_gone):
    lines(ours, auditor, LONG)
    page = way(auditor)
    job = page.asked()
    assert "Menunggu giliran" in page.page(job).text
    Unduhan.objects.update(denyut_pada=timezone.now() - jobs.STALLED - timedelta(seconds=1))
    with pytest.raises(OperationalError):
        tasks.look_after()
    Unduhan.objects.update(denyut_pada=timezone.now() - jobs.STALLED - timedelta(seconds=1))  # beat tries again
    app.conf.task_always_eager = True
    try:
        tasks.look_after()
    finally:
        app.conf.task_always_eager = False
    assert Unduhan.objects.get().ready


def test_a_killed_worker_leaves_a_job_that_another_one_takes(way, auditor, ours, at_once):
    lines(ours, auditor, LONG)
    app.conf.task_always_eager = False
    page = way(auditor)
    job = page.asked()
    assert jobs.take(Unduhan.objects.all(), job.pk)  # and then it is killed
    app.conf.task_always_eager = True
    tasks.make_file.delay(job.pk)  # the broker gives the task out again
    tasks.look_after()
    assert Unduhan.objects.get().status == "berjalan"
    Unduhan.objects.update(denyut_pada=timezone.now() - jobs.STALLED - timedelta(seconds=1))
    tasks.look_after()
    assert Unduhan.objects.get().ready
    assert len(rows(page.text(job))) == LONG


def test_a_job_that_nobody_finishes_fails_with_a_sentence_and_is_made_on_request(way, auditor, ours, at_once):
    lines(ours, auditor, LONG)
    app.conf.task_always_eager = False
    page = way(auditor)
    job = page.asked()
    assert jobs.take(Unduhan.objects.all(), job.pk)
    long_ago = timezone.now() - jobs.GIVEN_UP - timedelta(minutes=1)
    Unduhan.objects.update(diminta_pada=long_ago, denyut_pada=long_ago)
    tasks.look_after()
    assert making.STOPPED in page.page(job).text
    app.conf.task_always_eager = True
    assert page.client.post(page.url("retry", job.pk)).status_code == 302
    assert len(rows(page.text(job))) == LONG
    assert page.client.post(page.url("retry", job.pk)).status_code == 409


def test_the_page_tells_how_many_rows_are_written(way, auditor, ours):
    """The worker stands still at its trail while the page is asked: half of the rows are told by then."""
    lines(ours, auditor, 2 * CHUNK + 1)
    page = way(auditor)
    job = page.asked()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            connection.cursor().execute("LOCK TABLE jejak_akses IN SHARE MODE")  # reading goes on, writing waits
            worker = pool.submit(_work_and_close, job)
            until_somebody_waits()
            told = page.page(job)
        worker.result(timeout=60)
    assert told.context["kerja"].baris_jadi == 2 * CHUNK
    assert "4.000 dari 4.001 baris" in told.text
    assert 'hx-trigger="load delay:2s"' in told.text
    assert "hx-trigger" not in page.page(job).text


def test_who_deletes_a_file_while_it_is_made_leaves_nothing_behind(way, auditor, ours, shelf):
    lines(ours, auditor, LONG)
    page = way(auditor)
    job = page.asked()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            connection.cursor().execute("LOCK TABLE jejak_akses IN SHARE MODE")
            worker = pool.submit(_work_and_close, job)
            until_somebody_waits()
            assert page.client.post(page.url("delete", job.pk)).status_code == 302
        worker.result(timeout=60)
    assert not Unduhan.objects.exists()
    assert not files_on(shelf)
    assert not Akses.objects.filter(verba="ekspor").exists()


def test_a_duty_that_is_stopped_while_its_file_is_made_gets_none(way, auditor, ours, shelf):
    lines(ours, auditor, LONG)
    job = way(auditor).asked()
    duties = Penugasan.objects.filter(pengguna=auditor)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            connection.cursor().execute("LOCK TABLE jejak_akses IN SHARE MODE")
            worker = pool.submit(_work_and_close, job)
            until_somebody_waits()
            duties.update(selesai=auditor.penugasan.hari_ini, berhenti_pada=timezone.now())
        worker.result(timeout=60)
    job.refresh_from_db()
    assert (job.status, job.galat) == ("gagal", "Penugasan Anda sudah berakhir, jadi berkas ini tidak dibuat.")
    assert not files_on(shelf)
    assert not Akses.objects.filter(verba="ekspor").exists()


def test_a_worker_that_was_silent_and_its_successor_leave_one_file(way, auditor, ours, shelf):
    """Both come to the end of the list at the same moment; whoever is second takes only its own file away."""
    lines(ours, auditor, LONG)
    page = way(auditor)
    job = page.asked()
    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            connection.cursor().execute("LOCK TABLE jejak_akses IN SHARE MODE")
            workers = [pool.submit(_work_and_close, job)]
            until_somebody_waits()
            pool.submit(_silence, job).result()
            workers.append(pool.submit(_work_and_close, job))
            until_somebody_waits(2)
        for worker in workers:
            worker.result(timeout=60)
    assert Unduhan.objects.get().ready
    assert len(rows(page.text(job))) == LONG
    assert len(files_on(shelf)) == 1
    assert Akses.objects.filter(verba="ekspor").count() == 1


def test_a_file_is_gone_after_its_days_and_a_waiting_one_is_not(way, auditor, ours, shelf):
    lines(ours, auditor, LONG)
    page = way(auditor)
    job, waiting = page.asked(), page.asked()
    work(job)
    tasks.clearing.delete_outdated()
    assert files_on(shelf)
    long_ago = timezone.now() - KEPT - timedelta(minutes=1)
    Unduhan.objects.filter(pk=job.pk).update(selesai_pada=long_ago)
    Unduhan.objects.filter(pk=waiting.pk).update(diminta_pada=long_ago)
    tasks.clearing.delete_outdated()
    assert not files_on(shelf)
    assert list(Unduhan.objects.values_list("pk", flat=True)) == [waiting.pk]
    assert page.download(job).status_code == 404


def test_who_deletes_a_file_deletes_it_at_once(way, auditor, ours, shelf):
    lines(ours, auditor, LONG)
    page = way(auditor)
    job = page.asked()
    work(job)
    assert page.client.post(page.url("delete", job.pk)).status_code == 302
    assert not files_on(shelf)
    assert "Belum ada berkas" in page.client.get(page.url("mine")).text


def test_a_file_that_the_disk_has_lost_is_a_sentence(way, auditor, ours, shelf):
    lines(ours, auditor, LONG)
    page = way(auditor)
    job = page.asked()
    work(job)
    for path in files_on(shelf):
        path.unlink()
    answer = page.download(job)
    assert answer.status_code == 409
    assert "tidak ada lagi di server" in answer.text


def test_the_memory_does_not_grow_with_the_list(way, auditor, ours, tmp_path):
    """Peak of Python's memory for five times as many rows, as a ratio."""
    lines(ours, auditor, 10_000)
    few = _peak(auditor, tmp_path)
    lines(ours, auditor, 40_000)
    assert _peak(auditor, tmp_path, rows=50_000) / few < 1.2


def _peak(auditor, tmp_path, rows: int = 10_000) -> int:
    with database_scope(scope_of(auditor)), (tmp_path / "berkas").open("wb") as file:
        listed = list_at(f"{TRAIL}?format=xlsx", auditor)
        listed.listing.rows = Akses.objects.visible_to(auditor).for_list()  # without the limit of the page
        listed.rows = listed.listing.values()
        tracemalloc.start()
        taken = listed.write_to(file)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        transaction.set_rollback(True)
    assert taken.rows == rows
    return peak


def _silence(job) -> None:
    """The worker that has the job gave no sign of life for too long."""
    Unduhan.objects.filter(pk=job.pk).update(denyut_pada=timezone.now() - jobs.STALLED - timedelta(seconds=1))
    connections.close_all()


def _work_and_close(job) -> None:
    try:
        making.run(job.pk)
    finally:
        connections.close_all()
