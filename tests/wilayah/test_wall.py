"""The wall in PostgreSQL itself: what holds when Python forgets."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction

from apps.jejak.models import Perubahan
from apps.kegiatan.models import Kegiatan
from apps.klien.models import CatatanBimbingan, Kebutuhan, Klien
from apps.laporan.models import Laporan, Pengesahan
from apps.wilayah import rls
from apps.wilayah.ledger import Ledger
from apps.wilayah.models import ScopedModel, SharedModel, UnitModel
from apps.wilayah.scope import NOTHING, Scope, database_scope, desk_scope, office_scope, reports_scope, scope_of
from tests import factories as make
from tests.laporan import factories as reports
from tests.roles import as_web_role

pytestmark = pytest.mark.django_db

OURS = [m for m in apps.get_models() if m.__module__.startswith("apps.")]
SCOPED = [m for m in OURS if issubclass(m, ScopedModel)]
UNITS = [m for m in OURS if issubclass(m, UnitModel)]
KINDS = {ScopedModel: rls.INTERNAL, SharedModel: rls.SHARED, UnitModel: rls.UNIT}


def kind_of(model) -> str:
    """The rule of the nearest base class that has one."""
    return next(KINDS[base] for base in model.__mro__ if base in KINDS)


def column(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {name for (name,) in cursor}


@pytest.fixture
def scratch():
    """scratch(rule) → a table guarded by `rule` that has every key; the web role may use it."""
    columns = "id bigint, bapas_id bigint, mitra_id bigint, kanwil_id bigint, tiket text"

    def make_table(rule: str) -> str:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS coba; CREATE TABLE coba ({columns})")
            cursor.execute(rls.protect("coba", rule).sql)
        return "coba"

    return make_table


def policies(name: str) -> dict[str, tuple[str, str]]:
    """{table: (what is read, what is written)} as PostgreSQL spells them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, qual, with_check FROM pg_policies WHERE policyname = 'scope' AND tablename LIKE %s",
            [name],
        )
        return {table: rules for table, *rules in cursor.fetchall()}


def test_every_guarded_table_has_exactly_the_policy_of_its_kind(scratch):
    found = policies("%")
    spelled = {rule: policies(scratch(rule))["coba"] for rule in KINDS.values()}
    assert found == {m._meta.db_table: spelled[kind_of(m)] for m in SCOPED + UNITS}


def test_row_level_security_is_forced_also_for_the_owner():
    forced = column("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
    assert forced == {m._meta.db_table for m in SCOPED + UNITS}


def test_every_setting_is_read_once_per_statement_and_not_once_per_row(scratch):
    """Each stands in a sub-select, which PostgreSQL calls an InitPlan. Outside one it is a part of the row's filter."""
    for rule in (rls.INTERNAL, rls.SHARED, rls.UNIT, rls.UNIT_SHARED, rls.DESK):
        scratch(rule)
        with as_web_role(), connection.cursor() as cursor:
            cursor.execute("EXPLAIN SELECT count(*) FROM coba")
            filters = [line for (line,) in cursor if "Filter:" in line]
        assert [rule for line in filters if "current_setting" in line] == []
        assert filters


# One row per owner: an office, another office, its region, the nation, a partner's row of the region, the public's.
OWNED = """
INSERT INTO coba VALUES (1, 71, NULL, NULL, NULL), (2, 72, NULL, NULL, NULL), (3, NULL, NULL, 12, NULL),
    (4, NULL, NULL, NULL, NULL), (5, NULL, 9, 12, NULL), (6, 71, NULL, NULL, 'rahasia')
"""
READERS = {
    "office": (office_scope(71), {1, 6}),
    "region": (Scope(frozenset([71, 72]), kanwil=12), {1, 2, 3, 5, 6}),
    "nation": (Scope(frozenset([71, 72]), nation=True), {1, 2, 3, 4, 5, 6}),
    "reports of every unit": (reports_scope(), {1, 2, 3, 4, 5, 6}),
    "nobody": (NOTHING, set()),
}


@pytest.mark.parametrize(("scope", "seen"), READERS.values(), ids=READERS)
@pytest.mark.parametrize("rule", [rls.UNIT, rls.UNIT_SHARED, rls.DESK], ids=["unit", "unit shared", "desk"])
def test_a_row_above_the_office_is_seen_by_its_region_or_the_nation(scratch, rule, scope, seen):
    scratch(rule)
    with connection.cursor() as cursor:
        cursor.execute(OWNED)
    with as_web_role(), database_scope(scope):
        assert column("SELECT id FROM coba") == seen


def test_a_partner_sees_rows_above_the_office_that_are_addressed_to_it(scratch):
    for rule, seen in ((rls.UNIT, set()), (rls.UNIT_SHARED, {5})):
        scratch(rule)
        with connection.cursor() as cursor:
            cursor.execute(OWNED)
        with as_web_role(), database_scope(Scope(mitra=9)):
            assert column("SELECT id FROM coba") == seen


def test_a_person_without_an_account_writes_and_reads_the_row_of_the_own_ticket_only(scratch):
    scratch(rls.DESK)
    with connection.cursor() as cursor:
        cursor.execute(OWNED)
    with as_web_role(), database_scope(desk_scope("baru")):
        assert column("INSERT INTO coba VALUES (7, 71, NULL, NULL, 'baru') RETURNING id") == {7}
        assert column("SELECT id FROM coba") == {7}
        for other in ("lain", None):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                column_of_insert(other)
    with as_web_role(), database_scope(office_scope(71)):
        assert column("SELECT id FROM coba") == {1, 6, 7}


def column_of_insert(ticket):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO coba VALUES (8, 71, NULL, NULL, %s)", [ticket])


def test_a_report_of_the_nation_is_no_office_s_to_read_or_write(ours, officer):
    nation = officer("ditjenpas")
    report = reports.ready(nation)
    with as_web_role():
        for scope, seen in ((office_scope(ours.pk), False), (scope_of(officer("kanwil")), False), (nation.scope, True)):
            with database_scope(scope):
                assert Laporan.objects.filter(pk=report.pk).exists() is seen
        with database_scope(office_scope(ours.pk)):
            assert not Laporan.objects.filter(pk=report.pk).update(bapas=ours)


def test_an_approval_belongs_to_the_unit_of_its_report(ours, theirs, officer):
    head = officer("kabapas")
    reports.approved(head, reports.final(head, ours))
    with as_web_role():
        with database_scope(office_scope(theirs.pk)):
            assert not Pengesahan.objects.exists()
        with database_scope(office_scope(ours.pk)):
            assert Pengesahan.objects.get().bapas_id == ours.pk


def test_the_web_role_owns_nothing_and_cannot_step_around_policies(settings):
    role = settings.DATABASE_WEB_ROLE
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", [role])
        assert cursor.fetchone() == (False,)
    assert column(f"SELECT relname FROM pg_class WHERE relowner = '{role}'::regrole") == set()


def test_every_column_explains_itself():
    silent = [
        f"{m.__name__}.{f.name}"
        for m in OURS
        for f in m._meta.local_concrete_fields
        if not f.primary_key and not f.db_comment and f.name not in {"password", "last_login"}
    ]
    assert silent == []


def test_indexes_of_scoped_tables_lead_with_the_office():
    """A partner's own rows (`mitra`), a rare act in the trail of the nation and a day of the trail, for
    its seal, are exceptions."""
    odd = {index.name for m in SCOPED for index in m._meta.indexes if index.fields and index.fields[0] != "bapas"}
    trail = {"akses_pengguna", "akses_verba", "akses_hari", "riwayat_hari", "perubahan_hari"}
    assert odd == trail | {"kegiatan_mitra"}


def test_careless_code_sees_only_the_scope(ours, theirs):
    mine, _ = make.KlienFactory(bapas=ours), make.KlienFactory(bapas=theirs)
    with as_web_role(), database_scope(office_scope(ours.pk)):
        assert list(Klien.objects.values_list("pk", flat=True)) == [mine.pk]


def test_no_scope_means_no_rows(ours):
    make.KlienFactory(bapas=ours)
    with as_web_role(), database_scope(NOTHING):
        assert not Klien.objects.exists()
    with as_web_role(), transaction.atomic():
        assert not Klien.objects.exists()


def test_nested_scopes_restore_the_outer_one(ours, theirs):
    make.KlienFactory(bapas=ours), make.KlienFactory(bapas=theirs)
    with as_web_role(), database_scope(office_scope(ours.pk)):
        with database_scope(office_scope(theirs.pk)):
            assert Klien.objects.get().bapas_id == theirs.pk
        assert Klien.objects.get().bapas_id == ours.pk


def test_a_row_cannot_be_written_into_another_office(ours, theirs):
    category = make.KategoriFactory()
    klien = make.KlienFactory(bapas=theirs)
    with (
        as_web_role(),
        database_scope(office_scope(ours.pk)),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        Kebutuhan.objects.create(
            bapas=theirs, klien_id=klien.pk, kategori=category, mendesak="nanti", dicatat_oleh_id=klien.pk_pembimbing_id
        )


def test_a_row_cannot_point_across_offices(ours, theirs):
    klien = make.KlienFactory(bapas=theirs)
    with pytest.raises(IntegrityError, match="same_office"), transaction.atomic():
        make.KebutuhanFactory(klien=klien, bapas=ours)


def test_a_partner_reads_rows_addressed_to_it_and_no_client(ours):
    mine, _ = make.KegiatanFactory(bapas=ours), make.KegiatanFactory(bapas=ours)
    make.KlienFactory(bapas=ours)
    with as_web_role(), database_scope(Scope(mitra=mine.mitra_id)):
        assert Kegiatan.objects.get() == mine
        assert not Klien.objects.exists()


def test_guidance_records_cannot_be_changed_or_deleted_by_the_web_role(ours):
    record = make.CatatanFactory(klien=make.KlienFactory(bapas=ours))
    with as_web_role(), database_scope(office_scope(ours.pk)):
        for attack in (
            lambda rows: rows.update(catatan="lain"),
            lambda rows: rows._raw_delete("default"),
        ):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                attack(CatatanBimbingan.objects.filter(pk=record.pk))


def test_history_keeps_old_and_new_values_also_of_bulk_updates(ours):
    klien = make.KlienFactory(bapas=ours, kegiatan_utama="bekerja")
    with as_web_role(), database_scope(office_scope(ours.pk, actor=klien.pk_pembimbing_id)):
        Klien.objects.filter(pk=klien.pk).update(pekerjaan="Tukang las")
        change = Perubahan.objects.get(tabel="klien_klien", baris_id=klien.pk)
    assert (change.lama["pekerjaan"], change.baru["pekerjaan"]) == ("", "Tukang las")
    assert change.oleh_id == klien.pk_pembimbing_id


def test_history_cannot_be_forged_or_erased(ours):
    with as_web_role(), database_scope(office_scope(ours.pk)):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Perubahan.objects.create(bapas=ours, tabel="x", baris_id=1, aksi="UPDATE", lama={})
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Perubahan.objects.all()._raw_delete("default")


DERIVED_OR_UNFINISHED = {
    "klien_jadwallapor", "klien_drafregistrasi", "kerja_sosial_pinpengawas",
    "impor_impor", "impor_barisimpor", "impor_temuanimpor", "impor_petakolom",
    "rekap_angka", "rekap_andil", "rekap_tanda", "rekap_versi",
}  # fmt: skip


def test_tracked_and_append_only_tables_together_cover_every_scoped_table():
    """What may be changed is tracked; the rest only grows. The reporting schedule is derived from the log,
    what was only typed so far is nobody else's business, a hash of a PIN is kept in one place only, and the sums of
    the recap can be counted again."""
    tracked = column(
        "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname = 'keep_history'"
    )
    assert {m._meta.db_table for m in SCOPED} - tracked - growing() == DERIVED_OR_UNFINISHED


def test_exactly_the_ledgers_are_append_only():
    ours = {m._meta.db_table for m in OURS}
    assert growing() & ours == {m._meta.db_table for m in OURS if issubclass(m, Ledger)}


def growing():
    """Tables of which the web role may neither change nor delete a row."""
    return column(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        f"WHERE c.relkind = 'r' AND n.nspname = 'public' "
        f"AND NOT has_table_privilege('{settings.DATABASE_WEB_ROLE}', c.oid, 'UPDATE, DELETE')"
    )


def test_personal_fields_are_unreadable_in_the_database_and_bound_to_their_row(ours):
    klien = make.KlienFactory(bapas=ours, nik="3201010101010001")
    other = make.KlienFactory(bapas=ours)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nik FROM klien_klien WHERE id = %s", [klien.pk])
        (stored,) = cursor.fetchone()
        cursor.execute("UPDATE klien_klien SET nik = %s WHERE id = %s", [stored, other.pk])
    assert b"3201010101010001" not in bytes(stored)
    assert Klien.objects.get(pk=klien.pk).nik == "3201010101010001"
    with pytest.raises(Exception, match=r"^$|InvalidTag"):
        _ = Klien.objects.get(pk=other.pk).nik
