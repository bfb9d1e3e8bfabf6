"""A final is approved as the file that was read: by its own unit, once, for good."""

import hashlib
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.utils import timezone

from apps.dasar.errors import Refused
from apps.dasar.wording import waktu_unit
from apps.jejak import jobs
from apps.jejak.models import Akses
from apps.laporan import approval, making, services, tasks
from apps.laporan.models import Laporan, Pengesahan
from apps.wilayah.scope import Scope, database_scope
from tests import factories as make
from tests.laporan.factories import approved, final, ready, stored
from tests.laporan.test_services import approved_programme, made
from tests.roles import as_web_role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def planner(officer):
    return officer("perencana")


@pytest.fixture
def head(officer):
    return officer("kabapas", nama="Kepala Uji", nip="198001012005011001")


def approve(laporan, by, sha256=None):
    return approval.approve(laporan, by=by, sha256=sha256 or laporan.sha256)


# ── who ──


@pytest.mark.parametrize(
    ("peran", "level", "allowed"),
    [
        ("kabapas", "ours", True), ("kabapas", "theirs", False), ("kabapas", "kanwil", False),
        ("kabapas", "nasional", False), ("perencana", "ours", False), ("kanwil", "ours", False),
        ("kanwil", "kanwil", True), ("kanwil", "kanwil lain", False), ("kanwil", "nasional", False),
        ("ditjenpas", "ours", False), ("ditjenpas", "kanwil", False), ("ditjenpas", "nasional", True),
        ("admin", "nasional", False), ("auditor", "nasional", False),
    ],
)  # fmt: skip
def test_only_the_unit_itself_approves(officer, planner, ours, theirs, peran, level, allowed):
    unit = {
        "ours": {"bapas": ours}, "theirs": {"bapas": theirs}, "kanwil": {"kanwil": ours.kanwil},
        "kanwil lain": {"kanwil": theirs.kanwil}, "nasional": {},
    }[level]  # fmt: skip
    laporan, user = final(planner, **unit), officer(peran)
    assert approval.may_approve(user, laporan) is allowed
    if allowed:
        assert approve(laporan, user).oleh == user
    else:
        with pytest.raises(Refused, match=f"disahkan oleh {approval.position(laporan)}"):
            approve(laporan, user)
        assert not Pengesahan.objects.exists()


def test_the_approval_keeps_who_when_under_which_duty_and_what(planner, head, ours):
    laporan = final(planner, ours)
    done = approve(laporan, head)
    assert (done.oleh, done.penugasan, done.sidik) == (head, head.penugasan, laporan.sha256)
    assert (done.jabatan, done.nama, done.nip) == (f"Kepala {ours.nama}", "Kepala Uji", "198001012005011001")
    head.nama = "Nama Baru"
    head.save()
    assert Pengesahan.objects.get().nama == "Kepala Uji"


def test_the_positions_of_the_three_levels(officer, planner, ours):
    assert approve(final(planner, kanwil=ours.kanwil), officer("kanwil")).jabatan == f"Staf Kanwil, {ours.kanwil}"
    assert approve(final(planner), officer("ditjenpas")).jabatan == "Direktorat Jenderal Pemasyarakatan"


# ── refused, in words ──


def test_a_draft_is_not_approved(planner, head, ours):
    with pytest.raises(Refused, match="Draf tidak dapat disahkan"):
        approve(ready(planner, ours), head)


def test_nor_one_that_is_not_ready(planner, head, ours):
    with pytest.raises(Refused, match="belum siap"):
        approve(final(planner, ours, status="gagal"), head)


def test_nor_one_without_its_manuscript(planner, head, ours):
    with pytest.raises(Refused, match="portal versi lama"):
        approve(final(planner, ours, naskah=""), head)


def test_a_second_click_finds_the_first_approval(planner, head, ours, django_capture_on_commit_callbacks):
    laporan = final(planner, ours)
    with django_capture_on_commit_callbacks() as sent:
        assert approve(laporan, head) == approve(laporan, head)
    assert (Pengesahan.objects.count(), len(sent)) == (1, 1)


def test_another_head_hears_who_was_first(planner, head, officer, ours):
    laporan = final(planner, ours)
    done = approve(laporan, head)
    with pytest.raises(Refused, match="sudah disahkan oleh Kepala") as refusal:
        approve(laporan, officer("kabapas"))
    assert waktu_unit(done.pada, ours) in str(refusal.value)


def test_the_hash_that_was_looked_at_has_to_be_that_of_the_report(planner, head, ours):
    laporan, other = final(planner, ours), final(planner, ours, versi=2)
    for sha256 in (other.sha256, "0" * 64, "bukan sidik"):
        with pytest.raises(Refused, match="bukan berkas laporan ini"):
            approve(laporan, head, sha256)


def test_the_stored_bytes_are_read_again(planner, head, ours):
    laporan = final(planner, ours)
    default_storage.delete(laporan.berkas)
    with pytest.raises(Refused, match="tidak ada lagi di server"):
        approve(laporan, head)
    default_storage.save(laporan.berkas, ContentFile(b"%PDF-1.7 lain"))
    with pytest.raises(Refused, match="tidak sama lagi dengan sidik"):
        approve(laporan, head)
    assert not Pengesahan.objects.exists()


def test_after_a_later_one_was_approved_an_earlier_one_cannot_be(planner, head, ours):
    first, later = final(planner, ours), final(planner, ours, versi=3)
    approve(later, head)
    with pytest.raises(Refused, match=r"Versi 3 .* versi 1 tidak dapat disahkan lagi"):
        approve(first, head)


def test_a_later_final_that_nobody_approved_is_no_hindrance(planner, head, ours, theirs):
    first = final(planner, ours)
    final(planner, ours, versi=2), final(planner, ours, tahun=2027, versi=9)
    assert approve(first, head)


# ── for good: what PostgreSQL itself refuses, also to the web role ──


@pytest.fixture(params=["pemilik", "web"])
def database(request, ours):
    """attack(call): the call is refused by the database with these words."""

    def as_asked(call):
        if request.param == "pemilik":
            call()
        else:
            with as_web_role(), database_scope(Scope(frozenset([ours.pk]))):
                call()

    def attack(words, call):
        with pytest.raises(DatabaseError, match=words), transaction.atomic():
            as_asked(call)

    return attack


@pytest.mark.parametrize(
    "facts", [{"potret": {}}, {"sha256": "0" * 64}, {"naskah": "x"}, {"final": False}, {"status": "antre"}]
)
def test_an_approved_report_does_not_change(planner, head, ours, database, facts):
    laporan = approved(head, final(planner, ours))
    database("an approved report does not change", lambda: Laporan.objects.filter(pk=laporan.pk).update(**facts))


def test_an_approved_report_is_not_deleted(planner, head, ours, database):
    laporan = approved(head, final(planner, ours))

    def delete():
        Laporan.objects.filter(pk=laporan.pk)._raw_delete("default")
        with transaction.get_connection().cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    database("violates foreign key", delete)


def test_an_approval_is_neither_changed_nor_taken_back(planner, head, ours, officer, database):
    approve(final(planner, ours), head)
    rows = Pengesahan.objects.all()
    words = "neither changed nor taken back"
    for facts in ({"pada": timezone.now()}, {"oleh": officer("kabapas")}, {"sidik": "0" * 64}, {"nama": "Lain"}):
        database(words, lambda facts=facts: rows.update(**facts))
    database(words, lambda: rows._raw_delete("default"))


def test_a_finished_edition_stays_too(planner, head, ours, database):
    done = approve(final(planner, ours), head)
    making.run_edition(done.pk)
    database("neither changed", lambda: Pengesahan.objects.update(sha256="0" * 64))


@pytest.mark.parametrize("facts", [{"final": False}, {"final": True, "status": "gagal"}])
def test_only_a_ready_final_has_an_approval(planner, head, ours, database, facts):
    laporan = ready(planner, ours, **facts)
    row = {"laporan": laporan, "sidik": laporan.sha256, "oleh": head, "penugasan": head.penugasan}
    database("only a final that is ready", lambda: Pengesahan.objects.create(**row))


def test_an_approval_names_the_hash_of_its_report(planner, head, ours, database):
    row = {"laporan": final(planner, ours), "sidik": "0" * 64, "oleh": head, "penugasan": head.penugasan}
    database("with its own hash", lambda: Pengesahan.objects.create(**row))


# ── the approved edition ──


def pages(body: bytes) -> list[bytes]:
    """What is drawn on each page."""
    with pikepdf.open(BytesIO(body)) as pdf:
        return [page.Contents.read_bytes() for page in pdf.pages]


def test_the_edition_is_what_was_read_but_for_cover_and_sheet(planner, head, ours):
    """Also when data, names and the programme changed between making and approving."""
    klien = make.KlienFactory(bapas=ours)
    program = approved_programme(ours, klien.dibuat_oleh)
    laporan = made(planner, bapas=ours, final=True)
    before = stored(laporan)
    make.KebutuhanFactory(klien=klien)
    program.rencana.update(judul="Judul lain")
    type(ours).objects.filter(pk=ours.pk).update(nama="Bapas Berganti Nama")
    done = approve(laporan, head)
    making.run_edition(done.pk)
    done.refresh_from_db()
    laporan.refresh_from_db()
    edition = stored(done)
    assert (done.status, done.sha256, done.ukuran) == ("siap", hashlib.sha256(edition).hexdigest(), len(edition))
    assert (stored(laporan), laporan.sha256) == (before, done.sidik)
    assert done.nama_berkas.endswith("_v1_final_disahkan.pdf")
    read, printed = pages(before), pages(edition)
    assert len(read) == len(printed) == laporan.halaman == done.halaman
    assert read[1:-1] == printed[1:-1]
    assert read[0] != printed[0]
    assert read[-1] != printed[-1]


def test_the_task_makes_the_edition_and_twice_changes_nothing(planner, head, ours):
    done = approve(final(planner, ours), head)
    tasks.make_edition.apply(args=[done.pk], throw=True)
    first = Pengesahan.objects.get()
    assert first.status == "siap"
    tasks.make_edition.apply(args=[done.pk], throw=True)
    assert Pengesahan.objects.get().selesai_pada == first.selesai_pada


def test_the_worker_is_not_the_owner(planner, head, ours):
    done = approve(final(planner, ours), head)
    with as_web_role():
        making.run_edition(done.pk)
    assert Pengesahan.objects.get().status == "siap"


def test_a_killed_worker_is_taken_up_again(planner, head, ours):
    done = approve(final(planner, ours), head)
    making._step(jobs.take(Pengesahan.objects.all(), done.pk), 1, making.EDITION_STEPS)
    making.run_edition(done.pk)  # somebody may still be alive on it
    assert Pengesahan.objects.get().status == "berjalan"
    Pengesahan.objects.update(denyut_pada=timezone.now() - jobs.STALLED - timedelta(seconds=1))
    making.run_edition(done.pk)
    assert Pengesahan.objects.get().status == "siap"


def test_an_edition_is_given_up_in_words_and_asked_for_again(planner, head, ours, django_capture_on_commit_callbacks):
    laporan = approved(head, final(planner, ours))
    long_ago = timezone.now() - jobs.GIVEN_UP - timedelta(minutes=1)
    jobs.take(Pengesahan.objects.all(), laporan.pengesahan.pk)
    Pengesahan.objects.update(denyut_pada=long_ago, diminta_pada=long_ago)
    assert jobs.reap_stalled(Pengesahan, making.STOPPED) == []
    assert "terhenti" in Pengesahan.objects.get().galat
    with django_capture_on_commit_callbacks() as sent:
        assert services.retry(Laporan.objects.get(pk=laporan.pk), by=planner) == laporan
    assert (Pengesahan.objects.get().status, len(sent)) == ("antre", 1)
    making.run_edition(Pengesahan.objects.get().pk)
    with pytest.raises(Refused, match="sudah ada atau sedang dibuat"):
        services.retry(Laporan.objects.get(pk=laporan.pk), by=planner)


# ── what replaces what ──


@pytest.mark.parametrize(
    ("first", "second", "replaced"),
    [
        ("draf", "draf", True), ("draf", "final", True), ("draf", "sah", True),
        ("final", "draf", False), ("final", "final", True), ("final", "sah", True),
        ("sah", "draf", False), ("sah", "final", False), ("sah", "sah", True),
    ],
)  # fmt: skip
def test_a_report_is_replaced_by_its_equal_or_better(planner, head, ours, first, second, replaced):
    found = []
    for versi, kind in ((1, first), (2, second)):
        laporan = ready(planner, ours, versi=versi, final=kind != "draf")
        found.append(approved(head, laporan) if kind == "sah" else laporan)
    assert services.newer_version(found[0]) == (found[1] if replaced else None)
    assert services.newer_version(found[1]) is None


def test_other_years_and_units_replace_nothing(planner, head, ours, theirs):
    first = final(planner, ours)
    final(planner, ours, tahun=2027, versi=2), final(planner, theirs, versi=3), final(planner, versi=4)
    assert services.newer_version(first) is None


# ── the trail ──


def trail(**facts):
    rows = Akses.objects.filter(objek="laporan", **facts).order_by("bapas")
    return list(rows.values_list("verba", "bapas", "pengguna", "penugasan"))


def test_making_a_wide_report_is_in_the_trail_of_every_office_inside(officer, ours, theirs):
    neighbour = make.BapasFactory(kanwil=ours.kanwil)
    make.BapasFactory(kanwil=ours.kanwil, aktif=False)
    user = officer("kanwil")
    laporan = services.request_report(by=user, tahun=2026, kanwil=ours.kanwil)
    assert trail() == []
    with as_web_role():
        making.run(laporan.pk)
    offices = sorted([ours.pk, neighbour.pk])
    assert trail(objek_id=laporan.pk) == [("buat", office, user.pk, user.penugasan.pk) for office in offices]
    assert Akses.objects.latest("pk").rincian == f"{ours.kanwil} 2026, draf v1"
    making.run(laporan.pk)
    assert len(trail()) == 2


def test_making_the_nations_and_one_office_s_report_too(officer, planner, ours, theirs):
    nation, single = made(officer("ditjenpas")), made(planner, bapas=ours)
    assert {row[1] for row in trail(objek_id=nation.pk)} == {ours.pk, theirs.pk}
    assert [row[1] for row in trail(objek_id=single.pk)] == [ours.pk]


def test_a_report_that_is_given_up_is_not_said_to_be_made(planner, ours):
    laporan = services.request_report(by=planner, tahun=2026, bapas=ours)
    services.cancel(laporan)
    making.run(laporan.pk)
    assert trail() == []
