"""A reader with a solver opens every page of a small Kanwil, as the Kanwil, as headquarters and as a partner."""

import datetime as dt
from random import Random

import pytest

from apps.acuan.calendar import months_later
from apps.harian.figures import collect
from apps.klien.models import Kebutuhan
from apps.laporan import making, services
from apps.laporan.document import to_html
from apps.laporan.models import Laporan
from bench.readers import Reader
from bench.sweep import factors
from tests import factories as make
from tests.clock import office_today
from tests.harian.factories import LaporanKanwilFactory
from tests.klien.factories import JenisKendalaFactory, KendalaFactory
from tests.laporan.samples import ISSUE
from tests.releases import publish
from tests.sessions import log_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def months():
    """The first days of this month and of the two before it."""
    this = office_today().replace(day=1)
    return [months_later(this, -back) for back in range(3)]


@pytest.fixture
def lived(ours, months, officer):
    """Three offices of our Kanwil with lives of three months: (offices, their places, categories)."""
    rng = Random(7)
    offices = [ours, *make.BapasFactory.create_batch(2, kanwil=ours.kanwil)]
    kinds = [make.KategoriFactory(kode=f"PR-{n:02}", nama=f"Jenis {n}") for n in range(1, 5)]
    obstacles = [JenisKendalaFactory(), JenisKendalaFactory(kode="BIAYA", nama="Biaya perjalanan")]
    places = {}
    for number, (office, size) in enumerate(zip(offices, (26, 14, 9), strict=True)):
        places[office.nama] = [make.KabKotaFactory(kode=f"9{number}.{n:02}", nama=f"Kota {number}{n}") for n in (1, 2)]
        office.wilayah_kerja.set(places[office.nama])
        for _ in range(size):
            live(rng, office, places[office.nama], kinds, obstacles, months)
        LaporanKanwilFactory(bapas=office, angka=collect(office, "harian", office_today()))
    make.ProgramFactory(bapas=ours, tahun=office_today().year, potret={kind.kode: 1 for kind in kinds})
    publish(*(month - dt.timedelta(days=1) for month in months), *months)
    return offices, places, kinds


def noon(day):
    return dt.datetime.combine(day, dt.time(4), tzinfo=dt.UTC)


def live(rng, office, places, kinds, obstacles, months):
    klien = make.KlienFactory(bapas=office, diregistrasi=months[-1], kabkota=rng.choice(places))
    for kind in rng.sample(kinds, rng.choice([0, 1, 1, 2, 3])):
        met = {"status": "terpenuhi", "ditutup_pada": noon(months[0])} if rng.random() < 0.3 else {}
        make.KebutuhanFactory(klien=klien, kategori=kind, dicatat_pada=noon(months[-1]), **met)
    for month in months:
        came = rng.random() < 0.8
        catatan = make.CatatanFactory(klien=klien, tanggal=month, hadir=came, alasan="" if came else "bekerja")
        if rng.random() < 0.2:
            KendalaFactory(catatan=catatan, jenis=rng.choice(obstacles), tanggal=month)


def read(reader, places, kinds, months):
    asked = [f"{month:%Y-%m}" for month in months]
    reader.dashboards(asked, [(kind.pk, kind.nama) for kind in kinds])
    reader.office_pages(asked)
    reader.obstacles(sorted({f"{month.year}-{(month.month + 2) // 3}" for month in months}))
    reader.needs([place for inside in places.values() for place in inside], reader.region)
    reader.daily_reports([("harian", office_today().isoformat())])
    reader.programmes(office_today().year)
    reader.rules(places, factors())
    return reader.adversary


@pytest.mark.long
def test_nobody_at_the_kanwil_works_out_a_hidden_count(client, officer, ours, lived, months, web_role_requests):
    offices, places, kinds = lived
    log_in(client, officer("kanwil"))
    adversary = read(Reader(client, ours.kanwil, offices), places, kinds, months)
    assert adversary.hidden() > 60
    assert adversary.found() == []


@pytest.mark.long
def test_nobody_works_anything_out_of_reports_and_pages_together(client, officer, ours, lived, months):
    """Reports of every office and of the region, in two versions with late entries between them, and all pages."""
    offices, places, kinds = lived
    log_in(client, officer("kanwil"))
    reader = Reader(client, ours.kanwil, offices)
    read(reader, places, kinds, months)
    for _ in range(2):
        for office in (None, *offices):
            by = officer("perencana", bapas=office) if office else officer("kanwil")
            unit = {"bapas": office} if office else {"kanwil": ours.kanwil}
            asked = services.request_report(by=by, tahun=office_today().year, **unit)
            html = to_html(making._figures(making._claim(asked.pk)), ISSUE)
            reader.report(html, office.nama if office else reader.region)
        Laporan.objects.update(status="batal")
        make.CatatanFactory(klien=make.KlienFactory(bapas=ours, diregistrasi=months[-1]), tanggal=months[-1])
    seen = {measure for measure, _, _ in reader.adversary.faces}
    assert {"langkah Terbuka", "Kategori usia Anak"} <= seen
    reader.rules(places, factors())
    assert reader.adversary.found() == []


@pytest.mark.long
def test_partners_read_no_more_than_the_kanwil_and_work_nothing_out(
    client, officer, ours, lived, months, web_role_requests
):
    offices, places, kinds = lived
    log_in(client, officer("kanwil"))
    reader = Reader(client, ours.kanwil, offices)
    adversary = read(reader, places, kinds, months)
    known = {cell: face for cell, face in adversary.faces.items() if cell[2].startswith("tempat")}
    partners = Reader(client, ours.kanwil, offices)
    for place in places[ours.nama]:
        log_in(client, officer("mitra", mitra=make.MitraFactory(kabkota=place)))
        partners.needs([place], "")
    told = {cell: face for cell, face in partners.adversary.faces.items() if cell[2].startswith("tempat")}
    assert told.keys() <= known.keys()
    assert all(face == "*" or face == known[cell] for cell, face in told.items())
    assert partners.adversary.found() == []


def test_the_pages_hold_the_right_numbers_where_they_hold_any(client, officer, ours, lived, months):
    """What is hidden is not simply everything, and what is printed is true."""
    offices, _places, kinds = lived
    log_in(client, officer("kanwil"))
    reader = Reader(client, ours.kanwil, offices)
    reader.dashboards([f"{months[0]:%Y-%m}"], [(kind.pk, kind.nama) for kind in kinds])
    shown = {cell: int(face) for cell, face in reader.adversary.faces.items() if face.isdigit()}
    needs = Kebutuhan.objects.filter(bapas__in=offices).exclude(status="terpenuhi")
    for kind in kinds:
        whole = next(
            (n for (name, _, unit), n in shown.items() if (name, unit) == (f"butuh {kind}", reader.region)), None
        )
        assert whole in (None, needs.filter(kategori=kind).count())
    assert len(shown) > 15
