"""The Django admin, for reference data only, under the portal's own permission table."""

from django.contrib import admin
from django.contrib.admin.sites import AdminSite

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
from apps.akun.access import requires
from apps.akun.reference_files import list_file
from apps.akun.roles import may
from apps.wilayah.models import Bapas, KabKota, Kanwil, KelasBapas, Mitra, PosBapas, Provinsi

VERB = "acuan.kelola"
ELSEWHERE = {"login", "logout", "password_change", "password_change_done", "view_on_site"}  # pages of the portal


class ReferenceSite(AdminSite):
    """Log-in and log-out are the portal's own; every page asks for the verb `acuan.kelola`."""

    site_header = site_title = "Daftar acuan"
    index_title = "Data acuan yang dapat diubah"
    site_url = "/"
    enable_nav_sidebar = False
    final_catch_all_view = False

    def has_permission(self, request) -> bool:
        return may(request.user, VERB)

    def get_urls(self):
        kept = [url for url in super().get_urls() if getattr(url, "name", "") not in ELSEWHERE]
        for url in _leaves(kept):
            url.callback = requires(VERB)(url.callback)
        return kept


def _leaves(patterns):
    for entry in patterns:
        if hasattr(entry, "url_patterns"):
            yield from _leaves(entry.url_patterns)
        else:
            yield entry


reference_site = ReferenceSite(name="acuan")


class ReferenceAdmin(admin.ModelAdmin):
    """Rows are added, changed and deactivated; never deleted, because old records point at them."""

    list_per_page = 50
    key = "kode"

    def has_module_permission(self, request):
        return self.admin_site.has_permission(request)

    has_view_permission = has_add_permission = has_change_permission = lambda self, request, obj=None: (
        self.admin_site.has_permission(request)
    )

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        """The list, or with `?format=` the list as a file."""
        if "format" in request.GET:
            return list_file(self, request)
        return super().changelist_view(request, extra_context)

    def get_urls(self):
        """Without the page that deletes, and without the nameless redirect of old addresses."""
        return [url for url in super().get_urls() if url.name and not url.name.endswith("_delete")]

    def get_readonly_fields(self, request, obj=None):
        return (self.key,) if obj and self.key else ()


class InlineAdmin(admin.TabularInline):
    """Rows of an office, under the same rule: added and changed, never deleted."""

    extra = 0

    def has_view_permission(self, request, obj=None):
        return self.admin_site.has_permission(request)

    has_add_permission = has_change_permission = has_view_permission

    def has_delete_permission(self, request, obj=None):
        return False


class KelasInline(InlineAdmin):
    model = KelasBapas


class PosInline(InlineAdmin):
    model = PosBapas


@admin.register(Provinsi, site=reference_site)
class ProvinsiAdmin(ReferenceAdmin):
    list_display = ["kode", "nama", "kanwil", "zona_waktu", "aktif"]
    search_fields = ["nama", "kode"]


@admin.register(KabKota, site=reference_site)
class KabKotaAdmin(ReferenceAdmin):
    list_display = ["kode", "nama", "provinsi", "aktif"]
    list_select_related = ["provinsi"]
    search_fields = ["nama", "kode"]
    list_filter = ["provinsi"]


@admin.register(Kanwil, site=reference_site)
class KanwilAdmin(ReferenceAdmin):
    list_display = ["kode", "nama", "zona_waktu", "aktif"]
    search_fields = ["nama"]


@admin.register(Bapas, site=reference_site)
class BapasAdmin(ReferenceAdmin):
    list_display = ["kode", "nama", "kanwil", "kota", "terverifikasi", "aktif"]
    list_select_related = ["kanwil", "kota"]
    list_filter = ["terverifikasi", "aktif", "kanwil"]
    search_fields = ["nama", "kode"]
    autocomplete_fields = ["kota", "wilayah_kerja"]
    inlines = [KelasInline, PosInline]


@admin.register(Mitra, site=reference_site)
class MitraAdmin(ReferenceAdmin):
    key = ""
    list_display = ["nama", "jenis", "kabkota", "aktif"]
    list_select_related = ["kabkota"]
    list_filter = ["jenis", "aktif"]
    search_fields = ["nama"]
    autocomplete_fields = ["kabkota"]


@admin.register(KategoriKebutuhan, site=reference_site)
class KategoriKebutuhanAdmin(ReferenceAdmin):
    list_display = ["kode", "nama", "domain", "aktif"]
    search_fields = ["nama", "kode"]


@admin.register(AkunBelanja, site=reference_site)
class AkunBelanjaAdmin(ReferenceAdmin):
    list_display = ["kode", "nama", "aktif"]
    search_fields = ["nama", "kode"]


@admin.register(LayananOPD, site=reference_site)
class LayananOPDAdmin(ReferenceAdmin):
    list_display = ["opd", "layanan", "tingkat", "aktif"]
    search_fields = ["opd", "layanan"]


@admin.register(JenisDokumen, site=reference_site)
class JenisDokumenAdmin(ReferenceAdmin):
    list_display = ["kode", "nama", "rahasia", "urutan", "aktif"]


@admin.register(JenisProgram, site=reference_site)
class JenisProgramAdmin(ReferenceAdmin):
    list_display = ["kode", "nama", "untuk", "urutan", "aktif"]


@admin.register(HariLibur, site=reference_site)
class HariLiburAdmin(ReferenceAdmin):
    key = ""
    list_display = ["tanggal", "nama", "aktif"]
    date_hierarchy = "tanggal"


@admin.register(DasarPencabutan, site=reference_site)
class DasarPencabutanAdmin(ReferenceAdmin):
    list_display = ["kode", "nama", "karena_absen", "urutan", "aktif"]


@admin.register(AmbangTahap, site=reference_site)
class AmbangTahapAdmin(ReferenceAdmin):
    list_display = ["kode", "persen", "aktif"]


@admin.register(JenisLitmas, site=reference_site)
class JenisLitmasAdmin(ReferenceAdmin):
    list_display = ["kode", "nama", "untuk", "batas_hari", "urutan", "aktif"]


@admin.register(Instrumen, site=reference_site)
class InstrumenAdmin(ReferenceAdmin):
    list_display = ["kode", "nama", "versi", "untuk", "berlaku_sejak", "terverifikasi", "aktif"]
    list_filter = ["untuk", "terverifikasi", "aktif"]

    def get_readonly_fields(self, request, obj=None):
        """Scores point at the instrument together with the age group it is for."""
        return ("kode", "untuk") if obj else ()


class PitaInline(InlineAdmin):
    model = PitaSkor

    def has_delete_permission(self, request, obj=None):
        """Scores keep the band that they fell into, so nothing points at this row."""
        return self.admin_site.has_permission(request)


@admin.register(FaktorInstrumen, site=reference_site)
class FaktorInstrumenAdmin(ReferenceAdmin):
    list_display = ["kode", "nama", "instrumen", "skor_maks", "urutan"]
    list_select_related = ["instrumen"]
    list_filter = ["instrumen"]
    inlines = [PitaInline]

    def get_readonly_fields(self, request, obj=None):
        return ("kode", "instrumen") if obj else ()


@admin.register(BatasKerjaSosial, site=reference_site)
class BatasKerjaSosialAdmin(ReferenceAdmin):
    list_display = ["kode", "untuk", "jam_min", "jam_maks", "jam_per_hari_maks", "bulan_maks", "berlaku_sejak", "aktif"]


@admin.register(JenisKendala, site=reference_site)
class JenisKendalaAdmin(ReferenceAdmin):
    list_display = ["kode", "nama", "urutan", "aktif"]
