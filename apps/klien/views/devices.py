"""Responses for a device that keeps a queue. It cannot tell a log-in redirect from success, so it gets no redirects."""

from functools import wraps

from django.http import JsonResponse

HEADER, ACCOUNT = "X-Idempotency-Key", "X-Akun"


def from_queue(request) -> bool:
    return HEADER in request.headers


def answers_queues(view):
    """Decorator outside `@requires`: a queue gets 401 where a person is redirected to the log-in page."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        if not from_queue(request):
            return view(request, *args, **kwargs)
        if not request.user.is_authenticated or _of_somebody_else(request):
            return JsonResponse({"detail": "Masuk lagi untuk mengirim."}, status=401)
        response = view(request, *args, **kwargs)
        if 300 <= response.status_code < 400:  # redirect to the second factor or to the assignments
            return JsonResponse({"detail": "Buka portal, lalu lengkapi akun Anda."}, status=403)
        return response

    return answered


def _of_somebody_else(request) -> bool:
    """True when somebody else logged in on this phone after the page was opened: it would send under a wrong name."""
    return request.headers.get(ACCOUNT, str(request.user.pk)) != str(request.user.pk)


def typed(request):
    """The POST data; a device sends the key in the header."""
    if not from_queue(request):
        return request.POST
    data = request.POST.copy()
    data["kunci"] = request.headers[HEADER]
    return data


def accepted(request, *, fresh: bool, url: str, **facts) -> JsonResponse:
    """201 stored, 200 seen before. The key in the body proves to the device that the portal itself has answered."""
    return JsonResponse({"kunci": request.headers[HEADER], "url": url, **facts}, status=201 if fresh else 200)


def stored(request, catatan, klien, *, fresh: bool, **pages) -> JsonResponse:
    """The answer for a stored contact. The short name makes a wrong code noticeable; `url` is the page that offers to
    undo it, `kembali` the page from which the user came."""
    nama = klien.panggilan or klien.nama
    return accepted(request, fresh=fresh, id=catatan.pk, klien=klien.kode, nama=nama, **pages)


def refused(form, status: int) -> JsonResponse:
    """422 or 409 with the errors by field."""
    return JsonResponse({"galat": form.errors.get_json_data()}, status=status)


def mistaken(field: str, sentence: str) -> JsonResponse:
    """422 for an error that no form has found: the user can repair it, where a page would answer 404."""
    return JsonResponse({"galat": {field: [{"message": sentence, "code": ""}]}}, status=422)
