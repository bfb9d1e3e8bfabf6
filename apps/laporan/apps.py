from django.apps import AppConfig


class LaporanConfig(AppConfig):
    """Annual reports: rows → figures → document → file that anyone can verify."""

    name = "apps.laporan"
    verbose_name = "Laporan"
