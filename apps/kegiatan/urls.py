from django.urls import path

from apps.kegiatan.views import activities, attendance, offline

app_name = "kegiatan"
urlpatterns = [
    path("kegiatan/", activities.kegiatan_list, name="list"),
    path("kegiatan/baru/", activities.kegiatan_create, name="create"),
    path("kegiatan/lapangan/", offline.field_mode, name="field_mode"),
    path("kegiatan/hadir/luring/", offline.attendance_offline, name="attendance_offline"),
    path("kegiatan/unduh/", activities.kegiatan_export, name="export"),
    path("kegiatan/<int:pk>/", activities.kegiatan_detail, name="detail"),
    path("kegiatan/<int:pk>/ubah/", activities.kegiatan_edit, name="edit"),
    path("kegiatan/<int:pk>/batal/", activities.kegiatan_cancel, name="cancel"),
    path("kegiatan/<int:pk>/tutup/", activities.kegiatan_close, name="close"),
    path("kegiatan/<int:pk>/hadir/", attendance.attendance, name="attendance"),
    path("kegiatan/<int:pk>/hadir/tambah/", attendance.add_by_code, name="add_by_code"),
    path("kegiatan/<int:pk>/hadir/undang/", attendance.invite, name="invite"),
    path("kegiatan/<int:pk>/hadir/<int:kehadiran>/hapus/", attendance.strike, name="strike"),
    path("kegiatan/<int:pk>/lembar/", attendance.sheet, name="sheet"),
    path("pokmas/<int:pk>/kegiatan/", activities.kegiatan_of_pokmas, name="of_pokmas"),
]
