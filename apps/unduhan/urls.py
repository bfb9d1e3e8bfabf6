"""URLs of the person's own files."""

from django.urls import path

from apps.unduhan import views

app_name = "unduhan"
urlpatterns = [
    path("berkas-saya/", views.mine, name="mine"),
    path("berkas-saya/minta/", views.create, name="create"),
    path("berkas-saya/<int:pk>/", views.detail, name="detail"),
    path("berkas-saya/<int:pk>/unduh/", views.download, name="download"),
    path("berkas-saya/<int:pk>/ulang/", views.retry, name="retry"),
    path("berkas-saya/<int:pk>/hapus/", views.delete, name="delete"),
]
