"""Pages of areas, offices and partners under `/kelola/acuan/`."""

from django.contrib import admin

from apps.dasar.reference_admin import InlineAdmin, ReferenceAdmin
from apps.wilayah.models import Bapas, KabKota, Kanwil, KelasBapas, Mitra, PosBapas, Provinsi


class KelasInline(InlineAdmin):
    model = KelasBapas


class PosInline(InlineAdmin):
    model = PosBapas


@admin.register(Provinsi)
class ProvinsiAdmin(ReferenceAdmin):
    list_display = ["kode", "nama", "kanwil", "zona_waktu", "aktif"]
    search_fields = ["nama", "kode"]


@admin.register(KabKota)
class KabKotaAdmin(ReferenceAdmin):
    list_display = ["kode", "nama", "provinsi", "aktif"]
    list_select_related = ["provinsi"]
    search_fields = ["nama", "kode"]
    list_filter = ["provinsi"]


@admin.register(Kanwil)
class KanwilAdmin(ReferenceAdmin):
    list_display = ["kode", "nama", "zona_waktu", "aktif"]
    search_fields = ["nama"]


@admin.register(Bapas)
class BapasAdmin(ReferenceAdmin):
    list_display = ["kode", "nama", "kanwil", "kota", "terverifikasi", "aktif"]
    list_select_related = ["kanwil", "kota"]
    list_filter = ["terverifikasi", "aktif", "kanwil"]
    search_fields = ["nama", "kode"]
    autocomplete_fields = ["kota", "wilayah_kerja"]
    inlines = [KelasInline, PosInline]


@admin.register(Mitra)
class MitraAdmin(ReferenceAdmin):
    key = ""
    list_display = ["nama", "jenis", "kabkota", "aktif"]
    list_select_related = ["kabkota"]
    list_filter = ["jenis", "aktif"]
    search_fields = ["nama"]
    autocomplete_fields = ["kabkota"]
