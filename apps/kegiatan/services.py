"""Actions on an activity and its attendance list. Each locks the activity, so a list never exceeds its quota."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from apps.akun import limits
from apps.akun.models import Penugasan
from apps.dasar.errors import Refused
from apps.dasar.forms import FIRST_MOMENT
from apps.dasar.locks import full_slots, lock, lock_all
from apps.dasar.once import stored_once
from apps.jejak.moves import move
from apps.jejak.services import record_move
from apps.jejak.versions import refuse_changed
from apps.kegiatan.models import Kegiatan, Kehadiran, KirimanHadir
from apps.klien.models import Bidang, Klien
from apps.klien.services import obstacles
from apps.pokmas.models import Pokmas
from apps.pokmas.services import region_of
from apps.wilayah.models import Bapas, Mitra
from apps.wilayah.scope import database_scope, lookup_scope

Status, Jenis = Kegiatan.Status, Kegiatan.Jenis
OBJECT = "kegiatan"
"""Name of an activity in the history of state moves."""
FURTHEST = dt.timedelta(days=5 * 366)
"""So far ahead an activity may lie; a year further away is a typing mistake."""

NEXT = {
    Status.RENCANA: {Status.SELESAI, Status.BATAL},
    Status.SELESAI: set(),
    Status.BATAL: set(),
}

FIELD_OF = {
    Jenis.PELATIHAN: Bidang.KEMANDIRIAN,
    Jenis.USAHA: Bidang.KEMANDIRIAN,
    Jenis.KONSELING: Bidang.KEPRIBADIAN,
    Jenis.KEAGAMAAN: Bidang.KEPRIBADIAN,
    Jenis.HUKUM: Bidang.KEPRIBADIAN,
    Jenis.KESEHATAN: Bidang.KEPRIBADIAN,
    Jenis.SOSIAL: Bidang.KEMASYARAKATAN,
    Jenis.OLAHRAGA: Bidang.KEMASYARAKATAN,
}
"""The field of guidance that a kind of activity counts for; no form asks for it."""

WRONG_CODES, WRONG_CODES_SECONDS = 20, 3600
"""Unknown codes that one partner may type, and in how many seconds; more would be guessing."""


class UnknownCode(Refused):
    """Codes that no active client of the office has. The sentence is the same for every cause."""

    def __init__(self, codes, bapas):
        self.codes = sorted(codes)
        super().__init__(
            f"Kode tidak dikenal di {bapas}: {', '.join(self.codes)}. Periksa kartu klien, atau tanyakan kepada PK."
        )


def offices_of(mitra: Mitra):
    """The Bapas that a partner may hold an activity with: those that appointed it, or else those of its region."""
    groups, offices = Pokmas.objects.filter(mitra=mitra), Bapas.objects.filter(aktif=True)
    if groups.exists():
        return offices.filter(pk__in=groups.active().values("bapas"))
    region = region_of(mitra)
    return offices.filter(pk__in=region) if region else offices


def partners_of(bapas: Bapas):
    """The organisers that an office may name beside itself: its active Pokmas."""
    return Mitra.objects.filter(pk__in=Pokmas.objects.filter(bapas=bapas).active().values("mitra"))


@transaction.atomic
def create(*, by, bapas: Bapas, mitra: Mitra | None, kategori, **facts) -> Kegiatan:
    """A new activity. A second tap on the same form returns the first one."""
    _refuse_strangers(by, bapas, mitra)
    _refuse_odd_times(facts["mulai"], facts["selesai"])
    lock(Penugasan(pk=by.penugasan_aktif_id))
    same = Kegiatan.objects.filter(
        bapas=bapas, mitra=mitra, judul=facts["judul"], mulai=facts["mulai"], dibuat_oleh=by, status=Status.RENCANA
    ).first()
    if same:
        return same
    kegiatan = Kegiatan.objects.create(
        bapas=bapas, mitra=mitra, dibuat_oleh=by, bidang=FIELD_OF[facts["jenis"]], **facts
    )
    kegiatan.kategori.set(kategori)
    record_move(kegiatan, OBJECT, dari="", ke=Status.RENCANA, by=by)
    return kegiatan


def _refuse_strangers(by, bapas, mitra):
    """An office may name one of its Pokmas or nobody; a partner must name an office it works with."""
    if by.scope.mitra:
        if mitra is None or mitra.pk != by.scope.mitra or not offices_of(mitra).filter(pk=bapas.pk).exists():
            raise Refused("Pilih Bapas yang bekerja sama dengan lembaga Anda.")
    elif bapas.pk not in by.scope.bapas or (mitra and not partners_of(bapas).filter(pk=mitra.pk).exists()):
        raise Refused("Pilih Pokmas aktif dari kantor Anda.")


def _refuse_odd_times(begin: dt.datetime, end: dt.datetime) -> None:
    if begin < FIRST_MOMENT or end > timezone.now() + FURTHEST:
        raise Refused("Periksa tahun kegiatan: paling awal 2000, paling jauh lima tahun lagi.")


@transaction.atomic
def change(kegiatan: Kegiatan, *, seen: str, kategori, **facts) -> Kegiatan:
    """Correct the plan while the activity is open; office and organiser stay. `seen` is the version on the page."""
    current = _open(kegiatan)
    refuse_changed(current, seen)
    _refuse_odd_times(facts["mulai"], facts["selesai"])
    people = current.daftar_hadir().count()
    if facts["kuota"] < people:
        raise Refused(f"Kuota tidak boleh kurang dari {people}, banyak peserta pada daftar hadir.")
    for name, value in {**facts, "bidang": FIELD_OF[facts["jenis"]]}.items():
        setattr(current, name, value)
    current.save(update_fields=[*facts, "bidang"])
    current.kategori.set(kategori)
    return current


@transaction.atomic
def cancel(kegiatan: Kegiatan, *, by, alasan: str) -> Kegiatan:
    """Cancel an activity that does not take place. One that did is closed instead."""
    lock(kegiatan)
    if kegiatan.daftar_hadir().exclude(status=Kehadiran.Status.BELUM).exists():
        raise Refused("Daftar hadir sudah diisi, jadi kegiatan ini tidak dapat dibatalkan. Tutup dengan hasilnya.")
    return move(kegiatan, Status.BATAL, NEXT, by=by, objek=OBJECT, note=alasan, alasan_batal=alasan)


@transaction.atomic
def close(
    kegiatan: Kegiatan, *, by, hasil: str, biaya, jenis_kendala: obstacles.Kinds = (), uraian_kendala: str = ""
) -> Kegiatan:
    """Result and actual cost are final: a closed activity is not opened again. Obstacles go to the office's list."""
    if kegiatan.berjalan and not kegiatan.sudah_mulai:
        raise Refused("Kegiatan ini belum mulai. Tutup setelah kegiatan berlangsung.")
    lock(kegiatan)
    if kegiatan.berjalan and not kegiatan.daftar_hadir().exclude(status=Kehadiran.Status.BELUM).exists():
        raise Refused("Daftar hadir belum diisi. Isi dulu, lalu tutup kegiatan ini.")
    closed = move(
        kegiatan, Status.SELESAI, NEXT, by=by, objek=OBJECT, hasil=hasil, biaya=biaya, ditutup_pada=timezone.now()
    )
    obstacles.of_activity(
        jenis_kendala, bapas_id=closed.bapas_id, mitra_id=closed.mitra_id, judul=closed.judul, uraian=uraian_kendala,
        on=closed.hari, by=by,
    )  # fmt: skip
    return closed


@transaction.atomic
def enlist(kegiatan: Kegiatan, clients, *, by) -> int:
    """Put clients on the attendance list, up to the quota; those on it already stay. Returns how many are new."""
    current = _open(kegiatan)
    chosen = {klien.pk for klien in clients}
    guided = lock_all(Klien.objects.filter(bapas=current.bapas_id, pk__in=chosen).active())
    if len(guided) < len(chosen):
        raise Refused("Bimbingan sebagian klien yang dipilih sudah berakhir. Pilih klien sekali lagi.")
    return _enlist(current, guided, by)


@transaction.atomic
def enlist_by_code(kegiatan: Kegiatan, codes, *, by) -> int:
    """`enlist` for people who know only the code on the client's card: all codes, or none.

    Quota and guesses are checked before the look-up, so that neither tells whether a code exists.
    """
    current = _open(kegiatan)
    listed = set(current.daftar_hadir().values_list("kode", flat=True))
    new = set(codes) - listed
    _refuse_crowd(current, len(new))
    _refuse_guessing(by)
    clients = _clients_with(current, new, by)
    unknown = new - {klien.kode for klien in clients}
    if unknown:
        _refuse_guessing(by, wrong=len(unknown))
        raise UnknownCode(unknown, current.bapas)
    return _enlist(current, clients, by)


@transaction.atomic
def strike(kehadiran: Kehadiran) -> None:
    """Remove somebody who is on the list by mistake, before their attendance was recorded."""
    _open(kehadiran.kegiatan)
    if kehadiran.status != Kehadiran.Status.BELUM:
        raise Refused("Kehadiran peserta ini sudah dicatat, jadi tidak dapat dihapus dari daftar.")
    kehadiran.delete()


@transaction.atomic
def mark(kegiatan: Kegiatan, marks: dict[int, str], *, by) -> int:
    """Record attendance: id of a row → status. Only what differs is written; returns how many rows changed."""
    current = _open(kegiatan)
    if not current.hari_tiba:
        raise Refused("Daftar hadir dapat diisi mulai hari kegiatan.")
    changed = 0
    for status in set(marks.values()):
        rows = current.daftar_hadir().filter(pk__in=[pk for pk, value in marks.items() if value == status])
        changed += rows.exclude(status=status).update(status=status, dicatat_oleh=by, dicatat_pada=timezone.now())
    return changed


def mark_once(kegiatan: Kegiatan, marks: dict[int, str], *, by, kunci, dibuat_pada) -> bool:
    """`mark` for a device that may send twice: a known key changes nothing and returns False."""
    own = {"bapas_id": kegiatan.bapas_id, "kegiatan": kegiatan, "kunci": kunci}

    def store() -> KirimanHadir:
        mark(kegiatan, marks, by=by)
        return KirimanHadir.objects.create(mitra_id=kegiatan.mitra_id, oleh=by, dibuat_pada=dibuat_pada, **own)

    return stored_once(store, KirimanHadir.objects.filter(**own).first)[1]


def _enlist(kegiatan: Kegiatan, clients: list[Klien], by) -> int:
    """The caller holds the activity and the files."""
    listed = set(kegiatan.daftar_hadir().values_list("klien_id", flat=True))
    new = [klien for klien in clients if klien.pk not in listed]
    _refuse_crowd(kegiatan, len(new))
    Kehadiran.objects.bulk_create(_invitation(kegiatan, klien, by) for klien in new)
    return len(new)


def _open(kegiatan: Kegiatan) -> Kegiatan:
    current = lock(kegiatan, "bapas")
    if not current.berjalan:
        raise Refused(f"Kegiatan ini sudah berstatus {current.get_status_display()} dan tidak dapat diubah.")
    return current


def _refuse_crowd(kegiatan: Kegiatan, new: int) -> None:
    """An activity is one slot: its quota holds for the whole list."""

    def taken(activity: Kegiatan) -> dict[str, int]:
        return {"daftar": activity.daftar_hadir().count()}

    if full := full_slots(kegiatan, {"daftar": new}, seats="kuota", taken=taken):
        raise Refused(f"Kuota kegiatan ini {kegiatan.kuota} peserta. Tersisa {full['daftar']} tempat.")


def _invitation(kegiatan, klien, by) -> Kehadiran:
    """A row with copies of what a partner may know; the call name only if the client has agreed."""
    return Kehadiran(
        bapas_id=kegiatan.bapas_id,
        mitra_id=kegiatan.mitra_id,
        kegiatan=kegiatan,
        klien=klien,
        kode=klien.kode,
        panggilan=klien.panggilan if klien.izin_panggilan else "",
        dicatat_oleh=by,
    )


def _clients_with(kegiatan, codes, by) -> list[Klien]:
    """Active clients of the activity's office, their files held. A partner has no office: the scope is widened for this
    query alone."""
    with database_scope(lookup_scope(by, [kegiatan.bapas_id])):
        rows = Klien.objects.filter(bapas_id=kegiatan.bapas_id, kode__in=codes).active()
        return lock_all(rows.only("kode", "panggilan", "izin_panggilan"))


def _guesses(by) -> str:
    """Per partner, not per activity, because a partner can make any number of activities."""
    return f"kegiatan:kode-salah:{by.scope.mitra or by.pk}"


def _refuse_guessing(by, *, wrong: int = 0) -> None:
    """Count `wrong` codes, and refuse when there were too many. Requests at the same time are counted one by one."""
    if wrong:
        too_many = limits.count(_guesses(by), seconds=WRONG_CODES_SECONDS, by=wrong) > WRONG_CODES
    else:
        too_many = limits.counted(_guesses(by)) >= WRONG_CODES
    if too_many:
        raise Refused("Terlalu banyak kode yang tidak dikenal. Coba lagi dalam satu jam, atau minta bantuan PK.")
