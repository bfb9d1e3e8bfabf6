from django.urls import path

from apps.kegiatan import attendance, offline, views

app_name = "kegiatan"
urlpatterns = [
    path("kegiatan/", views.kegiatan_list, name="list"),
    path("kegiatan/baru/", views.kegiatan_create, name="create"),
    path("kegiatan/lapangan/", offline.field_mode, name="field_mode"),
    path("kegiatan/hadir/luring/", offline.attendance_offline, name="attendance_offline"),
    path("kegiatan/unduh/", views.kegiatan_export, name="export"),
    path("kegiatan/<int:pk>/", views.kegiatan_detail, name="detail"),
    path("kegiatan/<int:pk>/ubah/", views.kegiatan_edit, name="edit"),
    path("kegiatan/<int:pk>/batal/", views.kegiatan_cancel, name="cancel"),
    path("kegiatan/<int:pk>/tutup/", views.kegiatan_close, name="close"),
    path("kegiatan/<int:pk>/hadir/", attendance.attendance, name="attendance"),
    path("kegiatan/<int:pk>/hadir/tambah/", attendance.add_by_code, name="add_by_code"),
    path("kegiatan/<int:pk>/hadir/undang/", attendance.invite, name="invite"),
    path("kegiatan/<int:pk>/hadir/<int:kehadiran>/hapus/", attendance.strike, name="strike"),
    path("kegiatan/<int:pk>/lembar/", attendance.sheet, name="sheet"),
    path("pokmas/<int:pk>/kegiatan/", views.kegiatan_of_pokmas, name="of_pokmas"),
]
