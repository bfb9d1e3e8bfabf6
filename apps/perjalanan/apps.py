from django.apps import AppConfig


class PerjalananConfig(AppConfig):
    """The way of a client through guidance: stages, ends, revocation, transfer, follow-up."""

    name = "apps.perjalanan"
    verbose_name = "Perjalanan klien"
