"""Many writers, merges and readers at the same time: every reader sees whole numbers, nobody waits in a circle."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from apps.klien.figures import clients_in_need, guidance_per_month
from apps.klien.models import Kebutuhan, Klien
from apps.rekap import keeping
from tests import factories as make
from tests.rekap import recount

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, ROUNDS, DAY = 6, 12, dt.timedelta(days=1)


def test_writers_of_one_office_merges_and_readers(ours, today):
    """The hot case: all write into the same office on the same day, and the clients that come and go have needs."""
    officer, kind = make.officer("pk", bapas=ours), make.KategoriFactory()
    clients = [make.KlienFactory(bapas=ours, pk_pembimbing=officer) for _ in range(WRITERS)]

    def write(klien):
        with _connection():
            for number in range(ROUNDS):
                with transaction.atomic():
                    make.CatatanFactory(klien=klien, pk_pencatat=officer, tanggal=today)
                    make.KebutuhanFactory(klien=klien, kategori=kind)
                Klien.objects.filter(pk=klien.pk).update(diregistrasi=today if number % 2 else today + DAY)

    def merge():
        with _connection():
            return sum(_merged(ours) for _ in range(ROUNDS * 3))

    def read():
        """A contact and a need are stored together, so both sums are the recount of the same snapshot."""
        with _connection():
            for _ in range(ROUNDS):
                with transaction.atomic():
                    connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                    rows = guidance_per_month([ours.pk], since=today, until=today)
                    assert [(row.bapas_id, row.month, row.done, row.missed) for row in rows] == recount.guidance(
                        [ours.pk], today, today
                    )
                    assert clients_in_need([ours.pk], day=today) == recount.in_need([ours.pk], today)

    with ThreadPoolExecutor(WRITERS + 3) as pool:
        jobs = [pool.submit(write, klien) for klien in clients] + [pool.submit(merge), pool.submit(read)]
        jobs.append(pool.submit(merge))
        for job in jobs:
            job.result(timeout=120)
    with transaction.atomic():
        keeping.merge([ours.pk])
        assert keeping.check(ours.pk) == []
    (row,) = guidance_per_month([ours.pk], since=today, until=today)
    assert row.done == WRITERS * ROUNDS
    assert clients_in_need([ours.pk], day=today) == {ours.pk: WRITERS}
    assert Kebutuhan.objects.count() == WRITERS * ROUNDS


def _merged(office) -> int:
    with transaction.atomic():
        return keeping.merge([office.pk])


class _connection:
    """Closes the connection of a thread."""

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        connection.close()
