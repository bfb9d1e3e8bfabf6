"""Context of the frame (base template) of every page: menu, unit, time zone, demo strip."""

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

import pemasyarakatan
from apps.akun.roles import may
from apps.dasar import links, wording
from pemasyarakatan import navigasi

ROOMS_WITH_STYLE = {path.stem for path in (settings.BASE_DIR / "static" / "css").glob("*.css")}
"""Rooms (apps) with a stylesheet of their own beside `portal.css`."""


def portal(request):
    """Context processor: `portal` in templates. Values are computed only when a template asks for them."""
    return {"portal": Frame(request)}


class Frame:
    """Values of the frame for one request."""

    versi = pemasyarakatan.VERSION
    sesi_detik = settings.SESSION_IDLE_SECONDS

    def __init__(self, request):
        self._request = request

    @property
    def demo(self):
        return settings.DEMO

    @cached_property
    def penugasan(self):
        """The active assignment, or None; error pages have no user."""
        return getattr(getattr(self._request, "user", None), "penugasan", None)

    @cached_property
    def nav(self):
        return navigasi.main_menu(self._request.user, self._request.path) if self.penugasan else []

    @cached_property
    def nav_akun(self):
        return navigasi.account_menu(self._request.user, self._request.path)

    @property
    def kaki(self):
        return navigasi.footer()

    @property
    def gaya(self):
        """The stylesheet of the room (app) that answers, or ""."""
        match = self._request.resolver_match
        room = match.app_name if match else ""
        return f"css/{room}.css" if room in ROOMS_WITH_STYLE else ""

    @property
    def unit(self):
        return self.penugasan.unit_nama if self.penugasan else ""

    @property
    def peran(self):
        return self.penugasan.get_peran_display() if self.penugasan else ""

    @property
    def zona(self):
        return wording.zona(self.penugasan) if self.penugasan else ""

    @property
    def tanda_sesi(self):
        """Identifies a log-in without revealing its session key: a queue asks before it sends under a new log-in."""
        return salted_hmac("portal.antrean", self._request.session.session_key or "").hexdigest()[:16]

    @property
    def url_masuk(self):
        return links.to("account_login")

    @property
    def url_keluar(self):
        return links.to("account_logout")

    @property
    def url_perpanjang(self):
        return links.to("akun:perpanjang")

    @property
    def url_penugasan(self):
        return links.to("akun:penugasan")

    @property
    def url_cari(self):
        """Address of the search for clients, or "" for users without clients of their own office."""
        looks = self.penugasan and self.penugasan.bapas_id and may(self._request.user, "klien.lihat")
        return links.to("klien:search") if looks else ""

    @property
    def url_antrean(self):
        return links.to("antrean_kirim")
