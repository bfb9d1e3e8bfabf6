from django.urls import path

from apps.dasbor import views

app_name = "dasbor"
urlpatterns = [
    path("", views.beranda, name="beranda"),
    path("persetujuan/", views.decisions, name="persetujuan"),
    path("tugas/<slug:key>/", views.tasks, name="tugas"),
    path("kinerja/", views.own_bapas, name="bapas"),
    path("wilayah/dasbor/", views.region, name="wilayah"),
    path("wilayah/dasbor/unduh/", views.region_export, name="wilayah_unduh"),
    path("wilayah/kendala-per-jenis/", views.region_obstacles, name="kendala"),
    path("wilayah/kendala-per-jenis/unduh/", views.region_obstacles_export, name="kendala_unduh"),
    path("wilayah/bapas/<int:pk>/", views.bapas, name="bapas_rinci"),
    path("nasional/", views.nation, name="nasional"),
    path("nasional/unduh/", views.nation_export, name="nasional_unduh"),
]
