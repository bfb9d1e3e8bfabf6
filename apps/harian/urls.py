"""URLs of this room (app). People have bookmarked them: slugs do not change."""

from django.urls import path

from apps.harian import views

DAY = "laporan-harian/<slug:jenis>/<slug:tanggal>/"

app_name = "harian"
urlpatterns = [
    path("laporan-harian/", views.report_list, name="list"),
    path("laporan-harian/unduh/", views.list_export, name="export"),
    path(DAY, views.report_detail, name="detail"),
    path(f"{DAY}kirim/", views.report_send, name="send"),
    path(f"{DAY}unduh/", views.report_download, name="download"),
    path(f"{DAY}<int:bapas>/", views.report_detail, name="detail"),
    path(f"{DAY}<int:bapas>/unduh/", views.report_download, name="download"),
]
