"""Long lists on a tablet: names and amounts as long as real ones, and the last column stays in view."""

import pytest
from django.urls import reverse

from tests import factories as make
from tests.browser.checks import problems, reflows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Muhammad Nur Hidayatullah Simanjuntak"
LISTS = [
    ("klien:list", "pk"), ("klien:list", "kabapas"), ("klien:needs", "kabapas"), ("akun:pengguna", "admin"),
    ("program:list", "kabapas"), ("program:list", "kanwil"), ("program:list", "ditjenpas"),
]  # fmt: skip


@pytest.fixture
def rows(ours, officer):
    """rows(user) fills the lists with what is long in them."""

    def fill(user):
        pk = user if user.penugasan.peran == "pk" else officer("pk", nama=f"Drs. {LONG}, M.H.")
        klien = make.KlienFactory(bapas=ours, pk_pembimbing=pk, nama=LONG, jadwal__absen_beruntun=3)
        make.MasaFactory(klien=klien, jenis_program__nama="Pidana bersyarat dengan pengawasan")
        for domain in ("sehat", "terampil"):
            make.KebutuhanFactory(klien=klien, kategori__nama="Pengobatan ketergantungan", kategori__domain=domain)
        program = make.ProgramFactory(bapas=ours, approved=True)
        plan = make.RencanaFactory(program=program)
        make.BiayaFactory(rencana=plan, harga=98_765_432)
        make.ProgramFactory(bapas=ours, tahun=2028)

    return fill


@pytest.mark.parametrize(("name", "peran"), LISTS)
def test_no_list_is_wider_than_a_tablet(open_page, officer, rows, name, peran):
    user = officer(peran, nama=LONG)
    rows(user)
    page = open_page(reverse(name), user=user)
    assert reflows(page) == []
    page.set_viewport_size({"width": 768, "height": 1024})
    assert problems(page) == []
