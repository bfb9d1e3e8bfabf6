"""Parts of dashboards that are rendered once and shown until a figure in them changes.

The key holds everything that the part is made of: the version of the sums of its offices
(`apps/rekap/reading.version`), the names of its units, the categories to choose from, the address with its filters, and
today. Every process keeps its own parts in memory, and forgets them with the code and the templates that made them.
"""

from collections.abc import Callable, Sequence
from datetime import date
from hashlib import sha256

from django.conf import settings
from django.core.cache import caches
from django.template.loader import get_template

from apps.acuan.models import KategoriKebutuhan
from apps.dasbor.forms import DasborFilter
from apps.dasbor.region import Unit
from apps.rekap.reading import version

Categories = tuple[tuple[int, str], ...]


def remembered(
    request, part: str, units: Sequence[Unit], today: date, context: Callable[[], dict], *also: object
) -> str:
    """The template part `part` with the context that `context` collects, if it is not known already.

    Whatever it shows that follows neither from the figures nor from the address stands in `also`, or outside the part.
    """
    offices = frozenset().union(*(unit.offices for unit in units))
    made_of = (part, request.get_full_path(), today, version(offices), units, also)
    return _kept(made_of, lambda: get_template(part).render(context(), request))


def filters(request, form: DasborFilter, categories: Categories) -> str:
    """The form above a dashboard: it stays the same when figures change."""
    made_of = ("saring", request.get_full_path(), form.today, categories)
    context = {"form": form, "jumlah": form.active, "url": request.path}
    return _kept(made_of, lambda: get_template("komponen/saring.html").render(context))


def choices() -> Categories:
    """The categories that the form offers."""
    return tuple(KategoriKebutuhan.objects.filter(aktif=True).values_list("pk", "nama"))


def _kept(made_of: tuple, make: Callable[[], str]) -> str:
    key = sha256(repr(made_of).encode()).hexdigest()
    store = caches["potongan"]
    html = None if settings.DEBUG else store.get(key)
    if html is None:
        html = make()
        store.set(key, html)
    return html
