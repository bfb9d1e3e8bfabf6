"""URLs of this room (app). People have bookmarked them: slugs do not change."""

from django.urls import path

from apps.kerja_sosial.views import hours, places, sentences

app_name = "kerja_sosial"
urlpatterns = [
    path("kerja-sosial/", sentences.office_list, name="list"),
    path("kerja-sosial/unduh/", sentences.export, name="export"),
    path("kerja-sosial/tempat-saya/", hours.my_place, name="my_place"),
    path("kerja-sosial/tempat/", places.place_list, name="places"),
    path("kerja-sosial/tempat/unduh/", places.place_export, name="places_export"),
    path("kerja-sosial/tempat/baru/", places.place_create, name="place_create"),
    path("kerja-sosial/tempat/<int:pk>/", places.place_detail, name="place"),
    path("kerja-sosial/tempat/<int:pk>/ubah/", places.place_edit, name="place_edit"),
    path("kerja-sosial/tempat/<int:pk>/pin/", places.place_pin, name="place_pin"),
    path("kerja-sosial/jam/<int:pk>/koreksi/", hours.correct, name="correct"),
    path("kerja-sosial/tidak-hadir/<int:pk>/coret/", sentences.absence_strike, name="absence_strike"),
    path("kerja-sosial/<int:pk>/ubah/", sentences.edit, name="edit"),
    path("kerja-sosial/<int:pk>/perpanjang/", sentences.extend, name="extend"),
    path("kerja-sosial/<int:pk>/jam/", hours.record, name="hours"),
    path("kerja-sosial/<int:pk>/sahkan/", hours.confirm_by_pin, name="confirm"),
    path("kerja-sosial/<int:pk>/tidak-hadir/", sentences.absence, name="absence"),
    path("kerja-sosial/<int:pk>/selesai/", sentences.complete, name="complete"),
    path("kerja-sosial/<int:pk>/tidak-dilaksanakan/", sentences.give_up, name="give_up"),
    path("kerja-sosial/<int:pk>/lanjutkan/", sentences.resume, name="resume"),
    path("kerja-sosial/<int:pk>/laporan/", sentences.prosecutor_report, name="report"),
    path("klien/<int:pk>/kerja-sosial/", sentences.client_page, name="of_client"),
    path("klien/<int:pk>/kerja-sosial/baru/", sentences.create, name="create"),
]
