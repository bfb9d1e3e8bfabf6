"""URLs of this room (app); bookmarks rely on the slugs."""

from django.urls import path

from apps.wajib_lapor.views import attendance, reminders, schedules, week

app_name = "wajib_lapor"
urlpatterns = [
    path("jadwal/", week.agenda, name="agenda"),
    path("jadwal/unduh/", week.export, name="export"),
    path("jadwal/bersama/", schedules.bulk, name="bulk"),
    path("jadwal/urungkan/<uuid:kunci>/", schedules.undo, name="undo"),
    path("jadwal/kehadiran/", attendance.table, name="attendance"),
    path("jadwal/kehadiran/unduh/", attendance.export, name="attendance_export"),
    path("jadwal/pengingat/", reminders.of_day, name="reminders"),
    path("jadwal/pengingat/teks/", reminders.edit_text, name="reminder_text"),
    path("klien/<int:pk>/jadwal/", schedules.client, name="client"),
    path("klien/<int:pk>/pengingat/", reminders.of_client, name="reminder"),
    path("klien/<int:pk>/pengingat/wa/", reminders.open_whatsapp, name="whatsapp"),
]
