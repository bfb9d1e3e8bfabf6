from apps.laporan.codes import new_code
from apps.laporan.models import Laporan
from tests.laporan.factories import final


def report(place, status):
    by = place.officer("perencana")
    facts = {"sha256": "0" * 64, "berkas": "tidak-ada.pdf", "data_per": "2026-11-21T00:00Z"} if status == "siap" else {}
    return Laporan.objects.create(
        tingkat="bapas", bapas=place.bapas, tahun=2026, diminta_oleh=by, penugasan=by.penugasan, kode=new_code(),
        status=status, galat=place.canary, **facts,
    )  # fmt: skip


def _one(status):
    return lambda place: ([report(place, status).pk], {}, {})


def _final(place):
    """One that can be approved, with its file."""
    laporan = final(place.officer("perencana"), place.bapas)
    return [laporan.pk], {}, {"sha256": laporan.sha256}


def _listed(place):
    report(place, "siap")
    return [], {}, {}


TARGETS = {
    "laporan:list": _listed,
    "laporan:export": _listed,
    "laporan:create": lambda place: ([], {}, {"unit": f"bapas-{place.bapas.pk}", "tahun": "2026", "final": "draf"}),
    "laporan:detail": _one("gagal"),
    "laporan:download": _one("siap"),
    "laporan:download_read": _final,
    "laporan:approve": _final,
    "laporan:cancel": _one("antre"),
    "laporan:retry": _one("gagal"),
    "laporan:verify": lambda place: (["XXXXXXXXXXXX"], {}, {}),
}
