"""How the API reads what is sent."""

from io import BytesIO

from rest_framework import parsers


class JSONParser(parsers.JSONParser):
    """Reads the body where Django keeps it, so that the request can be repeated (`apps/dasar/again.py`)."""

    def parse(self, stream, media_type=None, parser_context=None):
        kept = BytesIO(stream.body) if hasattr(stream, "body") else stream
        return super().parse(kept, media_type, parser_context)
