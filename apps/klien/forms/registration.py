"""Registration in steps: the fields of each step, and the progress of a draft."""

from dataclasses import dataclass

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict

from apps.jejak.compare import as_sent, in_words
from apps.klien.forms.clients import CASE, PERIOD, REPORTING, VOUCHING, RegisterForm
from apps.klien.models import Klien
from apps.klien.services.clients import lookalikes


@dataclass(frozen=True)
class Step:
    """One page of the registration: its slug, its heading, a sentence, its fields."""

    slug: str
    judul: str
    kata: str
    isian: tuple[str, ...]


STEPS = (
    Step(
        "identitas", "Identitas", "Isi sesuai KTP, KK, atau berkas registrasi.",
        ("nama", "alias", "panggilan", "izin_panggilan", "nik", "lahir", "jenis_kelamin", "agama", "pendidikan",
         "kegiatan_utama", "pekerjaan", "bersekolah", "bukan_ganda"),
    ),
    Step(
        "perkara", "Perkara dan putusan", "Hanya dibaca petugas Bapas ini. Boleh diisi nanti.",
        (*CASE, "golongan", "id_sdp"),
    ),
    Step(
        "masa", "Masa bimbingan dan PK", "Isi sesuai SK atau putusan.",
        (*PERIOD, "nomor_register", "tahun_register", "diregistrasi", "pk_pembimbing"),
    ),
    Step("penjamin", "Penjamin", "Boleh diisi nanti.", VOUCHING),
    Step(
        "lapor", "Wajib lapor dan kontak", "Tempat tinggal sekarang dan jarak wajib lapor.",
        ("kabkota", "kelurahan", "alamat", "telepon", *REPORTING),
    ),
)  # fmt: skip
BY_SLUG = {step.slug: step for step in STEPS}
Typed = dict[str, dict[str, list[str]]]
"""Slug of a step → field → values as they were sent."""


class WizardForm(RegisterForm):
    """Validates everything typed so far; with `step` it keeps only the errors of that page's fields."""

    bukan_ganda = forms.BooleanField(label="Sudah diperiksa: ini bukan pendaftaran ganda", required=False)

    def __init__(self, typed: Typed, *, user, step: Step | None = None, check: bool = True):
        self.typed, self.step = typed, step
        self.mirip: list = []
        first = {name: values[0] for fields in typed.values() for name, values in fields.items() if values}
        super().__init__(as_query(typed) if check else None, user=user, initial=first)
        if self.fields["pk_pembimbing"].queryset.filter(pk=user.pk).exists():
            self.initial.setdefault("pk_pembimbing", user.pk)

    def full_clean(self):
        super().full_clean()
        if self.is_bound and self.step:
            own = {name: self._errors[name] for name in self.step.isian if name in self._errors}
            self._errors = ErrorDict(own, renderer=self.renderer)

    def rows(self):
        """The fields of this page; the question about a similar client only when one was found."""
        return [self[name] for name in self.step.isian if name != "bukan_ganda" or self.mirip]

    def clean(self):
        data = super().clean()
        if data.get("nama") and data.get("lahir") and "nik" in data:
            self._check_twins(data)
        return data

    def _check_twins(self, data):
        self.mirip = lookalikes(bapas=self.office, nama=data["nama"], lahir=data["lahir"], nik=data["nik"])
        same = [klien for klien in self.mirip if klien.nik_sama and klien.status == Klien.Status.AKTIF]
        if same:
            self.add_error("nik", f"NIK ini sudah dipakai klien aktif {same[0].kode} di kantor Anda.")
        elif self.mirip and not data.get("bukan_ganda"):
            self.add_error(
                "bukan_ganda", "Ada klien yang mirip. Periksa, lalu centang bila ini bukan pendaftaran ganda."
            )

    def answers(self, step: Step) -> list[dict]:
        """Answers of one page, in words; an empty field appears only when it is required or wrong."""
        rows = [(name, as_sent(self[name])) for name in step.isian if name != "bukan_ganda"]
        return [
            {"kunci": self[name].label, "nilai": in_words(self.fields[name], sent)}
            for name, sent in rows
            if sent or self.fields[name].required or name in self.errors
        ]

    def mistakes(self) -> list[tuple[Step | None, str, str]]:
        """(step, field, sentence) of everything that is still wrong."""
        steps = {name: step for step in STEPS for name in step.isian}
        return [(steps.get(name), name, sentence) for name, sentences in self.errors.items() for sentence in sentences]

    def unfinished(self) -> str:
        """Slug of the first page that is wrong or was not sent yet, or else of the check of all answers."""
        wrong = {step.slug for step, _, _ in self.mistakes() if step}
        return next((step.slug for step in STEPS if step.slug in wrong or step.slug not in self.typed), "periksa")


def as_query(typed: Typed) -> QueryDict:
    """Everything typed so far, as one page would have sent it."""
    query = QueryDict(mutable=True)
    for fields in typed.values():
        for name, values in fields.items():
            query.setlist(name, values)
    return query


def next_step(typed: Typed) -> str:
    """Slug of the first page that was not sent yet, or else of the check of all answers."""
    return next((step.slug for step in STEPS if step.slug not in typed), "periksa")


def progress(typed: Typed, here: str, address) -> list[dict]:
    """Entries of the step indicator above the page; `address(slug)` is the link of a page that was already sent."""
    pages = [(step.slug, step.judul) for step in STEPS] + [("periksa", "Periksa jawaban")]
    complete = all(step.slug in typed for step in STEPS)
    return [
        {
            "label": judul,
            "status": "kini" if slug == here else "sudah" if slug in typed else "nanti",
            "url": address(slug) if slug != here and (slug in typed or (slug == "periksa" and complete)) else "",
        }
        for slug, judul in pages
    ]
