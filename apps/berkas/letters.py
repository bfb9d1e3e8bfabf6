"""The contract and the card of guidance as PDF. They print a child's code; the name is added by hand."""

from apps.dasar.letters import letter
from apps.klien.models import CatatanBimbingan, Klien, MasaBimbingan, Penjamin

CLIENT = Klien.objects.for_strip().select_related("jadwal", "kabkota", "bapas__kanwil", "bapas__kota")
FEWEST_SPARE, SPARE_ROWS, ROWS_OF_A_PAGE = 3, 6, 13
"""Empty rows of a card: what fills the first page if that leaves a few to write on, else some on the next."""


def contract(klien: Klien, *, by):
    """Kontrak bimbingan: what both sides promise, to be signed by hand."""
    context = {**_about(klien), "penjamin": Penjamin.objects.vouching().filter(bapas=klien.bapas, klien=klien).first()}
    return letter("berkas/pdf/kontrak.html", context, bapas=klien.bapas, title="Kontrak bimbingan", by=by)


def card(klien: Klien, *, by):
    """Kartu bimbingan: every contact so far without its prose, and empty rows for the next ones."""
    contacts = CatatanBimbingan.objects.visible_to(by).counted().filter(klien=klien)
    contacts = list(contacts.select_related("pk_pencatat").order_by("tanggal", "pk"))
    left = ROWS_OF_A_PAGE - len(contacts)
    empty = left if left >= FEWEST_SPARE else SPARE_ROWS
    context = {**_about(klien), "kontak": contacts, "kosong": range(len(contacts) + 1, len(contacts) + empty + 1)}
    return letter("berkas/pdf/kartu.html", context, bapas=klien.bapas, title="Kartu bimbingan", by=by)


def _about(klien: Klien) -> dict:
    periods = MasaBimbingan.objects.filter(bapas=klien.bapas_id, klien=klien).select_related("jenis_program")
    return {"klien": klien, "anak": klien.kategori_usia == Klien.Usia.ANAK, "masa": periods.order_by("-mulai").first()}
