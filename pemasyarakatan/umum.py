"""Pages about the portal itself, and the pages for errors 403 and 500."""

import csv
import logging
from pathlib import Path

from django.conf import settings
from django.http import HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path
from django.views.decorators.http import require_safe

from apps.akun.access import public
from apps.dasar.codes import readable_code
from apps.dasar.pages import page

logger = logging.getLogger(__name__)

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
    """500 without database, user or session, because any of them may have failed."""
    code = readable_code(4)
    logger.error("kode gangguan %s pada %s", code, request.path)
    return HttpResponseServerError(render_to_string("500.html", {"kode": code}))


urlpatterns = [
    path("bantuan/", bantuan, name="bantuan"),
    path("bantuan/istilah/", istilah, name="istilah"),
    path("aksesibilitas/", aksesibilitas, name="aksesibilitas"),
    path("privasi/", privasi, name="privasi"),
    path("lisensi/", lisensi, name="lisensi"),
]
