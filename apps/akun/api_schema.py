"""The description of the JSON API (OpenAPI): every operation with each status that it answers, and its error bodies.

Which refusals an operation has follows from what it is: whether it is a list, one row or takes a body.
"""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers


class PenolakanSerializer(serializers.Serializer):
    """Permintaan yang ditolak."""

    detail = serializers.CharField(help_text="Kalimat yang menjelaskan sebabnya.")


MISTAKES = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": {"anyOf": [{"type": "string"}, {"type": "array", "items": {}}, {"type": "object"}]},
    "description": "Nama isian dan kalimat tentang kesalahannya; `detail` bila permintaan tidak dapat dibaca.",
}
BY_EVERY_OPERATION = {
    401: "Token tidak ada atau tidak berlaku.",
    403: "Peran pemegang token tidak boleh melakukannya.",
    406: "API hanya menjawab JSON.",
    429: "Terlalu banyak permintaan; tunggu menurut Retry-After.",
}
BY_A_LIST = {400: "Saringan tidak dapat dibaca.", 404: "Kursor tidak berlaku."}
BY_A_ROW = {404: "Tidak ada dalam jangkauan pemegang token."}
BY_A_BODY = {
    400: "Isian belum benar.",
    409: "Aturan tidak mengizinkannya.",
    415: "Badan permintaan bukan JSON.",
}


class Described(AutoSchema):
    """Adds the refusals to what the view answers when all is well."""

    def get_response_serializers(self):
        view: Any = self.view  # a ScopedViewSet, which cannot be imported while DRF loads its views
        refusals = BY_EVERY_OPERATION | {"list": BY_A_LIST, "retrieve": BY_A_ROW, "create": BY_A_BODY}[view.action]
        default = {201 if view.action == "create" else 200: (self._get_serializer(),)}
        good = view.answers.get(view.action, default)
        return {
            **{status: self._one_of(serializers) for status, serializers in good.items()},
            **{status: _refusal(status, why) for status, why in sorted(refusals.items())},
        }

    def _one_of(self, serializers):
        """The serializer of an answer, or any of several, which differ by who asks."""
        if len(serializers) == 1:
            return serializers[0]
        return {"anyOf": [self.resolve_serializer(one, "response").ref for one in serializers]}


def _refusal(status: int, why: str) -> OpenApiResponse:
    return OpenApiResponse(MISTAKES if status == 400 else PenolakanSerializer, description=why)
