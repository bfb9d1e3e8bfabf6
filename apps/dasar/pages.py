"""What a view takes and how it answers: the data of a form, and one template, whole or as a fragment."""

from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods

takes_form = require_http_methods(["GET", "HEAD", "POST"])
"""Decorator of a view with a form: GET opens it, POST sends it, everything else is 405."""


def page(request, template, context=None, *, fragment=None, status=200):
    """The whole page, or only its named fragment when htmx asked for that part."""
    name = f"{template}#{fragment}" if fragment and wants_fragment(request) else template
    response = TemplateResponse(request, name, context or {}, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def sent(request):
    """The data to bind a form to: the POST, even an empty one, or None if the form is only opened."""
    return request.POST if request.method == "POST" else None


def form_status(form, refusal=None) -> int:
    """409 for a broken rule, 422 for a mistake in what was typed, 200 for a form that was only opened."""
    if refusal:
        return 409
    return 422 if form.is_bound else 200


def wants_fragment(request):
    """True for an htmx request that swaps a part; a restored history entry needs the whole page."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request
