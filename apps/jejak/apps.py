from django.apps import AppConfig


class JejakConfig(AppConfig):
    """The trail: who opened what, which state moved, which row changed."""

    name = "apps.jejak"
    verbose_name = "Jejak"
