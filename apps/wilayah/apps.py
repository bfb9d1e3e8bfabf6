from django.apps import AppConfig


class WilayahConfig(AppConfig):
    """Offices, partners, and the wall (row-level security) between them."""

    name = "apps.wilayah"
    verbose_name = "Wilayah dan unit"
