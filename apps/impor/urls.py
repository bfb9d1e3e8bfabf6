"""URLs of this room (app). People have bookmarked them: slugs do not change."""

from django.urls import path

from apps.impor import views

app_name = "impor"
urlpatterns = [
    path("impor/", views.import_list, name="list"),
    path("impor/unduh/", views.import_export, name="export"),
    path("impor/baru/", views.import_create, name="create"),
    path("impor/contoh/<slug:jenis>/", views.template, name="template"),
    path("impor/lengkapi/", views.gap_list, name="gaps"),
    path("impor/lengkapi/unduh/", views.gap_export, name="gaps_export"),
    path("impor/<int:pk>/", views.detail, name="detail"),
    path("impor/<int:pk>/kolom/", views.columns, name="columns"),
    path("impor/<int:pk>/simpan/", views.confirm, name="confirm"),
    path("impor/<int:pk>/batal/", views.cancel, name="cancel"),
    path("impor/<int:pk>/ulang/", views.retry, name="retry"),
    path("impor/<int:pk>/perbaikan/", views.mistakes, name="mistakes"),
]
