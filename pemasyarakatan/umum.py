"""Pages about the portal itself, and the pages for errors 403, 500 and 503."""

import csv
import logging
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path
from django.views.decorators.http import require_safe
from psycopg2.errors import DiskFull

from apps.akun.access import public
from apps.dasar.codes import readable_code
from apps.dasar.pages import page, wants_fragment
from pemasyarakatan.logs import known_address

logger = logging.getLogger(__name__)

RETRY_AFTER = 15
"""Seconds after which a page that found no database is asked for again."""
LATER = {
    False: "Basis data portal belum dapat dihubungi. Tidak ada yang disimpan. Coba lagi sebentar lagi.",
    True: "Ruang simpan server penuh. Tidak ada yang disimpan. Petugas perlu mengosongkan ruang; coba lagi nanti.",
}
"""What to say, by whether the disk of the database is full."""
GLOSSARY = Path(settings.BASE_DIR) / "docs" / "istilah.csv"
LICENCE_TABLE = Path(settings.BASE_DIR) / "docs" / "lisensi-pihak-ketiga.csv"
API = "/api/v1/"
STATIC = Path(settings.BASE_DIR) / "static"


@public("Bantuan dibaca juga oleh orang yang belum dapat masuk.")
@require_safe
def bantuan(request):
    return page(request, "umum/bantuan.html")


@public("Daftar istilah menjelaskan kata hukum kepada siapa pun.")
@require_safe
def istilah(request):
    return page(request, "umum/istilah.html", {"daftar": rows(GLOSSARY)})


@public("Pernyataan aksesibilitas ditujukan kepada umum.")
@require_safe
def aksesibilitas(request):
    return page(request, "umum/aksesibilitas.html")


@public("Kebijakan privasi ditujukan kepada umum.")
@require_safe
def privasi(request):
    return page(request, "umum/privasi.html")


@public("Lisensi perangkat lunak pihak ketiga wajib dapat dibaca.")
@require_safe
def lisensi(request):
    context = {"paket": rows(LICENCE_TABLE), "teks": licence_texts()}
    return page(request, "umum/lisensi.html", context)


@public("Keterangan API tidak memuat data.")
@require_safe
def api_docs(request):
    return page(request, "umum/api.html")


def rows(table):
    """The rows of a small CSV file in the repository."""
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def licence_texts():
    """(name, text) of every licence of third-party files: scripts, styles and fonts."""
    files = [*STATIC.glob("vendor/LICENSES/*.txt"), *STATIC.glob("fonts/*-OFL.txt")]
    return [(file.stem, file.read_text(encoding="utf-8")) for file in sorted(files)]


def bad_request(request, exception):
    """400 for what cannot be read at all."""
    return _refused(request, "400.html", 400, "Permintaan tidak dapat dibaca.")


def not_found(request, exception):
    """404 for an address or a row that is not there."""
    return _refused(request, "404.html", 404, "Alamat ini tidak ada.")


def _refused(request, template, status, sentence):
    """The page that says so; a machine reads it as JSON."""
    if request.path_info.startswith(API):
        return JsonResponse({"detail": sentence}, status=status)
    return render(request, template, status=status)


def permission_denied(request, exception):
    """403 with the roles that may open the page, when they are known."""
    return render(request, "403.html", {"peran": getattr(exception, "roles", ())}, status=403)


def server_error(request):
    """500 without database, user or session, because any of them may have failed; 503 when the database is away."""
    if isinstance(error := sys.exc_info()[1], OperationalError | InterfaceError):
        return try_later(request, error)
    code = readable_code(4)
    logger.error("kode gangguan %s pada %s", code, known_address(request))
    return HttpResponseServerError(render_to_string("500.html", {"kode": code}))


def try_later(request, error):
    """503 when PostgreSQL is away, starts, is full, or did not answer in time. Nothing of the request is stored.

    Nobody asks the database once more: not for the user, and not to store the session.
    """
    request.user = AnonymousUser()
    if hasattr(request, "session"):
        request.session.modified = False
    full = isinstance(error.__cause__, DiskFull)
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    if request.path.startswith("/api/"):
        problem = {"type": "about:blank", "title": "Service Unavailable", "status": 503, "detail": LATER[full]}
        return JsonResponse(problem, status=503, headers=headers, content_type="application/problem+json")
    if wants_fragment(request) or "application/json" in request.headers.get("Accept", ""):
        return HttpResponse(LATER[full], status=503, headers=headers, content_type="text/plain; charset=utf-8")
    context = {"penuh": full, "dikirim": request.method == "POST", "detik": RETRY_AFTER}
    return HttpResponse(render_to_string("503.html", context), status=503, headers=headers)


urlpatterns = [
    path("bantuan/", bantuan, name="bantuan"),
    path("bantuan/istilah/", istilah, name="istilah"),
    path("aksesibilitas/", aksesibilitas, name="aksesibilitas"),
    path("privasi/", privasi, name="privasi"),
    path("lisensi/", lisensi, name="lisensi"),
]
