"""`manage.py jejak segel|periksa`: seal the closed days of the trail, or compare the seals with the rows."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError

from apps.dasar.wording import angka, tanggal
from apps.jejak import seals
from apps.jejak.models import Segel


class Command(BaseCommand):
    help = "Menyegel hari jejak yang sudah ditutup, atau memeriksa jejak terhadap segelnya. Aman diulang."

    def add_arguments(self, parser):
        parser.add_argument("tugas", choices=("segel", "periksa"))
        parser.add_argument("--dari", type=date.fromisoformat, metavar="TTTT-BB-HH", help="hari pertama yang diperiksa")
        parser.add_argument("--sampai", type=date.fromisoformat, metavar="TTTT-BB-HH", help="hari terakhir")
        parser.add_argument("--sidik", help="sidik segel yang disimpan di luar portal; segel itu harus masih ada")

    def handle(self, *, tugas: str, dari: date | None, sampai: date | None, sidik: str | None, **options):
        if tugas == "segel":
            for day in seals.seal():
                self.stdout.write(f"{tanggal(day)} disegel.")
        else:
            self._check(dari, sampai, sidik)
        self._tell_newest()

    def _check(self, since: date | None, until: date | None, kept: str | None) -> None:
        flaws = list(seals.check(since, until))
        if kept and not Segel.objects.filter(sidik=kept).exists():
            flaws.append(f"Segel {kept} tidak ada lagi: rantai dibuat ulang atau dipotong.")
        for flaw in flaws:
            self.stderr.write(flaw)
        if flaws:
            raise CommandError(f"Jejak berbeda dari segelnya: {angka(len(flaws))} hal.")
        self.stdout.write("Jejak sama dengan segelnya.")

    def _tell_newest(self) -> None:
        newest = Segel.objects.last()
        if newest is None:
            self.stdout.write("Belum ada hari yang disegel.")
            return
        self.stdout.write(f"Segel terakhir {newest.hari.isoformat()}: {newest.sidik}")
