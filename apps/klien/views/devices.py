"""Answers for a device that keeps a queue: it cannot tell a log-in redirect from success, so it gets no redirects."""

from functools import wraps

from django.http import JsonResponse

HEADER, ACCOUNT = "X-Idempotency-Key", "X-Akun"


def from_queue(request) -> bool:
    return HEADER in request.headers


def answers_queues(view):
    """Stands outside `@requires`: a queue is told 401 where a person would be sent to the log-in page."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        if not from_queue(request):
            return view(request, *args, **kwargs)
        if not request.user.is_authenticated or _of_somebody_else(request):
            return JsonResponse({"detail": "Masuk lagi untuk mengirim."}, status=401)
        response = view(request, *args, **kwargs)
        if 300 <= response.status_code < 400:  # to the second factor or the assignments
            return JsonResponse({"detail": "Buka portal, lalu lengkapi akun Anda."}, status=403)
        return response

    return answered


def _of_somebody_else(request) -> bool:
    """A page that was open while somebody else logged in on the same phone would send under the wrong name."""
    return request.headers.get(ACCOUNT, str(request.user.pk)) != str(request.user.pk)


def typed(request):
    """What was sent; a device names the key in the header."""
    data = request.POST.copy()
    if from_queue(request):
        data["kunci"] = request.headers[HEADER]
    return data


def accepted(request, *, fresh: bool, url: str, **facts) -> JsonResponse:
    """201 stored, 200 seen before. The key comes back: only so the device knows that the portal has answered."""
    return JsonResponse({"kunci": request.headers[HEADER], "url": url, **facts}, status=201 if fresh else 200)


def stored(request, catatan, klien, *, fresh: bool, **pages) -> JsonResponse:
    """The short name lets a wrong code be noticed; `url` offers to undo it, `kembali` is where the person came from."""
    nama = klien.panggilan or klien.nama
    return accepted(request, fresh=fresh, id=catatan.pk, klien=klien.kode, nama=nama, **pages)


def refused(form, status: int) -> JsonResponse:
    """422 or 409 with the sentences, by field."""
    return JsonResponse({"galat": form.errors.get_json_data()}, status=status)


def mistaken(field: str, sentence: str) -> JsonResponse:
    """422 for what no form has looked at: a mistake to repair, where a person would be told "not found"."""
    return JsonResponse({"galat": {field: [{"message": sentence, "code": ""}]}}, status=422)
