from django.apps import AppConfig


class UnduhanConfig(AppConfig):
    """Long lists that a worker makes into a file, for the person who asked."""

    name = "apps.unduhan"
    verbose_name = "Unduhan"
