"""Which file is joined, and what is taken from it."""

from django import forms

from apps.dasar.forms import PortalForm
from apps.dasar.wording import tanggal
from apps.klien.models import Klien
from apps.klien.services.joins import PARTS

LABELS = {"tempat": "Tempat tinggal", "kegiatan": "Kegiatan utama"}


class OtherFileForm(PortalForm):
    dengan = forms.CharField(
        label="Kode berkas yang lain", max_length=16, help_text="Contoh: KL-2026-00123.",
        widget=forms.TextInput({"class": "govuk-input--width-10", "autocomplete": "off"}),
    )  # fmt: skip


class JoinForm(PortalForm):
    """Ticks for what differs; what the file that goes on lacks is ticked."""

    dengan = forms.CharField(widget=forms.HiddenInput)
    versi = forms.CharField(widget=forms.HiddenInput, required=False)
    ambil = forms.MultipleChoiceField(label="Ambil dari berkas yang digabung", required=False)
    alasan = forms.CharField(
        label="Alasan", max_length=200, help_text="Dari mana diketahui bahwa ini satu orang. Tampil di linimasa.",
        widget=forms.TextInput({"class": "govuk-input--width-20"}),
    )  # fmt: skip

    def __init__(self, *args, kept: Klien, joined: Klien, **kwargs):
        initial = {"dengan": joined.kode, "versi": kept.versi}
        super().__init__(*args, initial=initial, **kwargs)
        self.kept, self.joined = kept, joined
        self.differing = [part for part in PARTS if self._of(kept, part) != self._of(joined, part)]
        self.fields["ambil"].choices = [(part, self._label(part)) for part in PARTS]
        self.fields["ambil"].initial = [part for part in self.differing if self._takes(part) and not _words(kept, part)]

    def clean_ambil(self) -> list[str]:
        return [part for part in self.cleaned_data["ambil"] if self._takes(part)]

    def rows(self) -> list[dict]:
        """What differs: label, both values, whether it may be taken, and whether it is ticked."""
        ticked = set(self["ambil"].value() or ())
        return [
            {
                "nama": part, "label": self._label(part), "dipakai": _words(self.kept, part),
                "lain": _words(self.joined, part), "bisa": self._takes(part), "centang": part in ticked,
            }
            for part in self.differing
        ]  # fmt: skip

    @property
    def same(self) -> list[str]:
        return [self._label(part) for part in PARTS if part not in self.differing]

    def _of(self, klien: Klien, part: str) -> list:
        return [getattr(klien, column) for column in PARTS[part]]

    def _takes(self, part: str) -> bool:
        """An empty value is never taken."""
        return bool(_words(self.joined, part))

    def _label(self, part: str) -> str:
        name = Klien._meta.get_field(PARTS[part][0]).verbose_name if part not in LABELS else LABELS[part]
        return name[:1].upper() + name[1:]


def _words(klien: Klien, part: str) -> str:
    """The value as the page shows it."""
    match part:
        case "tempat":
            return ", ".join(filter(None, [klien.kelurahan, str(klien.kabkota)]))
        case "kegiatan":
            return " ".join(filter(None, [klien.get_kegiatan_utama_display(), klien.pekerjaan]))
        case "jenis_kelamin" | "agama" | "pendidikan":
            return getattr(klien, f"get_{part}_display")()
        case "lahir":
            return tanggal(klien.lahir)
    return str(getattr(klien, part) or "")
