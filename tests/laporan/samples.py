"""Invented figures of realistic size for the pure half of the report: no database, same numbers every time."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from operator import attrgetter, methodcaller

from apps.klien.models import Bidang, Kebutuhan
from apps.laporan.document import Approver, Issue
from apps.laporan.figures import Cover, Figures
from apps.laporan.persons import counts_of
from apps.laporan.rows import Approval, Cost, Count, Office, Plan, Programme, Region, Rows, Tally
from apps.laporan.summary import months, quarters, summarise
from apps.rilis.deciding import decide, tree_over
from apps.rilis.measures import (
    ABSENT,
    CHILDREN,
    CLIENTS,
    DONE,
    ELSEWHERE,
    IN_NEED,
    MET,
    MISSED,
    NEED,
    PRESENT,
    PROGRAMME,
    STATUS,
    place,
)
from apps.rilis.measures import office as office_node
from apps.rilis.models import Khalayak, Masa
from apps.rilis.reading import Faces, Released
from apps.rilis.releasing import angka_of, closed

START, END = date(2026, 1, 1), date(2026, 11, 20)
MOMENT = datetime(2026, 11, 21, 6, 5, tzinfo=UTC)
KOP = (
    "Kementerian Imigrasi dan Pemasyarakatan Republik Indonesia",
    "Direktorat Jenderal Pemasyarakatan",
    "Kantor Wilayah Contoh",
    "Balai Pemasyarakatan Kelas I Contoh",
)
ISSUE = Issue("7K3M-Q9TX-2F4A", 3, True, "3f9a…b01c", "https://portal.contoh.id/verifikasi/7K3MQ9TX2F4A/")
HEAD = "Kepala Balai Pemasyarakatan Kelas I Contoh"
APPROVER = Approver(HEAD, "Nama Contoh", "198001012005011001", "22 November 2026, 09.30 WITA", 3, "ab" * 32)
DRAFT = replace(ISSUE, final=False)
PROGRAMMES = (
    ("Pembebasan bersyarat", 91), ("Cuti bersyarat", 12), ("Pidana pengawasan", 5), ("Cuti menjelang bebas", 3),
    ("Pidana kerja sosial", 2), ("Diversi", 1),
)  # fmt: skip
NEEDS = (
    ("Pelatihan kerja dan keterampilan", 20), ("Modal dan alat usaha", 16), ("Dokumen kependudukan", 12),
    ("Hubungan keluarga dan pernikahan", 9), ("Kesehatan dan jaminan kesehatan", 8), ("Pendidikan kesetaraan", 7),
    ("Pemulihan ketergantungan obat dan alkohol", 6), ("Tempat tinggal sementara", 4), ("Bantuan hukum", 3),
    ("Penerimaan masyarakat", 2), ("Perlindungan anak dan perempuan", 1),
)  # fmt: skip
NAMES = {str(pk): name for pk, (name, _) in enumerate(NEEDS, start=1)}
"""Category id → name."""
FIELDS = tuple(Bidang)
FORMS = ("Badan usaha", "Organisasi", "Perorangan")
PLANS = (
    ("Pelatihan las dasar", 0, (2, 3, 4), "Pokmas Contoh Maju", "80% peserta lulus uji"),
    ("Pelatihan olahan pangan", 0, (5, 6), "Pokmas Contoh Rasa", "12 usaha berjalan setelah 3 bulan"),
    ("Bantuan alat usaha", 1, (3, 9), "Bapas", "20 klien menerima alat"),
    ("Layanan dokumen kependudukan bersama", 2, (1, 4, 7, 10), "Bapas", "95% berkas selesai"),
    ("Konseling keluarga", 3, tuple(range(1, 13)), "Pokmas Contoh Damai", "60 keluarga didampingi"),
    ("Kejar Paket B dan C", 5, (7, 8, 9, 10, 11), "Pokmas Contoh Cerdas", "25 klien ikut ujian"),
    ("Kelompok pemulihan", 6, (2, 4, 6, 8, 10, 12), "Griya Contoh", "Kehadiran 75%"),
    ("Penyuluhan hukum", 8, (3, 6, 9), "Pokmas Contoh Adil", "4 penyuluhan"),
)
LINES = (
    ("521211", "Belanja bahan", "Bahan praktik", "15 org × 2 keg", 30, "org", 350_000, "DIPA"),
    ("522151", "Belanja jasa profesi", "Honor instruktur", "2 org × 4 jp", 8, "jp", 900_000, "DIPA"),
    ("524113", "Belanja perjalanan dinas dalam kota", "Transpor peserta", "15 org × 2 hr", 30, "hr", 150_000, "Pemda"),
    ("526112", "Belanja peralatan untuk masyarakat", "Perangkat alat usaha", "10 paket", 10, "paket", 1_750_000, "CSR"),
    ("521213", "Honor output kegiatan", "Panitia", "3 org × 2 bln", 6, "ob", 400_000, "Pokmas"),
)  # fmt: skip
OFFICES_PER_REGION = 3


def bapas() -> Figures:
    return summarise(cover("bapas", "Bapas Kelas I Contoh"), rows(offices("bapas")))


def kanwil() -> Figures:
    return summarise(cover("kanwil", "Kantor Wilayah Contoh"), rows(offices("kanwil")))


def nasional() -> Figures:
    return summarise(cover("nasional", "Direktorat Jenderal Pemasyarakatan"), rows(offices("nasional")))


def offices(level: str) -> list[Office]:
    if level == "nasional":
        return [Office(n, f"Bapas Contoh {n:02}", region((n - 1) // OFFICES_PER_REGION)) for n in range(1, 100)]
    size = 7 if level == "kanwil" else 1
    return [Office(n, f"Bapas Kelas I Contoh {n}", region(0)) for n in range(1, size + 1)]


def region(n: int) -> Region:
    return Region(f"KW-{n + 1:02}", f"Kanwil Contoh {n + 1:02}", f"C{n + 1}", n % 9, n // 9)


def cover(tingkat: str, unit: str) -> Cover:
    approval = Approval(HEAD, MOMENT) if tingkat == "bapas" else None
    lines = {"bapas": KOP, "kanwil": KOP[:3], "nasional": KOP[:2]}[tingkat]
    return Cover(
        tingkat, unit, 2026, lines, "Jalan Contoh Nomor 1, Kota Contoh, telepon (021) 000000", START, END, MOMENT,
        "Asia/Makassar", approval,
    )  # fmt: skip


def rows(offices: list[Office]) -> Rows:
    ids = [office.id for office in offices]
    return Rows(
        offices=tuple(offices),
        orang=persons(offices, release(offices, invented(ids))),
        pk=tuple(Tally(o, "PK", 21 + o % 17) for o in ids),
        kegiatan=tuple(Tally(o, field.label, 8 + (o + i) % 7) for o in ids for i, field in enumerate(FIELDS)),
        pokmas=tuple(Tally(o, name, 3 + (o + i) % 4) for o in ids for i, name in enumerate(FORMS)),
        program=tuple(Programme(o, disetujui=True) for o in ids),
        rencana=tuple(plan(o, i) for o in ids for i in range(len(PLANS))),
        biaya=tuple(cost for o in ids for i in range(len(PLANS)) for cost in costs(o, i)),
    )


Truth = dict[date, dict[str, dict[int, int]]]
"""First day of a period → measure → Bapas id → persons. END stands for the state of that day."""
Release = dict[date, Released]


def invented(ids: list[int]) -> Truth:
    """Offices of realistic size; the numbers of one office hang together."""
    need = {str(i): {o: n * 3 * (2 + o * o % 7) for o in ids} for i, (_, n) in enumerate(NEEDS, start=1)}
    everyone = {o: 114 * (7 + o % 5) for o in ids}
    truth: Truth = {
        END: {
            CLIENTS: everyone,
            CHILDREN: {o: 3 + o % 4 for o in ids},
            IN_NEED: {o: min(everyone[o], max(sum(n[o] for n in need.values()) * 3 // 5, 0)) for o in ids},
            **{f"{NEED}{pk}": n for pk, n in need.items()},
            **{f"{MET}{pk}": {o: n[o] * 2 // 3 for o in ids} for pk, n in need.items()},
            **{f"{PROGRAMME}{name}": {o: n * (7 + o % 5) for o in ids} for name, n in PROGRAMMES},
            **{
                f"{STATUS}{step}": {o: sum(n[o] for n in need.values()) * (5 - i) // 14 for o in ids}
                for i, step in enumerate(Kebutuhan.UNMET)
            },
        }
    }
    for i, month in enumerate(months(START, END)):
        truth[month] = {
            DONE: {o: 560 + (o * 37 + i * 53) % 190 for o in ids},
            MISSED: {o: 20 + (o * 11 + i * 17) % 45 for o in ids},
        }
    for i, quarter in enumerate(quarters(START, END)):
        truth[quarter] |= {f"{PRESENT}{field}": dict.fromkeys(ids, 40 + 3 * i) for field in FIELDS}
        truth[quarter] |= {f"{ABSENT}{field}": {o: 12 + o % 9 for o in ids} for field in FIELDS}
    return truth


def release(offices: list[Office], truth: Truth) -> Release:
    """What the whole country reads of it: months and quarters that are not closed are left out."""
    regions: dict[int, list[int]] = {}
    for office in offices:
        regions.setdefault(region_id(office.kanwil), []).append(office.id)
    above = tree_over(regions, {office.id: () for office in offices})
    return {first: _released(first, above, counts) for first, counts in truth.items() if first == END or _closed(first)}


def _closed(first: date) -> bool:
    return closed(Masa.BULAN, first, END)


def _released(first: date, above: dict, counts: dict[str, dict[int, int]]) -> Released:
    leaf = {NEED: lambda pk: place(pk, ELSEWHERE)}
    cells = {
        name: {leaf.get(name[: len(NEED)], office_node)(pk): n for pk, n in found.items()}
        for name, found in counts.items()
    }
    faces = decide(above, cells)[Khalayak.LUAR]
    units: dict = {"kanwil": {}, "bapas": {}, "nasional": {}}
    for level, pk, where in above:
        if level in units:
            units[level][pk] = Faces(angka_of(faces, (level, pk, where)))
    return Released(first, units["nasional"][0], units["kanwil"], units["bapas"])


def region_id(region: Region) -> int:
    return int(region.kode.removeprefix("KW-"))


def persons(offices: list[Office], released: Release, level: str = "") -> tuple[Count, ...]:
    """The counts in the report of one office, of a Kanwil with all these offices, or of the nation."""
    level = level or (
        "bapas" if len(offices) == 1 else "kanwil" if len({o.kanwil for o in offices}) == 1 else "nasional"
    )
    whole = {
        "bapas": methodcaller("office", offices[0].id), "kanwil": methodcaller("region", region_id(offices[0].kanwil)),
        "nasional": attrgetter("nation"),
    }[level]  # fmt: skip
    units = {"": whole}
    if level != "bapas":
        units |= {o.kanwil.key: methodcaller("region", region_id(o.kanwil)) for o in offices}
        units |= {o.key: methodcaller("office", o.id) for o in offices}
    monthly = {month: released.get(month, Released()) if _closed(month) else Released() for month in months(START, END)}
    visits = [released[first] for first in quarters(START, END) if first in released]
    return tuple(counts_of(units, released.get(END, Released()), monthly, visits, NAMES))


def plan(office: int, i: int) -> Plan:
    name, need, bulan, by, indikator = PLANS[i]
    total = sum((cost.jumlah for cost in costs(office, i)), Decimal(0))
    return Plan(office, name, NEEDS[need][0], 15 + 5 * (i % 4), bulan, by, indikator, total)


def costs(office: int, i: int) -> list[Cost]:
    return [
        Cost(
            office, PLANS[i][0], akun, akun_nama, uraian, rincian, Decimal(volume), satuan, Decimal(harga),
            Decimal(volume * harga), sumber, Decimal(volume * harga * (40 + 7 * i) // 100),
        )
        for akun, akun_nama, uraian, rincian, volume, satuan, harga, sumber in LINES[: 3 + i % 3]
    ]  # fmt: skip
