"""URLs of the programme pages.

A year is addressed as `/program/2027/` (the user's own Bapas) or `/program/2027-14/` (the Bapas with id 14, for Kanwil
and Ditjenpas); every page of a year exists under both. An office outside the jurisdiction answers 404.
"""

from django.urls import path, register_converter

from apps.program.addresses import AddressConverter
from apps.program.views import approval, listing, planning, rab, spending

app_name = "program"
register_converter(AddressConverter, "alamat")

urlpatterns = [
    path("program/", listing.programme_list, name="list"),
    path("program/unduh/", listing.programme_export, name="export"),
    path("program/baru/", planning.programme_start, name="start"),
    path("program/<alamat:alamat>/", planning.programme, name="year"),
    path("program/<alamat:alamat>/potret/", planning.refresh, name="refresh"),
    path("program/<alamat:alamat>/kebutuhan/<int:pk>/", planning.explain, name="explain"),
    path("program/<alamat:alamat>/kegiatan/baru/", planning.activity_add, name="activity_add"),
    path("program/<alamat:alamat>/kegiatan/<int:pk>/", planning.activity_edit, name="activity_edit"),
    path("program/<alamat:alamat>/kegiatan/<int:pk>/hapus/", planning.activity_delete, name="activity_delete"),
    path("program/<alamat:alamat>/rab/", rab.table, name="rab"),
    path("program/<alamat:alamat>/rab/hitung/", rab.preview, name="line_preview"),
    path("program/<alamat:alamat>/rab/tempel/", rab.paste, name="paste"),
    path("program/<alamat:alamat>/rab/unduh/", rab.download, name="download"),
    path("program/<alamat:alamat>/rab/kegiatan/<int:pk>/", rab.line_add, name="line_add"),
    path("program/<alamat:alamat>/rab/<int:pk>/", rab.line_edit, name="line_edit"),
    path("program/<alamat:alamat>/rab/<int:pk>/salin/", rab.line_copy, name="line_copy"),
    path("program/<alamat:alamat>/rab/<int:pk>/hapus/", rab.line_delete, name="line_delete"),
    path("program/<alamat:alamat>/periksa/", planning.check, name="check"),
    path("program/<alamat:alamat>/kirim/", planning.send, name="send"),
    path("program/<alamat:alamat>/revisi/", planning.revise, name="revise"),
    path("program/<alamat:alamat>/riwayat/", listing.history, name="history"),
    path("program/<alamat:alamat>/realisasi/", spending.overview, name="spending"),
    path("program/<alamat:alamat>/realisasi/unduh/", spending.overview_export, name="spending_export"),
    path("program/<alamat:alamat>/realisasi/setujui/", spending.approve, name="spending_approve"),
    path("program/<alamat:alamat>/realisasi/<int:pk>/", spending.ledger, name="ledger"),
    path("program/<alamat:alamat>/realisasi/<int:pk>/unduh/", spending.ledger_export, name="ledger_export"),
    path("program/<alamat:alamat>/realisasi/<int:pk>/catat/", spending.entry_add, name="entry_add"),
    path("persetujuan/<int:pk>/", approval.decision, name="decision"),
    path("persetujuan/<int:pk>/setujui/", approval.approve, name="approve"),
    path("persetujuan/<int:pk>/kembalikan/", approval.give_back, name="give_back"),
]
