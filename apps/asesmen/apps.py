from django.apps import AppConfig


class AsesmenConfig(AppConfig):
    """Assessments of needs and strengths: instruments, bands, the eight domains."""

    name = "apps.asesmen"
    verbose_name = "Asesmen"
