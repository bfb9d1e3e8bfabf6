"""Every address of the portal. Slugs are the contract of the page list; each view declares who may open it."""

from importlib.util import find_spec

from django.urls import include, path

from apps.akun.admin import reference_site
from pemasyarakatan.health import healthy

urlpatterns = [
    path("sehat/", healthy, name="sehat"),
    path("kelola/acuan/", reference_site.urls),
]
for module in (
    "pemasyarakatan.umum",
    "apps.akun.urls",
    "apps.jejak.urls",
    "apps.dasbor.urls",
    "apps.klien.urls",
    "apps.pokmas.urls",
    "apps.kegiatan.urls",
    "apps.program.urls",
    "apps.laporan.urls",
    "pemasyarakatan.api_urls",
):
    if find_spec(module):
        urlpatterns.append(path("", include(module)))

handler403 = "pemasyarakatan.umum.permission_denied"
handler500 = "pemasyarakatan.umum.server_error"
