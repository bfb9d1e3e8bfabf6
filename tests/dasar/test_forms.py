"""Fields speak plainly, keep what was typed and tell assistive technology what is wrong."""

from decimal import Decimal

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template

from apps.dasar.forms import FilterForm, PortalForm, RupiahField
from apps.wilayah.models import Bapas
from tests import factories as make


class Visit(PortalForm):
    tanggal = forms.DateField(label="Tanggal bimbingan", help_text="Contoh: 21-11-2026.")
    nik = forms.CharField(label="NIK")
    cara = forms.ChoiceField(label="Cara bertemu", choices=[("", "---------"), ("k", "Di kantor")],
                             widget=forms.RadioSelect)  # fmt: skip
    catatan = forms.CharField(label="Catatan", required=False)
    setuju = forms.BooleanField(label="Sudah dibacakan")
    alasan = forms.CharField(label="Alasan", error_messages={"required": "Tulis alasannya."})


class Filter(FilterForm):
    q = forms.CharField(label="Nama", required=False)
    status = forms.MultipleChoiceField(label="Status", choices=[("a", "Aktif"), ("s", "Selesai")])


def summary(form):
    template = Template('{% include "komponen/ringkasan_galat.html" with form=form only %}')
    return template.render(Context({"form": form}))


def test_missing_values_are_named():
    errors = Visit({}).errors
    assert errors["tanggal"] == ["Isi tanggal bimbingan."]
    assert errors["nik"] == ["Isi NIK."]
    assert errors["cara"] == ["Pilih cara bertemu."]
    assert errors["setuju"] == ["Centang “Sudah dibacakan”."]


def test_a_sentence_of_the_form_itself_stays():
    assert Visit({}).errors["alasan"] == ["Tulis alasannya."]


def test_a_form_that_changes_its_fields_changes_no_other_form():
    """The fields are prepared once per process and copied for each form."""
    changed = Visit()
    for name, field in changed.fields.items():
        field.required, field.label, field.help_text = False, "lain", "lain"
        field.error_messages["required"] = "lain"
        field.validators.append(print)
        field.widget.attrs["data-lain"] = name
        field.widget.is_required = False
    changed.fields["cara"].choices = [("x", "Lain")]
    del changed.fields["nik"]
    assert Visit({}).errors["tanggal"] == ["Isi tanggal bimbingan."]
    assert list(Visit().fields) == ["tanggal", "nik", "cara", "catatan", "setuju", "alasan"]
    assert "lain" not in Visit().as_p()
    assert Visit().fields["cara"].choices == Visit().fields["cara"].widget.choices == [("k", "Di kantor")]


def test_an_heir_prepares_its_own_fields():
    class Heir(Visit):
        nik = forms.CharField(label="Nomor induk", required=True)

    assert Heir({}).errors["nik"] == ["Isi nomor induk."]
    assert Visit({}).errors["nik"] == ["Isi NIK."]


def test_choices_that_are_worked_out_late_are_worked_out_for_each_form():
    years = [("2025", "2025")]

    class Year(PortalForm):
        tahun = forms.ChoiceField(choices=lambda: [("", "---------"), *years])

    assert Year().fields["tahun"].choices == [("", "Pilih…"), ("2025", "2025")]
    years.append(("2026", "2026"))
    assert Year({"tahun": "2026"}).is_valid()


@pytest.mark.django_db
def test_lists_from_the_database_are_asked_for_each_form():
    class Unit(PortalForm):
        bapas = forms.ModelChoiceField(queryset=Bapas.objects.all())
        banyak = forms.ModelMultipleChoiceField(queryset=Bapas.objects.all(), widget=forms.CheckboxSelectMultiple)

    before = Unit()
    assert [str(text) for _, text in before.fields["bapas"].choices] == ["Pilih…"]
    office = make.BapasFactory()
    for name in ("bapas", "banyak"):
        assert str(office) in str(Unit()[name])
    narrowed = Unit()
    narrowed.fields["bapas"].queryset = Bapas.objects.none()
    assert Unit({"bapas": office.pk, "banyak": [office.pk]}).is_valid()


def test_optional_fields_say_so_except_in_filters():
    assert "(pilihan)" in Visit()["catatan"].as_field_group()
    assert "(pilihan)" not in Visit()["nik"].as_field_group()
    assert "(pilihan)" not in Filter()["q"].as_field_group()


def test_error_and_hint_are_tied_to_the_field():
    html = Visit({"tanggal": "13/21/2026"})["tanggal"].as_field_group()
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_tanggal_helptext id_tanggal_error"' in html
    assert 'id="id_tanggal_error"' in html
    assert 'value="13/21/2026"' in html


def test_the_summary_links_to_each_field_and_to_the_first_choice_of_a_group():
    html = summary(Visit({}))
    assert "Ada 5 hal yang perlu diperbaiki" in html
    assert '<a href="#id_tanggal">Isi tanggal bimbingan.</a>' in html
    assert '<a href="#id_cara_0">Pilih cara bertemu.</a>' in html


def test_a_whole_number_is_asked_for_in_plain_words():
    class Ages(PortalForm):
        umur = forms.IntegerField(label="Umur")

    assert Ages({"umur": "tiga"}).errors == {"umur": ["Tulis umur dengan angka saja."]}


def test_no_summary_for_a_form_nobody_sent():
    assert "govuk-error-summary" not in summary(Visit())


def test_a_required_group_has_no_card_for_nothing():
    html = Visit()["cara"].as_field_group()
    assert html.count('p-kartu"') == 1
    assert "---" not in html


@pytest.mark.parametrize(
    "typed",
    [
        "1.500.000",
        "Rp1.500.000",
        "Rp 1.500.000,00",
        "1500000",
        "1500000,0",
        "1,500,000",
        "Rp. 1.500.000",
        "Rp 1.500.000,-",
        "1.500.000,-",
        "Rp1.500.000,-",
    ],
)
def test_amounts_are_read_as_people_write_them(typed):
    assert RupiahField().clean(typed) == Decimal("1500000")


@pytest.mark.parametrize("typed", ["1.5", "12.34.567", "seribu", "1.500.000,123"])
def test_an_ambiguous_amount_is_refused_with_an_example(typed):
    with pytest.raises(forms.ValidationError, match=r"misalnya 1\.500\.000"):
        RupiahField().clean(typed)


def test_a_stored_amount_is_shown_grouped():
    class Cost(PortalForm):
        harga = RupiahField(label="Harga")

    assert 'value="1.250.000"' in str(Cost(initial={"harga": Decimal("1250000.00")})["harga"])


def test_filters_in_use_become_chips_that_remove_themselves():
    chips = Filter(QueryDict("q=budi&status=a&status=s&page=3")).chips()
    assert chips == [
        {"label": "Nama: budi", "url": "?status=a&status=s"},
        {"label": "Status: Aktif, Selesai", "url": "?q=budi"},
    ]


@pytest.mark.parametrize(
    ("label", "wide"),
    [
        ("Kunjungan rumah", False),
        ("Keterampilan", False),
        ("Pertanggungjawaban", True),
        ("Pindah alamat tanpa melapor kepada Bapas", True),
    ],
)
def test_cards_are_as_wide_as_their_words_need(label, wide):
    class Question(PortalForm):
        apa = forms.ChoiceField(choices=[("a", "Ya"), ("b", label)], widget=forms.RadioSelect)

    assert ("p-kartu-grup--lebar" in Question().as_div()) is wide
