"""A refusal that Django answers without a word (405) gets the portal's page."""

from django.http import HttpResponse
from django.template.loader import render_to_string


class WordsMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and response.status_code == 405 and not response.content:
            response.content = render_to_string("405.html")
        return response
