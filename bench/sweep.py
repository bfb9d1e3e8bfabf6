"""Every Kanwil of the database: all its pages, months, kinds, quarters and places, read by `bench.readers`."""

import logging
import time
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.test import Client
from django.utils import timezone

from apps.acuan.calendar import months_later
from apps.acuan.models import KategoriKebutuhan
from apps.akun.models import Pengguna
from apps.akun.roles import Peran
from apps.dasar.suppress import SMALLEST_SHOWN
from apps.rilis.adversary import Adversary
from apps.wilayah.models import Bapas, Kanwil
from bench.masuk import session_of
from bench.readers import Reader

MONTHS, DAYS = 12, 4


def run(codes: Sequence[str]) -> int:
    """Print one line per Kanwil, and every hidden count that can be worked out; returns how many there are."""
    settings.ALLOWED_HOSTS = ["*"]
    logging.disable(logging.WARNING)
    found = 0
    for kanwil in Kanwil.objects.filter(**({"kode__in": codes} if codes else {"aktif": True})).order_by("kode"):
        since = time.monotonic()
        reader = _read(kanwil)
        known = reader.adversary.found()
        print(f"{kanwil}: {_told(reader)}, {len(known)} dapat dihitung, {time.monotonic() - since:.0f} dtk", flush=True)
        for one in known:
            print(f"  {one.cell} tertulis {one.sign}: hanya {one.values}", flush=True)
        found += len(known)
    return found


def _read(kanwil: Kanwil) -> Reader:
    user = Pengguna.objects.with_duty().filter(penugasan_aktif__peran=Peran.DITJENPAS).order_by("-pk").first()
    client = Client(headers={"Cookie": session_of(user)["Cookie"]})
    offices = list(Bapas.objects.filter(kanwil=kanwil, aktif=True).prefetch_related("wilayah_kerja").order_by("nama"))
    reader, today = Reader(client, kanwil, offices), timezone.localdate()
    firsts = [months_later(today.replace(day=1), -back) for back in range(MONTHS)]
    months = [f"{first:%Y-%m}" for first in firsts]
    reader.dashboards(months, list(KategoriKebutuhan.objects.filter(aktif=True).values_list("pk", "nama")))
    reader.office_pages(months)
    reader.obstacles(sorted({f"{first.year}-{(first.month + 2) // 3}" for first in firsts}))
    places = {office.nama: list(office.wilayah_kerja.all()) for office in offices}
    every = [place for inside in places.values() for place in inside]
    reader.needs(sorted(set(every), key=lambda place: place.pk), "nasional")
    reader.daily_reports([("harian", f"{today - timedelta(days=back)}") for back in range(DAYS)])
    reader.programmes(today.year)
    alone = {name: [place for place in inside if every.count(place) == 1] for name, inside in places.items()}
    reader.rules(alone, factors())
    return reader


def factors() -> dict[str, list[str]]:
    """Name of a factor → names of its categories."""
    found: dict[str, list[str]] = {}
    for kategori in KategoriKebutuhan.objects.filter(aktif=True):
        found.setdefault(kategori.get_domain_display(), []).append(kategori.nama)
    return found


def _told(reader: Reader) -> str:
    adversary: Adversary = reader.adversary
    faces = list(adversary.faces.values())
    numbers = [int(face) for face in faces if face.isdigit()]
    large = sum(number >= SMALLEST_SHOWN for number in numbers)
    signs = f"{numbers.count(0)} nol, {large} angka, {faces.count('<5')} <5, {faces.count('*')} *"
    return f"{len(reader.offices)} Bapas, {reader.pages} halaman, {len(faces)} sel: {signs}"
