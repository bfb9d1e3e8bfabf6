"""A job outlives its worker, its message and its broker: real workers, a real beat, a real broker."""

from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as portal
from django.db import connection, transaction
from django.utils import timezone

from apps.impor.files import GONE
from apps.impor.models import Impor
from apps.jejak import jobs
from apps.jejak.models import Akses
from apps.laporan import services
from apps.laporan.models import Laporan
from apps.unduhan.models import Unduhan
from tests import factories as make
from tests import servers
from tests.impor.conftest import Way
from tests.impor.factories import client_row, csv_file
from tests.sessions import log_in
from tests.unduhan.conftest import Way as Downloads
from tests.unduhan.conftest import lines

pytestmark = pytest.mark.django_db(transaction=True)
KINDS = (Laporan, Unduhan, Impor)
STATUSES = {"antre", "berjalan", "periksa"}


def test_the_real_intervals_take_a_killed_job_up_within_three_minutes():
    looks = [entry for entry in portal.CELERY_BEAT_SCHEDULE.values() if entry["schedule"] == portal.JOB_LOOK_EVERY]
    assert {entry["task"] for entry in looks} == {
        "apps.laporan.tasks.reap_stalled", "apps.unduhan.tasks.look_after", "apps.impor.tasks.look_after",
        "apps.akun.tasks.send_waiting_mails", "apps.klien.tasks.scan_uploads",
    }  # fmt: skip
    assert timedelta(seconds=portal.JOB_STALLED) == jobs.STALLED
    assert 4 * portal.JOB_SIGN_EVERY < portal.JOB_STALLED, "a slow machine misses a sign, not three"
    assert portal.JOB_STALLED + portal.JOB_LOOK_EVERY <= 120, "a minute is left for starting a worker anew"


@pytest.fixture
def asked(client, officer, ours, settings, tmp_path, django_capture_on_commit_callbacks):
    """One job of each kind, whose messages have reached no broker."""
    settings.MEDIA_ROOT, settings.DIRECT_ROWS = tmp_path / "media", 5
    settings.MEDIA_ROOT.mkdir(mode=0o750)
    make.KlienFactory(bapas=ours)
    make.KabKotaFactory()
    make.JenisProgramFactory()
    services.request_report(by=officer("perencana"), bapas=ours, tahun=2026)
    auditor = officer("auditor")
    lines(ours, auditor, 6)
    Downloads(client, auditor).asked()
    log_in(client, officer("operator"))
    impor = Way(client).uploaded(csv_file([client_row()]))
    Impor.objects.filter(pk=impor.pk).update(status="periksa", diminta_pada=timezone.now())
    return ours


@pytest.fixture
def running(settings, asked, tmp_path):
    """(broker, start) where `start(...)` starts a worker or beat with hasty intervals."""
    with ExitStack() as stack:
        one, _ = stack.enter_context(servers.broker(tmp_path / "broker"))
        env = {
            "DJANGO_SETTINGS_MODULE": "tests.jejak.hasty", "DATABASE_URL": servers.web_role_url(settings),
            "REDIS_URL": one.url, "MEDIA_ROOT": str(settings.MEDIA_ROOT), "DIRECT_ROWS": "5", "MFA_REQUIRED_ROLES": "",
        }  # fmt: skip

        def start(arguments, within=()):
            log = tmp_path / f"{arguments[0]}.log"
            return stack.enter_context(servers.celery(*arguments, env=env, log=log, within=within))

        yield one, start


def states() -> list[str]:
    return [model.objects.get().status for model in KINDS]


def told() -> list:
    return [(one.status, one.galat) for one in (model.objects.get() for model in KINDS)]


def taken() -> list:
    """When each job was taken by the worker that has it or had it last; empty while one waits."""
    found = [model.objects.get().mulai_pada for model in KINDS]
    return found if all(found) else []


def test_flushed_messages_and_killed_workers_lose_no_job_and_make_none_twice(running, asked):
    """The trail is locked, so no job comes to its end before its worker is killed."""
    broker, start = running
    start(servers.BEAT)
    with transaction.atomic():
        connection.cursor().execute("LOCK TABLE jejak_akses, jejak_riwayat IN SHARE MODE")
        killed = start(servers.WORKER)
        servers.until(lambda: "berjalan" in states(), "beat has sent what waits")
        servers.tell(broker, b"FLUSHALL")
        first = servers.until(taken, "beat has sent all that waits")
        assert set(states()) <= {"berjalan", "periksa"}
        servers.kill_group(killed)
    start(servers.WORKER)
    servers.until(lambda: states() == ["siap", "siap", "siap"], "another worker has taken them up", now=told)
    assert all(later > before for before, later in zip(first, taken(), strict=True))
    made = Akses.objects.filter(verba__in=("buat", "ekspor"), objek__in=("laporan", "jejak")).values_list("objek")
    assert sorted(made) == [("jejak",), ("laporan",)]
    assert len(list((portal.MEDIA_ROOT / "laporan").rglob("*.pdf"))) == 1


def test_a_full_disk_is_a_sentence_and_leaves_no_half_of_a_file(running, asked):
    """The worker alone sees the full disk: no file finds room there, and what was uploaded is not on it either."""
    _, start = running
    start(servers.BEAT)
    worker = start(servers.WORKER, within=servers.on_a_full_disk(portal.MEDIA_ROOT))
    servers.until(lambda: states() == ["gagal"] * 3, "all have failed", now=told)
    assert [why for _, why in told()] == [jobs.SHELF_FULL, jobs.SHELF_FULL, GONE]
    seen = Path(f"/proc/{worker.pid}/root{portal.MEDIA_ROOT}")
    assert [path.name for path in seen.rglob("*") if path.is_file()] == ["penuh"]
    servers.kill_group(worker)
    start(servers.WORKER)
    for model in (Laporan, Unduhan):
        assert jobs.again(model.objects.get())
    servers.until(lambda: states()[:2] == ["siap", "siap"], "they are made when there is room", now=told)
