from django.apps import AppConfig


class RekapConfig(AppConfig):
    """Sums that dashboards read, kept up to date beside the rows that they are made of."""

    name = "apps.rekap"
    verbose_name = "Rekap"
