"""`manage.py rekap periksa|bangun|gabung`: compare the sums with a recount, count them anew, or merge what changed."""

from django.core.management.base import BaseCommand, CommandError

from apps.rekap import keeping
from apps.wilayah.models import Bapas
from apps.wilayah.scope import database_scope, office_scope


class Command(BaseCommand):
    help = (
        "Memeriksa angka rekap, membangunnya ulang, atau menggabungkan perubahan. Aman dijalankan saat portal dipakai."
    )

    def add_arguments(self, parser):
        parser.add_argument("tugas", choices=("periksa", "bangun", "gabung"))
        parser.add_argument("--bapas", help="kode satu Bapas; tanpa ini semua")

    def handle(self, *, tugas: str, bapas: str | None, **options):
        offices = Bapas.objects.filter(kode=bapas) if bapas else Bapas.objects.order_by("pk")
        if bapas and not offices:
            raise CommandError(f"Tidak ada Bapas berkode {bapas}.")
        found = [self._one(office, tugas) for office in offices]
        if tugas != "periksa":
            self.stdout.write(f"{sum(found)} kunci dihitung.")
        elif any(found):
            raise CommandError("Rekap berbeda dari hitungan ulang. Jalankan: manage.py rekap bangun")
        else:
            self.stdout.write("Rekap sama dengan hitungan ulang.")

    def _one(self, office: Bapas, task: str) -> int:
        with database_scope(office_scope(office.pk)):
            if task == "bangun":
                return keeping.build(office.pk)
            if task == "gabung":
                return keeping.merge([office.pk])
            drifts = keeping.check(office.pk)
        for drift in drifts:
            self.stderr.write(f"{office}: {drift.measure} berbeda pada {drift.rows} baris")
        return len(drifts)
