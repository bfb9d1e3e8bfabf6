"""`{% load wajib_lapor %}`: rows of the agenda."""

from django import template

from apps.wajib_lapor import rows

register = template.Library()
register.simple_tag(rows.row, name="baris_agenda")
