"""Activities in the JSON API: the same wall and the same rules as the pages."""

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.kegiatan.models import Kegiatan
from tests import factories as make

pytestmark = pytest.mark.usefixtures("database_role")

LIST = "/api/v1/kegiatan/"


@pytest.fixture
def call(client):
    def call(user, method="get", url=LIST, data=None):
        headers = {"Authorization": f"Token {make.api_token(user)}"}
        return getattr(client, method)(url, data, content_type="application/json", headers=headers)

    return call


@pytest.fixture
def coordinator(ours):
    mitra = make.PokmasFactory(bapas=ours).mitra
    return make.officer("koordinator_pokmas", mitra=mitra)


def plan(**changes):
    return {
        "judul": "Latihan las", "jenis": "pelatihan", "mulai": "2026-12-05T09:00:00+08:00",
        "selesai": "2026-12-05T11:00:00+08:00", "tempat": "Balai desa", "kuota": 15,
        "kategori": [make.KategoriFactory().kode], "biaya_rencana": "250000.00", "sumber": "pokmas", **changes,
    }  # fmt: skip


def test_rows_of_the_own_scope_newest_first_without_clients(call, coordinator, ours, theirs):
    mitra = coordinator.penugasan.mitra
    first, second = (make.KegiatanFactory(bapas=ours, mitra=mitra) for _ in "12")
    Kegiatan.objects.filter(pk=first.pk).update(mulai=timezone.now() - timezone.timedelta(days=9))
    klien = make.KehadiranFactory(kegiatan=second, status="hadir").klien
    stranger = make.KegiatanFactory(bapas=theirs)
    answer = call(coordinator)
    assert [row["id"] for row in answer.json()["results"]] == [second.pk, first.pk]
    assert (answer.json()["results"][0]["peserta"], answer.json()["results"][0]["hadir"]) == (1, 1)
    assert klien.kode not in answer.text
    assert call(coordinator, url=reverse("api:kegiatan-detail", args=[stranger.pk])).status_code == 404


def test_a_partner_creates_with_its_only_office(call, coordinator, ours):
    answer = call(coordinator, "post", data=plan())
    assert answer.status_code == 201, answer.text
    kegiatan = Kegiatan.objects.get()
    assert (kegiatan.bapas, kegiatan.mitra, kegiatan.bidang) == (ours, coordinator.penugasan.mitra, "kemandirian")
    assert answer.json()["bapas"] == ours.kode


@pytest.mark.parametrize("name", ["mulai", "selesai"])
@pytest.mark.parametrize("moment", ["0001-01-01", "9999-12-31T23:59:59-12:00"])
def test_a_moment_that_utc_does_not_have_is_refused(call, coordinator, name, moment):
    answer = call(coordinator, "post", data=plan(**{name: moment}))
    assert (answer.status_code, list(answer.json())) == (400, [name])


def test_what_is_sent_twice_is_made_once(call, coordinator):
    first, second = (call(coordinator, "post", data=plan()).json()["id"] for _ in "12")
    assert first == second


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"selesai": "2026-12-05T08:00:00+08:00"}, "selesai"), ({"kategori": []}, "kategori"), ({"kuota": 0}, "kuota"),
        ({"biaya_rencana": "-1"}, "biaya_rencana"), ({"judul": ""}, "judul"),
    ],
)  # fmt: skip
def test_bad_input_names_the_field(call, coordinator, changes, field):
    answer = call(coordinator, "post", data=plan(**changes))
    assert answer.status_code == 400
    assert field in answer.json()


def test_another_office_is_refused_with_a_sentence(call, coordinator, officer, theirs):
    for user in (coordinator, officer("operator")):
        answer = call(user, "post", data=plan(bapas=theirs.kode))
        assert answer.status_code == 409
        assert answer.json()["detail"].startswith("Pilih")
    assert not Kegiatan.objects.exists()


def test_a_partner_of_two_offices_must_name_one(call, coordinator, theirs):
    make.PokmasFactory(bapas=theirs, mitra=coordinator.penugasan.mitra)
    assert call(coordinator, "post", data=plan()).json() == {"bapas": "Isi kode Bapas."}
    assert call(coordinator, "post", data=plan(bapas=theirs.kode)).status_code == 201


def test_it_costs_the_same_for_any_number_of_rows(call, coordinator, ours, queries, budget):
    mitra = coordinator.penugasan.mitra
    make.KegiatanFactory.create_batch(2, bapas=ours, mitra=mitra, dibuat_oleh=coordinator)
    call(coordinator)  # what only the first request of a process or token does
    few = queries(lambda: call(coordinator))
    make.KegiatanFactory.create_batch(20, bapas=ours, mitra=mitra, dibuat_oleh=coordinator)
    assert queries(lambda: call(coordinator)) == few <= budget("api:kegiatan-list")
