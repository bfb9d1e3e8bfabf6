from django.apps import AppConfig


class LitmasConfig(AppConfig):
    """Requests for social inquiry reports and accompaniment in proceedings: headers, never the text."""

    name = "apps.litmas"
    verbose_name = "Litmas"
