"""What the URLs of the programme are tried with: a draft, a sent programme and one in force per office."""

from django.utils import timezone

from apps.jejak.versions import version
from apps.program import services
from apps.program.models import ProgramTahunan
from tests import factories as make

DRAFT, SENT = 2031, 2032
PASTE = "521211\tBahan\t\t1\tkg\t5.000\tDIPA"


def draft(place):
    """A draft that can be sent: one activity, one cost line."""
    return _existing(place, tahun=DRAFT) or _plan(place, tahun=DRAFT)


def sent(place):
    program = _existing(place, tahun=SENT)
    if program is None:
        program = services.send(_plan(place, tahun=SENT), by=place.officer("perencana"))
    return program


def in_force(place):
    """Approved for the running year, so that money can be spent under it."""
    tahun = timezone.localdate().year
    program = _existing(place, tahun=tahun, status="disetujui")
    if program is None:
        program = services.send(_plan(place, tahun=tahun, versi=9), by=place.officer("perencana"))
        program = services.approve(program, by=place.officer("kabapas"))
    return program


def _existing(place, **facts):
    return ProgramTahunan.objects.filter(bapas=place.bapas, **facts).first()


def _plan(place, **facts):
    program = make.ProgramFactory(bapas=place.bapas, latar=f"Latar {place.canary}", **facts)
    activity = make.RencanaFactory(program=program, judul=f"Rencana {place.canary}")
    make.BiayaFactory(rencana=activity, uraian=f"Biaya {place.canary}")
    return program


def _address(program):
    return f"{program.tahun}-{program.bapas_id}"


def _activity(program):
    return program.rencana.earliest("pk")


def _line(program):
    return _activity(program).biaya.earliest("pk")


def _entry(program):
    line = _line(program)
    return line.realisasi.first() or make.RealisasiFactory(rincian=line, bukti="BK-1", keterangan=line.uraian)


def _row():
    account = make.AkunFactory()
    return {"akun": account.kode, "uraian": "Bahan", "volume": "2", "satuan": "kg", "harga": "5.000", "sumber": "dipa"}


def _plan_data(place):
    return {
        "judul": "Kursus", "kategori": make.KategoriFactory().pk, "bidang": "kemandirian", "target_klien": 5,
        "bulan": [1], "indikator": "Lulus",
    }  # fmt: skip


def _year(find):
    return lambda place: ([_address(find(place))], {}, {})


def _of_activity(data=dict):
    return lambda place: ([_address(draft(place)), _activity(draft(place)).pk], {}, data())


def _of_line(data=dict):
    return lambda place: ([_address(draft(place)), _line(draft(place)).pk], {}, data())


def _changed_line(place):
    """What a form sends that has seen the line as it is stored."""
    line = _line(draft(place))
    return [_address(draft(place)), line.pk], {}, _row() | {"versi": version(line)}


def _of_spending(data=dict):
    return lambda place: ([_address(in_force(place)), _line(in_force(place)).pk], {}, data())


def _decided(data=dict):
    return lambda place: ([sent(place).pk], {}, data())


def _payment():
    return {"tanggal": timezone.localdate().isoformat(), "jumlah": "1.000", "bukti": "BK-2"}


TARGETS = {
    "program:start": lambda place: ([], {}, {"tahun": 2041}),
    "program:year": _year(draft),
    "program:refresh": _year(draft),
    "program:explain": lambda place: (
        [_address(draft(place)), make.KategoriFactory().pk], {}, {"alasan": "Dilayani dinas"},
    ),
    "program:activity_add": lambda place: ([_address(draft(place))], {}, _plan_data(place)),
    "program:activity_edit": lambda place: (
        [_address(draft(place)), _activity(draft(place)).pk], {}, _plan_data(place),
    ),
    "program:activity_delete": _of_activity(),
    "program:rab": _year(draft),
    "program:line_preview": _year(draft),
    "program:paste": lambda place: (
        [_address(draft(place))], {}, {"kegiatan": _activity(draft(place)).pk, "teks": PASTE},
    ),
    "program:download": _year(draft),
    "program:line_add": _of_activity(_row),
    "program:line_edit": _changed_line,
    "program:line_copy": _of_line(),
    "program:line_delete": _of_line(),
    "program:check": _year(draft),
    "program:send": _year(draft),
    "program:revise": _year(in_force),
    "program:history": _year(draft),
    "program:spending": _year(in_force),
    "program:spending_export": _year(in_force),
    "program:spending_approve": lambda place: (
        [_address(in_force(place))], {}, {"realisasi": _entry(in_force(place)).pk},
    ),
    "program:ledger": lambda place: (
        [_address(in_force(place)), _entry(in_force(place)).rincian_id], {}, {},
    ),
    "program:ledger_export": lambda place: (
        [_address(in_force(place)), _entry(in_force(place)).rincian_id], {}, {},
    ),
    "program:entry_add": _of_spending(_payment),
    "program:decision": _decided(),
    "program:approve": _decided(),
    "program:give_back": _decided(lambda: {"catatan": "Periksa honor"}),
}  # fmt: skip
