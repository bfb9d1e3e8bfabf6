"""The URL root of the portal. Bookmarks rely on the slugs; each view declares who may open it."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from pemasyarakatan.health import healthy, may_send_much

urlpatterns = [
    path(settings.HEALTH_PATH.lstrip("/"), healthy, name="sehat"),
    path("kiriman-besar/", may_send_much, name="kiriman_besar"),
    # Django tries these from top to bottom: the busiest rooms first.
    path("", include("apps.klien.urls")),
    path("", include("apps.dasbor.urls")),
    path("", include("apps.wajib_lapor.urls")),
    path("kelola/acuan/", admin.site.urls),
    path("", include("pemasyarakatan.umum")),
    path("", include("pemasyarakatan.luring")),
    path("", include("apps.akun.urls")),
    path("", include("apps.jejak.urls")),
    path("", include("apps.asesmen.urls")),
    path("", include("apps.berkas.urls")),
    path("", include("apps.impor.urls")),
    path("", include("apps.kerja_sosial.urls")),
    path("", include("apps.litmas.urls")),
    path("", include("apps.perjalanan.urls")),
    path("", include("apps.harian.urls")),
    path("", include("apps.unduhan.urls")),
    path("", include("apps.pokmas.urls")),
    path("", include("apps.kegiatan.urls")),
    path("", include("apps.program.urls")),
    path("", include("apps.laporan.urls")),
    path("", include("pemasyarakatan.api_urls")),
]

handler400 = "pemasyarakatan.umum.bad_request"
handler404 = "pemasyarakatan.umum.not_found"
handler403 = "pemasyarakatan.umum.permission_denied"
handler500 = "pemasyarakatan.umum.server_error"
