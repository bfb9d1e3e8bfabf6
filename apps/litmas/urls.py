"""URLs of this room (app); bookmarks rely on the slugs."""

from django.urls import path

from apps.litmas import views

app_name = "litmas"
urlpatterns = [
    path("litmas/", views.litmas_list, name="litmas_list"),
    path("litmas/unduh/", views.litmas_export, name="litmas_export"),
    path("litmas/catat/", views.litmas_create, name="litmas_create"),
    path("litmas/<int:pk>/", views.litmas_edit, name="litmas_edit"),
    path("litmas/<int:pk>/batal/", views.litmas_cancel, name="litmas_cancel"),
    path("pendampingan/", views.pendampingan_list, name="pendampingan_list"),
    path("pendampingan/unduh/", views.pendampingan_export, name="pendampingan_export"),
    path("pendampingan/catat/", views.pendampingan_create, name="pendampingan_create"),
    path("pendampingan/<int:pk>/", views.pendampingan_edit, name="pendampingan_edit"),
    path("pendampingan/<int:pk>/batal/", views.pendampingan_cancel, name="pendampingan_cancel"),
]
