"""A head approves a final on the phone, and anyone sees it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from apps.laporan import making
from apps.laporan.models import Pengesahan
from tests.browser.checks import problems
from tests.laporan.factories import final

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = 390


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_the_head_approves_on_the_phone(open_page, officer, ours):
    laporan = final(officer("perencana"), ours)
    page = open_page(reverse("laporan:detail", args=[laporan.pk]), user=officer("kabapas"), width=PHONE)
    assert problems(page) == []
    page.get_by_role("link", name="Sahkan laporan").click()
    expect(page.get_by_text("Pengesahan tidak dapat dibatalkan.")).to_be_visible()
    page.get_by_role("button", name="Sahkan laporan").click()
    expect(page.get_by_text("Edisi yang memuat pengesahan sedang dibuat.")).to_be_visible()
    assert problems(page) == []
    making.run_edition(Pengesahan.objects.get().pk)
    expect(page.get_by_role("link", name="Unduh PDF yang disahkan")).to_be_visible()  # the page asks again by itself
    assert problems(page) == []
    public = open_page(reverse("laporan:verify", args=[laporan.kode]), width=PHONE)
    expect(public.get_by_text(f"Kepala {ours.nama}")).to_be_visible()
    assert problems(public) == []
