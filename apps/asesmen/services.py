"""Actions on an assessment: begin it, fill in a page, store scores, finish it. Keyword-only and atomic."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from apps.acuan.models import FaktorInstrumen, Instrumen
from apps.asesmen.models import Asesmen, ButirKebutuhan, Domain, IsianDomain, SkorAsesmen, due
from apps.dasar.errors import Refused
from apps.dasar.locks import lock, under
from apps.dasar.violations import refusals
from apps.dasar.wording import tanggal
from apps.jejak.moves import move, refuse_move
from apps.jejak.services import record_move
from apps.jejak.versions import refuse_changed
from apps.klien.models import Kebutuhan, Klien
from apps.klien.services import confirm_need
from apps.klien.services.holding import hold_guided, refuse_ended

OBJECT = "asesmen"
Status = Asesmen.Status
NEXT = {Status.DRAF: {Status.SELESAI, Status.BATAL}, Status.SELESAI: set(), Status.BATAL: set()}
EARLY = 30
"""An assessment repeated at most this many days early counts as the yearly one (own rule)."""


@dataclass(frozen=True)
class Need:
    """A need named on a page; `mendesak` is empty until somebody has answered."""

    kategori: int
    mendesak: str = ""
    uraian: str = ""


@dataclass(frozen=True)
class Content:
    """The answers of one page."""

    kekuatan: str = ""
    tanpa_kebutuhan: bool = False
    kata_klien: str = ""
    butir: frozenset[Need] = frozenset()

    @property
    def complete(self) -> bool:
        """True for "no need", or for needs that all say how urgent they are."""
        return self.tanpa_kebutuhan != bool(self.butir) and all(need.mendesak for need in self.butir)


def content_of(isian: IsianDomain) -> Content:
    """The stored answers. Costs a query unless the needs of `isian` are prefetched."""
    needs = (Need(butir.kategori_id, butir.mendesak, butir.uraian) for butir in isian.kebutuhan.all())
    return Content(isian.kekuatan, isian.tanpa_kebutuhan, isian.kata_klien, frozenset(needs))


def last_finished(klien: Klien) -> Asesmen | None:
    return Asesmen.objects.finished().filter(bapas=klien.bapas_id, klien=klien).order_by("-tanggal", "-pk").first()


@transaction.atomic
def begin(*, klien: Klien, by, today: date, copy: bool = False) -> Asesmen:
    """The one open draft of a client: a new one with eight pages, or the one that exists already."""
    klien = hold_guided(klien, "Asesmen tidak dapat dimulai.")
    last = last_finished(klien)
    facts = {
        "untuk": klien.kategori_usia, "tanggal": today, "asesor": by, "jenis": _kind(klien, last, today),
        "salin_dari": last if copy else None,
    }  # fmt: skip
    draft, fresh = Asesmen.objects.get_or_create(
        bapas_id=klien.bapas_id, klien=klien, status=Status.DRAF, defaults=facts
    )
    if fresh:
        _add_pages(draft, last if copy else None)
        record_move(draft, OBJECT, dari="", ke=Status.DRAF, by=by)
    return draft


@transaction.atomic
def save_page(*, isian: IsianDomain, seen: int, content: Content) -> IsianDomain:
    """Store a page. Raises `Changed` if somebody stored other answers since version `seen`."""
    _open(isian.asesmen_id, isian.bapas_id)
    current = lock(isian)
    same = content_of(current) == content
    if not same:
        refuse_changed(current, seen, counted=current.versi)
        _write(current, content)
    current.disimpan_pada = timezone.now()
    current.save()
    return current


@transaction.atomic
def keep_scores(*, asesmen: Asesmen, instrumen: Instrumen, scores: dict[FaktorInstrumen, int | None], by) -> None:
    """Store the scores of one instrument with the band of this version; an empty score deletes the row."""
    draft = _open(asesmen.pk, asesmen.bapas_id)
    for factor, score in scores.items():
        rows = SkorAsesmen.objects.filter(bapas=draft.bapas_id, asesmen=draft, faktor=factor)
        if score is None:
            rows.delete()
        elif not rows.filter(skor=score).exists():
            rows.delete()
            _score(draft, instrumen, factor, score, by)


@transaction.atomic
def remove_score(*, skor: SkorAsesmen, by, alasan: str) -> None:
    """Delete a score, also of a finished assessment, if it or the age group was wrong. The history keeps it."""
    record_move(skor.asesmen, OBJECT, dari=skor.asesmen.status, ke=skor.asesmen.status, by=by, catatan=alasan)
    skor.delete()


@transaction.atomic
def finish(*, asesmen: Asesmen, by, on: date, read_aloud: bool) -> Asesmen:
    """Close the draft and write its needs into the ledger (`Kebutuhan`), once. A second click changes nothing."""
    draft = _locked(asesmen.pk, asesmen.bapas_id)
    if draft.status == Status.SELESAI:
        return draft
    if missing := unanswered(draft):
        raise Refused(f"Belum lengkap: {', '.join(missing)}.")
    refuse_move(draft, Status.SELESAI, NEXT)
    refuse_ended(draft.klien, "Asesmen tidak dapat diselesaikan.")
    for butir in ButirKebutuhan.objects.filter(bapas=draft.bapas_id, isian__asesmen=draft).select_related("isian"):
        _into_ledger(butir, draft, on, by)
    now = timezone.now()
    return move(
        draft, Status.SELESAI, NEXT, by=by, objek=OBJECT,
        tanggal=on, selesai_pada=now, dibacakan_pada=now if read_aloud else None,
    )  # fmt: skip


@transaction.atomic
def mark_read_aloud(*, asesmen: Asesmen) -> Asesmen:
    """Note that the assessment was read aloud to the client. The first time counts."""
    current = _locked(asesmen.pk, asesmen.bapas_id)
    if current.status != Status.SELESAI:
        raise Refused("Selesaikan asesmen lebih dulu.")
    current.dibacakan_pada = current.dibacakan_pada or timezone.now()
    current.save()
    return current


def drop(*, asesmen: Asesmen, by, alasan: str) -> Asesmen:
    """Cancel a draft. Its answers stay in the database but count for nothing."""
    return move(asesmen, Status.BATAL, NEXT, by=by, objek=OBJECT, note=alasan)


def unanswered(asesmen: Asesmen) -> list[str]:
    """Names of the domains that are not complete yet."""
    return [page.get_domain_display() for page in pages_of(asesmen) if not is_done(page)]


def pages_of(asesmen: Asesmen) -> list[IsianDomain]:
    """The eight pages in the order of the domains, with their needs, from two queries."""
    rows = asesmen.isian.filter(bapas=asesmen.bapas_id).prefetch_related("kebutuhan__kategori")
    return sorted(rows, key=lambda row: Domain.values.index(row.domain))


def is_done(page: IsianDomain) -> bool:
    """True if complete and saved by a person: a page that was only copied still has to be checked."""
    return page.disimpan_pada is not None and content_of(page).complete


def _kind(klien: Klien, last: Asesmen | None, today: date) -> str:
    if last is None:
        return Asesmen.Jenis.AWAL
    early = (due(klien, last.tanggal) - today).days > EARLY
    return Asesmen.Jenis.BARU if early else Asesmen.Jenis.TAHUNAN


def _add_pages(draft: Asesmen, source: Asesmen | None) -> None:
    copied = {page.domain: content_of(page) for page in pages_of(source)} if source else {}
    pages = IsianDomain.objects.bulk_create(
        IsianDomain(
            bapas_id=draft.bapas_id, asesmen=draft, domain=domain,
            **_texts(copied.get(domain, Content())),
        )
        for domain in Domain.values
    )  # fmt: skip
    ButirKebutuhan.objects.bulk_create(
        butir for page in pages for butir in _rows(page, copied.get(page.domain, Content()).butir)
    )


def _texts(content: Content) -> dict:
    return {
        "kekuatan": content.kekuatan,
        "tanpa_kebutuhan": content.tanpa_kebutuhan,
        "kata_klien": content.kata_klien,
    }


def _rows(page: IsianDomain, needs: Iterable[Need]) -> list[ButirKebutuhan]:
    return [
        ButirKebutuhan(
            bapas_id=page.bapas_id, isian=page, kategori_id=need.kategori, mendesak=need.mendesak, uraian=need.uraian
        )
        for need in sorted(needs, key=lambda need: need.kategori)
    ]


def _write(page: IsianDomain, content: Content) -> None:
    for name, value in _texts(content).items():
        setattr(page, name, value)
    page.versi += 1
    page.kebutuhan.filter(bapas=page.bapas_id).delete()
    ButirKebutuhan.objects.bulk_create(_rows(page, content.butir))


def _score(draft: Asesmen, instrumen: Instrumen, factor: FaktorInstrumen, score: int, by) -> None:
    band = factor.band_of(score)
    if band is None:
        raise Refused(f"{factor.nama}: skor antara 0 dan {factor.skor_maks}.")
    with refusals():
        SkorAsesmen.objects.create(
            bapas_id=draft.bapas_id, asesmen=draft, untuk=draft.untuk, instrumen=instrumen, faktor=factor, skor=score,
            kategori=band.kategori, dari=band.dari, sampai=band.sampai, oleh=by,
        )  # fmt: skip


def _into_ledger(butir: ButirKebutuhan, draft: Asesmen, on: date, by) -> None:
    wanted = Kebutuhan(
        kategori_id=butir.kategori_id, mendesak=butir.mendesak, uraian=butir.uraian,
        kata_klien=butir.isian.kata_klien, sumber=Kebutuhan.Sumber.ASESMEN,
    )  # fmt: skip
    note = f"Asesmen {tanggal(on)}"
    butir.buku, butir.sudah_terbuka = confirm_need(wanted=wanted, klien=draft.klien, by=by, catatan=note)
    butir.save(update_fields=["buku", "sudah_terbuka"])


def _open(pk: int, bapas_id: int) -> Asesmen:
    """The locked draft of a client under guidance; a finished or cancelled assessment is not changed."""
    draft = _locked(pk, bapas_id)
    if draft.status != Status.DRAF:
        raise Refused(f"Asesmen ini sudah {draft.get_status_display().lower()}. Isinya tidak dapat diubah.")
    refuse_ended(draft.klien, "Asesmen tidak dapat diubah.")
    return draft


def _locked(pk: int, bapas_id: int) -> Asesmen:
    return under(Asesmen.objects.all(), "klien").get(pk=pk, bapas=bapas_id)
