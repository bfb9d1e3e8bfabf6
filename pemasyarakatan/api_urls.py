"""The JSON API: router, schema and the page that explains it. Each room (app) with an API has `router_entries`."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from apps.akun.access import public
from apps.kegiatan import api as kegiatan
from apps.klien import api as klien
from pemasyarakatan.umum import api_docs

token_decides = public("Token dan peran diperiksa oleh ScopedViewSet, tindakan demi tindakan.")
describes = public("Keterangan API tidak memuat data.")


def api_routes():
    """Routes of every viewset, each marked with the check of its caller."""
    router = SimpleRouter()
    for prefix, viewset in [*klien.router_entries, *kegiatan.router_entries]:
        router.register(prefix, viewset, basename=prefix)
    for route in router.urls:
        route.callback = token_decides(route.callback)
    return router.urls


app_name = "api"
urlpatterns = [
    path("api/", api_docs, name="dokumentasi"),
    path("api/skema/", describes(SpectacularAPIView.as_view()), name="skema"),
    path("api/v1/", include(api_routes())),
]
