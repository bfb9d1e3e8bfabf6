"""Clients and guidance for machines: the same rows, verbs and rules as the pages."""

import json
import uuid

import pytest
from django.core.management import call_command

from apps.jejak.models import Akses
from apps.klien.models import CatatanBimbingan, Klien
from tests import factories as make
from tests.access.places import CANARY

pytestmark = pytest.mark.django_db
CLIENTS, CONTACTS = "/api/v1/klien/", "/api/v1/bimbingan/"
PROSE = "Bercerita tentang bengkel"


@pytest.fixture
def api(client):
    """api(user).get(address) and .post(address, data) with a token of `user`."""

    class Machine:
        def __init__(self, user):
            self.headers = {"Authorization": f"Token {make.api_token(user)}"}

        def get(self, address, **query):
            return client.get(address, query, headers=self.headers)

        def post(self, address, data):
            return client.post(address, json.dumps(data), content_type="application/json", headers=self.headers)

    return Machine


def test_the_list_ends_at_the_wall_and_has_no_private_columns(api, pk, klien, theirs, database_role):
    make.KlienFactory(bapas=theirs, nama=CANARY)
    answer = api(pk).get(CLIENTS)
    assert [row["kode"] for row in answer.json()["results"]] == [klien.kode]
    assert not {"nik", "alamat", "telepon"} & answer.json()["results"][0].keys()
    assert Akses.objects.get().rincian == "API, 1 baris"


def test_one_file_is_traced_and_foreign_ones_do_not_exist(api, pk, klien, theirs, database_role):
    assert api(pk).get(f"{CLIENTS}{klien.pk}/").json()["nama"] == "Budi Santoso"
    assert Akses.objects.get().objek_id == klien.pk
    assert api(pk).get(f"{CLIENTS}{make.KlienFactory(bapas=theirs).pk}/").status_code == 404


@pytest.mark.parametrize(("peran", "status"), [("operator", 200), ("perencana", 403), ("kanwil", 403), ("admin", 403)])
def test_verbs_hold_for_machines(api, officer, klien, peran, status):
    assert api(officer(peran)).get(CLIENTS).status_code == status


def registration(pk, **facts):
    return {
        "nama": "Siti Rahmawati", "panggilan": "Siti", "lahir": "1995-02-01", "jenis_kelamin": "P",
        "kabkota": make.KabKotaFactory().kode, "nomor_register": "17", "tahun_register": 2026,
        "diregistrasi": "2026-11-02", "pk_pembimbing": pk.pk, "jenis_program": make.JenisProgramFactory().kode,
        "sk_nomor": "PAS-1", "sk_tanggal": "2026-11-02", "mulai": "2026-11-02", "selesai": "2027-05-03", **facts,
    }  # fmt: skip


def test_a_client_is_registered(api, pk, database_role):
    answer = api(pk).post(CLIENTS, registration(pk, nik="3201010101010001"))
    assert (answer.status_code, answer.json()["kode"]) == (201, Klien.objects.get().kode)
    assert Klien.objects.get().nik == "3201010101010001"


def test_the_rules_of_the_form_hold(api, pk):
    answer = api(pk).post(CLIENTS, registration(pk, nik="1", lahir="2012-01-01"))
    assert (answer.status_code, set(answer.json())) == (400, {"nik", "jenis_program"})


@pytest.mark.parametrize(
    ("facts", "stored"),
    [
        ({"pekerjaan": "Petani"}, ("bekerja", "Petani")), ({"pekerjaan": "-"}, ("belum", "")),
        ({"kegiatan_utama": "sekolah"}, ("sekolah", "")), ({}, ("belum", "")),
    ],
)  # fmt: skip
def test_a_machine_names_the_main_activity_or_lets_the_words_speak(api, pk, facts, stored):
    answer = api(pk).post(CLIENTS, registration(pk, **facts))
    assert (answer.json()["kegiatan_utama"], answer.json()["pekerjaan"]) == stored
    assert Klien.objects.get().bersekolah is (stored[0] == "sekolah")


def test_a_machine_that_contradicts_itself_is_told(api, pk):
    answer = api(pk).post(CLIENTS, registration(pk, kegiatan_utama="tidak", pekerjaan="Petani"))
    assert (answer.status_code, set(answer.json())) == (400, {"pekerjaan"})


def test_somebody_active_elsewhere_is_a_conflict(api, pk, officer, theirs):
    stranger = officer("pk", bapas=theirs)
    api(stranger).post(CLIENTS, registration(stranger, nik="3201010101010001"))
    answer = api(pk).post(CLIENTS, registration(pk, nik="3201010101010001"))
    assert answer.status_code == 409
    assert answer.json()["detail"] == "Orang ini sudah terdaftar aktif. Periksa kembali NIK."


def contact(klien, today, **facts):
    return {
        "kunci": str(uuid.uuid4()), "klien": klien.kode, "tanggal": today.isoformat(), "cara": "kantor", "hadir": True,
        **facts,
    }  # fmt: skip


def test_a_contact_is_stored_once(api, pk, klien, today, database_role):
    sent = contact(klien, today, topik=["pekerjaan"], catatan=PROSE)
    first, second = (api(pk).post(CONTACTS, sent) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert CatatanBimbingan.objects.get().catatan == PROSE


def test_a_contact_follows_the_rules_of_the_form(api, pk, klien, theirs, today):
    absent = api(pk).post(CONTACTS, contact(klien, today, hadir=False))
    assert (absent.status_code, absent.json()) == (
        400, {"alasan": ["Pilih alasan tidak hadir."], "tindak_lanjut": ["Isi tindak lanjut."]},
    )  # fmt: skip
    assert api(pk).post(CONTACTS, contact(make.KlienFactory(bapas=theirs), today)).status_code == 400


def test_prose_is_null_for_those_who_may_not_read_it(api, officer, pk, klien):
    make.CatatanFactory(klien=klien, catatan=PROSE)
    assert api(pk).get(CONTACTS).json()["results"][0]["catatan"] == PROSE
    assert api(officer("pk")).get(CONTACTS).json()["results"][0]["catatan"] is None
    assert api(officer("operator")).get(CONTACTS).status_code == 403


def test_a_machine_counts_a_corrected_contact_once_and_a_withdrawn_one_not_at_all(api, pk, klien):
    wrong, withdrawn = (make.CatatanFactory(klien=klien) for _ in range(2))
    right = make.CatatanFactory(klien=klien, koreksi_dari=wrong, alasan_koreksi="Salah pilih")
    make.CatatanFactory(klien=klien, koreksi_dari=withdrawn, alasan_koreksi="Salah klien", dibatalkan=True)
    assert [row["id"] for row in api(pk).get(CONTACTS).json()["results"]] == [right.pk]


@pytest.mark.parametrize("address", [CLIENTS, CONTACTS])
def test_lists_are_flat(api, pk, klien, queries, address):
    machine = api(pk)

    def grow(rows):
        for _ in range(rows):
            other = make.KlienFactory(bapas=klien.bapas, pk_pembimbing=pk)
            make.MasaFactory(klien=other), make.KebutuhanFactory(klien=other), make.CatatanFactory(klien=other)

    grow(2)
    machine.get(address)  # a new token notes its first use
    few = queries(lambda: machine.get(address))
    grow(20)
    assert queries(lambda: machine.get(address)) == few


def test_the_schema_names_everything_without_a_warning(tmp_path):
    call_command("spectacular", file=str(tmp_path / "schema.yml"), fail_on_warn=True)
    assert CONTACTS in (tmp_path / "schema.yml").read_text()
