"""Pages ask the database as often for 22 rows as for 2, and seldom."""

import datetime as dt
import json
import uuid
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import factories as make

pytestmark = pytest.mark.django_db
BUDGETS = json.loads((Path(__file__).parent.parent / "budgets.json").read_text(encoding="utf-8"))
NOT_QUESTIONS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SET ROLE", "RESET ROLE")


def questions(call):
    """Statements that PostgreSQL answers; the transaction of the test itself does not count."""
    with CaptureQueriesContext(connection) as captured:
        assert call().status_code in (200, 302)
    return [query["sql"] for query in captured if not query["sql"].startswith(NOT_QUESTIONS)]


def grow(klien, pk, rows):
    """`rows` of everything that a page of this room lists."""
    for _ in range(rows):
        other = make.KlienFactory(bapas=klien.bapas, pk_pembimbing=pk)
        make.MasaFactory(klien=other)
        make.KebutuhanFactory(klien=other)
        make.KebutuhanFactory(klien=klien)
        make.KebutuhanFactory(klien=klien, status="terpenuhi", ditutup_pada=timezone.now())
        make.CatatanFactory(klien=klien, koreksi_dari=make.CatatanFactory(klien=klien), alasan_koreksi="x")


PAGES = {
    "klien:list": lambda klien: (reverse("klien:list"), {"lingkup": "kantor", "q": "klien contoh"}),
    "klien:export": lambda klien: (reverse("klien:export"), {"format": "xlsx"}),
    "klien:create": lambda klien: (reverse("klien:create"), {}),
    "klien:detail": lambda klien: (reverse("klien:detail", args=[klien.pk]), {}),
    "klien:timeline": lambda klien: (reverse("klien:timeline", args=[klien.pk]), {"rentang": "semua"}),
    "klien:client_needs": lambda klien: (reverse("klien:client_needs", args=[klien.pk]), {}),
    "klien:trail": lambda klien: (reverse("klien:trail", args=[klien.pk]), {}),
    "klien:guidance_new": lambda klien: (reverse("klien:guidance_new"), {"klien": klien.pk}),
}


@pytest.mark.parametrize("name", PAGES)
def test_flat_and_small(login, pk, klien, name):
    browser = login(pk)
    address = PAGES[name](klien)
    grow(klien, pk, 2)
    few = questions(lambda: browser.get(*address))
    grow(klien, pk, 20)
    many = questions(lambda: browser.get(*address))
    assert len(many) == len(few), "\n".join(many)
    assert len(many) <= BUDGETS[name], "\n".join(many)


def test_saving_a_contact_is_eight_questions(login, pk, klien):
    browser = login(pk)
    form = {
        "klien": klien.pk, "kunci": str(uuid.uuid4()), "cara": "kantor", "kapan": "hari-ini", "hadir": "ya",
        "bidang": "kepribadian", "berikutnya": timezone.localdate() + dt.timedelta(days=30),
        "topik": ["pekerjaan"], "catatan": "Isi",
    }  # fmt: skip
    asked = questions(lambda: browser.post(reverse("klien:guidance_new"), form))
    assert len(asked) <= BUDGETS["klien:guidance_new POST"], "\n".join(asked)
