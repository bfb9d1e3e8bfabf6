"""The floor (least possible work) against which a guidance POST is measured: log-in, one INSERT, one redirect."""

import os

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils import timezone

INSERT = """
INSERT INTO klien_catatanbimbingan (bapas_id, klien_id, pk_pencatat_id, kunci, tanggal, cara, bidang, hadir, alasan,
    tindak_lanjut, topik, kondisi, pekerjaan, lingkungan, kendala, rencana, catatan, alasan_koreksi, dibatalkan,
    dibuat_pada, diterima_pada)
VALUES (%s, %s, %s, %s, %s, 'kantor', 'kepribadian', true, '', '', '{}', '', '', '', '', '', %s, '', false, %s, %s)
"""


def insert(request):
    user = request.user
    if not user.is_authenticated:
        return HttpResponse(status=403)
    now, typed = timezone.now(), request.POST
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT,
            [user.penugasan.bapas_id, typed["klien"], user.pk, typed["kunci"], now.date(), typed["catatan"], now, now],
        )
    return HttpResponseRedirect("/", headers={"Content-Length": "0"})


urlpatterns = [path("bimbingan/catat/", insert)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.bare_settings")
django.setup(set_prefix=False)
settings.MIDDLEWARE = settings.ONLY_MIDDLEWARE
application = WSGIHandler()
