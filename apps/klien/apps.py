from django.apps import AppConfig


class KlienConfig(AppConfig):
    """Clients, their needs, and the guidance they receive."""

    name = "apps.klien"
    verbose_name = "Klien"
