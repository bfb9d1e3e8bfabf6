"""Reports that an office has sent."""

from tests.clock import office_today
from tests.harian.factories import LaporanKanwilFactory


def sent(place):
    row = LaporanKanwilFactory(bapas=place.bapas, catatan=f"Penutup {place.canary}")
    return ["harian", f"{row.tanggal:%Y-%m-%d}", place.bapas.pk], {}, {}


def to_send(place):
    day = office_today()
    return ["harian", f"{day:%Y-%m-%d}"], {}, {"versi": 0, "catatan": "Semua berjalan"}


TARGETS = {"harian:detail": sent, "harian:download": sent, "harian:send": to_send}
