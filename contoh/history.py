"""Rows that the services would have left at changes: events, gaps, state moves, moved meetings, old values.

Figures of a past day come from these rows. Every moment has an hour at which all offices have the same day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from random import Random

from apps.dasar.wording import tanggal
from apps.jejak.models import Perubahan, Riwayat
from apps.klien.models import Jeda, Klien
from apps.perjalanan.models import PeristiwaAkhir
from apps.wajib_lapor.models import PerubahanJadwal
from apps.wajib_lapor.services import SET_BY_PEOPLE, Plan
from contoh import words
from contoh.copying import Table, iso
from contoh.offices import Office
from contoh.terms import HANDED_OVER, End, Move, Term

Jenis = PeristiwaAkhir.Jenis
PROPOSED = ("selesai", "meninggal", "melarikan")
"""Ends that a PK proposes; the others have their own procedures."""
WAYS = {
    "terbuka": [()] * 18 + [("dirujuk", "terbuka"), ("tidak", "terbuka")],
    "dirujuk": [("dirujuk",)] * 9 + [("tidak", "terbuka", "dirujuk")],
    "dilayani": [("dilayani",), ("dirujuk", "dilayani")],
    "terpenuhi": [("dilayani", "terpenuhi"), ("dirujuk", "dilayani", "terpenuhi"), ("terpenuhi",)] * 4
    + [("tidak", "terbuka", "dilayani", "terpenuhi")],
    "tidak": [("tidak",), ("dirujuk", "tidak"), ("dilayani", "tidak"), ("dirujuk", "dilayani", "tidak")],
    "batal": [("batal",), ("dirujuk", "batal")],
}
"""Status of a need → ways to it from "terbuka"; a way listed more often is drawn more often."""
CLOSED_WITHIN = 150
"""Days within which all steps of a need follow."""
MEETING = Plan(date.min, time(9), "kantor")
"""Hour and mode of every moved meeting."""

REASSIGNED = """
INSERT INTO jejak_perubahan (bapas_id, tabel, baris_id, aksi, lama, baru, oleh_id, pada)
SELECT bapas_id, %(table)s, file.id, 'UPDATE', to_jsonb(file) || running || before, to_jsonb(file) || running || after,
       head, pada
FROM unnest(%(clients)s::bigint[], %(officers)s::bigint[], %(heads)s::bigint[], %(moments)s::timestamptz[])
    AS change (client, officer, head, pada)
JOIN klien_klien file ON file.id = client
CROSS JOIN LATERAL (SELECT jsonb_build_object('status', 'aktif', 'berakhir', NULL) AS running,
    jsonb_build_object('versi', 1, 'pk_pembimbing_id', officer) AS before, jsonb_build_object('versi', 2) AS after) old
"""


@dataclass(frozen=True)
class Guide:
    """Officers of a client: `now` since the day `since`, `before` until then."""

    now: int
    before: int | None
    since: int

    def on(self, day: int) -> int:
        return self.before if self.before and day < self.since else self.now

    @property
    def versions(self) -> int:
        """Version of the file, without changes of status."""
        return 2 if self.before else 1


class Reassigned:
    """Changes of officer, as the trigger on the table of clients would have stored them."""

    name = Perubahan._meta.db_table

    def __init__(self):
        self.rows: list[tuple] = []

    def add(self, *row) -> None:
        """Add (client, previous officer, deciding head, moment)."""
        self.rows.append(row)

    def copy(self, cursor) -> int:
        """Insert the rows; old and new values come from the stored clients."""
        count = len(self.rows)
        if count:
            columns = map(list, zip(*self.rows, strict=True))
            names = ("clients", "officers", "heads", "moments")
            cursor.execute(REASSIGNED, {"table": Klien._meta.db_table, **dict(zip(names, columns, strict=True))})
            self.rows.clear()
        return count


class Past:
    """The history of every client of one office."""

    def __init__(self):
        self.akhir = Table(
            PeristiwaAkhir, "bapas_id", "klien_id", "jenis", "tanggal", "sumber_nomor", "sumber_tanggal",
            "surat_nomor", "status", "diusulkan_oleh_id", "diusulkan_pada", "diputus_oleh_id", "diputus_pada",
            "dibatalkan_oleh_id", "dibatalkan_pada", "alasan_batal",
        )  # fmt: skip
        self.jeda = Table(Jeda, "bapas_id", "klien_id", "mulai", "selesai")
        self.riwayat = Table(Riwayat, "bapas_id", "objek", "objek_id", "dari", "ke", "oleh_id", "pada", "catatan")
        self.pertemuan = Table(
            PerubahanJadwal, "bapas_id", "klien_id", "kunci", "frekuensi_hari", "berikutnya", "jam", "cara", "tempat",
            "sebelum", "versi", "alasan", "oleh_id", "pada",
        )  # fmt: skip
        self.perubahan = Reassigned()

    def __iter__(self) -> Iterator[Table | Reassigned]:
        return iter(vars(self).values())

    def tell(self, office: Office, klien: int, guide: Guide, term: Term) -> None:
        """Write the events of one client's file."""
        if guide.before:
            moment = f"{iso(guide.since)} 00:10+00"
            self.perubahan.add(klien, guide.before, office.staff.head, moment)
        if term.move:
            self._moved(office, klien, guide, term, term.move)
        if end := term.flight or term.end:
            self._ended(office, klien, guide, end)

    def tell_need(
        self, rng: Random, office: int, need: int, status: str, day: int, last: int, guide: Guide
    ) -> tuple[str | None, str]:
        """Write the steps from "terbuka" to `status` between `day` and `last`; gives (time of closing, reason)."""
        way, at, dari, reason = rng.choice(WAYS[status]), "", "terbuka", ""
        days = sorted(rng.randint(day, min(day + CLOSED_WITHIN, last)) for _ in way)
        for hour, (on, ke) in enumerate(zip(days, way, strict=True), start=4):
            reason = _reason(rng, dari, ke)
            at = f"{iso(on)} 0{hour}:00+00"
            self._move(office, "kebutuhan", need, dari, ke, guide.on(on), at, reason)
            dari = ke
        return (at, reason) if status in ("terpenuhi", "tidak", "batal") else (None, "")

    def _ended(self, office: Office, klien: int, guide: Guide, end: End) -> None:
        """Write the end: a proposal and a decision, or the decision of a procedure; also the return of a client."""
        head, day, kind = office.staff.head, iso(end.day), end.kind
        year, decided = day[:4], f"{iso(end.decided)} 07:00+00"
        asked = (end.day + end.decided + 1) // 2
        proposer, decider, proposed = guide.on(asked), head, decided
        source, letter = (f"R-{klien}/{year}", "") if kind != "selesai" else ("", f"S-{klien}/{year}")
        if kind == HANDED_OVER:
            proposer, decider = head, office.staff.neighbour
        if kind in PROPOSED:
            proposed = f"{iso(asked)} 03:00+00"
            self._move(
                office.id, "akhir", klien, "", "diusulkan", proposer, proposed,
                f"{Jenis(kind).label} diusulkan untuk {_words(end.day)}.",
            )  # fmt: skip
        note = f"{_words(end.day)}. {letter or source}"
        self._move(office.id, "klien", klien, "aktif", kind, decider, decided, note)
        back = end.back and f"{iso(end.back)} 00:30+00"
        if back:
            self.jeda.add(office.id, klien, day, iso(end.back))
            self._move(office.id, "klien", klien, kind, "aktif", head, back, words.ALASAN_KEMBALI)
        self.akhir.add(
            office.id, klien, kind, day, source, day if source else None, letter, "dibatalkan" if back else "berlaku",
            proposer, proposed, decider, decided, head if back else None, back,
            words.ALASAN_KEMBALI if back else "",
        )  # fmt: skip

    def _moved(self, office: Office, klien: int, guide: Guide, term: Term, move: Move) -> None:
        before = dict.fromkeys(SET_BY_PEOPLE) | {
            "frekuensi_hari": term.every, "berikutnya": iso(move.before), "cara": "", "tempat": ""
        }  # fmt: skip
        self.pertemuan.add(
            office.id, klien, f"{(office.id << 64) + klien:032x}", term.every, iso(move.to), MEETING.jam, MEETING.cara,
            MEETING.tempat, before, move.after + 3, words.ALASAN_JADWAL[klien % len(words.ALASAN_JADWAL)],
            guide.on(move.asked), asked_at(move),
        )  # fmt: skip

    def _move(self, office: int, objek: str, row: int, dari: str, ke: str, by: int, at: str, note: str) -> None:
        """Write the line directly in COPY format, because there are millions of them."""
        table = self.riwayat
        table.lines.append(f"{office}\t{objek}\t{row}\t{dari}\t{ke}\t{by}\t{at}\t{note}{table.tail}")


def asked_at(move: Move) -> str:
    """Moment of the change, before opening hours, so that a contact on the same day is later."""
    return f"{iso(move.asked)} 00:20+00"


def _reason(rng: Random, dari: str, ke: str) -> str:
    if ke == "tidak":
        return rng.choice(words.ALASAN_TIDAK_TERPENUHI)
    if ke == "batal":
        return words.ALASAN_BATAL
    return words.ALASAN_DIBUKA_LAGI if dari == "tidak" else ""


@cache
def _words(day: int) -> str:
    """ "21 November 2026", cached because the same few thousand days repeat."""
    return tanggal(date.fromordinal(day))
