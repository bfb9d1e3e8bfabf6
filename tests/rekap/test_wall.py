"""Who may read and write sums: scopes, partners, and the commands of the operator."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from apps.kegiatan.figures import held_per_office
from apps.kegiatan.models import Kegiatan
from apps.klien.figures import clients_per_office, guidance_per_month
from apps.klien.models import Klien
from apps.rekap import keeping, tasks
from apps.rekap.models import Andil, Angka, Tanda
from apps.rekap.reading import version
from apps.wilayah.models import Bapas
from apps.wilayah.scope import Scope, database_scope, office_scope
from tests import factories as make
from tests.roles import as_web_role

pytestmark = pytest.mark.django_db


def active(office):
    return {key: counts.active for key, counts in clients_per_office([office.pk], day=timezone.localdate()).items()}


def test_an_office_reads_its_own_sums_only(ours, theirs):
    make.KlienFactory(bapas=ours), make.KlienFactory(bapas=theirs)
    for merged in (False, True):
        if merged:
            keeping.merge([ours.pk, theirs.pk])
        with as_web_role(), database_scope(office_scope(ours.pk)):
            assert (active(ours), active(theirs)) == ({ours.pk: 1}, {})
            for model in (Angka, Andil, Tanda):
                assert not model.objects.exclude(bapas=ours).exists()


def test_what_a_partner_closes_counts_for_the_office(ours):
    """A partner has no office in its scope: it may leave a mark, and read none."""
    begun = timezone.now() - dt.timedelta(hours=3)
    activity = make.KegiatanFactory(bapas=ours, mulai=begun)
    day = timezone.localdate(begun, timezone=dt.timezone(dt.timedelta(hours=8)))
    keeping.merge([ours.pk])
    with as_web_role(), database_scope(Scope(mitra=activity.mitra_id)):
        Kegiatan.objects.filter(pk=activity.pk).update(
            status="selesai", hasil="Selesai", biaya=0, ditutup_pada=timezone.now()
        )
        assert not Tanda.objects.exists()
    with as_web_role(), database_scope(office_scope(ours.pk)):
        assert held_per_office([ours.pk], since=day, until=day) == {ours.pk: 1}


def test_the_job_merges_all_offices_as_the_web_role(ours, theirs):
    make.KlienFactory(bapas=ours), make.KlienFactory(bapas=theirs)
    with as_web_role():
        tasks.merge()
    assert not Tanda.objects.exists()
    assert (active(ours), active(theirs)) == ({ours.pk: 1}, {theirs.pk: 1})


def test_a_merge_of_one_office_leaves_the_marks_of_others(ours, theirs):
    make.KlienFactory(bapas=ours), make.KlienFactory(bapas=theirs)
    with as_web_role(), database_scope(office_scope(ours.pk)):
        assert keeping.merge([ours.pk, theirs.pk]) == 1
    assert set(Tanda.objects.values_list("bapas", flat=True)) == {theirs.pk}
    assert (active(ours), active(theirs)) == ({ours.pk: 1}, {theirs.pk: 1})


def test_an_update_of_other_columns_leaves_no_mark(ours):
    klien = make.KlienFactory(bapas=ours)
    keeping.merge([ours.pk])
    type(klien).objects.filter(pk=klien.pk).update(panggilan="Lain")
    assert not Tanda.objects.exists()


def test_the_version_tells_of_every_change_and_of_no_other(ours, theirs):
    klien = make.KlienFactory(bapas=ours)
    seen = [version([ours.pk])]
    for change in (
        lambda: make.CatatanFactory(klien=klien), lambda: keeping.merge([ours.pk]),
        lambda: make.CatatanFactory(klien=klien), lambda: keeping.merge([ours.pk]), lambda: keeping.build(ours.pk),
    ):  # fmt: skip
        change()
        seen.append(version([ours.pk]))
    assert len(set(seen)) == len(seen)
    make.KlienFactory(bapas=theirs)
    keeping.merge([ours.pk])
    assert version([ours.pk]) == seen[-1]


def test_a_version_never_comes_back(ours, theirs):
    """Not after a merge of an office that has nothing to count: its mark is gone, and the next mark takes its place."""
    klien, offices = make.KlienFactory(bapas=ours), [ours.pk, theirs.pk]
    keeping.merge(offices)
    seen = [version(offices)]
    for change in (
        lambda: Bapas.objects.filter(pk=theirs.pk).update(zona_waktu="Asia/Jayapura"), lambda: keeping.merge(offices),
        lambda: Klien.objects.filter(pk=klien.pk).update(diregistrasi=dt.date(2026, 1, 5)),
    ):  # fmt: skip
        change()
        seen.append(version(offices))
    assert len(set(seen)) == len(seen)


def test_a_merge_takes_away_marks_that_nobody_counts(ours):
    """Of a source that is no more."""
    keeping.merge([ours.pk])
    Tanda.objects.create(bapas=ours, sumber="lama", kunci=1)
    before = version([ours.pk])
    with as_web_role(), database_scope(office_scope(ours.pk)):
        keeping.merge([ours.pk])
    assert not Tanda.objects.exists()
    Tanda.objects.create(bapas=ours, sumber="klien", kunci=1)
    assert version([ours.pk]) != before


def test_the_job_of_the_night_tells_what_differs(ours, caplog):
    make.KlienFactory(bapas=ours)
    with as_web_role():
        tasks.merge(), tasks.check()
    assert caplog.messages == []
    Angka.objects.filter(ukuran="klien", tingkat="hari").update(n=9)
    with as_web_role():
        tasks.check()
    assert caplog.messages == [f"rekap klien berbeda pada 2 baris di {ours.kode}"]


def test_the_commands_find_and_repair_what_is_wrong(ours, today):
    """Sums that somebody changed by hand, and rows whose triggers were off."""
    make.CatatanFactory(klien=make.KlienFactory(bapas=ours))
    call_command("rekap", "gabung", stdout=StringIO())
    call_command("rekap", "periksa", stdout=StringIO())
    for damage in (
        lambda: Angka.objects.filter(ukuran="bimbingan", tingkat="bulan").update(n=7),
        lambda: Angka.objects.filter(ukuran="klien").delete(),
        lambda: Andil.objects.filter(sumber="klien").update(n=2),
        lambda: Andil.objects.filter(sumber="bimbingan").delete(),
    ):
        damage()
        told = StringIO()
        with pytest.raises(CommandError, match="rekap bangun"):
            call_command("rekap", "periksa", stdout=StringIO(), stderr=told)
        assert ours.nama in told.getvalue()
        call_command("rekap", "bangun", "--bapas", ours.kode, stdout=StringIO())
        call_command("rekap", "periksa", stdout=StringIO())
        assert active(ours) == {ours.pk: 1}
        assert [row.done for row in guidance_per_month([ours.pk], since=today, until=today)] == [1]
