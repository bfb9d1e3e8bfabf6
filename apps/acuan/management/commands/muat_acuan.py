"""`manage.py muat_acuan`: put the first values of the reference tables into the database."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.acuan.first_values import Rejected, load


class Command(BaseCommand):
    help = "Memuat data acuan dari fixtures/: menambah baris yang belum ada, tidak mengubah atau menghapus yang ada."

    def add_arguments(self, parser):
        parser.add_argument(
            "--dari", type=Path, default=settings.BASE_DIR / "fixtures", help="folder berkas CSV (bawaan: fixtures/)"
        )

    def handle(self, *, dari: Path, **options):
        try:
            loaded = load(dari)
        except Rejected as rejected:
            wrong = "\n".join(f"- {mistake}" for mistake in rejected.mistakes)
            raise CommandError(f"Tidak ada yang dimuat. {len(rejected.mistakes)} kesalahan:\n{wrong}") from None
        for file in loaded:
            self.stdout.write(f"{file.file}: {file.added} ditambah, {file.kept} sudah ada")
