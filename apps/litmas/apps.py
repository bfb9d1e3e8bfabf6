from django.apps import AppConfig


class LitmasConfig(AppConfig):
    """Registers of social inquiry reports (litmas) and of accompaniment in proceedings: headers, never the text."""

    name = "apps.litmas"
    verbose_name = "Litmas"
