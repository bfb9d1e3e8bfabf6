"""Pages cost few SQL statements, and as many for twenty-two rows as for two."""

import pytest

from apps.program import services
from tests import factories as make

pytestmark = pytest.mark.django_db


def fill(program, rows):
    for number in range(rows):
        kategori = make.KategoriFactory(kode=f"K-{number}", nama=f"Kebutuhan {number}")
        program.potret[kategori.kode] = 9
        activity = make.RencanaFactory(program=program, kategori=kategori)
        make.BiayaFactory(rencana=activity), make.BiayaFactory(rencana=activity)
    program.save()


PAGES = [
    ("program:year", "perencana", lambda program: [program.tahun]),
    ("program:rab", "perencana", lambda program: [program.tahun]),
    ("program:check", "perencana", lambda program: [program.tahun]),
    ("program:download", "perencana", lambda program: [program.tahun]),
    ("program:history", "perencana", lambda program: [program.tahun]),
    ("program:decision", "kabapas", lambda program: [program.pk]),
    ("dasbor:persetujuan", "kabapas", lambda program: []),
    ("program:list", "kanwil", lambda program: []),
]


@pytest.mark.parametrize(("name", "role", "args"), PAGES, ids=[page[0] for page in PAGES])
def test_pages_are_flat_and_small(as_user, officer, ours, queries, budget, planner, name, role, args):
    costs = []
    for rows, bapas in [(2, ours), (22, make.BapasFactory(kanwil=ours.kanwil))]:
        program = make.ProgramFactory(bapas=bapas, tahun=2026)
        fill(program, rows)
        if role == "kabapas":
            services.send(program, by=planner)
        browser = as_user(officer(role, bapas=bapas))
        browser.get(name, *args(program))  # sessions and the like are set up before counting
        costs.append(queries(lambda browser=browser, program=program: browser.get(name, *args(program))))
    assert costs[0] == costs[1]
    assert costs[0] <= budget(name)


@pytest.mark.parametrize("name", ["program:spending", "program:spending_export"])
def test_the_spending_page_is_flat_and_small(as_user, officer, ours, queries, budget, planner, name):
    costs = []
    for rows, bapas in [(2, ours), (22, make.BapasFactory(kanwil=ours.kanwil))]:
        program = make.ProgramFactory(bapas=bapas, tahun=2026)
        fill(program, rows)
        services.send(program, by=planner)
        head = officer("kabapas", bapas=bapas)
        services.approve(program, by=head)
        for activity in program.rencana.all():
            make.RealisasiFactory(rincian=activity.biaya.first(), dicatat_oleh=planner)
        browser = as_user(head)
        costs.append(queries(lambda browser=browser: browser.get(name, 2026)))
    assert costs[0] == costs[1]
    assert costs[0] <= budget(name)


def test_a_paste_of_many_rows_asks_as_often_as_one_of_few(as_user, planner, line, queries, budget):
    make.AkunFactory()
    browser, costs = as_user(planner), []
    for rows in (2, 150):
        text = "\n".join(f"521211\tBaris {number}\t\t1\tkg\t5.000\tDIPA" for number in range(rows))
        data = {"kegiatan": line.rencana_id, "teks": text}
        costs.append(queries(lambda data=data: browser.post("program:paste", 2026, data=data)))
    assert costs[0] == costs[1] <= budget("program:paste")
