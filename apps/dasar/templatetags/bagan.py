"""Template tags for the charts of `apps.dasar.charts`."""

from django import template

from apps.dasar import charts

register = template.Library()
register.simple_tag(charts.bar_chart)
register.simple_tag(charts.month_chart)
register.simple_tag(charts.tile_map)
