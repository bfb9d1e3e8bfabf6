"""A page that breaks after it has written something."""

from django.urls import path

from apps.akun.access import public
from pemasyarakatan.urls import handler403, handler500
from pemasyarakatan.urls import urlpatterns as portal_urls
from tests.factories import PenggunaFactory

__all__ = ["handler403", "handler500", "urlpatterns"]


@public("Hanya dalam pengujian.")
def broken(request):
    PenggunaFactory(email="tidak-jadi@contoh.id")
    raise RuntimeError("sengaja")


urlpatterns = [path("rusak/", broken), *portal_urls]
