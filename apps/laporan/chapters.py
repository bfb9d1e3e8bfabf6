"""Figures → chapters: what the report says, in which order. Pure.

Every chart is followed by the table with the same numbers, and says so in its text alternative.
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from apps.laporan.figures import Activity, Cost, Figures, Item, Money, Need, Plan, Unit
from apps.laporan.parts import Block, Chapter, Chart, Column, Heading, Table, Text
from apps.laporan.words import amount, count, listing, lower, money, month, month_ranges, share
from pemasyarakatan.charts import Tile, bar_chart, month_chart, number, tile_map
from pemasyarakatan.wording import rupiah, tanggal, waktu_unit

CHART_ROWS = 12
DIPA = "DIPA"


def chapters_of(f: Figures) -> tuple[Chapter, ...]:
    """The chapters in printed order; a wider report compares its offices, a Bapas shows its own plan."""
    wide = bool(f.bapas)
    body = [
        ("Gambaran umum", _overview(f)),
        ("Kebutuhan klien", _needs(f)),
        ("Bimbingan, kegiatan, dan Pokmas", _services(f)),
        ("Kinerja dan usulan per kantor", _offices(f))
        if wide
        else (f"Program pemberdayaan {f.cover.tahun}", _plans(f)),
        ("Anggaran", _budget(f)),
        ("Penutup dan tindak lanjut", _closing(f)),
    ]
    chapters = [
        Chapter(f"Bab {roman}", title, tuple(blocks))
        for roman, (title, blocks) in zip(("I", "II", "III", "IV", "V", "VI"), body, strict=True)
    ]
    if wide:
        chapters.append(Chapter("Lampiran A", "Lembar per kantor", tuple(_sheets(f))))
    elif f.rab:
        chapters.append(Chapter("Lampiran A", "Rincian anggaran biaya", tuple(_cost_lines(f))))
    chapters.append(Chapter(f"Lampiran {'B' if wide or f.rab else 'A'}", "Cara menghitung", tuple(_method(f))))
    return tuple(chapters)


def _overview(f: Figures) -> list[Block]:
    cover = f.cover
    span = f"{tanggal(cover.mulai)} s.d. {tanggal(cover.selesai)}"
    members = f" Laporan ini merangkum {number(len(f.bapas))} Bapas." if f.bapas else ""
    return [
        Text(
            f"Laporan ini memuat keadaan klien, kebutuhan mereka, dukungan yang sudah diberikan, serta program dan "
            f"anggaran {cover.tahun} {cover.unit}. Program disusun dari kebutuhan klien, sehingga setiap rupiah dapat "
            f"dirunut ke kebutuhan yang dilayani.{members}"
        ),
        Text(
            "Dasar penyusunan adalah Undang-Undang Nomor 22 Tahun 2022 tentang Pemasyarakatan. Susunan rincian biaya "
            "mengikuti peraturan Menteri Keuangan tentang perencanaan anggaran."
        ),
        Text(
            f"Data bimbingan, kebutuhan, dan kegiatan berasal dari periode {span}. Jumlah klien dan PK adalah keadaan "
            f"pada {tanggal(cover.selesai)}."
        ),
        *_load_text(f),
        Heading("Klien menurut usia"),
        *_item_blocks(
            f.klien_usia,
            "Klien aktif menurut kategori usia",
            "Kategori usia",
            "Klien",
            f.klien,
            chart=False,
        ),
        Heading("Klien menurut program bimbingan"),
        *_item_blocks(f.klien_program, "Klien aktif menurut program bimbingan", "Program", "Klien", f.klien),
    ]


def _load_text(f: Figures) -> list[Block]:
    if not f.klien or not f.pk:
        return []
    return [
        Text(
            f"Beban kerja: {number(f.pk)} Pembimbing Kemasyarakatan (PK) membimbing {number(f.klien)} klien, "
            f"rata-rata {number(round(f.klien / f.pk))} klien per PK."
        )
    ]


def _needs(f: Figures) -> list[Block]:
    if not f.kebutuhan:
        return [Text("Belum ada kebutuhan klien yang dicatat pada periode ini.")]
    total, top = f.kebutuhan_jumlah, f.kebutuhan[0]
    labels = ("Terbuka", "Dirujuk", "Dilayani", "Tidak terpenuhi", "Belum (jumlah)", "Terpenuhi")
    columns = (Column("Jenis kebutuhan", 28, numeric=False), *(Column(label, 12) for label in labels))
    return [
        Text(
            f"Tercatat {number(f.kebutuhan_tercatat)} kebutuhan. Sebanyak {number(total.terpenuhi)} "
            f"({share(total.terpenuhi, f.kebutuhan_tercatat)}) sudah terpenuhi. Sisanya, {number(total.belum)}, masih "
            "terbuka, sedang dirujuk atau dilayani, atau belum dapat dipenuhi. Kebutuhan yang belum terpenuhi menjadi "
            "dasar program dan anggaran."
        ),
        Heading("Kebutuhan yang belum terpenuhi"),
        Chart(
            f"{top.kategori} paling banyak belum terpenuhi: {number(top.belum)} kebutuhan.",
            lambda alt: bar_chart([(n.kategori, n.belum) for n in f.kebutuhan[:CHART_ROWS]], alt),
        ),
        Table(
            "Kebutuhan klien menurut jenis dan status",
            columns,
            tuple(_need_row(need) for need in f.kebutuhan),
            _need_row(total),
        ),
    ]


def _need_row(need: Need) -> tuple[str, ...]:
    numbers = (need.terbuka, need.dirujuk, need.dilayani, need.tidak_terpenuhi, need.belum, need.terpenuhi)
    return (need.kategori, *map(count, numbers))


def _services(f: Figures) -> list[Block]:
    planned = f.terlaksana + f.terlewat
    return [
        Heading("Bimbingan"),
        Text(
            f"PK melaksanakan {number(f.terlaksana)} bimbingan. Dari semua jadwal, {share(f.terlaksana, planned)} "
            f"terlaksana dan {number(f.terlewat)} terlewat."
        ),
        Chart(
            f"Bimbingan terlaksana {share(f.terlaksana, planned)} dari jadwal pada "
            f"{month(f.cover.mulai)} s.d. {month(f.cover.selesai)}.",
            lambda alt: month_chart(
                [(m.bulan, m.terlaksana) for m in f.bimbingan],
                alt,
                also=[(m.bulan, m.terlewat) for m in f.bimbingan],
                names=("Terlaksana", "Terlewat"),
            ),
        ),
        Table(
            "Bimbingan per bulan",
            (
                Column("Bulan", 40, numeric=False),
                Column("Terlaksana", 20),
                Column("Terlewat", 20),
                Column("Terlaksana (%)", 20),
            ),
            tuple(
                (
                    month(m.bulan),
                    count(m.terlaksana),
                    count(m.terlewat),
                    share(m.terlaksana, m.terlaksana + m.terlewat),
                )
                for m in f.bimbingan
            ),
            ("Jumlah", count(f.terlaksana), count(f.terlewat), share(f.terlaksana, planned)),
        ),
        *_activity_blocks(f.kegiatan),
        Heading("Pokmas"),
        *_item_blocks(
            f.pokmas,
            "Pokmas aktif menurut bentuk",
            "Bentuk",
            "Pokmas",
            sum(i.n or 0 for i in f.pokmas),
            chart=False,
        ),
    ]


def _activity_blocks(activities: Sequence[Activity]) -> list[Block]:
    if not activities:
        return [Heading("Kegiatan"), Text("Belum ada kegiatan yang selesai pada periode ini.")]
    held, invited, present = (sum(getattr(a, name) for a in activities) for name in ("kegiatan", "undangan", "hadir"))
    return [
        Heading("Kegiatan"),
        Text(
            f"Terselenggara {number(held)} kegiatan dengan {number(present)} kehadiran, "
            f"{share(present, invited)} dari {number(invited)} undangan."
        ),
        Table(
            "Kegiatan dan kehadiran menurut bidang",
            (
                Column("Bidang", 40, numeric=False),
                *(Column(label, 15) for label in ("Kegiatan", "Undangan", "Hadir", "Hadir (%)")),
            ),
            tuple(
                (
                    a.bidang,
                    count(a.kegiatan),
                    count(a.undangan),
                    count(a.hadir),
                    share(a.hadir, a.undangan),
                )
                for a in activities
            ),
            ("Jumlah", count(held), count(invited), count(present), share(present, invited)),
        ),
    ]


def _plans(f: Figures) -> list[Block]:
    if not f.rencana:
        return [Text(f"Program {f.cover.tahun} belum memuat kegiatan.")]
    return [
        Text(
            f"Program {f.cover.tahun} memuat {number(len(f.rencana))} kegiatan untuk "
            f"{number(sum(plan.target for plan in f.rencana))} klien sasaran. "
            "Setiap kegiatan menjawab satu jenis kebutuhan."
        ),
        Table(
            f"Rencana kegiatan {f.cover.tahun}",
            (
                Column("Kegiatan dan indikator", 31, numeric=False),
                Column("Kebutuhan", 18, numeric=False),
                Column("Belum terpenuhi", 12),
                Column("Target klien", 10),
                Column("Bulan", 13, numeric=False),
                Column("Anggaran (Rp)", 16),
            ),
            tuple(map(_plan_row, f.rencana)),
            (
                "Jumlah",
                "",
                "",
                count(sum(p.target for p in f.rencana)),
                "",
                money(amount(p.anggaran for p in f.rencana)),
            ),
        ),
    ]


def _plan_row(plan: Plan) -> tuple[str, ...]:
    about = (
        f"{plan.kegiatan}\n{plan.pelaksana}. Indikator: {plan.indikator}"
        if plan.indikator
        else (f"{plan.kegiatan}\n{plan.pelaksana}")
    )
    return (
        about,
        plan.kebutuhan,
        count(plan.klien_membutuhkan),
        count(plan.target),
        month_ranges(plan.bulan),
        money(plan.anggaran),
    )


def _offices(f: Figures) -> list[Block]:
    """Compare the next level down: Kanwil in the national report, Bapas in that of a Kanwil."""
    units, noun = (f.kanwil, "Kanwil") if f.kanwil else (f.bapas, "Bapas")
    approved = f"{number(f.program_disetujui)} dari {number(f.program)} program sudah disetujui"
    return [
        Text(
            f"Bab ini membandingkan {number(len(units))} {noun}. "
            f"Urutan tabel mengikuti nama, bukan peringkat; {approved}."
        ),
        Heading("Kebutuhan yang belum terpenuhi"),
        _unit_chart(units, noun),
        _unit_service_table(units, noun),
        Heading("Program dan anggaran"),
        *_unit_money_blocks(units, noun),
    ]


def _unit_chart(units: Sequence[Unit], noun: str) -> Chart:
    worst = max(units, key=lambda unit: unit.belum or 0)
    caption = f"{worst.nama} mencatat kebutuhan belum terpenuhi terbanyak: {number(worst.belum)}."
    if noun == "Bapas":
        return Chart(caption, lambda alt: bar_chart([(unit.nama, unit.belum) for unit in units], alt))
    tiles = [Tile(unit.kanwil.label, unit.nama, unit.belum, unit.kanwil.kolom, unit.kanwil.baris) for unit in units]
    return Chart(caption, lambda alt: tile_map(tiles, alt, "kebutuhan"))


def _unit_service_table(units: Sequence[Unit], noun: str) -> Table:
    widths = {"Klien": 9, "PK": 7, "Kebutuhan": 13, "Belum terpenuhi": 11, "Bimbingan": 11, "Terlaksana (%)": 12}
    return Table(
        f"Klien, kebutuhan, dan bimbingan per {noun}",
        (Column(noun, 27, numeric=False), *(Column(*pair) for pair in widths.items()), Column("Kegiatan", 10)),
        tuple(
            (
                _tile_name(unit, noun),
                count(unit.klien),
                count(unit.pk),
                count(unit.kebutuhan),
                count(unit.belum),
                count(unit.terlaksana),
                share(unit.terlaksana, unit.terlaksana + unit.terlewat),
                count(unit.kegiatan),
            )
            for unit in units
        ),
    )


def _tile_name(unit: Unit, noun: str) -> str:
    return f"{unit.nama} ({unit.kanwil.label})" if noun == "Kanwil" else unit.nama


def _unit_money_blocks(units: Sequence[Unit], noun: str) -> list[Block]:
    planned, spent = amount(u.anggaran for u in units), amount(u.realisasi for u in units)
    return [
        Table(
            f"Program dan anggaran per {noun}",
            (
                Column(noun, 32, numeric=False),
                Column("Pokmas", 9),
                Column("Kegiatan rencana", 11),
                Column("Anggaran (Rp)", 18),
                Column("Realisasi (Rp)", 18),
                Column("%", 12),
            ),
            tuple(
                (
                    unit.nama,
                    count(unit.pokmas),
                    count(unit.rencana),
                    money(unit.anggaran),
                    money(unit.realisasi),
                    share(unit.realisasi, unit.anggaran),
                )
                for unit in units
            ),
            (
                "Jumlah",
                count(sum(u.pokmas for u in units)),
                count(sum(u.rencana for u in units)),
                money(planned),
                money(spent),
                share(spent, planned),
            ),
        )
    ]


def _budget(f: Figures) -> list[Block]:
    if not f.anggaran:
        return [Text(f"Anggaran program {f.cover.tahun} belum disusun.")]
    first = max(f.sumber, key=lambda row: row.rencana)
    return [
        Text(
            f"Anggaran program {f.cover.tahun} berjumlah {rupiah(f.anggaran)}. Realisasi sampai dengan "
            f"{tanggal(f.cover.selesai)} berjumlah {rupiah(f.realisasi)} ({share(f.realisasi, f.anggaran)})."
        ),
        Heading("Menurut sumber dana"),
        Chart(
            f"{first.label} membiayai {share(first.rencana, f.anggaran)} anggaran {f.cover.tahun}.",
            lambda alt: bar_chart([(row.label, _millions(row.rencana)) for row in f.sumber], alt, "juta rupiah"),
        ),
        _money_table("Anggaran dan realisasi menurut sumber dana", "Sumber dana", f.sumber, coded=False),
        Heading("Menurut akun belanja"),
        _money_table("Anggaran dan realisasi menurut akun", "Akun", f.akun, coded=True),
    ]


def _millions(value: Decimal) -> float:
    return round(float(value / 10**6), 1)


def _money_table(caption: str, head: str, rows: Sequence[Money], *, coded: bool) -> Table:
    planned, spent = amount(row.rencana for row in rows), amount(row.realisasi for row in rows)
    return Table(
        caption,
        (
            Column(head, 40, numeric=False),
            Column("Anggaran (Rp)", 20),
            Column("Realisasi (Rp)", 20),
            Column("Sisa (Rp)", 20) if not coded else Column("Realisasi (%)", 20),
        ),
        tuple(
            (
                f"{row.kode} {row.label}" if coded else row.label,
                money(row.rencana),
                money(row.realisasi),
                share(row.realisasi, row.rencana) if coded else money(row.rencana - row.realisasi),
            )
            for row in rows
        ),
        (
            "Jumlah",
            money(planned),
            money(spent),
            share(spent, planned) if coded else money(planned - spent),
        ),
    )


def _closing(f: Figures) -> list[Block]:
    blocks: list[Block] = []
    needs = [need for need in f.kebutuhan[:3] if need.belum]
    if needs:
        wanted = listing(f"{lower(need.kategori)} ({number(need.belum)})" for need in needs)
        blocks.append(
            Text(
                f"Kebutuhan utama yang belum terpenuhi: {wanted}. Pemerintah daerah, perusahaan, dan kelompok "
                "masyarakat dapat mendukung pemenuhannya sesuai kewenangan masing-masing."
            )
        )
    outside = amount(row.rencana for row in f.sumber if row.kode != DIPA)
    if outside:
        blocks.append(
            Text(
                f"Dukungan di luar DIPA direncanakan {rupiah(outside)}, atau {share(outside, f.anggaran)} dari "
                "anggaran. Dukungan itu dicatat di portal; uang tidak mengalir melalui portal."
            )
        )
    if f.jawaban:
        blocks += [Heading("Kebutuhan dan jawabannya"), _answer_table(f)]
    return blocks or [Text("Belum ada tindak lanjut yang dicatat.")]


def _answer_table(f: Figures) -> Table:
    """Where the money goes and which needs nothing answers yet."""
    return Table(
        f"Kebutuhan yang belum terpenuhi dan program {f.cover.tahun}",
        (
            Column("Jenis kebutuhan", 42, numeric=False),
            Column("Belum terpenuhi", 13),
            Column("Kegiatan", 11),
            Column("Target klien", 12),
            Column("Anggaran (Rp)", 22),
        ),
        tuple(
            (row.kategori, count(row.belum), count(row.kegiatan), count(row.target), money(row.anggaran))
            for row in f.jawaban
        ),
        (
            "Jumlah",
            count(f.kebutuhan_jumlah.belum),
            count(sum(row.kegiatan for row in f.jawaban)),
            count(sum(row.target for row in f.jawaban)),
            money(amount(row.anggaran for row in f.jawaban)),
        ),
    )


def _sheets(f: Figures) -> list[Block]:
    """A page per Bapas for a Kanwil; a table per Kanwil for the nation."""
    if f.kanwil:
        return [
            block
            for region, units in groupby(f.bapas, key=lambda unit: unit.kanwil)
            for block in _region_sheet(region.nama, tuple(units))
        ]
    return [block for index, unit in enumerate(f.bapas) for block in _office_sheet(unit, first=index == 0)]


def _region_sheet(name: str, units: Sequence[Unit]) -> list[Block]:
    labels = ("Klien", "Belum terpenuhi", "Bimbingan (%)", "Kegiatan", "Pokmas")
    return [
        Heading(name),
        Table(
            f"Bapas di {name}",
            (
                Column("Bapas", 27, numeric=False),
                *(Column(label, 10) for label in labels),
                Column("Anggaran (Rp)", 23),
            ),
            tuple(
                (
                    unit.nama,
                    count(unit.klien),
                    count(unit.belum),
                    share(unit.terlaksana, unit.terlaksana + unit.terlewat),
                    count(unit.kegiatan),
                    count(unit.pokmas),
                    money(unit.anggaran),
                )
                for unit in units
            ),
        ),
    ]


def _office_sheet(unit: Unit, *, first: bool) -> list[Block]:
    planned = unit.terlaksana + unit.terlewat
    wanted = (
        f" Kebutuhan yang paling banyak belum terpenuhi: {lower(unit.kebutuhan_utama)}." if unit.kebutuhan_utama else ""
    )
    status = "sudah disetujui" if unit.disetujui else "belum disetujui"
    return [
        Heading(unit.nama, new_page=not first),
        Text(
            f"{unit.nama} membimbing {number(unit.klien)} klien dengan {number(unit.pk)} PK. Dari "
            f"{number(unit.kebutuhan)} kebutuhan, {number(unit.belum)} belum terpenuhi.{wanted} Program {status}."
        ),
        Table(
            f"Ikhtisar {unit.nama}",
            (Column("Uraian", 60, numeric=False), Column("Nilai", 40)),
            (
                ("Klien aktif", count(unit.klien)),
                ("Pembimbing Kemasyarakatan", count(unit.pk)),
                ("Kebutuhan tercatat", count(unit.kebutuhan)),
                ("Kebutuhan belum terpenuhi", count(unit.belum)),
                ("Bimbingan terlaksana", count(unit.terlaksana)),
                ("Bimbingan terlewat", count(unit.terlewat)),
                ("Bimbingan terlaksana (%)", share(unit.terlaksana, planned)),
                ("Kegiatan", count(unit.kegiatan)),
                ("Kehadiran", count(unit.hadir)),
                ("Pokmas aktif", count(unit.pokmas)),
                ("Kegiatan dalam program", count(unit.rencana)),
                ("Anggaran (Rp)", money(unit.anggaran)),
                ("Realisasi (Rp)", money(unit.realisasi)),
                ("Realisasi (%)", share(unit.realisasi, unit.anggaran)),
            ),
        ),
    ]


def _cost_lines(f: Figures) -> list[Block]:
    return [_cost_table(name, tuple(lines)) for name, lines in groupby(f.rab, key=lambda line: line.kegiatan)]


def _cost_table(name: str, costs: Sequence[Cost]) -> Table:
    return Table(
        f"Rincian biaya: {name}",
        (
            Column("Akun", 10, numeric=False),
            Column("Uraian dan rincian hitungan", 29, numeric=False),
            Column("Volume", 11),
            Column("Satuan", 10, numeric=False),
            Column("Harga (Rp)", 14),
            Column("Jumlah (Rp)", 15),
            Column("Sumber", 11, numeric=False),
        ),
        tuple(map(_cost_row, costs)),
        ("Jumlah", "", "", "", "", money(amount(cost.jumlah for cost in costs)), ""),
    )


def _cost_row(cost: Cost) -> tuple[str, ...]:
    about = f"{cost.uraian}\n{cost.rincian}" if cost.rincian else cost.uraian
    return (
        cost.akun,
        about,
        money(cost.volume),
        cost.satuan,
        money(cost.harga),
        money(cost.jumlah),
        cost.sumber,
    )


def _method(f: Figures) -> list[Block]:
    cover = f.cover
    return [
        Text(
            f"Data per {waktu_unit(cover.data_per, cover.zona_waktu)}. "
            "Angka dihitung dari catatan portal, lalu dibekukan."
        ),
        Text("Klien: klien berstatus aktif. Seorang klien dihitung sekali, pada Bapas yang membimbingnya."),
        Text(
            "Kebutuhan: semua yang tercatat sampai akhir periode, kecuali yang dibatalkan. Belum terpenuhi berarti "
            "berstatus terbuka, dirujuk, dilayani, atau tidak terpenuhi."
        ),
        Text("Bimbingan terlewat: jadwal yang klien tidak hadiri. Catatan yang dikoreksi dihitung sekali."),
        Text(
            "Anggaran: jumlah rincian biaya program tahun ini, versi terakhir. Realisasi: bukti yang sudah disetujui."
        ),
        Text(
            "Tanda “<5” berarti kurang dari lima orang. Angka itu tidak ditampilkan untuk melindungi identitas klien. "
            "Tanda “*” menutup angka lain yang dapat membukanya. Tanda “–” berarti nol atau tidak ada data."
        ),
        Text(
            "Keaslian dokumen dapat diperiksa dengan kode QR atau kode verifikasi di lembar pengesahan. Sidik data di "
            "kaki halaman adalah delapan aksara dari SHA-256 data yang dibekukan."
        ),
    ]


# ── Small shared pieces ──────────────────────────────────────────────────────────────────────────────────


def _item_blocks(
    items: Sequence[Item],
    caption: str,
    head: str,
    unit: str,
    total: int | None,
    *,
    chart: bool = True,
) -> list[Block]:
    if not items:
        return [Text("Belum ada data pada periode ini.")]
    table = Table(
        caption,
        (Column(head, 60, numeric=False), Column(unit, 20), Column("Bagian (%)", 20)),
        tuple((item.label, count(item.n), share(item.n, total)) for item in items),
        ("Jumlah", count(total), ""),
    )
    if not chart:
        return [table]
    first = items[0]
    finding = f"{first.label} adalah kelompok terbesar: {number(first.n)} {unit.lower()} ({share(first.n, total)})."
    rows = [(item.label, item.n) for item in items[:CHART_ROWS]]
    return [Chart(finding, lambda alt: bar_chart(rows, alt)), table]
