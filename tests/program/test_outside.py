"""What Kanwil and Ditjenpas read of the needs behind a programme."""

import pytest

from apps.dasar.disclosure import HIDDEN
from tests import factories as make
from tests.releases import publish

pytestmark = pytest.mark.django_db


def test_the_fingerprint_stays_in_the_office(login, officer, ours, today):
    """It is made of the exact needs, so trying all small numbers would tell them."""
    program = make.ProgramFactory(bapas=ours, tahun=today.year, approved=True)
    pages = [f"/program/{program.tahun}-{ours.pk}/", f"/program/{program.tahun}-{ours.pk}/riwayat/"]
    kanwil = login(officer("kanwil"))
    assert [program.sidik in kanwil.get(page).text for page in pages] == [False, False]
    own = login(officer("kabapas"))
    assert [program.sidik in own.get(page.replace(f"-{ours.pk}", "")).text for page in pages] == [True, True]


def needs(page) -> dict[str, int | None]:
    return {need.kategori.nama: need.klien for need in page.context["rencana"].needs}


def test_they_read_the_released_needs_and_not_the_snapshot(login, officer, ours, today, database_role):
    """A number of the snapshot, a day or a hundred days old, would stand beside the one that every page shows."""
    few, many = make.KategoriFactory(kode="PR-01", nama="Tempat tinggal"), make.KategoriFactory()
    program = make.ProgramFactory(bapas=ours, tahun=today.year, potret={few.kode: 3, many.kode: 9}, potret_pada=today)
    neighbour = make.BapasFactory(kanwil=ours.kanwil)
    for office in (ours, neighbour):
        clients = make.KlienFactory.create_batch(24, bapas=office)
        for klien in clients[:12]:
            make.KebutuhanFactory(klien=klien, kategori=many)
        for klien in clients[8 : 10 if office == ours else 14]:
            make.KebutuhanFactory(klien=klien, kategori=few)
    address = f"/program/{program.tahun}-{ours.pk}/"
    kanwil = login(officer("kanwil"))
    assert "Data kebutuhan belum dirilis." in kanwil.get(address).text
    publish()
    assert needs(kanwil.get(address)) == {many.nama: 12, few.nama: HIDDEN}
    make.RencanaFactory(program=program, kategori=few, target_klien=900)
    assert kanwil.get(address).status_code == 200  # no finding compares a target with a number that is not shown
    own = login(officer("perencana")).get(f"/program/{program.tahun}/")
    assert needs(own) == {many.nama: 9, few.nama: 3}
