"""Send, approve, return, revise: two people, one locked door, nothing changed after sending."""

import re
import threading
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from apps.dasar.errors import Refused
from apps.jejak.models import Riwayat
from apps.program import services
from apps.program.models import ProgramTahunan, RencanaKegiatan, RincianBiaya
from apps.program.plan import read_plan
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_planner_sends_and_head_approves(as_user, planner, head, draft, database_role, status_of):
    as_user(planner).post("program:send", 2026)
    draft.refresh_from_db()
    assert (draft.status, draft.diajukan_oleh) == ("diperiksa", planner)
    assert re.fullmatch(r"[0-9a-f]{64}", draft.sidik)
    browser = as_user(head)
    assert "Rp2.500.000 untuk 20 klien" in browser.get("dasbor:persetujuan").text
    text = browser.get("program:decision", draft.pk).text
    assert "Setelah disetujui, isi tidak bisa diubah." in text
    assert browser.post("program:approve", draft.pk).status_code == 302
    text = browser.get("program:year", 2026).text
    assert f"Disetujui oleh {head}" in text
    assert draft.sidik in text
    moves = Riwayat.objects.filter(objek_id=draft.pk).order_by("pk").values_list("dari", "ke", "oleh")
    assert list(moves) == [("draf", "diperiksa", planner.pk), ("diperiksa", "disetujui", head.pk)]


def test_an_empty_programme_is_not_sent(as_user, planner, ours, status_of):
    program = make.ProgramFactory(bapas=ours, tahun=2026)
    browser = as_user(planner)
    assert "Kirim untuk disetujui" not in browser.get("program:check", 2026).text
    response = browser.post("program:send", 2026)
    assert response.status_code == 409
    assert "Belum ada kegiatan program." in response.text
    assert status_of(program) == "draf"


def test_nobody_approves_what_they_sent(as_user, draft, planner, head, status_of):
    """The same person with two assignments, first planner, then head of the office."""
    services.send(draft, by=head)
    browser = as_user(head)
    assert "Penyetuju harus orang lain." in browser.get("program:decision", draft.pk).text
    response = browser.post("program:approve", draft.pk)
    assert response.status_code == 409
    assert "Program ini Anda kirim sendiri. Penyetuju harus orang lain." in response.text
    assert status_of(draft) == "diperiksa"


def test_a_return_needs_a_reason_and_the_planner_reads_it(as_user, planner, head, draft, database_role):
    services.send(draft, by=planner)
    browser = as_user(head)
    assert browser.post("program:give_back", draft.pk, data={"catatan": " "}).status_code == 422
    browser.post("program:give_back", draft.pk, data={"catatan": "Honor terlalu tinggi"})
    draft.refresh_from_db()
    assert (draft.status, draft.sidik, draft.diajukan_oleh) == ("draf", "", None)
    text = as_user(planner).get("program:year", 2026).text
    assert "Dikembalikan oleh" in text
    assert "Honor terlalu tinggi" in text


@pytest.mark.parametrize(
    ("name", "args", "data"),
    [
        ("program:activity_add", (), {}), ("program:line_add", ("activity",), {}), ("program:line_edit", ("line",), {}),
        ("program:line_copy", ("line",), {}), ("program:line_delete", ("line",), {}), ("program:refresh", (), {}),
        ("program:activity_edit", ("activity",), {}), ("program:activity_delete", ("activity",), {}),
        ("program:explain", ("kategori",), {"alasan": "x"}), ("program:paste", (), {}), ("program:send", (), {}),
    ],
)  # fmt: skip
def test_what_is_sent_is_frozen(as_user, planner, draft, line, name, args, data):
    services.send(draft, by=planner)
    pks = {"line": line.pk, "activity": line.rencana_id, "kategori": line.rencana.kategori_id}
    response = as_user(planner).post(name, 2026, *(pks[key] for key in args), data=data)
    assert response.status_code == 409
    assert "dibekukan" in response.text or "tidak dapat menjadi" in response.text


def test_the_fingerprint_follows_the_content_and_guards_the_approval(draft, line, planner, head):
    before = read_plan(draft).fingerprint()
    assert read_plan(draft).fingerprint() == before
    services.send(draft, by=planner)
    RincianBiaya.objects.filter(pk=line.pk).update(harga=1)  # past every door of the portal
    assert read_plan(draft).fingerprint() != before
    with pytest.raises(Refused, match="tidak sama lagi"):
        services.approve(draft, by=head)


@pytest.mark.parametrize("facts", [{"disetujui_pada": None}, {"disetujui_oleh": None}], ids=["moment", "person"])
def test_an_approval_has_a_person_and_a_moment(approved, facts):
    """Which version was in force on a day follows from both."""
    with pytest.raises(IntegrityError, match="program_approved_iff_approver"), transaction.atomic():
        ProgramTahunan.objects.filter(pk=approved.pk).update(**facts)


def test_a_revision_is_a_clone_and_leaves_the_approved_version_in_force(as_user, planner, approved, line):
    browser = as_user(planner)
    browser.post("program:revise", 2026)
    revision = ProgramTahunan.objects.get(versi=2)
    copy = revision.rencana.get().biaya.get()
    assert (revision.status, copy.asal, copy.jumlah) == ("draf", line, line.jumlah)
    text = browser.get("program:year", 2026).text
    assert "(revisi)" in text
    assert "Versi 1 yang disetujui tetap berlaku" in text
    assert browser.get("program:spending", 2026).context["program"] == approved
    assert browser.post("program:revise", 2026).status_code == 409


def test_the_approver_of_a_revision_sees_only_what_changed(as_user, planner, head, approved):
    revision = services.revise(approved, by=planner)
    activity = revision.rencana.get()
    RencanaKegiatan.objects.filter(pk=activity.pk).update(target_klien=25)
    RincianBiaya.objects.filter(rencana=activity).update(volume=12, sumber="csr")
    make.BiayaFactory(rencana=activity, uraian="Transport")
    services.send(revision, by=planner)
    context = as_user(head).get("program:decision", revision.pk).context
    assert [(change.kind, change.line, change.detail, change.after) for change in context["perubahan"]] == [
        ("Diubah", "Kegiatan", "target 20 klien → 25 klien", None),
        ("Diubah", "Bahan praktik", "volume 10 paket → 12 paket; sumber DIPA → CSR", 3_000_000),
        ("Baru", "Transport", "", 2_500_000),
    ]


def test_what_a_revision_leaves_out_is_listed_too(as_user, planner, head, approved, line):
    revision = services.revise(approved, by=planner)
    revision.rencana.get().delete()
    make.BiayaFactory(rencana__program=revision, rencana__judul="Kursus jahit")
    services.send(revision, by=planner)
    context = as_user(head).get("program:decision", revision.pk).context
    assert [(change.kind, change.activity, change.line) for change in context["perubahan"]] == [
        ("Baru", "Kursus jahit", "Kegiatan"),
        ("Dihapus", line.rencana.judul, "Kegiatan"),
        ("Baru", "Kursus jahit", "Bahan praktik"),
        ("Dihapus", line.rencana.judul, "Bahan praktik"),
    ]


def test_spending_follows_its_line_into_the_new_version(planner, head, approved, line):
    make.RealisasiFactory(rincian=line, jumlah=2_000_000)
    revision = services.revise(approved, by=planner)
    RincianBiaya.objects.filter(asal=line).update(volume=7)
    with pytest.raises(Refused, match=r"sudah direalisasikan Rp2\.000\.000"):
        services.send(revision, by=planner)
    RincianBiaya.objects.filter(asal=line).update(volume=8)
    services.send(revision, by=planner)
    services.approve(revision, by=head)
    successor = revision.rencana.get().biaya.get()
    assert [entry.jumlah for entry in successor.realisasi.all()] == [Decimal(2_000_000)]
    assert not line.realisasi.exists()


def test_history_tells_every_version_and_move(as_user, planner, head, approved, database_role):
    services.revise(approved, by=planner)
    text = as_user(head).get("program:history", 2026).text
    assert "Versi 1" in text
    assert "Versi 2" in text
    assert "Perubahan pada versi 2" in text
    assert str(planner) in text


@pytest.mark.django_db(transaction=True)
def test_two_heads_approve_at_the_same_moment_and_one_wins(officer, draft, planner):
    services.send(draft, by=planner)
    heads, outcome, together = [officer("kabapas"), officer("kabapas")], [], threading.Barrier(2)

    def decide(by):
        together.wait()
        try:
            services.approve(draft, by=by)
            outcome.append("approved")
        except Refused:
            outcome.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[head]) for head in heads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome) == ["approved", "refused"]
