"""Shared by the three benchmarks of the import: an office with clients, a file of past guidance, and the clean-up.

The portal's side is everything between the bytes of a file and the stored rows: the gate (file check), reading, every
cell and rule, all mistakes, waiting rows, one transaction, reporting schedules. Tasks run at once, without a broker.
"""

import os
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO, StringIO

import psycopg2
import xlsxwriter

from apps.akun.models import Pengguna
from apps.impor import services
from apps.impor.models import Impor, Jenis
from apps.klien.forms.fields import officers
from apps.klien.models import CatatanBimbingan, Klien
from apps.wilayah.scope import Scope, database_scope, scope_of
from contoh.accounts import DOMAIN
from pemasyarakatan.celery import app

ROWS, MISTAKES, CLIENTS = 100_000, 200, 2_000
SINCE, FIRST = date(2020, 1, 2), date(2021, 1, 4)
HEADS = ["Kode klien", "Tanggal", "Cara", "Hadir", "Hasil"]
CLIENT_HEADS = [
    "Nama", "Tgl Lahir", "JK", "Kab/Kota", "No Reg", "Tgl Registrasi", "PK", "Program", "No SK", "Tgl SK", "Mulai",
    "HMB",
]  # fmt: skip
TABLE = "klien_catatanbimbingan"
COLUMNS = [field.column for field in CatatanBimbingan._meta.concrete_fields if not field.primary_key]
FINGERPRINT = (
    "SELECT count(*), md5(string_agg(concat_ws('|', klien_id, tanggal, cara, hadir, catatan, berikutnya), chr(10)"
    " ORDER BY klien_id, tanggal, cara)) FROM klien_catatanbimbingan WHERE bapas_id = %s AND klien_id = ANY(%s)"
)


@dataclass(frozen=True)
class Office:
    """The importing operator, and the clients."""

    operator: Pengguna
    clients: list[str]
    ids: list[int]
    """Codes and ids of clients that only this benchmark uses."""

    @property
    def scope(self) -> Scope:
        return scope_of(self.operator)

    @property
    def pk(self) -> int:
        return self.operator.penugasan.bapas_id


def prepare() -> Office:
    """The office of the sample operator, with clients that only this benchmark uses and that have no records yet."""
    app.conf.task_always_eager = True
    operator = Pengguna.objects.with_duty().get(email=f"operator@{DOMAIN}")
    with database_scope(scope_of(operator)):
        bapas = operator.penugasan.bapas
        officer = officers(bapas).order_by("pk").first()
        place = bapas.wilayah_kerja.first()
    rows = [
        [
            f"Klien Ukur {n}", "17-05-1990", "L", place.kode, f"UKUR-{n}", SINCE, officer.email, "PB", f"SK-{n}",
            SINCE, SINCE, date(2029, 12, 31),
        ]
        for n in range(CLIENTS)
    ]  # fmt: skip
    office = Office(operator, [], [])
    through_the_portal(office, as_csv(rows, CLIENT_HEADS), "klien.csv", Jenis.KLIEN)
    with database_scope(office.scope):
        mine = Klien.objects.visible_to(operator).filter(nomor_register__startswith="UKUR-")
        for kode, pk in mine.order_by("pk").values_list("kode", "pk"):
            office.clients.append(kode)
            office.ids.append(pk)
    if len(office.clients) != CLIENTS:
        raise AssertionError(f"{len(office.clients)} clients instead of {CLIENTS}")
    delete_office(office)
    return office


def guidance(office: Office, rows: int = ROWS, mistakes: int = MISTAKES) -> list[list]:
    """`rows` good contacts and, spread among them, `mistakes` rows with two mistakes each."""
    table = [
        [
            office.clients[n % CLIENTS], FIRST + timedelta(days=7 * (n // CLIENTS)), "Di kantor", "Ya",
            f"Datang tepat waktu, menceritakan pekerjaan dan keluarga, nomor {n}.",
        ]
        for n in range(rows)
    ]  # fmt: skip
    for n in range(mistakes):
        table.insert(n * (rows // mistakes), [office.clients[n], "31-02-2026", "telepati", "Ya", f"Salah {n}"])
    return table


def as_csv(rows: list[list], heads=HEADS) -> bytes:
    lines = [";".join(f"{cell:%d-%m-%Y}" if isinstance(cell, date) else str(cell) for cell in row) for row in rows]
    return "\r\n".join([";".join(heads), *lines]).encode()


def as_xlsx(rows: list[list], heads=HEADS) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False}) as book:  # shared strings, as Excel writes them
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd-mm-yyyy"})
        for number, row in enumerate([heads, *rows]):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                else:
                    sheet.write_string(number, column, cell)
    return out.getvalue()


def through_the_portal(office: Office, body: bytes, name: str, jenis: str = Jenis.BIMBINGAN) -> Impor:
    """Upload, take the guessed columns, check, store the right rows; `AssertionError` when it did not finish."""
    by, bapas = office.operator, office.operator.penugasan.bapas
    with database_scope(office.scope):
        impor, fresh = services.upload(by=by, bapas=bapas, jenis=jenis, name=name, body=body)
        if not fresh:
            return impor
        services.choose_columns(impor=impor, names=impor.peta, by=by)
    with database_scope(office.scope):
        impor.refresh_from_db()
        if impor.status == Impor.Status.SIAP and impor.jumlah_baru:
            services.confirm(impor=impor, cara=Impor.Cara.BENAR, by=by)
    with database_scope(office.scope):
        impor.refresh_from_db()
    if impor.status != Impor.Status.SELESAI and impor.jumlah_baru:
        raise AssertionError(f"{impor.get_status_display()}: {impor.galat}")
    return impor


def fingerprint(office: Office) -> tuple[int, str]:
    """Number of records of the office, and a hash over their content."""
    with owner(office) as cursor:
        cursor.execute(FINGERPRINT, [office.pk, office.ids])
        return cursor.fetchone()


def taken_out(office: Office) -> str:
    """The records of the office in the text format of COPY."""
    out = StringIO()
    with owner(office) as cursor:
        columns = ", ".join(COLUMNS)
        mine = cursor.mogrify("bapas_id = %s AND klien_id = ANY(%s)", [office.pk, office.ids]).decode()
        cursor.copy_expert(f"COPY (SELECT {columns} FROM {TABLE} WHERE {mine} ORDER BY id) TO STDOUT", out)
    return out.getvalue()


def copy_alone(office: Office, text: str) -> None:
    """The floor (least possible work): COPY into the same table, with its indexes and foreign keys, by its owner."""
    with owner(office) as cursor:
        cursor.copy_expert(f"COPY {TABLE} ({', '.join(COLUMNS)}) FROM STDIN", StringIO(text))


def delete_office(office: Office) -> None:
    """Remove records and imports again, so that every round starts from the same table."""
    with owner(office) as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE bapas_id = %s AND klien_id = ANY(%s)", [office.pk, office.ids])
    with database_scope(office.scope):
        Impor.objects.visible_to(office.operator).update(status=Impor.Status.BATAL)
    with closing(psycopg2.connect(os.environ["DATABASE_OWNER_URL"])) as link:
        link.autocommit = True
        with link.cursor() as cursor:
            cursor.execute(f"VACUUM ANALYZE {TABLE}")


@contextmanager
def owner(office: Office):
    """A cursor of the owner without row policies in this transaction, because COPY does not support them."""
    with psycopg2.connect(os.environ["DATABASE_OWNER_URL"]) as link, link.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} NO FORCE ROW LEVEL SECURITY")
        yield cursor
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # check foreign keys before the policies return
        cursor.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
