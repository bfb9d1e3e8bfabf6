"""What the tests themselves stand on: after a test that committed, the next one finds an empty database."""

from threading import Thread

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from apps.jejak.models import Perubahan
from apps.klien.models import Klien
from apps.wilayah.models import Bapas
from tests import factories as make
from tests.access.places import Place

pytestmark = pytest.mark.django_db(transaction=True)


def flush():
    call_command("flush", interactive=False, verbosity=0)


def filled():
    """Tables with rows."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in tables))
        return {name for (name,) in cursor.fetchall()}


def test_nothing_is_left_but_what_django_makes_itself(ours):
    Place(ours).furnish()
    django = {"django_content_type", "auth_permission"}
    before = ContentType.objects.count(), Permission.objects.count()
    assert len(filled() - django) > 20
    flush()
    assert filled() == django
    assert (ContentType.objects.count(), Permission.objects.count()) == before


def test_history_and_foreign_keys_work_again_afterwards(ours):
    flush()
    klien = make.KlienFactory()
    Klien.objects.filter(pk=klien.pk).update(panggilan="Lain")
    assert Perubahan.objects.filter(tabel="klien_klien", baris_id=klien.pk).exists()
    with pytest.raises(IntegrityError):
        Bapas.objects.update(kanwil=0)


def test_it_waits_for_whoever_still_writes(ours):
    """Else the rows of a transaction that commits later would meet the next test."""

    def empty():
        try:
            flush()
        finally:
            connection.close()

    with transaction.atomic():
        make.BapasFactory()
        beside = Thread(target=empty)
        beside.start()
        beside.join(0.5)
        assert beside.is_alive()
    beside.join()
    assert not Bapas.objects.exists()
