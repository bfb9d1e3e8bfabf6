"""One reference value per model of the Django admin."""

from django.contrib import admin

from apps.acuan.models import (
    AmbangTahap,
    BatasKerjaSosial,
    DasarPencabutan,
    HariLibur,
    JenisDokumen,
    JenisKendala,
    JenisLitmas,
    LayananOPD,
)
from tests.asesmen.factories import FaktorFactory, InstrumenFactory


def _services(place):
    return LayananOPD.objects.create(kode="LO-99", opd="Dinas Tenaga Kerja", urusan="Kerja", layanan="Pelatihan")


MAKE = {
    "provinsi": lambda place: place.make.ProvinsiFactory(),
    "kabkota": lambda place: place.make.KabKotaFactory(),
    "kanwil": lambda place: place.bapas.kanwil,
    "bapas": lambda place: place.bapas,
    "mitra": lambda place: place.mitra,
    "kategorikebutuhan": lambda place: place.make.KategoriFactory(),
    "akunbelanja": lambda place: place.make.AkunFactory(),
    "layananopd": _services,
    "jenisdokumen": lambda place: JenisDokumen.objects.create(kode="UJI", nama="Dokumen uji"),
    "jenisprogram": lambda place: place.make.JenisProgramFactory(),
    "instrumen": lambda place: InstrumenFactory(),
    "faktorinstrumen": lambda place: FaktorFactory(),
    "harilibur": lambda place: HariLibur.objects.create(tanggal="2026-08-17", nama="Hari Kemerdekaan"),
    "dasarpencabutan": lambda place: DasarPencabutan.objects.create(kode="UJI", nama="Dasar uji"),
    "jenislitmas": lambda place: JenisLitmas.objects.create(kode="UJI", nama="Uji", untuk="semua", batas_hari=14),
    "jeniskendala": lambda place: JenisKendala.objects.create(kode="UJI", nama="Kendala uji"),
    "ambangtahap": lambda place: AmbangTahap.objects.create(kode="uji", persen=25),
    "bataskerjasosial": lambda place: BatasKerjaSosial.objects.create(
        kode="UJI",
        untuk="anak",
        jam_min=7,
        jam_maks=120,
        jam_per_hari_maks=8,
        bulan_maks=6,
        dasar="Uji",
        berlaku_sejak="2014-07-30",
    ),
}
FIELD = {"term": "", "app_label": "wilayah", "model_name": "bapas", "field_name": "kota"}


def _row_of(model):
    return lambda place: ([MAKE[model](place).pk], {}, {})


TARGETS = {
    "acuan:autocomplete": lambda place: ([], {}, FIELD),
    "acuan:app_list": lambda place: (["wilayah"], {}, {}),
    **{
        f"acuan:{model._meta.app_label}_{model._meta.model_name}_{page}": _row_of(model._meta.model_name)
        for model in admin.site._registry
        for page in ("change", "history")
    },
}
