"""Template filters of this room (app)."""

from django import template

from apps.kerja_sosial import balance

register = template.Library()
register.filter("jam", balance.jam)


@register.filter
def pukul(entry) -> str:
    """ "08.00–12.00" of one entry of hours."""
    return f"{entry.mulai:%H.%M}–{entry.selesai:%H.%M}"
