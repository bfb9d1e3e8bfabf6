"""The version of a row moves with every change, also with one that had to wait for another."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from apps.jejak.models import Perubahan
from apps.jejak.versions import version
from apps.pokmas.models import Pokmas
from tests import factories as make
from tests.waiting import until_somebody_waits


@pytest.mark.django_db(transaction=True)
def test_a_change_that_waited_is_the_newest_although_it_was_sent_earlier(ours):
    group = make.PokmasFactory(bapas=ours)

    def write(number):
        try:
            Pokmas.objects.filter(pk=group.pk).update(pks_nomor=number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Pokmas.objects.filter(pk=group.pk).update(pks_nomor="1")
            waiting = pool.submit(write, "3")
            until_somebody_waits()
            Pokmas.objects.filter(pk=group.pk).update(pks_nomor="2")
            before = version(group)
        waiting.result(timeout=20)
    assert Pokmas.objects.get().pks_nomor == "3"
    assert version(group) != before
    assert version(group) == str(Perubahan.objects.latest("pk").pk)
