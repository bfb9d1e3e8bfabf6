"""Every operation of the JSON API with odd values, one at a time in a call that succeeds otherwise."""

import datetime as dt
import json
import uuid
from base64 import b64encode
from copy import deepcopy

import pytest
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator

from tests import factories as make
from tests.clock import office_today
from tests.masukan.odd import ALL, EACH, METHODS, turns
from tests.masukan.sending import Browser, query_of, told

pytestmark = pytest.mark.django_db
JSON = "application/json"
RAW = [
    "null", "true", "[]", "{}", "[[]]", "1e400", "-1e400", "-1", "1.5", "1e30", "1" * 30, "1" * 5000, "-0.0", "NaN",
    '"\\ud800"', '"\\u0000"', "[null]", '["\\ud800"]', "[1e400]", '["²"]', '{"a":[1]}',
    "[" * 50 + "]" * 50, '"" 1', "",
    "[" * 100_000, '{"a":' * 100_000,
]  # fmt: skip
"""What stands in a body besides text."""
TEXTS = [json.dumps(value) for value in ALL if isinstance(value, str)]
POSITIONS = [
    "", "p=", "p=abc", "p=%00", "p=" + "9" * 30, "p=-1", "p=2026-11-30", "p=0001-01-01+00:00:00+14:00", "p=%D9%A3",
    "o=²", "o=-1", "o=" + "9" * 30, "r=x", "p=2026-13-01", "p=2026-11-30+10:00:00", "p=1&o=999&r=1", "p=inf",
]  # fmt: skip
CURSORS = [b64encode(one.encode()).decode() for one in POSITIONS]
NO_PAGE = "Kursor ini tidak berlaku. Mulai lagi dari halaman pertama."


@pytest.fixture
def place(world):
    return deepcopy(world.crowded[0])


@pytest.fixture
def browser(client):
    return Browser(client)


def bodies(place) -> dict:
    """Per address: who sends it, and a body that is taken."""
    day, now = office_today(), timezone.now()
    return {
        "/api/v1/klien/": ("pk", {
            "nama": "Siti Rahmawati", "panggilan": "Siti", "lahir": "1995-02-01", "jenis_kelamin": "P",
            "alamat": "Jalan 1", "kabkota": make.KabKotaFactory().kode, "nomor_register": "17",
            "tahun_register": 2026,
            "pekerjaan": "Petani", "diregistrasi": "2026-11-02", "pk_pembimbing": place.officer("pk").pk,
            "nik": "3201010101010001",
            "jenis_program": make.JenisProgramFactory().kode, "sk_nomor": "PAS-1", "sk_tanggal": "2026-11-02",
            "mulai": "2026-11-02", "selesai": "2027-05-03", "frekuensi_hari": 30, "telepon": "08123456789",
        }),
        "/api/v1/bimbingan/": ("pk", {
            "kunci": str(uuid.uuid4()), "klien": place.klien.kode, "tanggal": day.isoformat(), "cara": "kantor",
            "hadir": True, "bidang": "kepribadian", "catatan": "Bercerita", "topik": ["pekerjaan"],
            "berikutnya": (day + dt.timedelta(days=14)).isoformat(), "dibuat_pada": now.isoformat(),
        }),
        "/api/v1/kegiatan/": ("operator", {
            "judul": "Kursus las", "jenis": "pelatihan", "kategori": [make.KategoriFactory().kode],
            "mulai": now.isoformat(), "selesai": (now + dt.timedelta(hours=2)).isoformat(), "tempat": "Balai",
            "kuota": 5, "sumber": "dipa",
            "biaya_rencana": "1000.00", "mitra": None, "bapas": place.bapas.kode, "rencana": None,
        }),
    }  # fmt: skip


def token(place, role):
    return {"Authorization": f"Token {make.api_token(place.officer(role))}"}


def written(fields: dict) -> bytes:
    """A JSON body of texts that are JSON already, or are not."""
    return ("{" + ",".join(f"{json.dumps(name)}:{value}" for name, value in fields.items()) + "}").encode()


@pytest.mark.parametrize("address", ["/api/v1/klien/", "/api/v1/bimbingan/", "/api/v1/kegiatan/"])
def test_no_odd_value_breaks_a_body(browser, place, address):
    role, body = bodies(place)[address]
    allowed, plain = token(place, role), {name: json.dumps(value) for name, value in body.items()}
    fine = browser.send("POST", address, written(plain), JSON, why="as it is", **allowed)
    assert fine.status_code == 201, fine.words
    described = SchemaGenerator().get_schema(public=True)["paths"][address]["post"]["responses"]
    for name in plain:
        for value in [*RAW, *turns(f"{address} {name}", TEXTS, 6 * EACH)]:
            sent = written({**plain, name: value})
            answer = browser.send("POST", address, sent, JSON, why=f"{name}={value[:60]}", **allowed)
            assert answer is None or str(answer.status_code) in described, (name, value)
    for value in [*RAW, *TEXTS[:10]]:
        browser.send("POST", address, value.encode(), JSON, why=f"body {value[:60]}", **allowed)
    assert not browser.faults, told(browser.faults)


def test_no_odd_value_breaks_a_list_or_a_row(browser, place):
    for address, operations in SchemaGenerator().get_schema(public=True)["paths"].items():
        allowed = token(place, "operator" if "kegiatan" in address else "pk")
        for parameter in operations["get"]["parameters"]:
            for value in turns(f"{address} {parameter['name']}", ALL, 25 * EACH):
                where, query = address, query_of([(parameter["name"], value)])
                if parameter["in"] == "path":
                    where, query = address.replace("{id}", query.partition("=")[2]), ""
                answer = browser.send(
                    "GET", f"{where}?{query}", why=f"{where[:50]} {parameter['name']}={value!r:.60}", **allowed
                )
                assert answer is None or "json" in answer.headers["Content-Type"], (address, value)
        for method in METHODS:
            browser.send(method, address.replace("{id}", "1"), why=f"{method} {address}", **allowed)
    assert not browser.faults, told(browser.faults)


@pytest.mark.parametrize("address", ["/api/v1/klien/", "/api/v1/bimbingan/", "/api/v1/kegiatan/"])
def test_a_cursor_that_no_page_gave_is_no_page(client, place, address):
    allowed = token(place, "operator" if "kegiatan" in address else "pk")
    for cursor in [*CURSORS, "²", "\0", "===", "x" * 5000]:
        answer = client.get(address, {"cursor": cursor}, headers=allowed)
        assert answer.status_code == 200 or (answer.status_code, answer.json()["detail"]) == (404, NO_PAGE), cursor
    refused = [client.get(address, {"cursor": b64encode(b"p=abc").decode()}, headers=allowed).status_code]
    assert refused == [404]


@pytest.mark.parametrize("day", ["0001-01-03T01:01:00Z", "1999-12-30T01:00:00Z", "9998-12-31T23:00:00Z"])
def test_an_activity_lies_in_a_year_that_somebody_means(client, place, day):
    role, body = bodies(place)["/api/v1/kegiatan/"]
    later = day.replace("T01", "T02").replace("T23:00", "T23:30")
    sent = json.dumps({**body, "mulai": day, "selesai": later})
    answer = client.post("/api/v1/kegiatan/", sent, content_type=JSON, headers=token(place, role))
    assert (answer.status_code, answer.json()["detail"][:14]) == (409, "Periksa tahun ")
