from django.apps import AppConfig


class WilayahConfig(AppConfig):
    """Offices, partners, and the wall between them."""

    name = "apps.wilayah"
    verbose_name = "Wilayah dan unit"
