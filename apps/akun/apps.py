from django.apps import AppConfig
from django.core.checks import register


class AkunConfig(AppConfig):
    """People, their assignments, and what an assignment allows."""

    name = "apps.akun"
    verbose_name = "Akun"

    def ready(self):
        from apps.akun.checks import every_url_declares_access  # noqa: PLC0415 – models are loaded after this module

        register(every_url_declares_access)
