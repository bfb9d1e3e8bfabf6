"""URLs of the report centre and of public verification."""

from django.urls import path

from apps.laporan import views

app_name = "laporan"
urlpatterns = [
    path("laporan/", views.report_list, name="list"),
    path("laporan/unduh/", views.report_export, name="export"),
    path("laporan/baru/", views.report_create, name="create"),
    path("laporan/<int:pk>/", views.report_detail, name="detail"),
    path("laporan/<int:pk>/unduh/", views.report_download, name="download"),
    path("laporan/<int:pk>/unduh/dibaca/", views.report_download_read, name="download_read"),
    path("laporan/<int:pk>/sahkan/", views.report_approve, name="approve"),
    path("laporan/<int:pk>/batal/", views.report_cancel, name="cancel"),
    path("laporan/<int:pk>/ulang/", views.report_retry, name="retry"),
    path("verifikasi/", views.verifikasi, name="verifikasi"),
    path("verifikasi/<str:kode>/", views.verify, name="verify"),
]
