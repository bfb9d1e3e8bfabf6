"""`{% load klien %}`: words about dates of a client."""

from django import template

from apps.klien import cells

register = template.Library()
register.simple_tag(cells.due, name="jatuh_tempo")


@register.filter
def selisih_hari(later, earlier):
    """Days from `earlier` to `later`."""
    return (later - earlier).days
