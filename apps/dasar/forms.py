"""What every form of the portal shares: sentences for missing values, dates and money."""

import copy
import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import ClassVar

from django import forms
from django.db.models import Model
from django.utils import timezone
from django.utils.choices import CallableChoiceIterator
from django.utils.dateparse import parse_datetime

from apps.dasar.numbers import read_money
from apps.dasar.wording import grouped, tanggal

FIRST_MOMENT = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""A device clock that shows an earlier moment was never set."""
MOST_NAMED = 8
"""A refusal names the choices of a field that has no more."""
EMPTY_CHOICE = "Pilih…"
_CHOICES = (forms.ChoiceField, forms.ModelChoiceField, forms.FileField)


class PortalFormMixin:
    """Names the field in the message for a missing value: "Isi tanggal bimbingan.".

    A field that brings its own `required` message keeps it. Dates use the browser's date picker.
    """

    marks_optional = True  # whether labels of optional fields end with "(pilihan)"
    needed_sometimes: tuple[str, ...] = ()  # fields that another answer makes required: no label calls them optional

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not isinstance(self.base_fields, Prepared):  # a form of a library, which changes its fields when it is made
            for name, field in self.fields.items():
                _prepare(name, field)


class _PreparedMixin(PortalFormMixin):
    def __init__(self, *args, **kwargs):
        if not isinstance(self.base_fields, Prepared):
            type(self).base_fields = Prepared(self.base_fields)
        super().__init__(*args, **kwargs)


class Prepared(dict):
    """The fields of a form class, prepared once per process. A form gets copies, which it may change.

    The choices are not copied: forms replace lists of choices and never change one. Lists whose choices come from the
    database are copied as Django does it, because each form asks the database anew.
    """

    def __init__(self, fields):
        super().__init__(copy.deepcopy(fields))  # a class that inherits from this one prepares its own
        for name, field in self.items():
            _prepare(name, field)

    def __deepcopy__(self, memo):
        return {name: _copy(field, memo) for name, field in self.items()}


def _prepare(name: str, field: forms.Field) -> None:
    _use_date_picker(field)
    _name_the_empty_choice(field)
    label = str(field.label or name.replace("_", " "))
    if _has_stock_sentence(field, "required", forms.Field):
        field.error_messages["required"] = _missing(field, label)
    if _has_stock_sentence(field, "invalid", forms.IntegerField):
        field.error_messages["invalid"] = f"Tulis {_lower_first(label)} dengan angka saja."
    if _has_stock_sentence(field, "invalid_choice", forms.ChoiceField) and (known := _few_choices(field)):
        field.error_messages["invalid_choice"] = f"Pilih {known}."


def _few_choices(field) -> str:
    """ "DIPA, Pemda, atau CSR" when a field has few choices that are known beforehand, else ""."""
    if isinstance(field, forms.ModelChoiceField) or isinstance(field.choices, CallableChoiceIterator):
        return ""
    labels = [str(text).replace("%", "%%") for value, text in field.choices if value != "" and isinstance(text, str)]
    if not 2 <= len(labels) <= MOST_NAMED:
        return ""
    return f"{', '.join(labels[:-1])}{',' if len(labels) > 2 else ''} atau {labels[-1]}"


def _copy(field: forms.Field, memo: dict) -> forms.Field:
    """What Django's own copy gives, but for the choices. Fields and widgets that hold others are left to Django."""
    if type(field).__deepcopy__ not in _SIMPLE or type(field.widget).__deepcopy__ not in _SIMPLE:
        return copy.deepcopy(field, memo)
    made, made.widget = _twin(field), _twin(field.widget)
    made.widget.attrs = field.widget.attrs.copy()
    made.error_messages, made.validators = field.error_messages.copy(), field.validators[:]
    if isinstance(field, forms.ModelChoiceField):
        made.queryset = field.queryset
    return made


_SIMPLE = {
    part.__deepcopy__
    for part in (forms.Field, forms.ChoiceField, forms.ModelChoiceField, forms.Widget, forms.widgets.ChoiceWidget)
}


def _twin(original):
    twin = object.__new__(type(original))
    twin.__dict__.update(original.__dict__)
    return twin


class PortalForm(_PreparedMixin, forms.Form):
    """Base of forms without a model."""


class PortalModelForm(_PreparedMixin, forms.ModelForm):
    """Base of forms of a model."""


class FilterForm(PortalForm):
    """Base of the GET forms above lists. Every field is optional, so no label says so."""

    marks_optional = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    def clean(self):
        """A period that ends before it begins is a mistake, no empty list."""
        data = super().clean()
        first, last = data.get("dari"), data.get("sampai")
        if first and last and last < first:
            names = self.fields["sampai"].label, _lower_first(self.fields["dari"].label)
            self.add_error("sampai", "{} tidak boleh sebelum {}.".format(*names))
        return data

    @property
    def chosen(self) -> dict:
        """The filters in use; values that the form does not know are left out, and so is the open tab."""
        if not self.is_bound:
            return {}
        self.is_valid()  # cleans once, however often this is asked
        used = {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [], False)}
        used.pop("tab", None)
        return used

    def chips(self) -> list[dict]:
        """Each filter in use, in words, with the URL of the list without that filter."""
        return [
            {"label": self.in_words(name, value), "url": self._without(name)} for name, value in self.chosen.items()
        ]

    def in_words(self, name: str, value) -> str:
        """What a chip says of one filter."""
        field = self.fields[name]
        return field.label if isinstance(field, forms.BooleanField) else f"{field.label}: {_in_words(field, value)}"

    def _without(self, name):
        query = self.data.copy()
        for key in (name, "page"):
            query.pop(key, None)
        return f"?{query.urlencode()}"


class RupiahInput(forms.TextInput):
    """A text box after "Rp": the browser's number box refuses amounts written the Indonesian way."""

    template_name = "django/forms/widgets/rupiah.html"

    def __init__(self, attrs=None):
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})


class RupiahField(forms.DecimalField):
    """An amount as people type it: 1.500.000, Rp1.500.000,50, 1.500.000,- or 1500000."""

    widget = RupiahInput
    default_error_messages: ClassVar = {"invalid": "Tulis jumlah dalam rupiah, misalnya 1.500.000."}

    def __init__(self, *, max_digits=18, decimal_places=2, **kwargs):
        super().__init__(max_digits=max_digits, decimal_places=decimal_places, **kwargs)

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, Decimal | int):
            return super().to_python(value)
        try:
            return super().to_python(read_money(str(value)))
        except ValueError as unreadable:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from unreadable

    def prepare_value(self, value):
        if isinstance(value, Decimal | int):
            return grouped(value, 2 if value % 1 else 0)
        return value


def _in_words(field, value) -> str:
    """A value as a person reads it."""
    if isinstance(value, list):
        return ", ".join(_in_words(field, one) for one in value)
    if isinstance(value, datetime.date):
        return tanggal(value)
    if isinstance(value, datetime.time):
        return f"{value:%H.%M}"
    if isinstance(value, Model):
        return str(value)
    if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
        return str(field.queryset.filter(pk=getattr(value, "pk", value)).first() or "–")
    return str(dict(getattr(field, "choices", ())).get(value, field.prepare_value(value)) or "–")


def _use_date_picker(field):
    if type(field.widget) is forms.DateInput:
        field.widget.input_type, field.widget.format = "date", "%Y-%m-%d"
        field.widget.attrs.setdefault("class", "govuk-input--width-10")


def saved_at(words: str) -> datetime.datetime:
    """When a device says it saved (ISO 8601); now if that is unreadable, before FIRST_MOMENT or in the future."""
    now = timezone.now()
    try:
        made = parse_datetime(words)
    except ValueError:
        return now
    return made if made and timezone.is_aware(made) and FIRST_MOMENT <= made <= now else now


def _name_the_empty_choice(field):
    """A list starts with "Pilih…"; a required group of radios has no card for "nothing"."""
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label is not None and type(field.widget) is forms.Select:
            field.empty_label = EMPTY_CHOICE
    elif isinstance(field, forms.ChoiceField) and type(field.widget) is forms.Select:
        choices = field.choices
        late = isinstance(choices, CallableChoiceIterator)  # worked out whenever the form is shown
        field.choices = (lambda: _with_empty_choice(choices)) if late else _with_empty_choice(choices)
    elif isinstance(field.widget, forms.RadioSelect) and field.required and "" in dict(field.choices):
        field.choices = [(value, text) for value, text in field.choices if value != ""]


def _with_empty_choice(choices: Iterable) -> list:
    return [(value, EMPTY_CHOICE if value == "" and "---" in str(text) else text) for value, text in choices]


def _missing(field, label):
    if isinstance(field, forms.BooleanField):
        return f"Centang “{label}”."
    verb = "Pilih" if isinstance(field, _CHOICES) else "Isi"
    return f"{verb} {_lower_first(label)}."


def _has_stock_sentence(field, kind, of):
    """Compared by identity: `==` would translate the same sentence for every field of every request."""
    return field.error_messages.get(kind) is of.default_error_messages[kind]


def _lower_first(label):
    """ "Tanggal bimbingan" → "tanggal bimbingan", but "NIK", "PK penanggung jawab" and names of posts stay."""
    words = label.split()
    a_post = len(words) > 1 and all(word[:1].isupper() and word[1:2].islower() for word in words)
    return label if label[:2].isupper() or a_post else label[:1].lower() + label[1:]
