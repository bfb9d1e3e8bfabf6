"""Pages of the reference lists under `/kelola/acuan/`."""

from django.contrib import admin

from apps.acuan.models import (
    AkunBelanja,
    AmbangTahap,
    BatasKerjaSosial,
    DasarPencabutan,
    FaktorInstrumen,
    HariLibur,
    Instrumen,
    JenisDokumen,
    JenisKendala,
    JenisLitmas,
    JenisProgram,
    KategoriKebutuhan,
    LayananOPD,
    PitaSkor,
)
from apps.dasar.reference_admin import InlineAdmin, ReferenceAdmin


@admin.register(KategoriKebutuhan)
class KategoriKebutuhanAdmin(ReferenceAdmin):
    list_display = ["kode", "nama", "domain", "aktif"]
    search_fields = ["nama", "kode"]


@admin.register(AkunBelanja)
class AkunBelanjaAdmin(ReferenceAdmin):
    list_display = ["kode", "nama", "aktif"]
    search_fields = ["nama", "kode"]


@admin.register(LayananOPD)
class LayananOPDAdmin(ReferenceAdmin):
    list_display = ["opd", "layanan", "tingkat", "aktif"]
    search_fields = ["opd", "layanan"]


@admin.register(JenisDokumen)
class JenisDokumenAdmin(ReferenceAdmin):
    list_display = ["kode", "nama", "rahasia", "urutan", "aktif"]


@admin.register(JenisProgram)
class JenisProgramAdmin(ReferenceAdmin):
    list_display = ["kode", "nama", "untuk", "urutan", "aktif"]


@admin.register(HariLibur)
class HariLiburAdmin(ReferenceAdmin):
    key = ""
    list_display = ["tanggal", "nama", "sumber", "perkiraan", "aktif"]
    search_fields = ["nama", "sumber"]
    list_filter = ["perkiraan", "aktif"]
    date_hierarchy = "tanggal"


@admin.register(DasarPencabutan)
class DasarPencabutanAdmin(ReferenceAdmin):
    list_display = ["kode", "nama", "karena_absen", "urutan", "aktif"]


@admin.register(AmbangTahap)
class AmbangTahapAdmin(ReferenceAdmin):
    list_display = ["kode", "persen", "aktif"]


@admin.register(JenisLitmas)
class JenisLitmasAdmin(ReferenceAdmin):
    list_display = ["kode", "nama", "untuk", "batas_hari", "urutan", "aktif"]


@admin.register(Instrumen)
class InstrumenAdmin(ReferenceAdmin):
    list_display = ["kode", "nama", "versi", "untuk", "berlaku_sejak", "terverifikasi", "aktif"]
    list_filter = ["untuk", "terverifikasi", "aktif"]

    def get_readonly_fields(self, request, obj=None):
        """Scores refer to the instrument together with its age group."""
        return ("kode", "untuk") if obj else ()


class PitaInline(InlineAdmin):
    model = PitaSkor

    def has_delete_permission(self, request, obj=None):
        """A score keeps a copy of its band, so no row refers to this one."""
        return self.admin_site.has_permission(request)


@admin.register(FaktorInstrumen)
class FaktorInstrumenAdmin(ReferenceAdmin):
    list_display = ["kode", "nama", "instrumen", "skor_maks", "urutan"]
    list_select_related = ["instrumen"]
    list_filter = ["instrumen"]
    inlines = [PitaInline]

    def get_readonly_fields(self, request, obj=None):
        return ("kode", "instrumen") if obj else ()


@admin.register(BatasKerjaSosial)
class BatasKerjaSosialAdmin(ReferenceAdmin):
    list_display = ["kode", "untuk", "jam_min", "jam_maks", "jam_per_hari_maks", "bulan_maks", "berlaku_sejak", "aktif"]


@admin.register(JenisKendala)
class JenisKendalaAdmin(ReferenceAdmin):
    list_display = ["kode", "nama", "urutan", "aktif"]
