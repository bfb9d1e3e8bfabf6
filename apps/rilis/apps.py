from django.apps import AppConfig


class RilisConfig(AppConfig):
    """Counts of persons that leave their office: of closed days, months, quarters and years, small ones hidden."""

    name = "apps.rilis"
    verbose_name = "Rilis angka"
