from django.apps import AppConfig


class KegiatanConfig(AppConfig):
    """Activities for clients and who came."""

    name = "apps.kegiatan"
    verbose_name = "Kegiatan"
