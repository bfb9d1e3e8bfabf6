from django.apps import AppConfig


class AcuanConfig(AppConfig):
    """Reference lists that offices edit in the portal."""

    name = "apps.acuan"
    verbose_name = "Daftar acuan"
