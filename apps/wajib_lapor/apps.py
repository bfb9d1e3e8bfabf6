from django.apps import AppConfig


class WajibLaporConfig(AppConfig):
    """The duty to report: agenda, appointments, reminders, attendance."""

    name = "apps.wajib_lapor"
    verbose_name = "Wajib lapor"
