"""A deep page of ended clients against the first page, through the paging of the view."""

from django.http import QueryDict

from apps.dasar.keyset import KEY, page_after
from apps.klien.caseload import Caseload
from apps.wilayah.scope import database_scope, scope_of
from bench.measure import Verdict, interleaved, seconds
from bench.names import largest_office

ROUNDS, REPEATS, SIZE = 9, 5, 25
PASS, AIM = 2, 1.2


def run() -> Verdict:
    office = largest_office()
    with database_scope(scope_of(office.officer)):
        rows = Caseload(office.officer, QueryDict("tab=selesai&lingkup=kantor")).rows()
        keys = list(rows.order_by("-pk").values_list("pk", flat=True))
        deep = (len(keys) // SIZE - 1) * SIZE
        last = QueryDict(f"{KEY}={keys[deep - 1]}")
        if [row.pk for row in page_after(rows, last, SIZE)] != keys[deep : deep + SIZE]:
            raise AssertionError("the deep page is not the slice that an offset would give")
        ratio, pairs = interleaved(
            lambda: seconds(lambda: [page_after(rows, last, SIZE) for _ in range(REPEATS)]),
            lambda: seconds(lambda: [page_after(rows, QueryDict(), SIZE) for _ in range(REPEATS)]),
            ROUNDS,
        )
    each = ", ".join(f"{a / REPEATS * 1000:.1f}/{b / REPEATS * 1000:.1f} ms" for a, b in pairs)
    detail = f"Page {deep // SIZE + 1} of {len(keys)} ended files; deep/first: {each}."
    return Verdict("deep page of the list", ratio, PASS, AIM, detail, higher_is_better=False)
