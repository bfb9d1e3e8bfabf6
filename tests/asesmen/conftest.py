"""A PK with an own client, categories of every domain, and what a full assessment sends."""

import pytest
from django.urls import reverse

from apps.asesmen.models import Domain
from tests import factories as make
from tests.asesmen.factories import categories as make_categories


@pytest.fixture
def pk(officer):
    return officer("pk", nama="Ratna Dewi")


@pytest.fixture
def klien(ours, pk, today):
    return make.KlienFactory(bapas=ours, pk_pembimbing=pk, nama="Budi Santoso", diregistrasi=today)


@pytest.fixture
def categories(db):
    return make_categories()


@pytest.fixture
def address(klien):
    """address("domain", asesmen, "kerja") → the URL of a page of the client's assessment."""

    def of(name, asesmen=None, *more):
        rest = [asesmen.pk, *more] if asesmen else []
        return reverse(f"asesmen:{name}", args=[klien.pk, *rest])

    return of


@pytest.fixture
def fill(address):
    """fill(browser, asesmen, category) answers all eight domains: one need in "kerja", none elsewhere."""

    def answer(browser, asesmen, category):
        for domain in Domain.values:
            typed = {"kekuatan": "Rajin", "versi": "0"}
            if domain == "kerja":
                typed |= {
                    f"ada-{category.pk}": "on",
                    f"mendesak-{category.pk}": "sekarang",
                    "kata_klien": "Ingin kerja",
                }
            else:
                typed["tanpa_kebutuhan"] = "on"
            assert browser.post(address("domain", asesmen, domain), typed).status_code == 302

    return answer
