"""What this room adds to a client's page: the balance, a link, and what happened."""

from django.urls import reverse

from apps.akun.roles import may
from apps.jejak.models import Riwayat
from apps.kerja_sosial.balance import balance_of, jam
from apps.kerja_sosial.models import JamKerja, KerjaSosial, Ketidakhadiran
from apps.klien.calendar import today
from apps.klien.models import Klien
from apps.klien.rooms import Card, Link
from apps.klien.timeline import Event
from pemasyarakatan.wording import tanggal

KINDS = {"kerja_sosial": "Kerja sosial"}
NAMES = {Klien.Usia.ANAK: "Pelayanan masyarakat", Klien.Usia.DEWASA: "Kerja sosial"}


def links(klien, user) -> list[Link]:
    return [Link(_name(klien), _url(klien))] if may(user, "kerjasosial.lihat") else []


def cards(klien, user) -> list[Card]:
    """Only while a sentence runs: then the hours that are left are what the PK came for."""
    if not may(user, "kerjasosial.lihat"):
        return []
    ks = KerjaSosial.objects.visible_to(user).running().filter(bapas_id=klien.bapas_id, klien=klien).first()
    if ks is None:
        return []
    balance = balance_of(ks, today(user))
    lines = [
        f"{jam(balance.confirmed)} dari {jam(balance.total)} disahkan",
        balance.sentence,
        f"Batas selesai {tanggal(ks.batas)}",
    ]
    return [Card(_name(klien), lines, "Buka buku jam", _url(klien))]


def events(klien, user, kinds, since, newest):
    """Hours that count, days without work, and how it began and ended."""
    if not may(user, "kerjasosial.lihat"):
        return
    own = {"bapas_id": klien.bapas_id, "kerja_sosial__klien": klien}
    late = {"tanggal__gte": since} if since else {}
    hours = JamKerja.objects.visible_to(user).standing().filter(**own, **late).order_by("-tanggal", "-pk")
    for row in hours.select_related("pengesahan", "dicatat_oleh")[:newest]:
        yield Event(
            row.tanggal, KINDS["kerja_sosial"], f"{jam(row.jam)}: {row.kegiatan}", oleh=row.dicatat_oleh.nama,
            url=_url(klien), warna="hijau" if row.disahkan else "kuning",
            catatan=f"Disahkan {row.disahkan.pengawas}" if row.disahkan else "Menunggu pengesahan pengawas",
        )  # fmt: skip
    missed = Ketidakhadiran.objects.visible_to(user).filter(**own, **late).order_by("-tanggal")
    for row in missed.select_related("dicatat_oleh")[:newest]:
        why = "dengan alasan" if row.beralasan else "tanpa alasan"
        yield Event(
            row.tanggal, KINDS["kerja_sosial"], f"Tidak hadir {why}", isi=row.uraian, oleh=row.dicatat_oleh.nama,
            url=_url(klien), warna="kuning",
        )  # fmt: skip
    yield from _moves(klien, user)


def _moves(klien, user):
    sentences = {ks.pk: ks for ks in KerjaSosial.objects.visible_to(user).filter(bapas_id=klien.bapas_id, klien=klien)}
    if not sentences:
        return
    moves = Riwayat.objects.visible_to(user).filter(
        bapas_id=klien.bapas_id, objek="kerja_sosial", objek_id__in=list(sentences)
    )
    for move in moves.select_related("oleh"):
        ks = sentences[move.objek_id]
        day = ks.mulai if not move.dari else ks.ditutup or ks.batas
        words = f"mulai, {ks.total_jam} jam" if not move.dari else KerjaSosial.Status(move.ke).label.lower()
        yield Event(
            day, KINDS["kerja_sosial"], f"{_name(klien)} {words}", isi=move.catatan, oleh=move.oleh.nama,
            url=_url(klien), warna="abu",
        )  # fmt: skip


def _name(klien) -> str:
    return NAMES[Klien.Usia(klien.kategori_usia)]


def _url(klien) -> str:
    return reverse("kerja_sosial:of_client", args=[klien.pk])
