"""What this room (app) adds to a client's page: the balance, a link, events, and the sentence that still runs."""

from django.urls import reverse

from apps.akun.roles import may
from apps.dasar.prepared import prepared
from apps.dasar.wording import tanggal
from apps.jejak.models import Riwayat
from apps.kerja_sosial import services
from apps.kerja_sosial.balance import balance_of, jam
from apps.kerja_sosial.models import JamKerja, KerjaSosial, Ketidakhadiran
from apps.klien.models import Klien
from apps.klien.rooms import Card, Link, Unfinished
from apps.klien.timeline import Event
from apps.wilayah.days import day_at, today_at

KINDS = {"kerja_sosial": "Kerja sosial"}
MOVES = {
    KerjaSosial.Status.BERJALAN: "dilanjutkan",
    KerjaSosial.Status.SELESAI: "selesai",
    KerjaSosial.Status.TIDAK: "dihentikan",
}
NAMES = {Klien.Usia.ANAK: "Pelayanan masyarakat", Klien.Usia.DEWASA: "Kerja sosial"}


def links(klien, user) -> list[Link]:
    return [Link(_name(klien), _url(klien))] if may(user, "kerjasosial.lihat") else []


def cards(klien, user) -> list[Card]:
    """The balance of a sentence, while it runs."""
    if not may(user, "kerjasosial.lihat"):
        return []
    ks = next((ks for ks in _sentences(user, klien=klien.pk) if ks.status == KerjaSosial.Status.BERJALAN), None)
    if ks is None:
        return []
    balance = balance_of(ks, today_at(klien.bapas))
    lines = [
        f"{jam(balance.confirmed)} dari {jam(balance.total)} disahkan",
        *([balance.waiting_words] if balance.waiting and balance.left else []),
        balance.sentence,
        f"Batas selesai {tanggal(ks.batas)}",
    ]
    return [Card(_name(klien), lines, "Buka buku jam", _url(klien))]


def unfinished(klien) -> list[Unfinished]:
    """A planned end waits: the prosecutor and the judge decide about hours that are left, not this office."""
    running = KerjaSosial.objects.running().filter(bapas=klien.bapas_id, klien=klien)
    return [Unfinished(*_open(ks), "Buka kerja sosial", _url(klien)) for ks in running]


def _open(ks: KerjaSosial) -> tuple[str, str]:
    """(what runs, what has to be done first)"""
    kind = ks.get_jenis_display()
    if ks.lunas:
        return f"{kind} belum dicatat selesai.", "Semua jam sudah disahkan: catat selesai."
    if ks.jam_tercatat == ks.total_jam:
        return f"{kind} belum selesai: {jam(ks.jam_menunggu)} menunggu pengesahan.", "Minta pengawas mengesahkan."
    left = jam(ks.total_jam - ks.jam_tercatat)
    return f"{kind} masih berjalan, sisa {left}.", "Kirim laporan kepada jaksa, lalu catat dihentikan."


def stop(klien, *, by, on, alasan: str) -> None:
    services.stop_with_registration(klien, by=by, on=on, alasan=alasan)


def events(klien, user, kinds, since, newest):
    """Begin and end of sentences, hours that count, days without work. One query for a client without a sentence."""
    if not may(user, "kerjasosial.lihat"):
        return
    sentences = {ks.pk: ks for ks in _sentences(user, klien=klien.pk)}
    if sentences:
        late = {"tanggal__gte": since}
        yield from _moves(klien, user, sentences)
        yield from _hours(klien, user, sentences, late, newest)
        yield from _absences(klien, user, sentences, late, newest)


@prepared
def _sentences(user, klien):
    return KerjaSosial.objects.visible_to(user).filter(klien=klien).order_by("pk")


def _hours(klien, user, sentences, late, newest):
    rows = JamKerja.objects.visible_to(user).counted().filter(bapas_id=klien.bapas_id, kerja_sosial__in=sentences)
    rows = rows.filter(**late).select_related("pengesahan", "dicatat_oleh").order_by("-tanggal", "-pk")
    for row in rows[:newest]:
        yield _event(
            klien, row.tanggal, f"{jam(row.jam)}: {row.kegiatan}", oleh=row.dicatat_oleh.nama,
            warna="hijau" if row.disahkan else "kuning",
            catatan=f"Disahkan {row.disahkan.pengawas}" if row.disahkan else "Menunggu pengesahan pengawas",
        )  # fmt: skip


def _absences(klien, user, sentences, late, newest):
    rows = Ketidakhadiran.objects.visible_to(user).counted().filter(bapas_id=klien.bapas_id, kerja_sosial__in=sentences)
    for row in rows.filter(**late).select_related("dicatat_oleh").order_by("-tanggal")[:newest]:
        why = "dengan alasan" if row.beralasan else "tanpa alasan"
        yield _event(
            klien, row.tanggal, f"Tidak hadir {why}", isi=row.uraian, oleh=row.dicatat_oleh.nama, warna="kuning"
        )


def _moves(klien, user, sentences):
    moves = Riwayat.objects.visible_to(user).filter(
        bapas_id=klien.bapas_id, objek="kerja_sosial", objek_id__in=sentences
    )
    for move in moves.select_related("oleh"):
        ks, day = sentences[move.objek_id], day_at(klien.bapas, move.pada)
        words = MOVES[KerjaSosial.Status(move.ke)]
        if not move.dari:
            day, words = ks.mulai, f"mulai, {ks.total_jam} jam"
        yield _event(klien, day, f"{_name(klien)} {words}", isi=move.catatan, oleh=move.oleh.nama, warna="abu")


def _event(klien, day, title, **facts) -> Event:
    return Event(day, KINDS["kerja_sosial"], title, url=_url(klien), **facts)


def _name(klien) -> str:
    return NAMES[Klien.Usia(klien.kategori_usia)]


def _url(klien) -> str:
    return reverse("kerja_sosial:of_client", args=[klien.pk])
