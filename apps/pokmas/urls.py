from django.urls import path

from apps.pokmas import views

app_name = "pokmas"
urlpatterns = [
    path("pokmas/", views.pokmas_list, name="list"),
    path("pokmas/unduh/", views.pokmas_export, name="export"),
    path("pokmas/tambah/", views.pokmas_create, name="create"),
    path("pokmas/<int:pk>/", views.pokmas_detail, name="detail"),
    path("pokmas/<int:pk>/ubah/", views.pokmas_edit, name="edit"),
    path("pokmas/<int:pk>/tetapkan/", views.pokmas_appoint, name="appoint"),
    path("pokmas/<int:pk>/nonaktifkan/", views.pokmas_dismiss, name="dismiss"),
    path("pokmas/<int:pk>/anggota/tambah/", views.member_add, name="member_add"),
    path("pokmas/<int:pk>/anggota/<int:anggota>/", views.member_edit, name="member_edit"),
]
