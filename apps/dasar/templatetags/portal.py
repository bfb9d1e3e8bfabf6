"""`{% load portal %}`: the wording filters and the small helpers of the components."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from apps.dasar import charts, form_html, links, list_html, wording

register = template.Library()
register.simple_tag(form_html.attributes, name="atribut")
register.simple_tag(form_html.input_box, name="kotak_isian")
register.simple_tag(list_html.table, takes_context=True, name="tabel_daftar")
register.simple_tag(links.to, name="alamat")
register.filter("tampil", charts.number)
_CODE = re.compile(r"(KL-\d{4}-\d{5})")

for words in (
    wording.rupiah,
    wording.angka,
    wording.persen,
    wording.tanggal,
    wording.hari_tanggal,
    wording.zona,
    wording.jam_unit,
    wording.waktu_unit,
):
    register.filter(words.__name__, words)


@register.simple_tag
def daftar_galat(form, formset):
    """(id of the field, sentence) for every error of a form and, if given, of a formset."""
    errors = _form_errors(form) if form else []
    if formset:
        errors += [("", sentence) for sentence in formset.non_form_errors()]
        for row in formset.forms:
            errors += _form_errors(row)
    return errors


@register.filter
def nomor_halaman(page):
    """Page numbers with the long stretches left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def kode_utuh(text):
    """Text in which the code of a client never breaks at its hyphens."""
    return mark_safe(_CODE.sub(r'<span class="p-utuh">\1</span>', conditional_escape(text)))  # noqa: S308


@register.filter
def akhir_utuh(text):
    """Text whose last word never stands alone on a line: "Kantor Wilayah … Sulawesi Tengah"."""
    return "\N{NO-BREAK SPACE}".join(text.rsplit(" ", 1))


@register.filter
def pasangkan(columns, row):
    """Each column of a table beside its cell."""
    return zip(columns, row, strict=True)


def _form_errors(form):
    if not form.is_bound:
        return []
    errors = [("", sentence) for sentence in form.non_field_errors()]
    for field in form:
        errors += [(_anchor(field), sentence) for sentence in field.errors]
    return errors


def _anchor(field):
    """The id that takes the focus: the first choice where a field is a group of choices."""
    return field.id_for_label or f"{field.auto_id}_0"
