"""Outcomes after the end: unknown is never a no, one client counts once, and few people are not shown outside."""

import pytest
from django.urls import reverse

from apps.perjalanan.figures import outcomes_per_office
from tests import factories as make
from tests.perjalanan import factories as rows
from tests.perjalanan.conftest import DAY
from tests.releases import publish

pytestmark = pytest.mark.django_db


def answered(bapas, today, count, **answers):
    for _ in range(count):
        klien = make.KlienFactory(bapas=bapas, status="selesai")
        facts = {"pekerjaan": "ya", "hunian": "ya", "pendidikan": "tidak", "proses_hukum": "tidak-tahu", **answers}
        rows.followup(klien, tanggal=today, cara="telepon", oleh=klien.pk_pembimbing, **facts)


def test_unknown_is_not_in_the_share_and_a_client_counts_once(ours, today):
    (
        answered(ours, today, 3),
        answered(ours, today, 1, pekerjaan="tidak"),
        answered(ours, today, 2, pekerjaan="tidak-tahu"),
    )
    first = make.KlienFactory(bapas=ours, status="selesai")
    early = rows.followup(first, tanggal=today, cara="telepon", oleh=first.pk_pembimbing,
                          **dict.fromkeys(("pekerjaan", "hunian", "pendidikan", "proses_hukum"), "tidak"))  # fmt: skip
    early.pk, early.bulan, early.pekerjaan = None, 6, "ya"
    early.save()
    work = outcomes_per_office([ours.pk], since=today - DAY, until=today)[0]
    assert (work.name, work.yes, work.no, work.unknown) == ("pekerjaan", 4, 1, 2)
    assert (work.known, work.asked, work.share) == (5, 7, 4 / 5)


def test_outside_the_office_a_line_about_few_people_says_nothing(login, officer, ours, today):
    answered(ours, today, 6)
    answered(ours, today, 1, proses_hukum="ya")
    publish()
    page = login(officer("kanwil")).get(reverse("dasbor:bapas_rinci", args=[ours.pk]))
    lines = {line[0]: line[1:] for line in page.context["tindak_lanjut"]}
    assert lines["Kembali berproses hukum"] == ("–", "*", "*", "*")
    assert lines["Bekerja atau berusaha"] == ("100%", "7", "0", "0")
    own = login(officer("kabapas")).get(reverse("dasbor:bapas"))
    lines = {line[0]: line[1:] for line in own.context["tindak_lanjut"]}
    assert lines["Kembali berproses hukum"] == ("100%", "1", "0", "6")
