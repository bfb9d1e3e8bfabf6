from django.apps import AppConfig


class ContohConfig(AppConfig):
    """Sample data for demonstrations and benchmarks."""

    name = "contoh"
    verbose_name = "Data contoh"
