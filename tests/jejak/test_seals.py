"""Each closed day of the trail is sealed; whoever changes the past afterwards is found."""

import datetime as dt
import io
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from apps.akun.models import RiwayatAkun
from apps.jejak.models import Akses, Perubahan, Riwayat, Segel
from apps.jejak.tasks import seal
from apps.klien.models import Klien
from apps.wilayah.scope import database_scope, office_scope
from tests import factories as make
from tests.roles import as_web_role

pytestmark = pytest.mark.django_db
JAKARTA = ZoneInfo("Asia/Jakarta")
DAY = dt.timedelta(days=1)


def last_closed() -> dt.date:
    """A day counts as closed an hour after its end."""
    return (dt.datetime.now(JAKARTA) - dt.timedelta(hours=1)).date() - DAY


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), JAKARTA)


@pytest.fixture
def reads(officer):
    """Reads on each of the last three closed days, and one today; nothing is sealed yet."""
    person = officer("pk")
    facts = {"bapas": person.penugasan.bapas, "pengguna": person, "verba": "lihat", "objek": "klien"}
    days = [last_closed() - 2 * DAY, last_closed() - DAY, last_closed()]
    moments = [noon(day) for day in days for _ in range(2)] + [dt.datetime.now(dt.UTC)]
    return Akses.objects.bulk_create(Akses(**facts, pada=moment) for moment in moments)


@pytest.fixture
def sealed(reads):
    """A chain: a day without rows, and the three days of the reads."""
    begin(last_closed() - 3 * DAY)
    seal_all()
    return reads


def begin(day):
    """The seal of a trail that was empty until `day`."""
    tables = sorted(model._meta.db_table for model in (Akses, Perubahan, Riwayat, RiwayatAkun))
    words = "".join(f"{line}\n" for line in ("", day, *(f"{table} 0 0 " for table in tables)))
    content = {table: {"jumlah": 0, "nomor": 0, "sidik": ""} for table in tables}
    Segel.objects.create(hari=day, isi=content, sidik=sha256(words.encode()).hexdigest())


def seal_all():
    with as_web_role():
        seal()


def ask_for_a_seal():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT portal_seal()")


def run(task, *options) -> tuple[int, str]:
    """(exit status, what `manage.py jejak` tells), run as the web role."""
    told = io.StringIO()
    with as_web_role():
        try:
            call_command("jejak", task, *options, stdout=told, stderr=told)
        except CommandError as refused:
            return refused.returncode, told.getvalue()
    return 0, told.getvalue()


def flaws(*options) -> set[str]:
    """What `jejak periksa` finds, without the days."""
    status, told = run("periksa", *options)
    lines = told.splitlines()
    assert status == bool([line for line in lines if not line.startswith(("Jejak sama", "Segel terakhir"))])
    return {line.split(": ", 1)[1] for line in lines if not line.startswith(("Jejak sama", "Segel terakhir"))}


def test_every_closed_day_is_sealed_once_and_today_is_not(sealed):
    days = list(Segel.objects.values_list("hari", flat=True))
    assert days == [last_closed() - n * DAY for n in (3, 2, 1, 0)]
    counts = [one.isi["jejak_akses"]["jumlah"] for one in Segel.objects.all()]
    assert counts == [0, 2, 2, 2]
    before = list(Segel.objects.values())
    seal_all()
    assert list(Segel.objects.values()) == before
    assert flaws() == set()


def test_the_first_seal_covers_everything_before_it(reads):
    seal_all()
    only = Segel.objects.get()
    assert (only.hari, only.sebelum, only.isi["jejak_akses"]["jumlah"]) == (last_closed(), "", 6)
    assert flaws() == set()


def test_an_empty_portal_seals_and_checks(db):
    assert run("periksa")[1] == "Jejak sama dengan segelnya.\nBelum ada hari yang disegel.\n"
    status, told = run("segel")
    assert (status, Segel.objects.get().sidik in told) == (0, True)
    assert flaws() == set()


def test_a_missing_row_is_named(sealed):
    number = sealed[2].pk
    sealed[2].delete()
    assert flaws() == {f"jejak akses kurang 1 baris, nomor {number}."}


def test_an_added_row_is_named(sealed):
    late = sealed[2]
    late.pk = None
    late.save(force_insert=True)
    assert flaws() == {f"jejak akses lebih 1 baris, nomor {late.pk}."}


def test_several_rows_are_counted(sealed):
    Akses.objects.filter(pk__in=[row.pk for row in sealed[:2]]).delete()
    assert flaws() == {"jejak akses kurang 2 baris."}


def test_a_changed_time_is_found_by_the_microsecond(sealed):
    Akses.objects.filter(pk=sealed[3].pk).update(pada=F("pada") + dt.timedelta(microseconds=1))
    assert flaws() == {"jejak akses mempunyai waktu yang berubah."}


def test_a_row_that_moved_to_another_day_is_missed_here_and_too_much_there(sealed):
    Akses.objects.filter(pk=sealed[0].pk).update(pada=sealed[5].pada)
    number = sealed[0].pk
    assert flaws() == {f"jejak akses kurang 1 baris, nomor {number}.", f"jejak akses lebih 1 baris, nomor {number}."}


def test_a_row_in_the_place_of_another_is_found(sealed):
    Akses.objects.filter(pk=sealed[2].pk).update(id=sealed[2].pk + 100)
    assert flaws() == {"jejak akses mempunyai baris yang diganti baris lain."}


def test_every_table_of_the_trail_is_sealed(officer):
    begin(last_closed() - DAY)
    person, at = officer("pk"), noon(last_closed())
    klien = make.KlienFactory(bapas=person.penugasan.bapas, kegiatan_utama="bekerja")
    Klien.objects.filter(pk=klien.pk).update(pekerjaan="Tukang las")
    Perubahan.objects.update(pada=at)
    facts = {"bapas": klien.bapas, "objek": "klien", "objek_id": klien.pk, "pada": at}
    Riwayat.objects.create(**facts, dari="aktif", ke="selesai", oleh=person)
    RiwayatAkun.objects.all().delete()
    RiwayatAkun.objects.create(pengguna=person, peristiwa="dinonaktifkan", pada=at)
    seal_all()
    for model in (Perubahan, Riwayat, RiwayatAkun):
        model.objects.all().delete()
    assert {words.split(" kurang 1 baris")[0] for words in flaws()} == {
        "perubahan data", "riwayat status", "riwayat akun"
    }  # fmt: skip


def test_only_the_days_that_are_asked_for_are_checked(sealed):
    sealed[0].delete()
    first, second = (last_closed() - 2 * DAY).isoformat(), (last_closed() - DAY).isoformat()
    assert len(flaws("--sampai", first)) == 1
    assert flaws("--dari", second) == set()
    assert flaws("--dari", second, "--sampai", second) == set()


def test_a_seal_that_was_made_anew_breaks_the_chain(sealed):
    """Somebody who owns the database takes rows out and corrects the seal of that day."""
    sealed[2].delete()
    day = last_closed() - DAY
    kept = Segel.objects.last().sidik
    Segel.objects.filter(hari__gte=day).delete()
    seal_all()
    assert flaws() == set()  # the whole rest of the chain is made anew: only the hash that is kept elsewhere tells
    status, told = run("periksa", "--sidik", kept)
    assert status == 1
    assert "tidak ada lagi" in told


def test_a_seal_that_was_edited_is_found(sealed):
    one = Segel.objects.get(hari=last_closed() - DAY)
    one.isi["jejak_akses"]["jumlah"] = 1
    one.save()
    assert "segel diubah, sidiknya tidak cocok dengan isinya." in flaws()
    Segel.objects.filter(pk=one.pk).delete()
    assert flaws() == {"hari sebelumnya tidak bersegel.", "rantai putus, segel sebelumnya bukan yang dulu."}


def test_erasing_a_name_changes_no_seal(sealed):
    person = sealed[0].pengguna
    Akses.objects.update(rincian="")
    type(person).objects.filter(pk=person.pk).update(nama="Dihapus", email="dihapus@contoh.id", nip="")
    assert flaws() == set()


def test_the_scope_of_one_office_makes_no_seal(sealed, ours):
    """The function of PostgreSQL can be called by anyone who holds the web role; it never seals a part of the rows."""
    one = office_scope(make.BapasFactory().pk)
    with as_web_role(), database_scope(one), pytest.raises(DatabaseError, match="the scope of the nation"):
        ask_for_a_seal()


def test_seals_of_missed_days_follow_one_another(reads):
    begin(last_closed() - 40 * DAY)
    seal_all()
    assert Segel.objects.count() == 41
    assert flaws() == set()


@pytest.mark.django_db(transaction=True)
class TestOpenTransactions:
    """A transaction that writes when the day is closed may still add a row to it."""

    @pytest.fixture
    def writer(self, officer):
        """A second connection that has stored a read and not committed it."""
        person = officer("pk")
        begin(last_closed() - DAY)
        other = connection.copy()
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(
                "INSERT INTO jejak_akses (bapas_id, pengguna_id, verba, objek, rincian, pada, permintaan) "
                "VALUES (%s, %s, 'lihat', 'klien', '', %s, '')",
                [person.penugasan.bapas_id, person.pk, noon(last_closed())],
            )
        yield other
        other.close()

    def test_the_day_waits_for_it(self, writer):
        assert Segel.objects.count() == 1
        assert "disegel" not in run("segel")[1]
        assert Segel.objects.count() == 1
        writer.commit()
        run("segel")
        assert Segel.objects.last().isi["jejak_akses"]["jumlah"] == 1
        assert flaws() == set()

    def test_an_old_view_of_the_rows_makes_no_seal(self, officer):
        with transaction.atomic():
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            with pytest.raises(DatabaseError, match="READ COMMITTED"):
                ask_for_a_seal()
