"""Django's admin as a rival of the guidance POST: its add view of the same model, with nothing of the portal around it.

It has the same session, user and database role, writes its log entry as it always does, and looks keys up by id. It
knows no schedule, no double post, no scope per request.
"""

import os

import django
from django.conf import settings
from django.contrib import admin
from django.core.handlers.wsgi import WSGIHandler
from django.urls import path

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.bare_settings"
django.setup(set_prefix=False)

from apps.akun.models import Pengguna  # noqa: E402
from apps.klien.models import CatatanBimbingan  # noqa: E402

settings.ROOT_URLCONF = "bench.admin"
settings.MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
Pengguna.is_staff = True
Pengguna.has_perm = lambda *_: True
site = admin.AdminSite()


@admin.register(CatatanBimbingan, site=site)
class Records(admin.ModelAdmin):
    raw_id_fields = ("klien", "pk_pencatat")

    def save_model(self, request, obj, form, change):
        obj.bapas_id = request.user.penugasan.bapas_id
        super().save_model(request, obj, form, change)


urlpatterns = [path("", site.urls)]
application = WSGIHandler()
