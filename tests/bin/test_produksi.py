"""`docs/produksi.md` to the letter, on the distribution's own servers: first start, use, keys, backup, restore."""

import json
import re
import shlex
import shutil
import sys
import urllib.error
import urllib.request
import uuid
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from urllib.parse import urlencode

import psycopg2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from apps.laporan.views import CHECKS_PER_MINUTE
from tests import factories as make
from tests.berkas.factories import pdf
from tests.bin.machine import PROJECT, SYSTEM_PATH, Machine, free_port, sections
from tests.bin.test_production import COMPOSE, interpolated

pytestmark = pytest.mark.long
HOST = "portal.contoh.go.id"
PORTS = ("PGPORT", "POOL_PORT", "REDIS_PORT", "WEB_PORT")
IMAGE = (PROJECT / "Dockerfile").read_text()
LET_IN = re.findall(r"^!(\S+)$", (PROJECT / ".dockerignore").read_text(), re.MULTILINE)
NIKS = ("7271010101900001", "3273010101900002")
RECORDS = 12
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')

READ_NIK = """
from apps.klien.models import Klien
from apps.wilayah.scope import database_scope, office_scope
with database_scope(office_scope({bapas})):
    print("NIK", Klien.objects.get(pk={klien}).nik)
"""
ONE_FORM = re.compile(r"::text(\[\])?|::character varying|[()]")
"""What PostgreSQL writes differently when it has read its own definition of a CHECK or a predicate once more."""
FACTS = {
    "policies": "SELECT tablename, policyname, roles::text, cmd, qual, with_check FROM pg_policies",
    "walls": "SELECT relname, relrowsecurity, relforcerowsecurity, relowner::regrole::text FROM pg_class"
    " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace",
    "triggers": "SELECT tgrelid::regclass::text, tgname, tgenabled, pg_get_triggerdef(oid) FROM pg_trigger"
    " WHERE NOT tgisinternal",
    "constraints": "SELECT conrelid::regclass::text, conname, convalidated, pg_get_constraintdef(oid)"
    " FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "indexes": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "functions": "SELECT oid::regprocedure::text, md5(prosrc), prosecdef, coalesce(proacl::text, '') FROM pg_proc"
    " WHERE pronamespace = 'public'::regnamespace",
    "grants": "SELECT relname, relkind, coalesce(relacl::text, '') FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace",
    "columns": "SELECT attrelid::regclass::text, attname, attacl::text FROM pg_attribute WHERE attacl IS NOT NULL"
    " AND attrelid > 16383",
    "schema": "SELECT nspname, nspacl::text FROM pg_namespace WHERE nspname = 'public'",
    "database": "SELECT datacl::text, datdba::regrole::text FROM pg_database WHERE datname = 'portal'",
}


class Office:
    """Somebody who works for one office, in a browser behind the proxy."""

    def __init__(self, machine: Machine, bapas: int, surel: str, klien: int, kode: str) -> None:
        self.bapas, self.klien, self.kode = bapas, klien, kode
        self.address = f"http://127.0.0.1:{machine.ports['WEB_PORT']}"
        jar = CookieJar(DefaultCookiePolicy(secure_protocols=("http", "https")))  # the proxy speaks https for us
        self._ask = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar), _Stay).open
        status, _ = self.send("/masuk/", login=surel, password=make.PASSWORD)
        assert status == 302, "not logged in"

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        return self._answer(path, None, headers)

    def send(self, path: str, query: str = "", **fields) -> tuple[int, str]:
        """Open the page, fill in its form and send it."""
        fields["csrfmiddlewaretoken"] = TOKEN.search(self.get(path + query)[1])[1]
        if any(isinstance(value, SimpleUploadedFile) for value in fields.values()):
            return self._answer(path, encode_multipart(BOUNDARY, fields), {"Content-Type": MULTIPART_CONTENT})
        return self._answer(path, urlencode(fields).encode(), {})

    def _answer(self, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, str]:
        return ask(self._ask, self.address + path, body, headers)

    def works(self, _round: int) -> tuple[int, str]:
        """Write one record of guidance, then take the list of clients along; gives the file."""
        status, text = self.send(
            "/bimbingan/catat/", f"?klien={self.klien}", klien=self.klien, kunci=uuid.uuid4(), hadir="ya",
            kapan="hari-ini", cara="kantor", bidang="kepribadian", catatan=f"Datang {uuid.uuid4()}",
        )  # fmt: skip
        assert status == 302, text[:500]
        return self.get("/klien/unduh/?format=csv")


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def ask(opener, address: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> tuple[int, str]:
    given = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "10.0.0.1", "Referer": f"https://{HOST}/"}
    try:
        with opener(urllib.request.Request(address, body, {**given, **(headers or {})}), timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read().decode()


@pytest.fixture
def root(home):
    """The parent of both machines, and of what is carried from one to the other."""
    return home


@pytest.fixture
def portal(root):
    """The code as the image holds it, and the packages of this project."""
    folder = root / "srv"
    folder.mkdir()
    for name in (*LET_IN, "docker"):
        copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copy
        copy(PROJECT / name, folder / name)
    (folder / ".venv").symlink_to(Path(sys.prefix))
    return folder


def test_the_notes_to_the_letter(root, portal):
    ports = {name: free_port() for name in PORTS}
    kept = {"backup": root / "cadangan", "keys": root / "kunci"}
    first = Machine(root / "mesin", portal=portal, ports=ports, **kept)
    with first.switched_on():
        first.follow(2)
        only_for_root(first)
        for number in (3, 4, 5, 6):
            said = first.follow(number)
        assert f"https://{HOST}/" in said
        offices, kind = fill(first)
        for number in (7, 8, 9, 10):
            said = first.follow(number)
        assert f"clamav:x:106:{first.places['RUN_AS']}\n" in (first.people / "group").read_text()
        check_that_it_works(first, said)
        people = [Office(first, **one) for one in offices]
        write_and_export_at_once(first, people)
        limits_hold(first)
        upload(people[0], kind)
        owners_and_others(first)
        containers_say_the_same(first)
        for number in (11, 12, 15, 16):
            said = first.follow(number)
        key_is_in_an_older_copy(first)
        for name in ("portal-beat", "portal-worker", "portal-web"):  # from here on nobody writes
            first.stop(name)
        first.bash('"$NIGHTLY/portal"')
        before = {**facts(first), **rows(first), **media(first)}
        backup_role_cannot_write(first)
    (root / "mesin").rename(root / "yang rusak")  # an empty machine takes its place
    second = Machine(root / "mesin", portal=portal, ports=ports, **kept)
    with second.tempat.open("a") as own:
        own.write("OWN=here\n")
    with second.switched_on():
        second.follow(2, 0, 1)
        second.follow(13, 0)
        assert second.bash("echo $OWN") == "here\n"
        after = {**facts(second), **rows(second), **media(second)}
        assert {name for name in before | after if before.get(name) != after.get(name)} == set()
        assert min(before["klien_klien"], before["jejak_akses"], len(media(second)), len(before["policies"])) > 0
        for number in (4, 5):
            second.follow(number)
        said = second.follow(13, 1)
        assert re.search(r"klien_klien: 0 baris, 0 riwayat", said)
        second.follow(7)
        check_that_it_works(second, second.follow(10))
        read = "".join(READ_NIK.format(**one) for one in offices)
        assert re.findall(r"NIK (\d+)", second.bash(f"manage shell -c {shlex.quote(read)}")) == list(NIKS)
        assert Office(second, **offices[0]).get("/klien/")[0] == 200
        containers_restore_the_same(second)
        assert facts(second) == {name: before[name] for name in FACTS}


# -- what the first machine shows ----------------------------------------------------------------
def fill(machine: Machine) -> tuple[list[dict], int]:
    """Two offices of two regions with an officer and two clients each; also the number of a kind of paper."""
    given = {"DJANGO_SETTINGS_MODULE": "pemasyarakatan.settings", "PYTHONPATH": str(PROJECT)}
    program = f"import django; django.setup(); from tests.bin.two_offices import fill; print(fill{NIKS})"
    given["PROGRAM"] = f'DATABASE_URL="$DATABASE_OWNER_URL" .venv/bin/python -P -c {shlex.quote(program)}'
    script = 'with portal with pemilik sh -c "$PROGRAM"'
    said = machine.bash(script, **given)
    return json.loads(said.splitlines()[-1])


def only_for_root(machine: Machine) -> None:
    """Also what the administrator made before, as section 1 tells."""
    said = machine.bash('stat --format %a "$SETTINGS" "$BACKUP" "$KEYS" "$MEDIA" "$SETTINGS"/*')
    assert said.split() == ["700"] * 3 + ["750"] + ["600"] * 5


def key_is_in_an_older_copy(machine: Machine) -> None:
    """Settings that are spoilt today do not replace the copy of yesterday; each copy of the data has its own."""
    sealed = machine.value("portal", "FIELD_KEYS")
    machine.bash('cp "$SETTINGS/portal.env" "$SETTINGS/../utuh"; sed -i /^FIELD_KEYS/d "$SETTINGS/portal.env"')
    machine.bash('"$NIGHTLY/portal"; mv "$SETTINGS/../utuh" "$SETTINGS/portal.env"')
    copies = machine.bash('for one in "$KEYS"/*.tar; do tar --extract --to-stdout --file "$one" ./portal.env; done')
    assert sealed in copies
    assert machine.bash('ls "$BACKUP" | grep ^20') == machine.bash('basename --suffix .tar --multiple "$KEYS"/*')


def check_that_it_works(machine: Machine, said: str) -> None:
    """What section 10 promises, line by line."""
    assert "no issues" in said
    assert json.loads(re.search(r"\{.*\}", said)[0])["basis_data"] is True
    assert "pong" in said
    assert "\n0\n" in said
    assert re.search(r"^ portal +\| portal_web", said, re.MULTILINE)
    assert "aof_enabled:1" in said
    assert "Rekap sama dengan hitungan ulang." in said
    (mail,) = (machine.root / "surel").iterdir() if (machine.root / "surel").exists() else [None]
    assert mail is None or "To: admin@contoh.go.id" in mail.read_text()


def write_and_export_at_once(machine: Machine, people: list[Office]) -> None:
    """Both offices write and export at the same time through the pooler; nobody sees or gets a foreign row."""
    with ThreadPoolExecutor(4) as pool:
        files = {one: pool.map(one.works, range(RECORDS)) for one in people}
        files = {one: list(answers) for one, answers in files.items()}
    for one, answers in files.items():
        for status, text in answers:
            assert status == 200
            assert set(re.findall(r"KL-\d{4}-\d+", text)) == {one.kode, one.kode.replace("2026", "2027")}
    found = dict(query(machine, "SELECT bapas_id, count(*) FROM klien_catatanbimbingan GROUP BY 1"))
    assert found == {one.bapas: RECORDS for one in people}


def limits_hold(machine: Machine) -> None:
    """Attempts are counted exactly on the second connection (`batas`), also through the pooler and by all processes."""
    address = f"http://127.0.0.1:{machine.ports['WEB_PORT']}/verifikasi/"
    with ThreadPoolExecutor(8) as pool:
        tries = [pool.submit(ask, urllib.request.urlopen, address) for _ in range(CHECKS_PER_MINUTE + 10)]
        answers = [one.result()[0] for one in tries]
    assert sorted(answers) == [200] * CHECKS_PER_MINUTE + [429] * 10


def upload(person: Office, kind: int) -> None:
    paper = SimpleUploadedFile("surat.pdf", pdf(), "application/pdf")
    path = f"/klien/{person.klien}/dokumen/unggah/"
    status, text = person.send(path, jenis=kind, judul="Surat", tanggal="2026-01-05", unggahan=paper)
    assert status == 302, text[-3000:]


def owners_and_others(machine: Machine) -> None:
    """Who connects as the owner, who does not, and what is said without its address."""
    manage = ".venv/bin/python manage.py"
    for command in ("migrate", "muat_acuan", "putar_kunci --periksa"):
        said = machine.bash(f"! with portal {manage} {command}")
        assert said == (
            "Peran portal_web bukan pemilik basis data. "
            "Isi DATABASE_OWNER_URL dengan alamat peran pemilik (lihat .env.example).\n"
        )
    for address in ("postgres://portal_owner:salah@127.0.0.1:$PGPORT/portal", "bukan-alamat", "mysql://a/b"):
        said = machine.bash(f'! with portal env DATABASE_OWNER_URL="{address}" {manage} migrate')
        assert "DATABASE_OWNER_URL" in said
        assert "Traceback" not in said
    role = "from django.db import connection as c; print(c.settings_dict['USER'])"
    assert "portal_web\n" in machine.bash(f'manage shell -c "{role}"')
    assert "row-level security" in machine.bash("! with pemilik sh -c 'pg_dump \"$DATABASE_OWNER_URL\"'")


def backup_role_cannot_write(machine: Machine) -> None:
    with pytest.raises(psycopg2.errors.ReadOnlySqlTransaction):
        query(machine, "DELETE FROM klien_klien")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        query(machine, "SET TRANSACTION READ WRITE; DELETE FROM klien_klien")


# -- section 14: the commands inside the containers, without an engine ------------------------------
def containers_say_the_same(machine: Machine) -> None:
    """Services run what the units run; commands of `exec` and `run` are done with the service's variables."""
    assert started(machine, "worker") == COMPOSE["services"]["worker"]["command"]
    assert started(machine, "beat") == COMPOSE["services"]["beat"]["command"]
    program = json.loads(re.search(r"^CMD (\[.*?\])$", IMAGE, re.MULTILINE | re.DOTALL)[1].replace("\\\n", ""))
    assert {word for word in program if "0.0.0.0" not in word} <= set(started(machine, "web").split())
    env = variables(machine)
    inside(machine, env, "migrate", COMPOSE["services"]["migrate"]["command"])
    for name in ("web", "beat", "postgres", "redis"):
        inside(machine, env, name, COMPOSE["services"][name]["healthcheck"]["test"])
    up, *blocks = sections()[14]
    assert up == "docker compose up --detach --build\n"
    for line in blocks[0].splitlines():
        inside(machine, env, *in_service(line))
    assert (Path(machine.places["BACKUP"]) / "portal.dump").stat().st_size > 100_000


def containers_restore_the_same(machine: Machine) -> None:
    """The dump of section 14 into a database that is new again."""
    for name in ("portal-beat", "portal-worker", "portal-web", "pgbouncer"):
        machine.stop(name)
    machine.bash("psql --quiet --username postgres --dbname postgres --command 'DROP DATABASE portal'")
    machine.bash('with sandi sh "$PORTAL/docker/roles.sh"')
    inside(machine, variables(machine), *in_service(sections()[14][-1].strip()))


def in_service(line: str) -> tuple[str, str]:
    """The service of a line of `docker compose exec` or `run`, and the command that it is given."""
    program, part, verb, *words = line.split(" ")
    assert (program, part) == ("docker", "compose")
    assert verb in ("exec", "run")
    name, *command = [word for word in words if word not in ("-T", "--rm")]
    return name, " ".join(command)


def started(machine: Machine, part: str) -> str:
    """The command of one of the portal's units, without the folder of its program."""
    unit = (machine.folders["UNITS"] / f"portal-{part}.service").read_text()
    return re.search(r"^ExecStart=\S+/bin/(.*)$", unit, re.MULTILINE)[1]


def variables(machine: Machine) -> dict[str, str]:
    """A filled-in `.env` for the passwords and keys of this machine."""
    example = dict(re.findall(r"^([A-Z_]+)=(.*)$", (PROJECT / ".env.example").read_text(), re.MULTILINE))
    names = {"sandi": ["PORTAL_OWNER_PASSWORD", "PORTAL_WEB_PASSWORD", "PORTAL_BACKUP_PASSWORD", "REDIS_PASSWORD"]}
    names["portal"] = ["SECRET_KEY", "FIELD_KEYS", "BLIND_INDEX_KEY", "EMAIL_URL"]
    ours = {name: machine.value(file, name) for file, several in names.items() for name in several}
    return example | {"POSTGRES_PASSWORD": "superuser"} | ours


def inside(machine: Machine, env: dict[str, str], service: str, command: str | list[str]) -> None:
    """Do what the container would, on the servers of this machine."""
    if isinstance(command, list):
        kind, *words = command
        command = words[0] if kind == "CMD-SHELL" else shlex.join(words)
    given = interpolated(COMPOSE["services"][service]["environment"], env)
    ports, places = machine.ports, machine.places
    for theirs, ours in (
        ("postgres:5432", f"127.0.0.1:{ports['PGPORT']}"),
        ("redis:6379", f"127.0.0.1:{ports['REDIS_PORT']}"),
        ("127.0.0.1:8000", f"127.0.0.1:{ports['WEB_PORT']}"),
        ("redis-cli", f"redis-cli -p {ports['REDIS_PORT']}"),
        ("/docker-entrypoint-initdb.d/roles.sh", f"{places['PORTAL']}/docker/roles.sh"),
        ("/srv/portal/var/media", places["MEDIA"]),
    ):
        command = command.replace(theirs, ours)
        given = {name: str(value).replace(theirs, ours) for name, value in given.items()}
    given["PATH"] = f"{places['PORTAL']}/.venv/bin:{SYSTEM_PATH}"
    machine.bash(f'cd "$PORTAL"\n{command.replace("$$", "$")}', **given)


# -- what a restore must bring back ------------------------------------------------------------------
def query(machine: Machine, statement: str) -> list[tuple]:
    with psycopg2.connect(machine.value("cadangan", "DATABASE_BACKUP_URL")) as link, link.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def facts(machine: Machine) -> dict[str, list[str]]:
    """Policies, walls, triggers, constraints, indexes, functions and grants."""
    return {name: sorted(ONE_FORM.sub("", str(row)) for row in query(machine, said)) for name, said in FACTS.items()}


def rows(machine: Machine) -> dict[str, int]:
    tables = query(machine, "SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public'")
    return {table: query(machine, f"SELECT count(*) FROM {table}")[0][0] for (table,) in tables}


def media(machine: Machine) -> dict[str, bytes]:
    folder = Path(machine.places["MEDIA"])
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
