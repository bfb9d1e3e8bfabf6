from django.apps import AppConfig


class ImporConfig(AppConfig):
    """Clients and past guidance from the spreadsheets that offices keep today."""

    name = "apps.impor"
    verbose_name = "Impor"
