from django.apps import AppConfig


class BerkasConfig(AppConfig):
    """The papers of a case file: uploaded documents, the contract and the guidance card."""

    name = "apps.berkas"
    verbose_name = "Berkas"
