from django.apps import AppConfig


class HarianConfig(AppConfig):
    """The daily and monthly report to the Kanwil in the ministry's thirteen sections."""

    name = "apps.harian"
    verbose_name = "Laporan harian"
