"""Two people changed the same row: what each field holds for either of them."""

import re
from datetime import date

from django import forms

from apps.dasar.wording import tanggal


class ComparableForm(forms.ModelForm):
    """A form of a stored row whose fields can be laid beside what is stored by now.

    `versi` is what the person saw: the services refuse to save over anything newer (`Changed`).
    """

    versi = forms.CharField(required=False, widget=forms.HiddenInput)

    def differences(self, current: "ComparableForm") -> list[dict]:
        """Fields whose typed value is not what `current`, the same form of the stored row, holds."""
        return [
            {"label": self[name].label, "nama": name, "pilihan": [self.choice(name), current.choice(name)]}
            for name in self.compared
            if self.choice(name) != current.choice(name)
        ]

    @property
    def compared(self) -> list[str]:
        return [name for name in self.fields if name != "versi"]

    def choice(self, name: str) -> tuple[str, str]:
        """(value as a form sends it, value as people read it) of one field."""
        sent = as_sent(self[name])
        return sent, in_words(self[name].field, sent)


def as_sent(bound) -> str:
    """What a browser would send for this field."""
    value = bound.value()
    return "" if value in (None, False) else str(bound.field.prepare_value(value))


def in_words(field: forms.Field, sent: str) -> str:
    """How people read the value that a form would send."""
    if isinstance(field, forms.BooleanField):
        return "Ya" if sent else "Tidak"
    if isinstance(field, forms.DateField) and re.fullmatch(r"\d{4}-\d\d-\d\d", sent):
        return tanggal(date.fromisoformat(sent))
    for value, text in getattr(field, "choices", ()):
        options = text if isinstance(text, list) else [(value, text)]
        for key, label in options:
            if str(key) == sent and sent:
                return str(label)
    return sent or "(kosong)"
