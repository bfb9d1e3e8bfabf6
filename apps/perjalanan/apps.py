from django.apps import AppConfig


class PerjalananConfig(AppConfig):
    """A client's way through guidance: stages, ends, revocation, handover, follow-up."""

    name = "apps.perjalanan"
    verbose_name = "Perjalanan klien"
