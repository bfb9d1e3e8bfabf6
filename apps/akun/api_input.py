"""What comes into the JSON API besides rows: bodies and cursors. Apart from `api.py` like `authentication.py`."""

import datetime as dt
import json
from io import BytesIO

from django.db import models
from rest_framework import exceptions, pagination, parsers, serializers


class Json(parsers.JSONParser):
    """The body of a request, read where Django keeps it, so that the request can be repeated (`apps/dasar/again.py`).
    What no answer could repeat as JSON is refused: half characters, endless numbers."""

    def parse(self, stream, media_type=None, parser_context=None):
        kept = BytesIO(stream.body) if hasattr(stream, "body") else stream
        try:
            body = super().parse(kept, media_type, parser_context)
            json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
        except (exceptions.ParseError, ValueError, RecursionError) as problem:
            raise exceptions.ParseError("Badan permintaan bukan JSON yang dapat dibaca.") from problem
        return body


class Moment(serializers.DateTimeField):
    """A moment; one at the edge of the calendar that UTC does not have is refused too."""

    def enforce_timezone(self, value):
        try:
            return super().enforce_timezone(value)
        except OverflowError:
            self.fail("overflow")


MOMENTS = {**serializers.ModelSerializer.serializer_field_mapping, models.DateTimeField: Moment}
"""Field of the API per field of a model, for serializers that take moments."""


class Keyset(pagination.CursorPagination):
    """Pages of a list. A cursor that no page has given is refused like a page that does not exist."""

    cursor_query_description = "Halaman, sebagaimana diberikan oleh `next` dan `previous`."
    invalid_cursor_message = "Kursor ini tidak berlaku. Mulai lagi dari halaman pertama."

    def paginate_queryset(self, queryset, request, view=None):
        self.model = queryset.model
        return super().paginate_queryset(queryset, request, view)

    def decode_cursor(self, request):
        cursor = super().decode_cursor(request)
        if cursor and cursor.position is not None and not self._was_given(cursor.position):
            raise exceptions.NotFound(self.invalid_cursor_message)
        return cursor

    def _was_given(self, position: str) -> bool:
        """Whether the first column of the order could hold `position`, written as a page writes it."""
        name = self.ordering[0].lstrip("-")
        column = self.model._meta.pk if name == "pk" else self.model._meta.get_field(name)
        read = {"DateTimeField": dt.datetime.fromisoformat, "DateField": dt.date.fromisoformat}
        try:
            value = read.get(column.get_internal_type(), int)(position)
        except ValueError:
            return False
        return str(value) == position and getattr(value, "tzinfo", True) is not None
