from django.apps import AppConfig


class ProgramConfig(AppConfig):
    """The yearly programme of a Bapas and its budget."""

    name = "apps.program"
    verbose_name = "Program"
