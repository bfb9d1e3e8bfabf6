"""The disk of PostgreSQL is full: the portal says so, loses nothing, and works again when there is room."""

import subprocess
import uuid
from contextlib import ExitStack

import psycopg2
import pytest

from bench.server import PORTAL, server
from embedded.postgres import THROWAWAY
from tests import factories as make
from tests import servers
from tests.browsing import known_to_the_portal, log_in

pytestmark = pytest.mark.django_db(transaction=True)
MB = 200
"""Size of the disk: room for the copy of the database, its log of changes, and some rows."""
INSIDE = """
mount -t tmpfs -o size={mb}m,mode=700 tmpfs "{disk}" && exec unshare --user --map-user=1000 --map-group=1000 sh -c '
exec >"{disk}.log" 2>&1
"{programs}/initdb" -D "{disk}/data" -E UTF8 -U {admin} --pwfile="{disk}.sandi" --auth=scram-sha-256 --no-sync &&
exec "{programs}/postgres" -D "{disk}/data" {settings}'
"""
"""A private disk in a namespace of its own, and in it an account that is not root: PostgreSQL refuses to be that."""


class SmallDisk(servers.Database):
    """`Database` on a disk of `MB`."""

    def begin(self) -> None:
        cluster = self.cluster
        disk, cluster.sockets = self.folder / "disk", self.folder / "s"
        disk.mkdir()
        cluster.sockets.mkdir()
        disk.with_suffix(".sandi").write_text(cluster.password)
        given = THROWAWAY | {"unix_socket_directories": cluster.sockets, "max_wal_size": "64MB", "min_wal_size": "32MB"}
        script = INSIDE.format(
            mb=MB, disk=disk, programs=cluster.programs, admin="portal_admin",
            settings=" ".join(f"-c {name}={value or chr(34) * 2}" for name, value in given.items()),
        )  # fmt: skip
        command = ["unshare", "--map-root-user", "--mount", "sh", "-c", script]
        self.process = subprocess.Popen(command, start_new_session=True)
        servers.until(cluster.answers, "PostgreSQL answers")

    def fill(self) -> None:
        """Take all room with a table that writes no log of changes: a full log would end the server itself."""
        self.ask("CREATE UNLOGGED TABLE penuh (isi text)")
        rows = 10_000
        while rows:
            try:
                self.ask(f"INSERT INTO penuh SELECT repeat('x', 2000) FROM generate_series(1, {rows})")
            except psycopg2.errors.DiskFull:
                rows //= 2


@pytest.fixture
def full(settings, officer, ours, tmp_path):
    """(database, address, person, klien)."""
    person = officer("pk")
    known_to_the_portal(person)
    klien = make.KlienFactory(bapas=ours, pk_pembimbing=person)
    with ExitStack() as stack:
        database = stack.enter_context(servers.database(settings, SmallDisk))
        env = {
            "DJANGO_SETTINGS_MODULE": "tests.served", "DATABASE_URL": database.url, "DEBUG": "false", "HTTPS": "false",
            "MFA_REQUIRED_ROLES": "",
        }  # fmt: skip
        running = stack.enter_context(server(PORTAL, env, log=tmp_path / "web.log"))
        yield database, f"http://127.0.0.1:{running.port}", person, klien


def test_a_full_disk_is_a_sentence_and_nothing_is_lost(full):
    database, address, person, klien = full
    browser = log_in(address, person)
    token = browser.token(f"/bimbingan/catat/?klien={klien.pk}")
    record = {
        "klien": klien.pk, "kunci": uuid.uuid4(), "hadir": "ya", "kapan": "hari-ini", "cara": "kantor",
        "bidang": "kepribadian", "catatan": "Datang tepat waktu",
    }  # fmt: skip
    database.fill()
    status, text = browser.post("/bimbingan/catat/", token, **record)
    assert (status, "Ruang simpan server penuh" in text, "belum tersimpan" in text) == (503, True, True)
    assert browser.get(f"/klien/{klien.pk}/")[0] in (200, 503), "reading may leave a line in the trail"
    assert database.ask("SELECT count(*) FROM klien_catatanbimbingan") == (0,)
    database.ask("DROP TABLE penuh")
    for _ in range(2):
        assert browser.post("/bimbingan/catat/", token, **record)[0] == 200
    assert database.ask("SELECT count(*) FROM klien_catatanbimbingan") == (1,)
