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
from apps.dasbor.region import Unit
from apps.rekap.reading import version


def remembered(
    request, part: str, units: Sequence[Unit], today: date, context: Callable[[], dict], *also: object
) -> str:
    """The template part `part` with the context that `context` collects, if it is not known already.

    Whatever it shows that follows neither from the figures nor from the address stands in `also`, or outside the part.
    """
    offices = frozenset().union(*(unit.offices for unit in units))
    categories = tuple(KategoriKebutuhan.objects.filter(aktif=True).values_list("pk", "nama"))
    made_of = (part, request.get_full_path(), today, version(offices), units, categories, also)
    key = sha256(repr(made_of).encode()).hexdigest()
    store = caches["potongan"]
    html = None if settings.DEBUG else store.get(key)
    if html is None:
        html = get_template(part).render(context(), request)
        store.set(key, html)
    return html
