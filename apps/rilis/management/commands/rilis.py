"""`manage.py rilis terbitkan|daftar`: release closed periods, or list what is released and what is due."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from apps.rilis.models import Rilis
from apps.rilis.releasing import due, release


class Command(BaseCommand):
    help = "Menerbitkan angka masa yang sudah ditutup, atau mendaftarnya. Aman diulang dan dihentikan."

    def add_arguments(self, parser):
        parser.add_argument("tugas", choices=("terbitkan", "daftar"))

    def handle(self, *, tugas: str, **options):
        waiting = due(timezone.localdate())
        if tugas == "daftar":
            for rilis in Rilis.objects.order_by("masa", "mulai"):
                self.stdout.write(f"{rilis.masa} {rilis.mulai} sudah dirilis {rilis.dibuat_pada:%Y-%m-%d %H.%M} UTC")
        for masa, first in waiting:
            if tugas == "terbitkan":
                release(masa, first)
            self.stdout.write(f"{masa} {first} {'dirilis' if tugas == 'terbitkan' else 'belum dirilis'}")
