"""A list that is too long to be written while a browser waits is offered as a file of a worker instead."""

from django.conf import settings

from apps.dasar.lists import ListFile
from apps.dasar.pages import page
from apps.unduhan.services import offer


class LongListMiddleware:
    """Stands between a view that answers a `ListFile` and its writing, so no view and no list knows of it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_template_response(self, request, response):
        if not isinstance(response, ListFile) or not response.longer_than(settings.DIRECT_ROWS):
            return response
        context = {
            "judul": response.title,
            "bentuk": response.kind,
            "baris": response.listing.count(),
            "tawaran": offer(response, request.get_full_path(), to=request.user),
            "url_kembali": request.path.removesuffix("unduh/"),
        }
        return page(request, "unduhan/offer.html", context)
