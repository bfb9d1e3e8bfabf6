"""Clients of one office: registration, case, term, reporting duty, needs and the guidance log. Pure.

Dates are day numbers (`date.toordinal`) until they are written: millions of rows are made of them.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random
from types import SimpleNamespace

from apps.dasbor.contoh import words
from apps.dasbor.contoh.copying import Table, encode
from apps.dasbor.contoh.offices import Lists, Office, draw
from apps.dasbor.contoh.people import call_name, full_name, region_of
from apps.klien.crypto import blind_index, seal
from apps.klien.models import (
    CatatanBimbingan,
    JadwalLapor,
    Kebutuhan,
    Klien,
    MasaBimbingan,
    Orang,
    Perkara,
)

MARK = "CONTOH"
"""Stands in `id_sdp` of every invented client."""
NEW_SANCTIONS = date(2026, 1, 2).toordinal()
"""UU 1/2023 came into force: pidana pengawasan and kerja sosial exist from here."""
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
"""Main activity of those who do not work."""
NEW_SANCTION_CODES = {"PENGAWASAN", "KERJASOS"}
ENDINGS = {"selesai": 90, "dicabut": 4, "dilimpahkan": 3, "meninggal": 1, "melarikan": 2}
NEED_STATUS = {"terbuka": 44, "dirujuk": 12, "dilayani": 13, "terpenuhi": 23, "tidak": 6, "batal": 2}
CLOSED = {"terpenuhi", "tidak", "batal"}


@dataclass(frozen=True)
class Client:
    """What activities need to know about a client."""

    id: int
    kode: str
    panggilan: str
    """Empty without consent."""
    mulai: int
    selesai: int


class Tables:
    """Everything that one office writes about its clients."""

    def __init__(self):
        self.orang = Table(Orang, "id", "nik_hmac")
        self.klien = Table(
            Klien, "id", "bapas_id", "orang_id", "kode", "jenis_register", "nomor_register", "tahun_register", "nama",
            "panggilan", "izin_panggilan", "nik", "alamat", "telepon", "lahir", "jenis_kelamin", "kategori_usia",
            "kabkota_id", "kelurahan", "pendidikan", "kegiatan_utama", "pekerjaan", "bersekolah", "pk_pembimbing_id",
            "status", "id_sdp", "diregistrasi", "dibuat_oleh_id", "dibuat_pada",
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
            JadwalLapor, "bapas_id", "klien_id", "frekuensi_hari", "pertama", "berikutnya", "terakhir", "absen_beruntun"
        )
        self.kebutuhan = Table(
            Kebutuhan, "bapas_id", "klien_id", "kategori_id", "uraian", "kata_klien", "mendesak", "sumber", "status",
            "alasan", "dicatat_oleh_id", "dicatat_pada", "ditutup_pada",
        )  # fmt: skip
        self.catatan = Table(CatatanBimbingan, *LOG_HEAD, *LOG_BODY)

    def __iter__(self) -> Iterator[Table]:
        return iter(vars(self).values())


LOG_HEAD = (
    "bapas_id", "klien_id", "pk_pencatat_id", "kunci", "tanggal", "berikutnya", "dibuat_pada", "diterima_pada",
)  # fmt: skip
LOG_BODY = (
    "cara", "bidang", "hadir", "alasan", "tindak_lanjut", "topik", "kondisi", "pekerjaan", "lingkungan", "kendala",
    "rencana", "catatan",
)  # fmt: skip


@dataclass(frozen=True)
class Term:
    """When a client is guided, and how the reporting duty stands today."""

    mulai: int
    selesai: int
    every: int
    visits: list[int]
    """Day numbers, oldest first."""
    absences: int = 0
    """How many of the last visits the client missed."""
    due: int | None = None


def add_clients(office: Office, lists: Lists, today: date, tables: Tables) -> list[Client]:
    """Fill `tables`; the clients in order of the start of their term."""
    rng, now = office.rng("klien"), today.toordinal()
    writer = _Writer(office, lists, now, rng, tables)
    terms = [(pk, _running(rng, office, now, number)) for number, pk in enumerate(_caseload(office))]
    ended = [(rng.choice(office.staff.officers), _ended(rng, office, now)) for _ in range(office.amount.ended)]
    registered = sorted(terms + ended, key=lambda row: row[1].mulai)
    return [writer.write(office.first_client + n, pk, term) for n, (pk, term) in enumerate(registered)]


def _caseload(office: Office) -> Iterator[int]:
    for pk, size in zip(office.staff.officers, office.amount.caseloads, strict=True):
        yield from [pk] * size


def _running(rng: Random, office: Office, now: int, number: int) -> Term:
    """An active client. The next date is drawn first and the visits are counted back from it."""
    every = 30 if rng.random() < 0.88 else rng.choice((7, 14, 14, 60))
    due = now + _days_left(rng, every)
    age = rng.randint(5, min(office.amount.months * 30, 660))
    soon = number % 25 == 7  # a few terms end within a month
    end = now + (rng.randint(3, 29) if soon else rng.randint(35, 600))
    start = now - age
    visits = []
    day = due - every
    while day > start:
        visits.append(_working_day(min(day, now)))
        day -= every + rng.choice((0, 0, 0, -1, 1, 2))
    absences = min(rng.choices((0, 1, 2, 3), (84, 9, 4, 3))[0], len(visits))
    return Term(start, end, every, visits[::-1], absences, due)


def _days_left(rng: Random, every: int) -> int:
    """Days until the next report: some today, some overdue, most ahead."""
    draw = rng.random()
    if draw < 0.06:
        return 0
    if draw < 0.17:
        return -rng.randint(1, 24)
    return rng.randint(1, every)


def _ended(rng: Random, office: Office, now: int) -> Term:
    """A client whose guidance is over: one visit a month until the end."""
    count = rng.randint(*ENDED_VISITS)
    span = count * 30 + rng.randint(5, 29)
    oldest = max(office.amount.months * 30, OLDEST_END)
    end = now - rng.randint(5, oldest - span)
    start = end - span
    return Term(start, end, 30, [_working_day(start + 30 * n + rng.randint(1, 8)) for n in range(1, count + 1)])


ENDED_VISITS = (6, 18)
OLDEST_END = 600
"""Days: longer than the longest term, so that every term fits before today."""


def _working_day(day: int) -> int:
    """Saturday becomes Friday, Sunday becomes Friday too: nobody records on a weekend."""
    weekday = (day - 1) % 7
    return day if weekday < 5 else day - (weekday - 4)


class _Writer:
    """Writes one client after the other. Register numbers run on per book and year."""

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
        client = self._klien(number, pk, term, child)
        self._masa(number, term, child)
        self._jadwal(number, term)
        self._kebutuhan(number, pk, term)
        self._catatan(number, pk, term)
        if self.office.amount.detailed:
            self._perkara(number, term, child)
        return client

    def _klien(self, number: int, pk: int, term: Term, child: bool) -> Client:
        rng, year = self.rng, date.fromordinal(term.mulai).year
        woman = rng.random() < WOMEN
        name = full_name(rng, self.names, woman=woman)
        call, consent = call_name(rng, name), rng.random() < 0.45
        book = "bimbingan-anak" if child else "bimbingan-dewasa"
        place = self.numbers[book, year] = self.numbers.get((book, year), 0) + 1
        code = f"KL-{year}-{number:05}"
        nik, address, phone, fingerprint = self._sealed(number, code)
        age = rng.randint(13 * YEAR + 200, 17 * YEAR + 300) if child else int(rng.triangular(18.3, 62, 29) * YEAR)
        status = "aktif" if term.due is not None else rng.choices(list(ENDINGS), list(ENDINGS.values()))[0]
        work = rng.choice(words.PEKERJAAN_TETAP) if not child and rng.random() < WORKING else ""
        activity = "bekerja" if work else self._activity(child, woman)
        self.tables.orang.add(number, fingerprint)
        self.tables.klien.add(
            number, self.office.id, number, code, book, f"{place:03}/{'BKA' if child else 'BKD'}/{year}", year, name,
            call, consent, nik, address, phone, iso(term.mulai - age), "P" if woman else "L",
            "anak" if child else "dewasa", rng.choice(self.office.towns), rng.choice(words.KELURAHAN),
            rng.choice(("smp", "sd") if child else ("sd", "smp", "smp", "sma", "sma", "sma", "tinggi")), activity,
            work, activity == "sekolah", pk, status, MARK, iso(term.mulai), self.office.staff.operator,
            f"{iso(term.mulai)} 02:10+00",
        )  # fmt: skip
        return Client(number, code, call if consent else "", term.mulai, term.selesai)

    def _activity(self, child: bool, woman: bool) -> str:
        """What somebody does who does not work."""
        weights = CHILD_DAYS if child else WOMAN_DAYS if woman else MAN_DAYS
        return self.days.choices(list(weights), list(weights.values()))[0]

    def _sealed(self, number: int, code: str) -> tuple:
        """Invented NIK (no region starts with 99), address and phone, encrypted; empty in bulk data."""
        if not self.office.amount.detailed:
            return b"", b"", b"", None
        nik = f"99{number:014}"
        address = f"Jalan {self.rng.choice(words.KELURAHAN)} No. {self.rng.randint(1, 120)}"
        phone = f"0800-0000-{number % 10_000:04}"
        row = SimpleNamespace(kode=code)
        values = {"nik": nik, "alamat": address, "telepon": phone}
        sealed = [seal(text, Klien._meta.get_field(name).binding(row)) for name, text in values.items()]
        return *sealed, blind_index(nik)

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
        attended = term.visits[: len(term.visits) - term.absences]
        first = _working_day(term.mulai + 14)
        due = None if term.due is None else (term.due if term.visits else max(first, self.now))
        self.tables.jadwal.add(
            self.office.id, number, term.every, iso(first), due and iso(due),
            iso(attended[-1]) if attended else None, term.absences,
        )  # fmt: skip

    def _kebutuhan(self, number: int, pk: int, term: Term) -> None:
        rng = self.rng
        running = term.due is not None
        how_many = rng.choices((0, 1, 2, 3), (22, 36, 27, 15) if running else (62, 28, 8, 2))[0]
        for kategori in {self.needs.draw(rng) for _ in range(how_many)}:
            status = rng.choices(list(NEED_STATUS), list(NEED_STATUS.values()))[0] if running else rng.choice(
                ("terpenuhi", "terpenuhi", "terpenuhi", "tidak")
            )  # fmt: skip
            day = rng.randint(term.mulai, min(self.now, term.selesai))
            closed = f"{iso(min(day + rng.randint(20, 120), self.now))} 06:00+00" if status in CLOSED else None
            what, own_words = self.need_words[kategori]
            reason = ""
            if status == "tidak":
                reason = rng.choice(words.ALASAN_TIDAK_TERPENUHI)
            elif status == "batal":
                reason = "Klien menyatakan tidak memerlukan lagi."
            self.tables.kebutuhan.add(
                self.office.id, number, kategori, what, own_words,
                rng.choices(("sekarang", "3bulan", "nanti"), (35, 45, 20))[0],
                rng.choice(("bimbingan", "asesmen")), status, reason, pk, f"{iso(day)} 03:00+00", closed,
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

    def _catatan(self, number: int, pk: int, term: Term) -> None:
        """The hot loop: lines are put together here, from prepared pieces."""
        rng, lines, tail = self.rng, self.tables.catatan.lines, self.tables.catatan.tail
        came, missed = self.bodies
        head = f"{self.office.id}\t{number}\t{pk}\t"
        first_kept = bisect_left(term.visits, self.now - self.office.amount.months * 31)
        certain = len(term.visits) - term.absences
        for n in range(first_kept, len(term.visits)):
            draw = rng.getrandbits(128)
            day = DAYS[term.visits[n]]
            if n >= certain or (n < certain - 1 and draw % 100 < 9):
                body = missed[draw % len(missed)]
            else:
                body = came[draw % len(came)]
            after = DAYS[term.visits[n + 1]] if n + 1 < len(term.visits) else (DAYS[term.due] if term.due else r"\N")
            at = f"{day} 0{draw % 8 + 1}:{draw % 60:02}+00"
            lines.append(f"{head}{draw:032x}\t{day}\t{after}\t{at}\t{at}\t{body}{tail}")


class _Weighted:
    """Draws keys by weight; faster than `choices` for many draws."""

    def __init__(self, weights: dict):
        self.pool = [key for key, weight in weights.items() for _ in range(weight)]

    def draw(self, rng: Random):
        return self.pool[int(rng.random() * len(self.pool))]


class _Days(dict):
    """Day number → text, remembered."""

    def __missing__(self, day: int) -> str:
        text = self[day] = date.fromordinal(day).isoformat()
        return text


DAYS = _Days()


def iso(day: int) -> str:
    return DAYS[day]


@cache
def _bodies() -> tuple[list[str], list[str]]:
    """Encoded contents of records: the client came, the client did not."""
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
