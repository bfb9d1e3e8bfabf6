from django.apps import AppConfig


class DasborConfig(AppConfig):
    """Today's work and the figures of a region."""

    name = "apps.dasbor"
    verbose_name = "Dasbor"
