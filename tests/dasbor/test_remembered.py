"""A dashboard is rendered again when, and only when, something in it changed."""

import datetime as dt

import pytest
from django.core.cache import caches
from django.utils import timezone

from apps.klien.models import Klien
from apps.rekap import keeping
from tests import factories as make
from tests.releases import publish
from tests.sessions import log_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def nation(client, officer):
    """nation() → the text of the national dashboard, without its frame and the moment at which it was asked."""
    caches["potongan"].clear()
    log_in(client, officer("ditjenpas"))
    return lambda **query: client.get("/nasional/", query).text.partition("<h1")[2].rpartition("Data per")[0]


def test_nothing_is_collected_while_nothing_changes(nation, ours, queries):
    make.KlienFactory.create_batch(6, bapas=ours)
    publish()
    first, collected = nation(), queries(nation)
    make.KlienFactory(bapas=ours)
    publish()
    assert queries(nation) > collected
    assert first != nation() == nation()
    assert queries(nation) == collected


def test_every_change_is_seen_with_its_release(nation, ours, officer):
    klien = make.KlienFactory.create_batch(6, bapas=ours, pk_pembimbing=officer("pk"))[0]
    pages = [nation()]
    for change in (
        lambda: make.CatatanFactory.create_batch(6, klien=klien, tanggal=timezone.localdate()),
        lambda: make.KlienFactory.create_batch(5, bapas=ours, pk_pembimbing=klien.pk_pembimbing),
        lambda: Klien.objects.filter(pk=klien.pk).update(diregistrasi=timezone.localdate() + dt.timedelta(days=1)),
        lambda: make.BiayaFactory(
            rencana__program=make.ProgramFactory(
                bapas=ours,
                tahun=timezone.localdate().year,
                approved=True,
                disetujui_pada=timezone.now() - dt.timedelta(days=1),
            )
        ),
        lambda: type(ours.kanwil).objects.filter(pk=ours.kanwil_id).update(singkatan="Nama Baru"),
        lambda: make.KategoriFactory(kode="PR-09", nama="Jenis baru"),
    ):
        change()
        publish()
        pages.append(nation())
    assert len(set(pages)) == len(pages)


def test_a_merge_changes_no_page(nation, ours):
    make.CatatanFactory.create_batch(6, klien=make.KlienFactory(bapas=ours))
    before = nation()
    keeping.merge([ours.pk])
    assert nation() == before


def test_filters_and_links_belong_to_the_part(nation, ours):
    over = f"{timezone.localdate().replace(day=1) - dt.timedelta(days=1):%Y-%m}"
    assert len({nation(), nation(bulan=over), nation(ukuran="serapan"), nation(bulan=over, lain="1")}) == 4
    assert f"bulan={over}&amp;ukuran=serapan" in nation(bulan=over)


def test_the_name_of_a_kanwil_belongs_to_its_part(client, ours, theirs, officer):
    """Also where two have no Bapas, so that their figures are the same."""
    caches["potongan"].clear()
    log_in(client, officer("ditjenpas"))
    heading = lambda kanwil: client.get(f"/wilayah/dasbor/?kanwil={kanwil.pk}").text.partition("<h1")[2]  # noqa: E731
    type(ours).objects.update(aktif=False)
    assert f"Dasbor {ours.kanwil}" in heading(ours.kanwil)
    assert f"Dasbor {theirs.kanwil}" in heading(theirs.kanwil)
    ours.kanwil.nama = "Nama Baru"
    ours.kanwil.save()
    assert f"Dasbor {ours.kanwil}" in heading(ours.kanwil)


def test_readers_of_one_kanwil_get_the_links_of_their_role(client, ours, officer):
    """The address of the page is the same for both, its links are not."""
    make.KlienFactory(bapas=ours)
    address = f"/wilayah/dasbor/?kanwil={ours.kanwil_id}"
    log_in(client, officer("kanwil"))
    assert f"kendala-per-jenis/?kanwil={ours.kanwil_id}" not in client.get(address).text
    log_in(client, officer("ditjenpas"))
    assert f"kendala-per-jenis/?kanwil={ours.kanwil_id}" in client.get(address).text
