"""First start: one admin, and a one-time link instead of a default password."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from apps.akun import mailing, services


class Command(BaseCommand):
    help = "Buat akun admin dan cetak tautan sekali pakai untuk membuat kata sandinya."

    def add_arguments(self, parser):
        parser.add_argument("surel")
        parser.add_argument("nama")

    def handle(self, *, surel, nama, **options):
        try:
            validate_email(surel)
        except ValidationError as wrong:
            raise CommandError(f"“{surel}” bukan alamat surel.") from wrong
        person = services.make_admin(email=surel, nama=nama)
        self.stdout.write(
            f"Akun admin untuk {person.email} siap. Buka tautan ini dalam 3 hari untuk membuat kata sandi:\n"
            f"{mailing.setup_link(person)}"
        )
