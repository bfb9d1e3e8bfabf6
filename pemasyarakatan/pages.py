"""How a view answers: one template, whole or as a fragment."""

from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers


def page(request, template, context=None, *, fragment=None, status=200):
    """The whole page, or only its named fragment when htmx asked for that part."""
    name = f"{template}#{fragment}" if fragment and wants_fragment(request) else template
    response = TemplateResponse(request, name, context or {}, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def wants_fragment(request):
    """True for an htmx request that swaps a part; a restored history entry needs the whole page."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request
