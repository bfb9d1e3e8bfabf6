from django.urls import path

from apps.jejak import views

app_name = "jejak"
urlpatterns = [
    path("kelola/audit/", views.trail, name="list"),
    path("kelola/audit/unduh/", views.export, name="unduh"),
    path("kelola/audit/akun/", views.accounts, name="akun"),
    path("kelola/audit/akun/unduh/", views.accounts_export, name="akun_unduh"),
]
