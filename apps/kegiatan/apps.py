from django.apps import AppConfig


class KegiatanConfig(AppConfig):
    """Activities for clients, and attendance."""

    name = "apps.kegiatan"
    verbose_name = "Kegiatan"
