"""Activities of one office with their attendance lists. Pure."""

from bisect import bisect_right
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from apps.kegiatan.models import Kegiatan, Kehadiran
from contoh import words
from contoh.clients import Client
from contoh.copying import Table, encode
from contoh.offices import Lists, Office

AHEAD_DAYS = 45
"""Activities are planned this many days ahead."""
TODAY = (0, 2)
"""Numbers of the activities that take place today in a demonstration: one of the coordinator, one of the operator."""
LEFT_OPEN_DAYS = 6
"""Activities of the last days may still wait for their result."""
SOURCES = ("pokmas", "pokmas", "dipa", "pemda", "csr")


class Tables:
    def __init__(self):
        self.kegiatan = Table(
            Kegiatan, "id", "bapas_id", "mitra_id", "judul", "jenis", "bidang", "mulai", "selesai", "tempat", "kuota",
            "sumber", "biaya_rencana", "biaya", "rencana_id", "hasil", "status", "alasan_batal", "dibuat_oleh_id",
            "dibuat_pada", "ditutup_pada",
        )  # fmt: skip
        self.kategori = Table(Kegiatan.kategori.through, "kegiatan_id", "kategorikebutuhan_id")
        self.kehadiran = Table(
            Kehadiran, "bapas_id", "mitra_id", "kegiatan_id", "klien_id", "kode", "panggilan", "status",
            "dicatat_oleh_id", "dicatat_pada",
        )  # fmt: skip

    def __iter__(self):
        return iter(vars(self).values())


def add_activities(
    office: Office, clients: list[Client], plans: dict[int, dict[int, int]], lists: Lists, today: date, tables: Tables
) -> None:
    """Fill `tables`. `clients` are in order of their start; `plans` is year → need category → planned activity."""
    writer = _Writer(office, clients, plans, lists, today, tables)
    for n in range(office.amount.activities):
        writer.write(n)


class _Writer:
    """Writes one activity after the other."""

    def __init__(self, office, clients, plans, lists, today, tables):
        self.office, self.clients, self.plans, self.lists = office, clients, plans, lists
        self.today, self.tables, self.rng = today, tables, office.rng("kegiatan")
        self.starts = [client.mulai for client in clients]
        self.back = min(office.amount.months * 30, today.toordinal() - self.starts[0])

    def write(self, n: int) -> None:
        rng, office = self.rng, self.office
        day = self.today + timedelta(days=self._when(n))
        begin = datetime.combine(day, time(rng.choice((8, 9, 9, 10, 13))), ZoneInfo(office.zona))
        title, kind, field, codes, place, result = rng.choice(words.KEGIATAN)
        needs = [self.lists.needs[code] for code in codes if code in self.lists.needs]
        group = n % max(len(office.partners), 1)
        partner = office.partners[group] if office.partners else None
        author = office.staff.operator if group else office.staff.coordinator
        status = self._status(n, day)
        done = status == Kegiatan.Status.SELESAI
        planned = rng.randint(5, 60) * 50_000
        closed = begin + timedelta(hours=5)
        number = office.first_activity + n
        self.tables.kegiatan.add(
            number, office.id, partner, title, kind, field, begin, begin + timedelta(hours=rng.choice((2, 3, 4))),
            place, office.amount.invited + rng.choice((0, 3, 5)), rng.choice(SOURCES), planned,
            planned - rng.randint(-2, 3) * 50_000 if done else None, self._plan(day.year, needs),
            result if done else "", status, "Instruktur berhalangan." if status == Kegiatan.Status.BATAL else "",
            author, begin - timedelta(days=14), closed if done else None,
        )  # fmt: skip
        for need in needs:
            self.tables.kategori.add(number, need)
        self._attendance(number, partner, author, day, closed if done else begin - timedelta(days=9), done)

    def _when(self, n: int) -> int:
        """Days from today. In a demonstration every fifth is today or in the future, and two are just over."""
        rng = self.rng
        if not self.office.amount.detailed:
            return rng.randint(1, AHEAD_DAYS) if n % 50 == 0 else -rng.randint(1, self.back)
        if n in TODAY:
            return 0
        if n % 5 == 0:
            return rng.randint(1, AHEAD_DAYS)
        if n in (1, 6):
            return -rng.randint(0, LEFT_OPEN_DAYS)
        return -rng.randint(LEFT_OPEN_DAYS + 1, self.back)

    def _status(self, n: int, day: date) -> str:
        """Every twentieth is cancelled; of those just over, half still wait for their result."""
        ago = (self.today - day).days
        if n % 20 == 12:
            return Kegiatan.Status.BATAL
        if ago < 0 or (ago == 0 and n in TODAY) or (ago <= LEFT_OPEN_DAYS and n % 2):
            return Kegiatan.Status.RENCANA
        return Kegiatan.Status.SELESAI

    def _plan(self, year: int, needs: list[int]) -> int | None:
        """The planned activity of the year that serves one of the needs, or None."""
        of_year = self.plans.get(year, {})
        return next((of_year[need] for need in needs if need in of_year), None)

    def _attendance(self, number: int, partner: int | None, author: int, day: date, at: datetime, done: bool) -> None:
        """Write the lines directly in COPY format, because there are millions of them."""
        table, random = self.tables.kehadiran, self.rng.random
        head = f"{self.office.id}\t{encode(partner)}\t{number}\t"
        tail = f"\t{author}\t{at}{table.tail}"
        for client in self._invited(day):
            draw = random()
            status = "belum" if not done else "hadir" if draw < 0.82 else "tidak" if draw < 0.93 else "izin"
            table.lines.append(f"{head}{client.id}\t{client.kode}\t{client.panggilan}\t{status}{tail}")

    def _invited(self, day: date) -> list[Client]:
        """A sample of the newest clients under guidance on that day."""
        number = day.toordinal()
        wanted, upto = self.office.amount.invited, bisect_right(self.starts, number)
        newest = self.clients[max(upto - 8 * wanted, 0) : upto]
        recent = [client for client in newest if client.until is None or client.until >= number]
        return self.rng.sample(recent, min(wanted, len(recent)))
