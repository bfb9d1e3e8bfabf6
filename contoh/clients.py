"""Clients of one office: registration, case, term, reporting duty, needs and the guidance log. Pure.

Dates are day numbers (`date.toordinal`) until they are written, because there are millions of rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random
from types import SimpleNamespace

from apps.klien.crypto import blind_index, seal, telephone_index
from apps.klien.models import (
    CatatanBimbingan,
    JadwalLapor,
    Kebutuhan,
    Klien,
    MasaBimbingan,
    Orang,
    Perkara,
)
from contoh import terms, words
from contoh.copying import Table, encode, iso
from contoh.history import MEETING, Guide, Past, asked_at
from contoh.offices import Lists, Office, draw
from contoh.people import call_name, full_name, region_of
from contoh.terms import Term, working_day

MARK = "CONTOH"
"""Value of `id_sdp` of every invented client."""
NEW_SANCTIONS = date(2026, 1, 2).toordinal()
"""UU 1/2023 came into force: from this day on pidana pengawasan and kerja sosial exist."""
YEAR = 365
CHILDREN, WOMEN, WORKING = 0.02, 0.06, 0.7
ADULT_PROGRAMMES = {
    "PB": 80, "CB": 9, "ASIMILASI": 3, "CMB": 2, "PENGAWASAN": 3, "KERJASOS": 2, "PIDSYARAT": 1,
}  # fmt: skip
CHILD_PROGRAMMES = {
    "DIVERSI": 35, "LUARLEMB": 22, "PB": 16, "YANMASY": 12, "AWASANAK": 8, "LATKERJA": 4, "AKOT": 3,
}  # fmt: skip
CHILD_DAYS = {"sekolah": 80, "tidak": 10, "belum": 10}
WOMAN_DAYS = {"rumah": 65, "tidak": 20, "belum": 15}
MAN_DAYS = {"tidak": 70, "belum": 24, "sekolah": 4, "rumah": 2}
"""Weights of the main activity without work, for children, women and men."""
NEW_SANCTION_CODES = {"PENGAWASAN", "KERJASOS"}
NEED_STATUS = {"terbuka": 44, "dirujuk": 12, "dilayani": 13, "terpenuhi": 23, "tidak": 6, "batal": 2}
CLOSED = {"terpenuhi", "tidak", "batal"}
NEEDS_EACH = 4
"""Ids reserved per client for needs."""


@dataclass(frozen=True)
class Client:
    """Facts about a client that activities need."""

    id: int
    kode: str
    panggilan: str
    """Call name; empty without consent."""
    mulai: int
    until: int | None
    """The day on which guidance ended; None while it runs."""


class Tables:
    """All tables with rows about the clients of one office."""

    def __init__(self):
        self.orang = Table(Orang, "id", "nik_hmac")
        self.klien = Table(
            Klien, "id", "bapas_id", "orang_id", "kode", "jenis_register", "nomor_register", "tahun_register", "nama",
            "panggilan", "izin_panggilan", "nik", "alamat", "telepon", "telepon_hmac", "lahir", "jenis_kelamin",
            "kategori_usia", "kabkota_id", "kelurahan", "pendidikan", "kegiatan_utama", "pekerjaan", "bersekolah",
            "pk_pembimbing_id", "status", "berakhir", "id_sdp", "diregistrasi", "dibuat_oleh_id", "dibuat_pada",
            "versi",
        )  # fmt: skip
        self.perkara = Table(
            Perkara,
            "bapas_id",
            "klien_id",
            "pasal",
            "pengadilan",
            "putusan_nomor",
            "putusan_tanggal",
            "pidana",
            "upt_asal",
        )
        self.masa = Table(
            MasaBimbingan, "bapas_id", "klien_id", "jenis_program_id", "sk_nomor", "sk_tanggal", "mulai", "selesai"
        )
        self.jadwal = Table(
            JadwalLapor, "bapas_id", "klien_id", "frekuensi_hari", "pertama", "berikutnya", "terakhir",
            "absen_beruntun", "janji", "janji_pada", "jam", "cara", "versi",
        )  # fmt: skip
        self.kebutuhan = Table(
            Kebutuhan, "id", "bapas_id", "klien_id", "kategori_id", "uraian", "kata_klien", "mendesak", "sumber",
            "status", "alasan", "dicatat_oleh_id", "dicatat_pada", "ditutup_pada",
        )  # fmt: skip
        self.catatan = Table(CatatanBimbingan, *LOG_HEAD, *LOG_BODY)
        self.past = Past()

    def __iter__(self) -> Iterator[Table]:
        """The tables in the order of COPY."""
        own = vars(self).values()
        yield from (table for table in own if table is not self.past)
        yield from self.past


LOG_HEAD = (
    "bapas_id", "klien_id", "pk_pencatat_id", "kunci", "tanggal", "berikutnya", "dibuat_pada", "diterima_pada",
)  # fmt: skip
LOG_BODY = (
    "cara", "bidang", "hadir", "alasan", "tindak_lanjut", "topik", "kondisi", "pekerjaan", "lingkungan", "kendala",
    "rencana", "catatan",
)  # fmt: skip


def add_clients(office: Office, lists: Lists, today: date, tables: Tables) -> list[Client]:
    """Fill `tables`; gives the clients in order of the start of their term."""
    rng, now, amount = office.rng("klien"), today.toordinal(), office.amount
    writer = _Writer(office, lists, now, rng, tables)
    taken_over = office.staff.officers[-1] if office.staff.former else None
    active = [
        (pk, terms.running(rng, amount, now, number, may_flee=pk != taken_over))
        for number, pk in enumerate(_caseload(office))
    ]
    ended = [(rng.choice(office.staff.officers), terms.ended(rng, amount, now)) for _ in range(amount.ended)]
    registered = sorted(active + ended, key=lambda row: row[1].mulai)
    return [writer.write(office.first_client + n, pk, term) for n, (pk, term) in enumerate(registered)]


def _caseload(office: Office) -> Iterator[int]:
    for pk, size in zip(office.staff.officers, office.amount.caseloads, strict=True):
        yield from [pk] * size


class _Writer:
    """Writes one client after the other. Register numbers count per book (register) and year."""

    def __init__(self, office: Office, lists: Lists, now: int, rng: Random, tables: Tables):
        self.office, self.lists, self.now, self.rng, self.tables = office, lists, now, rng, tables
        self.names = region_of(office.kanwil)
        self.numbers: dict[tuple[str, int], int] = {}
        self.bodies = _bodies()
        self.days = office.rng("kegiatan utama")
        self.needs = _Weighted({lists.needs[k]: v[0] for k, v in words.KEBUTUHAN.items() if k in lists.needs})
        self.need_words = {lists.needs[k]: v[1:] for k, v in words.KEBUTUHAN.items() if k in lists.needs}
        self.adult = _Weighted({k: w for k, w in ADULT_PROGRAMMES.items() if k in lists.programmes})
        self.child = _Weighted({k: w for k, w in CHILD_PROGRAMMES.items() if k in lists.programmes})

    def write(self, number: int, pk: int, term: Term) -> Client:
        child = self.rng.random() < CHILDREN * (3 if self.office.amount.detailed else 1)
        guide = Guide(*terms.officers_of(self.rng, self.office, pk, term))
        client = self._klien(number, guide, term, child)
        self._masa(number, term, child)
        self._jadwal(number, term)
        self._kebutuhan(number, guide, term)
        self._catatan(number, guide, term)
        self.tables.past.tell(self.office, number, guide, term)
        if self.office.amount.detailed:
            self._perkara(number, term, child)
        return client

    def _klien(self, number: int, guide: Guide, term: Term, child: bool) -> Client:
        rng, year = self.rng, date.fromordinal(term.mulai).year
        woman = rng.random() < WOMEN
        name = full_name(rng, self.names, woman=woman)
        call, consent = call_name(rng, name), rng.random() < 0.45
        book = "bimbingan-anak" if child else "bimbingan-dewasa"
        place = self.numbers[book, year] = self.numbers.get((book, year), 0) + 1
        code = f"KL-{year}-{number:05}"
        nik, address, phone, dialled, fingerprint = self._sealed(number, code)
        age = rng.randint(13 * YEAR + 200, 17 * YEAR + 300) if child else int(rng.triangular(18.3, 62, 29) * YEAR)
        work = rng.choice(words.PEKERJAAN_TETAP) if not child and rng.random() < WORKING else ""
        activity = "bekerja" if work else self._activity(child, woman)
        self.tables.orang.add(number, fingerprint)
        self.tables.klien.add(
            number, self.office.id, number, code, book, f"{place:03}/{'BKA' if child else 'BKD'}/{year}", year, name,
            call, consent, nik, address, phone, dialled, iso(term.mulai - age), "P" if woman else "L",
            "anak" if child else "dewasa", rng.choice(self.office.towns), rng.choice(words.KELURAHAN),
            rng.choice(("smp", "sd") if child else ("sd", "smp", "smp", "sma", "sma", "sma", "tinggi")), activity,
            work, activity == "sekolah", guide.now, term.end.kind if term.end else "aktif",
            term.until and iso(term.until), MARK, iso(term.mulai), self.office.staff.operator,
            f"{iso(term.mulai)} 02:10+00", guide.versions + term.versions,
        )  # fmt: skip
        return Client(number, code, call if consent else "", term.mulai, term.until)

    def _activity(self, child: bool, woman: bool) -> str:
        """Main activity of a client without work."""
        weights = CHILD_DAYS if child else WOMAN_DAYS if woman else MAN_DAYS
        return self.days.choices(list(weights), list(weights.values()))[0]

    def _sealed(self, number: int, code: str) -> tuple:
        """Encrypted invented NIK (no region starts with 99), address and phone; HMACs of phone and NIK. Empty in bulk
        data."""
        if not self.office.amount.detailed:
            return b"", b"", b"", "", None
        nik = f"99{number // 10_000:04}010190{number % 10_000:04}"
        address = f"Jalan {self.rng.choice(words.KELURAHAN)} No. {self.rng.randint(1, 120)}"
        phone = f"0800-0000-{number % 10_000:04}"
        row = SimpleNamespace(kode=code)
        values = {"nik": nik, "alamat": address, "telepon": phone}
        sealed = [seal(text, Klien._meta.get_field(name).binding(row)) for name, text in values.items()]
        return *sealed, telephone_index(phone), blind_index(nik)

    def _masa(self, number: int, term: Term, child: bool) -> None:
        code = (self.child if child else self.adult).draw(self.rng)
        if code in NEW_SANCTION_CODES and term.mulai < NEW_SANCTIONS:
            code = "PB"
        year = date.fromordinal(term.mulai).year
        self.tables.masa.add(
            self.office.id, number, self.lists.programmes[code], f"PAS-{number}.PK.05.09 Tahun {year}",
            iso(term.mulai - 12), iso(term.mulai), iso(term.selesai),
        )  # fmt: skip

    def _jadwal(self, number: int, term: Term) -> None:
        """The schedule that follows from contacts and moved meetings; an ended client has no next date."""
        attended = term.visits[: len(term.visits) - term.absences]
        first = working_day(term.mulai + 14)
        if term.due is not None and not term.visits:
            first = max(first, self.now)
        due, move = term.due if term.visits else first, term.move
        asked = move and not term.end
        self.tables.jadwal.add(
            self.office.id, number, term.every, iso(first), None if term.end else iso(due),
            iso(attended[-1]) if attended else None, term.absences, iso(move.to) if asked else None,
            asked_at(move) if asked else None, MEETING.jam if move else None, MEETING.cara if move else "",
            term.schedule_version,
        )  # fmt: skip

    def _kebutuhan(self, number: int, guide: Guide, term: Term) -> None:
        rng, last = self.rng, term.until or self.now - 1
        how_many = rng.choices((0, 1, 2, 3), (62, 28, 8, 2) if term.end else (22, 36, 27, 15))[0]
        for place, kategori in enumerate({self.needs.draw(rng) for _ in range(how_many)}):
            status = rng.choice(("terpenuhi", "terpenuhi", "terpenuhi", "tidak")) if term.end else rng.choices(
                list(NEED_STATUS), list(NEED_STATUS.values())
            )[0]  # fmt: skip
            day = rng.randint(term.mulai, min(last, term.selesai))
            what, own_words = self.need_words[kategori]
            need = number * NEEDS_EACH + place
            closed, reason = self.tables.past.tell_need(rng, self.office.id, need, status, day, last, guide)
            self.tables.kebutuhan.add(
                need, self.office.id, number, kategori, what, own_words,
                rng.choices(("sekarang", "3bulan", "nanti"), (35, 45, 20))[0],
                rng.choice(("bimbingan", "asesmen")), status, reason, guide.on(day), f"{iso(day)} 03:00+00", closed,
            )  # fmt: skip

    def _perkara(self, number: int, term: Term, child: bool) -> None:
        rng = self.rng
        decided = term.mulai - rng.randint(60, 900)
        pasal = rng.choices([p for p, _ in words.PERKARA], [w for _, w in words.PERKARA])[0]
        seat = self.office.nama.removeprefix("Bapas ")
        year = date.fromordinal(decided).year
        punishment = "Diversi" if child else f"Penjara {rng.randint(1, 6)} tahun {rng.choice((0, 3, 6))} bulan"
        self.tables.perkara.add(
            self.office.id, number, pasal, f"Pengadilan Negeri {seat}", f"{rng.randint(10, 400)}/Pid/{year}",
            iso(decided), punishment.replace(" 0 bulan", ""), f"{'LPKA' if child else 'Lapas'} {seat}",
        )  # fmt: skip

    def _catatan(self, number: int, guide: Guide, term: Term) -> None:
        """The innermost loop: writes lines directly in COPY format, from prepared parts."""
        rng, lines, tail = self.rng, self.tables.catatan.lines, self.tables.catatan.tail
        came, missed = self.bodies
        head = f"{self.office.id}\t{number}\t"
        certain = len(term.visits) - term.absences
        for n, visit in enumerate(term.visits):
            draw = rng.getrandbits(128)
            day, due = iso(visit), term.next_after(n)
            if n >= certain or (n < certain - 1 and draw % 100 < 9):
                body = missed[draw % len(missed)]
            else:
                body = came[draw % len(came)]
            at = f"{day} 0{draw % 8 + 1}:{draw % 60:02}+00"
            after = iso(due) if due else r"\N"
            lines.append(f"{head}{guide.on(visit)}\t{draw:032x}\t{day}\t{after}\t{at}\t{at}\t{body}{tail}")


class _Weighted:
    """Draws keys by weight from a prepared pool; `choices` would add up the weights at every draw."""

    def __init__(self, weights: dict):
        self.pool = [key for key, weight in weights.items() for _ in range(weight)]

    def draw(self, rng: Random):
        return self.pool[int(rng.random() * len(self.pool))]


@cache
def _bodies() -> tuple[list[str], list[str]]:
    """Encoded contents of records: (client came, client did not come)."""
    rng = draw("isi catatan")
    return [_came(rng) for _ in range(512)], [_missed(rng) for _ in range(64)]


def _came(rng: Random) -> str:
    topics = rng.sample([topic.value for topic in CatatanBimbingan.Topik], rng.randint(1, 3))
    return _body(
        rng.choices(("kantor", "kunjungan", "telepon", "daring", "kelompok"), (62, 14, 14, 6, 4))[0],
        rng.choices(("kepribadian", "kemandirian", "kemasyarakatan"), (60, 28, 12))[0],
        True, "", "", topics, rng.choice(words.KONDISI), rng.choice(words.PEKERJAAN), rng.choice(words.LINGKUNGAN),
        rng.choice(words.KENDALA), rng.choice(words.RENCANA), rng.choice(words.CATATAN),
    )  # fmt: skip


def _missed(rng: Random) -> str:
    reason = rng.choices(("bekerja", "kontak", "sakit", "lain"), (40, 30, 20, 10))[0]
    return _body("kantor", "kepribadian", False, reason, rng.choice(words.TINDAK_LANJUT), [], "", "", "", "", "", "")


def _body(*values) -> str:
    return "\t".join(map(encode, values))
