from django.apps import AppConfig


class JejakConfig(AppConfig):
    """The trail (audit log): who opened what, which status moved, which row changed."""

    name = "apps.jejak"
    verbose_name = "Jejak"
