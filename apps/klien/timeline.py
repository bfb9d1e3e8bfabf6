"""Events of one client, newest first: contacts, needs, periods of guidance and changes of status."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from apps.akun.models import Pengguna
from apps.dasar.ids import id_of
from apps.dasar.prepared import prepared
from apps.dasar.wording import tanggal, waktu_unit
from apps.jejak.models import Riwayat
from apps.klien import rooms
from apps.klien.models import CatatanBimbingan, Kebutuhan, Klien, MasaBimbingan
from apps.klien.services.assign import OBJECT as PK_MOVED
from apps.wilayah.days import day_at

OWN_KINDS = {"bimbingan": "Bimbingan", "kebutuhan": "Kebutuhan", "masa": "Masa bimbingan", "status": "Perubahan status"}
BEGINNING = date(1900, 1, 1)
"""Before every entry."""
LATE = timedelta(hours=24)
"""From this delay on, both the time on the device and the time of arrival are shown."""


@dataclass(frozen=True)
class Event:
    """One entry, with the field names of `komponen/linimasa.html`."""

    tanggal: date
    jenis: str
    judul: str
    isi: str = ""
    oleh: str = ""
    url: str = ""
    warna: str = ""
    dicoret: bool = False
    catatan: str = ""

    @property
    def words(self) -> str:
        """The text that a search looks through."""
        return " ".join([self.jenis, self.judul, self.isi, self.catatan])

    @property
    def sistem(self) -> bool:
        """True when nobody wrote the entry: it follows from other data and is shown in one line."""
        return not (self.oleh or self.url or self.dicoret)


def all_kinds() -> dict[str, str]:
    """Every kind of event of every room (app): key in the address → words."""
    return OWN_KINDS | rooms.kinds()


def events(klien: Klien, user, *, kinds=None, since: date | None = None, newest: int | None = None) -> list[Event]:
    """Entries of the wanted kinds (None: all), one query per kind."""
    collect = {"bimbingan": _contacts, "kebutuhan": _needs, "masa": _periods, "status": _moves}
    kinds, since = all_kinds() if kinds is None else kinds, since or BEGINNING
    found = [event for kind in kinds if kind in collect for event in collect[kind](klien, user, since, newest)]
    found += rooms.events(klien, user, kinds, since, newest)
    found = [event for event in found if event.tanggal >= since]
    return sorted(found, key=lambda event: event.tanggal, reverse=True)[:newest]


def events_of_person(klien: Klien, user, *, newest: int | None = None, **asked) -> list[Event]:
    """`events` of the file and of those that were joined to it (`gabungan`), each of these with its code."""
    found = events(klien, user, newest=newest, **asked)
    if not klien.gabungan:
        return found
    for other in Klien.objects.visible_to(user).filter(pk__in=klien.gabungan).select_related("bapas"):
        theirs = events(other, user, newest=newest, **asked)
        found += [replace(event, judul=f"{event.judul} · dari {other.kode}") for event in theirs]
    return sorted(found, key=lambda event: event.tanggal, reverse=True)[:newest]


def contact(record: CatatanBimbingan, zone: str) -> Event:
    """A contact. Without the right to read its prose, only that it took place."""
    came, colour = ("Hadir", "hijau") if record.hadir else ("Tidak hadir", "kuning")
    return Event(
        record.tanggal,
        "Bimbingan",
        f"{came} · {record.get_cara_display()}",
        isi=_prose(record) if record.terbaca else "",
        oleh=record.pk_pencatat.nama,
        url=reverse("klien:guidance", args=[record.pk]),
        warna=colour,
        dicoret=record.diganti_oleh is not None,
        catatan=_remark(record, zone),
    )


def _contacts(klien, user, since, newest):
    records = _records(user, klien=klien.pk, first=since, most=newest)
    return [contact(record, klien.bapas.zona_waktu) for record in records]


def last_contact(klien: Klien, user) -> Event | None:
    """The newest contact, for whoever writes the next one."""
    return next(iter(_contacts(klien, user, BEGINNING, 1)), None)


@prepared
def _records(user, klien, first):
    return CatatanBimbingan.objects.for_timeline(user).filter(klien=klien, tanggal__gte=first)


@prepared
def _own_needs(user, klien):
    return Kebutuhan.objects.visible_to(user).filter(klien=klien).select_related("kategori", "dicatat_oleh")


@prepared
def _own_periods(user, klien):
    return MasaBimbingan.objects.visible_to(user).filter(klien=klien).select_related("jenis_program")


@prepared
def _own_moves(user, klien):
    """Moves of the registration and corrections of its periods."""
    periods = MasaBimbingan.objects.visible_to(user).filter(klien=klien)
    found = Q(objek__in=["klien", PK_MOVED], objek_id=klien) | Q(objek="masa", objek_id__in=periods.values("pk"))
    return Riwayat.objects.visible_to(user).filter(found).select_related("oleh")


def _needs(klien, user, since, newest):
    url = reverse("klien:client_needs", args=[klien.pk])
    for need in _own_needs(user, klien=klien.pk):
        yield Event(
            day_at(klien.bapas, need.dicatat_pada), "Kebutuhan", f"Kebutuhan dicatat: {need.kategori}", isi=need.uraian,
            oleh=need.dicatat_oleh.nama, url=url,
        )  # fmt: skip
        if need.ditutup_pada:
            yield Event(
                day_at(klien.bapas, need.ditutup_pada), "Kebutuhan",
                f"Kebutuhan {need.get_status_display().lower()}: {need.kategori}", isi=need.alasan, url=url,
                warna="hijau" if need.status == Kebutuhan.Status.TERPENUHI else "abu",
            )  # fmt: skip


def _periods(klien, user, since, newest):
    for period in _own_periods(user, klien=klien.pk):
        yield Event(
            period.mulai, "Masa bimbingan", f"{period.jenis_program} s.d. {tanggal(period.selesai)}",
            isi=f"SK {period.sk_nomor}, {tanggal(period.sk_tanggal)}", warna="abu",
        )  # fmt: skip


def _moves(klien, user, since, newest):
    yield Event(klien.diregistrasi, "Status", "Klien diregistrasi", warna="abu")
    moves = _own_moves(user, klien=klien.pk)
    names = _names({id_of(pk) for move in moves if move.objek == PK_MOVED for pk in (move.dari, move.ke)})
    for move in moves:
        yield Event(
            day_at(klien.bapas, move.pada), "Status", _words_of(move, names), isi=move.catatan, oleh=move.oleh.nama,
            warna="abu",
        )  # fmt: skip


def _names(people: set) -> dict[str, str]:
    """Id as text → name; no query for nobody."""
    return {str(pk): name for pk, name in Pengguna.objects.filter(pk__in=people).values_list("pk", "nama")}


def _words_of(move: Riwayat, names: dict[str, str]) -> str:
    if move.objek == PK_MOVED:
        return f"PK: {names.get(move.dari, '–')} menjadi {names.get(move.ke, '–')}"
    if move.objek == "masa":
        return "Masa bimbingan diperbaiki"
    return f"Status menjadi {Klien.Status(move.ke).label.lower()}"


def _prose(record: CatatanBimbingan) -> str:
    topics = ", ".join(record.topik_label)
    parts = [
        f"Dibahas: {topics}" if topics else "",
        record.catatan,
        f"Alasan: {record.get_alasan_display().lower()}" if record.alasan else "",
        f"Tindak lanjut: {record.tindak_lanjut}" if record.tindak_lanjut else "",
    ]
    *before, last = [part for part in parts if part] or [""]
    return " ".join([*(part if part.endswith((".", "!", "?")) else f"{part}." for part in before), last])


def _remark(record: CatatanBimbingan, zone: str) -> str:
    remarks = []
    if record.diganti_oleh:
        verb = "Dibatalkan" if record.diganti_kosong else "Diperbaiki"
        remarks.append(f"{verb} oleh {record.diganti_oleh} karena: {record.diganti_karena}")
    if record.koreksi_dari_id:
        remarks.append(f"Perbaikan catatan sebelumnya. Alasan: {record.alasan_koreksi}")
    if record.diterima_pada - record.dibuat_pada > LATE:
        made, received = (waktu_unit(moment, zone) for moment in (record.dibuat_pada, record.diterima_pada))
        remarks.append(f"Ditulis di HP {made}, diterima {received}.")
    return " ".join(remarks)
