"""Forms and tables that functions draw: whatever people typed is text in them, never markup."""

from html.parser import HTMLParser

import pytest
from django import forms
from django.http import QueryDict
from django.template import engines
from django.utils.safestring import SafeString

from apps.dasar import markup
from apps.dasar.form_html import DRAWN
from apps.dasar.forms import PortalForm, RupiahField
from apps.dasar.lists import Column, Listing

TYPED = '"\'><i title="x">&amp; ö'
OURS = {
    "div", "span", "label", "p", "small", "input", "select", "option", "optgroup", "textarea", "fieldset", "legend",
    "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "a",
}  # fmt: skip


class Read(HTMLParser):
    """What a browser makes of it: elements, attributes, text."""

    def __init__(self, html: str):
        super().__init__()
        self.elements: list[str] = []
        self.values: list[str | None] = []
        self.names: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.names |= {name for name, _ in attrs}
        self.values += [value for _, value in attrs]

    def handle_data(self, data):
        self.text += data


class Hostile(PortalForm):
    """Every kind of field that is drawn; each word in it could have been typed by somebody."""

    required_css_class = TYPED
    text = forms.CharField(label=TYPED, help_text=TYPED, widget=forms.TextInput({"class": TYPED, "data-x": TYPED}))
    prose = forms.CharField(label=TYPED, widget=forms.Textarea({"class": TYPED}))
    money = RupiahField(label=TYPED)
    one = forms.ChoiceField(label=TYPED, choices=[(TYPED, [(f"{TYPED}1", TYPED)])], help_text=TYPED)
    card = forms.ChoiceField(label=TYPED, choices=[(f"{TYPED}2", TYPED)], widget=forms.RadioSelect({"class": TYPED}))
    several = forms.MultipleChoiceField(
        label=TYPED, choices=[(TYPED, [(f"{TYPED}3", TYPED)])], widget=forms.CheckboxSelectMultiple
    )
    tick = forms.BooleanField(label=TYPED, help_text=TYPED)
    file = forms.FileField(label=TYPED)
    silent = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        self.add_error(None, TYPED)
        self.add_error("prose", TYPED)


@pytest.mark.parametrize("bound", [False, True])
def test_a_form_shows_what_was_typed_as_text(bound):
    fields = Hostile.base_fields
    typed = dict.fromkeys(fields, TYPED)
    form = Hostile(typed, prefix=TYPED, auto_id=f"{TYPED}%s") if bound else Hostile(initial=typed, prefix=TYPED)
    read = Read(str(form))
    assert set(read.elements) <= OURS
    assert "title" not in read.names
    assert read.text.count(TYPED) >= len(fields)
    assert read.values.count(TYPED) >= 3  # values, and the label of a group
    if bound:
        assert "is" not in read.names
        assert TYPED in Read(str(form.errors["prose"])).text


def test_the_form_above_has_every_widget_that_is_drawn_but_for_kinds_of_inputs():
    folder = "django/forms/widgets/"
    ours = {field.widget.template_name.removeprefix(folder) for field in Hostile.base_fields.values()}
    assert {"text.html", "textarea.html", "select.html", "radio.html", "checkbox_select.html", "rupiah.html"} <= ours
    assert {f"{folder}{name}" for name in ours - {"clearable_file_input.html"}} <= DRAWN.keys()


def test_a_table_shows_what_was_typed_as_text():
    class Row:
        nama = TYPED
        jumlah = 3

    columns = [
        Column(TYPED, "nama", link=lambda row: f"/?q={TYPED}", sort="nama"), Column("Jumlah", "jumlah", number=True),
        Column(f"{TYPED}!", "nama", cell=lambda row: row.nama),
        Column("Tebal", "nama", cell=lambda row: markup.tag("span", {"class": "tebal"}, row.nama)),
    ]  # fmt: skip
    listing = Listing(QueryDict(), columns, [Row(), Row()], total=(TYPED, Row()))
    template = engines["django"].from_string("{% load portal %}{% tabel_daftar daftar judul True %}")
    read = Read(template.render({"daftar": listing, "judul": TYPED}))
    assert set(read.elements) <= OURS
    assert "title" not in read.names
    assert read.text.count(TYPED) == 10  # caption, two heads, three cells in each of two rows, the name of the sum
    assert read.values.count(f"/?q={TYPED}") == 2
    assert "tebal" in read.values


def test_only_what_is_safe_already_stays_markup():
    assert markup.tag("p", {"a": TYPED, "b": None, "c": False, "d": True, "e": 0}, TYPED, SafeString("<b>ya</b>")) == (
        '<p a="&quot;&#x27;&gt;&lt;i title=&quot;x&quot;&gt;&amp;amp; ö" d e="0">'
        "&quot;&#x27;&gt;&lt;i title=&quot;x&quot;&gt;&amp;amp; ö<b>ya</b></p>"
    )
