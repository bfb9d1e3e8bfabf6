"""Pages that write something and then break, or refuse."""

from django.urls import path

from apps.akun.access import public
from apps.dasar.errors import Refused
from pemasyarakatan.urls import handler403, handler500
from pemasyarakatan.urls import urlpatterns as portal_urls
from tests.factories import PenggunaFactory

__all__ = ["handler403", "handler500", "urlpatterns"]


@public("Hanya dalam pengujian.")
def broken(request):
    PenggunaFactory(email="tidak-jadi@contoh.id")
    raise RuntimeError("sengaja")


@public("Hanya dalam pengujian.")
def refusing(request):
    PenggunaFactory(email="tidak-jadi@contoh.id")
    raise Refused("Sengaja ditolak.")


urlpatterns = [path("rusak/", broken), path("ditolak/", refusing), *portal_urls]
