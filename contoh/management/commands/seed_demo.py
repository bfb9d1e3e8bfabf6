"""`manage.py seed_demo`: invented data for a demonstration (`kecil`) or for benchmarks (`nasional`)."""

import csv
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.akun.models import Pengguna
from apps.wilayah.models import Bapas
from contoh import guards, loading
from contoh.accounts import DOMAIN
from pemasyarakatan import env

LOADERS = {"kecil": loading.load_small, "nasional": loading.load_national}
COLUMNS = ("peran", "surel", "sandi", "unit")
CHANGED = "(sudah diganti)"


class Command(BaseCommand):
    help = "Mengisi data contoh: semua orang di dalamnya rekaan dan bertanda CONTOH."

    def add_arguments(self, parser):
        parser.add_argument("--ukuran", choices=LOADERS, default="kecil")
        parser.add_argument("--akun", type=Path, help="tulis akun contoh ke berkas CSV ini")
        parser.add_argument("--paksa", action="store_true", help="juga di luar demo (DEMO tidak aktif)")

    def handle(self, *, ukuran: str, akun: Path | None, paksa: bool, **options):
        if not (settings.DEMO or paksa):
            raise CommandError("DEMO tidak aktif. Data contoh tidak masuk ke portal sungguhan; --paksa bila yakin.")
        if loading.present():
            self.stdout.write("Data contoh sudah ada; tidak ada yang diubah.")
        else:
            self._refuse_unfit()
            LOADERS[ukuran](password=env.DEMO_PASSWORD, say=self._say)
        accounts = list(log_ins(env.DEMO_PASSWORD))
        if akun:
            _write(akun, accounts)
        else:
            self.stdout.write("\n".join("  ".join(row) for row in accounts))

    def _refuse_unfit(self) -> None:
        if not Bapas.objects.exists():
            raise CommandError("Belum ada Bapas. Jalankan dahulu: manage.py muat_acuan")
        if not guards.owns_tables():
            raise CommandError("Jalankan dengan peran pemilik tabel, bukan peran web (lihat DATABASE_OWNER_URL).")
        if guards.unforced():
            raise CommandError("Pemuatan sebelumnya terputus. Buang basis data ini dan mulai dari yang kosong.")
        if loading.occupied():
            raise CommandError("Portal ini sudah berisi data. Data contoh tidak dicampur dengannya.")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def log_ins(password: str):
    """(role, address, password, unit) of every sample person who can log in."""
    known: dict[str, bool] = {}
    people = Pengguna.objects.with_duty().filter(email__endswith=f"@{DOMAIN}").order_by("pk")
    for person in people:
        if not person.has_usable_password() or person.penugasan is None:
            continue
        if person.password not in known:  # all share one hash, and a check is slow on purpose
            known[person.password] = person.check_password(password)
        secret = password if known[person.password] else CHANGED
        yield person.penugasan.peran, person.email, secret, person.penugasan.unit_nama


def _write(path: Path, accounts: list[tuple]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *accounts])
