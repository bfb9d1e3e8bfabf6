from django.apps import AppConfig


class PokmasConfig(AppConfig):
    """Community groups that support guidance (Pokmas Lipas)."""

    name = "apps.pokmas"
    verbose_name = "Pokmas"
