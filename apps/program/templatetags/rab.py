"""`{% load rab %}`: quantities of the RAB."""

from django import template

from apps.program.plan import number

register = template.Library()


@register.filter
def bilangan(value):
    """2,50 or 30 – decimals only where there are any."""
    return "–" if value is None else number(value)
