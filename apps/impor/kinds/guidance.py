"""Past guidance from the books and spreadsheets of an office."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.functional import cached_property

from apps.acuan.calendar import Calendar
from apps.dasar.wording import tanggal
from apps.impor.kinds.base import Column, Kind, Record, found_in
from apps.impor.kinds.shared import as_choice, as_day, as_line, as_number, as_officer, yes_or_no
from apps.impor.storing import Target, placed
from apps.impor.values import key_of, number_key
from apps.klien.forms.fields import too_far
from apps.klien.models import Bidang, CatatanBimbingan, Klien
from apps.klien.services.guidance import refresh_all

Cara, Alasan = CatatanBimbingan.Cara, CatatanBimbingan.Alasan
UNKNOWN = "Klien ini tidak ditemukan di kantor Anda."
TWO_CLIENTS = "Ada lebih dari satu klien dengan nomor ini. Isi tahun register atau kode klien."

ATTENDED = {"bidang", "catatan", "kondisi", "pekerjaan", "lingkungan", "kendala", "rencana"}
PROSE = {"alasan", "tindak_lanjut"} | ATTENDED
AT_THE_OFFICE = Cara.KANTOR.value
SAME_KEY = "md5(concat_ws(':', 'impor', s.bapas_id, r.klien_id, r.tanggal, r.cara))::uuid"
"""The key of an imported record, made from office, client, day and way: the same row gets the same key again."""
ITS_CLIENTS = (
    "SELECT DISTINCT <catatan.klien_id>::bigint FROM impor_barisimpor s"
    " WHERE bapas_id = %s AND impor_id = %s AND status = 'baru'"
)
HOLD = "SELECT status FROM klien_klien client WHERE bapas_id = %s AND id IN ({}) ORDER BY id FOR NO KEY UPDATE"
"""Files of the clients, in the order of `apps/dasar/locks.py`."""
STORED = """
SELECT klien_id, tanggal, cara FROM unnest(%s::bigint[]) AS of(klien) CROSS JOIN LATERAL (
    SELECT klien_id, tanggal, cara FROM klien_catatanbimbingan WHERE bapas_id = %s AND klien_id = of.klien
) record
"""
"""Client by client (LATERAL): for many clients at once PostgreSQL would read every record of the office."""

WAYS = {
    Cara.KANTOR: "kantor|di kantor|bapas|tatap muka|datang|lapor|wajib lapor|langsung",
    Cara.KUNJUNGAN: "kunjungan|kunjungan rumah|home visit|visit|rumah",
    Cara.TELEPON: "telepon|telp|telpon|wa|whatsapp|telepon/wa|hp|chat",
    Cara.DARING: "daring|online|video|video call|zoom|vc",
    Cara.KELOMPOK: "kelompok|grup|bimbingan kelompok",
}
REASONS = {
    Alasan.SAKIT: "sakit",
    Alasan.BEKERJA: "bekerja|kerja|izin bekerja",
    Alasan.KONTAK: "belum dapat dihubungi|tidak dapat dihubungi|tidak bisa dihubungi|kontak",
    Alasan.LAIN: "alasan lain|lain|lainnya|izin|tanpa keterangan|alpa",
}


@dataclass(frozen=True, slots=True)
class Client:
    """What a record needs to know about its client."""

    pk: int
    kode: str
    nama: str
    since: date
    every: int
    officer: int
    status: str


class Guidance(Kind):
    title = "Bimbingan yang lalu"
    clash = ""
    columns = (
        Column(
            "kode", "Kode klien", lambda kind: found_in(kind.by_code, UNKNOWN), "KL-2026-00001", "kode|id klien",
            "Atau isi nomor dan tahun register.",
        ),
        Column("nomor_register", "Nomor register", as_line(40), "12", "no register|no reg|nomor reg|register|noreg"),
        Column("tahun_register", "Tahun register", as_number(1980, 2100), "2026", "thn register"),
        Column(
            "nama", "Nama klien", as_line(120), "Contoh Nama", "nama|nama lengkap|klien",
            "Hanya untuk mencocokkan dengan kode atau nomor register.",
        ),
        Column(
            "tanggal", "Tanggal bimbingan", as_day, "03-05-2026",
            "tanggal|tgl|tgl bimbingan|tanggal lapor|tgl lapor|tanggal pertemuan|hari/tanggal", required=True,
        ),
        Column(
            "cara", "Cara bertemu", as_choice(WAYS, Cara), "Di kantor", "cara|metode|jenis pertemuan|media",
            "Kosong berarti di kantor.",
        ),
        Column(
            "hadir", "Klien hadir", lambda kind: yes_or_no, "Ya", "hadir|kehadiran|absensi|keterangan hadir",
            "Kosong berarti hadir.", dash_is_empty=False,
        ),
        Column("alasan", "Alasan tidak hadir", as_choice(REASONS, Alasan), "", "alasan|sebab tidak hadir"),
        Column("tindak_lanjut", "Tindak lanjut", as_line(200), "", "tl|langkah selanjutnya"),
        Column(
            "bidang", "Bidang", as_choice({}, Bidang), "Kepribadian",
            "bidang bimbingan|jenis bimbingan",
        ),
        Column(
            "catatan", "Catatan singkat", as_line(500), "Datang tepat waktu.",
            "catatan|hasil|hasil bimbingan|materi|uraian|keterangan|isi bimbingan",
        ),
        Column("kondisi", "Kondisi", as_line(300), "", "kondisi klien|keadaan"),
        Column("pekerjaan", "Kegiatan/pekerjaan", as_line(300), "", "kegiatan|pekerjaan"),
        Column("lingkungan", "Lingkungan sosial", as_line(300), "", "lingkungan|sosial"),
        Column("kendala", "Kendala", as_line(300), "", "hambatan|masalah"),
        Column("rencana", "Rencana", as_line(300), "", "rencana tindak lanjut|rtl"),
        Column(
            "berikutnya", "Pertemuan berikutnya", as_day, "03-06-2026",
            "tanggal kembali|tgl kembali|lapor berikutnya|jadwal berikutnya",
        ),
        Column(
            "pk", "PK pencatat", as_officer, "", "pk|pembimbing|nama pk|pembimbing kemasyarakatan|petugas",
            "NIP, surel, atau nama. Kosong berarti PK klien.",
        ),
    )  # fmt: skip
    targets = (
        Target(
            "catatan", CatatanBimbingan,
            ("klien_id", "pk_pencatat_id", "tanggal", "cara", "hadir", "berikutnya", *sorted(PROSE)),
            instead={"kunci": SAME_KEY}, counts=True,
        ),
    )  # fmt: skip
    shown = (("Klien", "lihat.kode"), ("Tanggal", "catatan.tanggal"), ("Cara", "catatan.cara"))

    def load(self):
        self.stored: dict[int, set[tuple[date, str]]] = {}
        rows = Klien.objects.filter(bapas=self.bapas).values_list(
            "nomor_register", "tahun_register",
            "pk", "kode", "nama", "diregistrasi", "jadwal__frekuensi_hari", "pk_pembimbing_id",
            "status",
        )  # fmt: skip
        self.clients = [(number, year, Client(*facts)) for number, year, *facts in rows]
        self.by_code = {key_of(client.kode): client for _, _, client in self.clients}
        first = min((client.since for _, _, client in self.clients), default=self.today)
        self.calendar = Calendar.between(first, self.today + timedelta(days=400))
        self.next_open: dict[tuple[date, int], date] = {}

    def record(self, values: dict[str, Any], say) -> Record | None:
        get = values.get
        client = self._client(values, say)
        met = get("tanggal")
        if client is None or met is None:
            return None
        again, came, cara = get("berikutnya"), get("hadir", True), get("cara", AT_THE_OFFICE)
        self._check_dates(client, met, again, say)
        if not came and not get("alasan"):
            say("alasan", "Isi alasan tidak hadir.")
        row = {
            "klien_id": client.pk, "pk_pencatat_id": get("pk", client.officer), "tanggal": met, "cara": cara,
            "hadir": came, "berikutnya": again or self._next(met, client.every),
        }  # fmt: skip
        prose = ATTENDED if came else PROSE
        row |= {name: value for name, value in values.items() if name in prose}
        return Record({"catatan": row, "lihat": {"kode": client.kode}}, (client.pk, met, cara))

    def complete(self, records, cursor):
        """Mark contacts that are logged already, whoever wrote them and whatever their key."""
        fresh = {record.key[0] for record in records} - self.stored.keys()
        self.stored.update((pk, set()) for pk in fresh)
        cursor.execute(STORED, [list(fresh), self.bapas.pk])
        for pk, met, cara in cursor:
            self.stored[pk].add((met, cara))
        for record in records:
            pk, met, cara = record.key
            record.known = (met, cara) in self.stored[pk]

    @staticmethod
    def before(cursor, impor):
        """The log of a client who was handed over stays as the other office knows it; any other end may be told of."""
        cursor.execute(placed(HOLD.format(ITS_CLIENTS), impor), [impor.bapas_id, impor.bapas_id, impor.pk])
        return all(status != Klien.Status.DILIMPAHKAN for (status,) in cursor)

    @staticmethod
    def after(cursor, impor):
        cursor.execute(placed(ITS_CLIENTS, impor), [impor.bapas_id, impor.pk])
        refresh_all(bapas_id=impor.bapas_id, klien_ids=[pk for (pk,) in cursor])

    @cached_property
    def by_register(self) -> dict[tuple[str, int | None], Client | None]:
        """Clients by number and year, and by number alone; None if two clients have it."""
        found: dict[tuple[str, int | None], Client | None] = {}
        for number, year, client in self.clients:
            for key in ((number_key(number), year), (number_key(number), None)):
                found[key] = None if key in found else client
        return found

    def _client(self, values, say) -> Client | None:
        client = values.get("kode") or self._by_register(values, say)
        if client and "nama" in values and key_of(values["nama"]) != key_of(client.nama):
            say("nama", f"Nama ini bukan nama klien {client.kode}. Periksa kode atau nomor register.")
            return None
        if client and client.status == Klien.Status.DILIMPAHKAN:
            say("kode", f"Klien {client.kode} sudah dilimpahkan, jadi catatannya tidak dapat ditambah.")
            return None
        return client

    def _by_register(self, values, say) -> Client | None:
        if "nomor_register" not in values:
            say("kode", "Isi kode klien, atau nomor dan tahun register.")
            return None
        key = number_key(values["nomor_register"]), values.get("tahun_register")
        client = self.by_register.get(key)
        if client is None:
            say("nomor_register", TWO_CLIENTS if key in self.by_register else UNKNOWN)
        return client

    def _check_dates(self, client, met, again, say) -> None:
        if met > self.today:
            say("tanggal", f"Tanggal bimbingan tidak boleh setelah hari ini, {tanggal(self.today)}.")
        elif met < client.since:
            since = tanggal(client.since)
            say("tanggal", f"Tanggal bimbingan tidak boleh sebelum klien diregistrasi, {since}.")
        if again and again <= met:
            say("berikutnya", "Pertemuan berikutnya harus setelah tanggal bimbingan.")
        elif again and (sentence := too_far(again, self.today)):
            say("berikutnya", sentence)

    def _next(self, met: date, every: int) -> date:
        if (met, every) not in self.next_open:
            self.next_open[met, every] = self.calendar.open_day(met + timedelta(days=every))
        return self.next_open[met, every]
