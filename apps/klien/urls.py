"""Addresses of the clients' room; the slugs are a contract with bookmarks and other systems."""

from django.urls import path

from apps.klien.views import corrections, files, guidance, lists, needs, obstacles, photos, records, registration, unmet

app_name = "klien"
urlpatterns = [
    path("cari/", lists.search, name="search"),
    path("klien/", lists.client_list, name="list"),
    path("klien/unduh/", lists.export, name="export"),
    path("klien/tambah/", registration.create, name="create"),
    path("klien/tambah/<uuid:draf>/periksa/", registration.check, name="register_check"),
    path("klien/tambah/<uuid:draf>/hapus/", registration.discard, name="register_discard"),
    path("klien/tambah/<uuid:draf>/<slug:langkah>/", registration.step, name="register_step"),
    path("klien/buka/", files.open_with_reason, name="open"),
    path("klien/<int:pk>/", files.detail, name="detail"),
    path("klien/<int:pk>/linimasa/", files.timeline, name="timeline"),
    path("klien/<int:pk>/akses/", files.trail, name="trail"),
    path("klien/<int:pk>/data/", records.registry, name="registry"),
    path("klien/<int:pk>/ubah/", records.edit, name="edit"),
    path("klien/<int:pk>/perkara/", records.case, name="case"),
    path("klien/<int:pk>/perkara/ubah/", records.case_edit, name="case_edit"),
    path("klien/<int:pk>/masa/tambah/", records.period_add, name="period_add"),
    path("klien/<int:pk>/masa/<int:masa>/perbaiki/", records.period_correct, name="period_correct"),
    path("klien/<int:pk>/penjamin/tambah/", records.guarantor_add, name="guarantor_add"),
    path("klien/<int:pk>/penjamin/<int:penjamin>/ubah/", records.guarantor_edit, name="guarantor_edit"),
    path("klien/<int:pk>/penjamin/<int:penjamin>/akhiri/", records.guarantor_end, name="guarantor_end"),
    path("klien/<int:pk>/kebutuhan/", needs.need_list, name="client_needs"),
    path("klien/<int:pk>/kebutuhan/tambah/", needs.add, name="need_add"),
    path("klien/<int:pk>/kebutuhan/<int:need>/ubah/", needs.edit, name="need_edit"),
    path("klien/<int:pk>/kebutuhan/<int:need>/status/", needs.move, name="need_move"),
    path("kebutuhan/", unmet.needs, name="needs"),
    path("kebutuhan/unduh/", unmet.export, name="needs_export"),
    path("bimbingan/catat/", guidance.create, name="guidance_new"),
    path("bimbingan/<int:pk>/", corrections.detail, name="guidance"),
    path("bimbingan/<int:pk>/ubah/", corrections.correct, name="guidance_correct"),
    path("bimbingan/<int:pk>/urungkan/", corrections.undo, name="guidance_undo"),
    path("bimbingan/<int:pk>/batalkan/", corrections.withdraw, name="guidance_withdraw"),
    path("bimbingan/foto/<uuid:kunci>/", photos.add, name="guidance_photo_add"),
    path("bimbingan/<int:pk>/foto/", photos.show, name="guidance_photo"),
    path("bimbingan/<int:pk>/foto/hapus/", photos.remove, name="guidance_photo_remove"),
    path("kendala/", obstacles.obstacle_list, name="obstacles"),
    path("kendala/unduh/<str:jenis>/", obstacles.obstacle_export, name="obstacles_export"),
]
