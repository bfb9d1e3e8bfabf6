"""Answers for a device that keeps a queue: it cannot tell a log-in redirect from success, so it gets no redirects."""

from functools import wraps

from django.http import JsonResponse
from django.urls import reverse

HEADER = "X-Idempotency-Key"


def from_queue(request) -> bool:
    return HEADER in request.headers


def answers_queues(view):
    """Stands outside `@requires`: a queue is told 401 where a person would be sent to the log-in page."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        if from_queue(request) and not request.user.is_authenticated:
            return JsonResponse({"detail": "Masuk lagi untuk mengirim."}, status=401)
        return view(request, *args, **kwargs)

    return answered


def stored(catatan, klien, *, fresh: bool) -> JsonResponse:
    """201 stored, 200 seen before; the short name lets a wrong code be noticed."""
    url = reverse("klien:detail", args=[klien.pk])
    facts = {"id": catatan.pk, "klien": klien.kode, "nama": klien.panggilan or klien.nama, "url": url}
    return JsonResponse(facts, status=201 if fresh else 200)


def refused(form, status: int) -> JsonResponse:
    """422 or 409 with the sentences, by field."""
    return JsonResponse({"galat": form.errors.get_json_data()}, status=status)
