"""A whole programme in memory: `read_plan` runs four queries, everything else is pure."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.functional import cached_property

from apps.dasar.disclosure import known
from apps.dasar.wording import angka
from apps.program.models import ProgramTahunan, RencanaKegiatan, RincianBiaya, Sumber
from apps.program.needs import Need, as_released, coverage
from apps.wilayah.days import today_at


@dataclass(frozen=True)
class Finding:
    """One finding of the check. With `blocks` the programme cannot be sent."""

    sentence: str
    where: str
    blocks: bool = False


@dataclass(frozen=True)
class Plan:
    """Programme, activities with their cost lines, and the needs they answer."""

    program: ProgramTahunan
    activities: list[RencanaKegiatan]
    needs: list[Need]
    needs_on: date | None = None
    """The day at whose end the needs were counted."""

    @cached_property
    def lines(self) -> list[RincianBiaya]:
        return [line for activity in self.activities for line in activity.biaya.all()]

    @cached_property
    def total(self) -> Decimal:
        return sum((line.jumlah for line in self.lines), Decimal(0))

    @cached_property
    def target(self) -> int:
        return sum(activity.target_klien for activity in self.activities)

    @cached_property
    def per_source(self) -> list[tuple[str, Decimal]]:
        """(label, rupiah) of every source that pays something, in the order of the form."""
        sums = {
            source.label: sum((line.jumlah for line in self.lines if line.sumber == source), Decimal(0))
            for source in Sumber
        }
        return [(label, amount) for label, amount in sums.items() if amount]

    @cached_property
    def unanswered(self) -> list[Need]:
        return [need for need in self.needs if need.unanswered]

    @cached_property
    def findings(self) -> list[Finding]:
        """Everything to look at before sending, blocking findings first."""
        found = [*self._missing(), *self._about_activities(), *self._about_lines(), *self._about_needs()]
        return sorted(found, key=lambda finding: not finding.blocks)

    @property
    def blocked(self) -> bool:
        return any(finding.blocks for finding in self.findings)

    def _missing(self):
        if not self.activities:
            yield Finding("Belum ada kegiatan program.", "kegiatan", blocks=True)
        elif not self.lines:
            yield Finding("RAB belum berisi rincian biaya.", "rab", blocks=True)

    def _about_activities(self):
        clients = {need.kategori.pk: need.klien for need in self.needs}
        for activity in self.activities:
            if not activity.total:
                yield Finding(f"Biaya kegiatan “{activity}” masih Rp0.", "rab")
            needed = clients[activity.kategori_id]
            if known(needed) and activity.target_klien > needed:
                sentence = (
                    f"Target “{activity}” {angka(activity.target_klien)} klien, lebih banyak daripada kebutuhannya."
                )
                yield Finding(sentence, "kegiatan")

    def _about_lines(self):
        for line in self.lines:
            if line.hitungan_lain is not None:
                yield Finding(
                    f"Volume “{line}” {number(line.volume)}, tetapi rincian “{line.hitungan}” "
                    f"menghasilkan {number(line.hitungan_lain)}.", "rab",
                )  # fmt: skip
            if not line.harga:
                yield Finding(f"Harga satuan “{line}” masih Rp0.", "rab")

    def _about_needs(self):
        if self.unanswered:
            names = ", ".join(str(need.kategori) for need in self.unanswered)
            sentence = f"{len(self.unanswered)} kebutuhan belum dilayani dan belum dijelaskan: {names}."
            yield Finding(sentence, "kebutuhan")

    def content(self) -> dict:
        """The content under approval: the same facts always give the same structure, for every reader."""
        program = self.program
        return {
            "bapas": program.bapas_id,
            "tahun": program.tahun,
            "versi": program.versi,
            "latar": program.latar,
            "potret": program.potret,
            "potret_pada": str(program.potret_pada or ""),
            "tanpa_program": {need.kategori.kode: need.alasan for need in self.needs if need.alasan},
            "kegiatan": [_activity(activity) for activity in self.activities],
        }

    def fingerprint(self) -> str:
        """SHA-256 over the canonical JSON of `content`."""
        text = json.dumps(self.content(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def read_plan(program: ProgramTahunan) -> Plan:
    activities = list(program.kegiatan())
    return Plan(program, activities, coverage(program, activities), program.potret_pada)


def read_plan_outside(program: ProgramTahunan) -> Plan:
    """The plan for readers of other offices: needs as they were released."""
    plan = read_plan(program)
    day, needs = as_released(plan.needs, program.bapas_id, today_at(program.bapas))
    return replace(plan, needs=needs, needs_on=day)


def read_budget(program: ProgramTahunan) -> Plan:
    """Activities and cost lines without needs, for files about money."""
    return Plan(program, list(program.kegiatan()), [])


def number(value: Decimal) -> str:
    """2.5 → "2,50"; 30.00 → "30"."""
    return angka(value, 2).removesuffix(",00")


def _activity(activity: RencanaKegiatan) -> dict:
    return {
        "judul": activity.judul,
        "kategori": activity.kategori.kode,
        "bidang": activity.bidang,
        "target": activity.target_klien,
        "pelaksana": activity.pelaksana_id,
        "bulan": sorted(activity.bulan),
        "indikator": activity.indikator,
        "biaya": [_line(line) for line in activity.biaya.all()],
    }


def _line(line: RincianBiaya) -> dict:
    return {
        "akun": line.akun.kode,
        "uraian": line.uraian,
        "hitungan": line.hitungan,
        "volume": f"{line.volume:.2f}",
        "satuan": line.satuan,
        "harga": f"{line.harga:.2f}",
        "jumlah": f"{line.jumlah:.2f}",
        "sumber": line.sumber,
    }
