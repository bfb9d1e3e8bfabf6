"""Somebody gives an import up while a worker has it, in two transactions of a real PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from apps.impor import working
from apps.impor.models import Impor
from tests.impor.factories import client_row, csv_file
from tests.waiting import until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True)


def work(impor):
    try:
        working.work(impor.bapas_id, impor.pk)
    finally:
        connections.close_all()


def test_giving_up_when_all_rows_are_checked_is_no_failure(way, files):
    impor = way.uploaded(csv_file([client_row()]))
    Impor.objects.update(status="periksa")
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            connection.cursor().execute("LOCK TABLE klien_orang")
            worker = pool.submit(work, impor)
            until_somebody_waits()  # all rows are checked; known persons are looked for once more
            assert way.client.post(way.url("cancel", impor.pk)).status_code == 302
        worker.result(timeout=20)
    assert Impor.objects.get().status == "batal"
    assert not [path for path in files.rglob("*") if path.is_file()]
