"""Offline use: the service worker, the pages that it caches, and the list of records that wait on the phone.

Nothing here contains personal data. The worker caches only pages for anonymous users, fetched without cookies.
"""

import hashlib
import json
import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.templatetags.static import static
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from apps.akun.access import public
from apps.dasar import form_html
from apps.dasar.pages import page

PAGES = {
    "formulir": "klien:guidance_offline",
    "hadir": "kegiatan:attendance_offline",
    "antrean": "antrean_kirim",
    "maaf": "luring",
}
"""The cached pages, by purpose."""
FILES = (
    "vendor/ui-base.css", "portal.css", "css/klien.css", "css/kegiatan.css", "ikon.svg", "js/portal.js", "js/gudang.js",
    "js/antrean.js", "js/antrean_daftar.js", "js/isian.js", "js/foto.js", "js/bimbingan.js", "js/lapangan.js",
    "js/lapangan_pilih.js", "js/hadir.js", "js/hadir_luring.js",
)  # fmt: skip
"""Static files that these pages load."""
TEMPLATES = ("umum/luring.html", "umum/antrean.html", "klien/catat_luring.html", "kegiatan/hadir_luring.html")
"""What these pages are printed from, beside the widgets of forms and the parts that they name."""
NAMED = re.compile(r"""{%-?\s*(?:extends|include)\s+["']([^"'#]+)""")


@public("Halaman pengganti saat tidak ada sinyal, tanpa data.")
@require_safe
def luring(request):
    return page(request, "umum/luring.html", {"luring": True})


@public("Hanya menunjukkan yang tersimpan di HP ini; server tidak mengirim data apa pun.")
@require_safe
def antrean_kirim(request):
    return page(request, "umum/antrean.html", {"luring": True})


@public("Skrip tanpa data, diminta peramban juga setelah keluar.")
@require_safe
def service_worker(request):
    """The script, preceded by the list of pages and files to cache. A changed list or file makes a new worker."""
    facts = {
        "versi": shell_version(),
        "halaman": {name: reverse(url) for name, url in PAGES.items()},
        "berkas": [static(name) for name in FILES],
    }
    script = (settings.BASE_DIR / "static" / "js" / "sw.js").read_text(encoding="utf-8")
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
    body = f"const CANGKANG = {json.dumps(facts)};\n{script}"
    return HttpResponse(body, content_type="text/javascript; charset=utf-8", headers=headers)


def templates() -> set[Path]:
    """Every template that these pages are printed from: also what one extends or includes, and so on."""
    folder, found = settings.BASE_DIR / "templates", set()
    waiting = {folder / name for name in TEMPLATES} | set(folder.glob("django/forms/**/*.html"))
    while waiting:
        found.add(template := waiting.pop())
        waiting |= {folder / name for name in NAMED.findall(template.read_text(encoding="utf-8"))} - found
    return found


@cache
def shell_version() -> str:
    """A hash over the files of the shell (the cached pages)."""
    files = [settings.BASE_DIR / "static" / name for name in FILES]
    files += [*sorted(templates()), Path(form_html.__file__)]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


urlpatterns = [
    path("sw.js", service_worker, name="service_worker"),
    path("luring/", luring, name="luring"),
    path("antrean-kirim/", antrean_kirim, name="antrean_kirim"),
]
