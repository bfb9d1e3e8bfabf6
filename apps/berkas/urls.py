"""URLs of this room (app). People have bookmarked them: slugs do not change."""

from django.urls import path

from apps.berkas import views

app_name = "berkas"
urlpatterns = [
    path("klien/<int:pk>/dokumen/", views.document_list, name="list"),
    path("klien/<int:pk>/dokumen/unggah/", views.upload, name="upload"),
    path("klien/<int:pk>/dokumen/<int:dokumen>/unduh/", views.download, name="download"),
    path("klien/<int:pk>/dokumen/<int:dokumen>/coret/", views.strike, name="strike"),
    path("klien/<int:pk>/kontrak/", views.contract, name="contract"),
    path("klien/<int:pk>/kartu/", views.card, name="card"),
]
