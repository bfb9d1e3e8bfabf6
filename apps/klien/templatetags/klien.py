"""`{% load klien %}`: words about dates of a client."""

from django import template

register = template.Library()


@register.filter
def selisih_hari(later, earlier):
    """Days from `earlier` to `later`."""
    return (later - earlier).days
