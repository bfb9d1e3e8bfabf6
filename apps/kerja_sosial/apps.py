from django.apps import AppConfig


class KerjaSosialConfig(AppConfig):
    """Sentences of community service and service by children: places, hours, what is left."""

    name = "apps.kerja_sosial"
    verbose_name = "Kerja sosial"
