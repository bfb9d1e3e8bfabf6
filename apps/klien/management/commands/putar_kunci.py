"""`manage.py putar_kunci`: seal personal data again with the first key of FIELD_KEYS; `--periksa` only counts."""

from cryptography.exceptions import InvalidTag
from django.core.management.base import BaseCommand, CommandError

from apps.akun import rotation as second_factors
from apps.klien import rotation
from apps.wilayah.models import Bapas

NOT_OWNER = "Jalankan sebagai pemilik basis data: isi DATABASE_OWNER_URL dengan alamatnya."
DONE = (
    "Selesai. Basis data tidak memerlukan kunci lama lagi. Berkas impor yang tersandi hilang sendiri setelah 7 hari: "
    "hapus kunci lama dari FIELD_KEYS setelah itu."
)


class Command(BaseCommand):
    help = "Menyandi ulang data pribadi dengan kunci pertama FIELD_KEYS. Boleh dihentikan dan dijalankan lagi."

    def add_arguments(self, parser):
        parser.add_argument("--periksa", action="store_true", help="hanya hitung yang masih memakai kunci lama")

    def handle(self, *, periksa: bool, **options):
        if not rotation.may_rotate():
            raise CommandError(NOT_OWNER)
        try:
            self._count() if periksa else self._rotate()
        except InvalidTag as missing:
            raise CommandError(f"Ada nilai yang tidak dapat dibuka. {missing} Kembalikan kunci itu dulu.") from missing

    def _count(self):
        offices = _offices()
        for model in rotation.sealed_models():
            found = [rotation.pending(model, office) for office in offices]
            rows, versions = (sum(column) for column in zip(*found, strict=True)) if found else (0, 0)
            self.stdout.write(f"{model._meta.db_table}: {rows} baris, {versions} riwayat")
        self.stdout.write(f"mfa_authenticator: {second_factors.pending()} baris")

    def _rotate(self):
        for model in rotation.sealed_models():
            done = sum(rotation.rotate(model, office) for office in _offices())
            self.stdout.write(f"{model._meta.db_table}: {done} disandi ulang")
        self.stdout.write(f"mfa_authenticator: {second_factors.rotate()} disandi ulang")
        self.stdout.write(DONE)


def _offices() -> list[int]:
    return list(Bapas.objects.order_by("pk").values_list("pk", flat=True))
