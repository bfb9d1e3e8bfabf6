"""A full assessment on a phone: few taps, few keys, nothing lost by a reload, an ended session or a second screen."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from apps.asesmen.models import Asesmen, Domain, IsianDomain
from apps.klien.models import Kebutuhan
from tests import factories as make
from tests.asesmen.factories import AsesmenFactory, ButirFactory, FaktorFactory
from tests.asesmen.factories import categories as make_categories
from tests.browser.checks import FIELD_FORM_BYTES, PAGE_BYTES, problems, reflows, too_small, walk
from tests.browser.conftest import session_cookie

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = 390
TAPS, KEYS = 40, 300
STRENGTHS = {
    "tinggal": "Rumah orang tua", "kerja": "Pernah di bengkel", "terampil": "Bisa las", "sehat": "Badan sehat",
    "keluarga": "Istri mendukung", "dokumen": "KTP ada", "ekonomi": "Ada upah harian", "karakter": "Rajin ibadah",
}  # fmt: skip
WORDS = {"kerja": "Saya ingin kerja tetap", "keluarga": "Anak mau bertemu", "ekonomi": "Utang sedikit lagi"}


@pytest.fixture
def pk(officer):
    return officer("pk")


@pytest.fixture
def categories(db):
    return make_categories()


@pytest.fixture
def klien(ours, pk, categories):
    return make.KlienFactory(bapas=ours, pk_pembimbing=pk, nama="Budi Santoso", diregistrasi="2026-11-02")


@pytest.fixture
def draft(klien):
    return AsesmenFactory(klien=klien)


@pytest.fixture
def address(klien):
    return lambda name, asesmen=None, *more: reverse(
        f"asesmen:{name}", args=[klien.pk, *([asesmen.pk, *more] if asesmen else [])]
    )


TYPE_AT_ONCE = """typed => {
  const fields = Object.entries(typed).map(([name, text]) => {
    const field = document.querySelector(`[name=${name}]`);
    field.value = text;
    field.dispatchEvent(new Event("input", {bubbles: true}));
    return field;
  });
  fields.at(-1).dispatchEvent(new Event("change", {bubbles: true}));
}"""
"""Several fields before the first answer of the server can come."""


class Hand:
    """Counts what a person does."""

    def __init__(self, page):
        self.page, self.taps, self.keys = page, 0, 0

    def tap(self, target):
        self.taps += 1
        target.tap()

    def type(self, label, text):
        field = self.page.get_by_label(label, exact=True)
        self.tap(field)
        self.keys += len(text)
        field.press_sequentially(text)


def saved(page):
    """Everything that was typed has reached the server."""
    page.wait_for_function("() => !document.querySelector('form[data-asesmen]').dataset.berubah")
    page.locator("[data-keadaan]", has_text="Tersimpan ").wait_for()


def test_a_full_assessment_in_forty_taps_and_three_hundred_keys(open_page, pk, klien, categories):
    page = open_page(reverse("klien:detail", args=[klien.pk]), user=pk, width=PHONE)
    hand = Hand(page)
    hand.tap(page.get_by_role("link", name="Lihat asesmen"))
    hand.tap(page.get_by_role("link", name="Asesmen baru"))
    hand.tap(page.get_by_role("button", name="Mulai asesmen"))
    hand.tap(page.get_by_role("link", name="Tempat tinggal"))
    for domain in Domain:
        page.get_by_role("heading", name=domain.label, level=1).wait_for()
        hand.type("Kekuatan yang dimiliki", STRENGTHS[domain])
        if domain in ("kerja", "terampil", "keluarga", "ekonomi"):
            hand.tap(page.get_by_text(f"Kebutuhan {domain.value}", exact=True))
            hand.tap(page.get_by_text("Sekarang", exact=True))
        else:
            hand.tap(page.get_by_text("Tidak ada kebutuhan di bidang ini"))
        if domain in WORDS:
            hand.type("Kata klien", WORDS[domain])
        hand.tap(page.get_by_role("button", name="Simpan dan lanjut"))
    page.get_by_role("heading", name="Periksa jawaban").wait_for()
    hand.tap(page.get_by_text("Sudah dibacakan kepada klien"))
    hand.tap(page.get_by_role("button", name="Simpan asesmen"))
    page.get_by_text("Asesmen tersimpan").wait_for()
    print(f"asesmen penuh: {hand.taps} ketukan, {hand.keys} tombol")  # noqa: T201
    assert hand.taps <= TAPS
    assert hand.keys <= KEYS
    assert Kebutuhan.objects.filter(klien=klien, sumber="asesmen").count() == 4
    assert {row.kekuatan for row in IsianDomain.objects.all()} == set(STRENGTHS.values())


def test_what_was_typed_is_on_the_server_without_a_press(open_page, pk, draft, address):
    page = open_page(address("domain", draft, "kerja"), user=pk, width=PHONE)
    page.get_by_text("Kebutuhan kerja", exact=True).tap()
    page.get_by_text("Nanti", exact=True).tap()
    page.get_by_label("Kekuatan yang dimiliki", exact=True).fill("Bisa las")
    page.get_by_label("Kata klien", exact=True).fill("Ingin kerja")
    page.get_by_role("heading", level=1).tap()
    saved(page)
    page.reload()
    expect(page.get_by_label("Kekuatan yang dimiliki", exact=True)).to_have_value("Bisa las")
    expect(page.get_by_label("Kata klien", exact=True)).to_have_value("Ingin kerja")
    expect(page.get_by_label("Nanti", exact=True)).to_be_checked()


def test_a_reload_in_the_middle_of_a_word_loses_nothing(open_page, pk, draft, address):
    page = open_page(address("domain", draft, "kerja"), user=pk, width=PHONE)
    page.get_by_label("Kekuatan yang dimiliki", exact=True).press_sequentially("Bisa l")
    page.reload()
    expect(page.get_by_label("Kekuatan yang dimiliki", exact=True)).to_have_value("Bisa l")
    saved(page)
    page.reload()
    expect(page.get_by_label("Kekuatan yang dimiliki", exact=True)).to_have_value("Bisa l")


def test_an_ended_session_loses_nothing(open_page, pk, draft, address, live_server):
    page = open_page(address("domain", draft, "kerja"), user=pk, width=PHONE)
    page.get_by_text("Tidak ada kebutuhan di bidang ini").tap()
    saved(page)
    Session.objects.all().delete()
    page.context.clear_cookies()
    page.evaluate(TYPE_AT_ONCE, {"kekuatan": "Bisa las", "kata_klien": "Ingin kerja"})
    page.get_by_role("heading", name="Sesi Anda berakhir").wait_for()
    page.context.add_cookies([session_cookie(pk, live_server.url)])
    with page.expect_response(lambda response: response.status == 204):
        page.get_by_role("button", name="Masuk lagi").tap()
    row = IsianDomain.objects.get(domain="kerja")
    assert (row.kekuatan, row.kata_klien, row.tanpa_kebutuhan) == ("Bisa las", "Ingin kerja", True)


def test_two_screens_are_compared_not_overwritten(open_page, pk, draft, address):
    url = address("domain", draft, "kerja")
    first, second = (open_page(url, user=pk, width=PHONE) for _ in range(2))
    first.get_by_label("Kekuatan yang dimiliki", exact=True).fill("Dari layar pertama")
    first.get_by_text("Tidak ada kebutuhan di bidang ini").tap()
    saved(first)
    second.get_by_label("Kekuatan yang dimiliki", exact=True).fill("Dari layar kedua")
    second.get_by_text("Tidak ada kebutuhan di bidang ini").tap()
    second.get_by_text("Diubah di layar lain.").wait_for()
    second.get_by_role("button", name="Simpan dan lanjut").tap()
    second.get_by_role("heading", name="Halaman ini sudah diubah di layar lain").wait_for()
    expect(second.get_by_text("Dari layar pertama")).to_have_count(1)
    assert problems(second) == []
    second.get_by_role("button", name="Simpan dan lanjut").tap()
    second.get_by_role("heading", name="Keterampilan dan pendidikan").wait_for()
    assert IsianDomain.objects.get(domain="kerja").kekuatan == "Dari layar kedua"


def test_without_javascript_the_button_saves_the_page(open_page, pk, draft, address):
    page = open_page(address("domain", draft, "kerja"), user=pk, width=PHONE, js=False)
    page.get_by_label("Kekuatan yang dimiliki", exact=True).fill("Bisa las")
    page.get_by_text("Tidak ada kebutuhan di bidang ini").tap()
    page.get_by_role("button", name="Simpan dan lanjut").tap()
    page.get_by_role("heading", name="Keterampilan dan pendidikan", level=1).wait_for()
    assert IsianDomain.objects.get(domain="kerja").kekuatan == "Bisa las"


def test_the_keyboard_alone_answers_a_domain_and_finishes(open_page, pk, draft, address):
    draft.isian.exclude(domain="karakter").update(tanpa_kebutuhan=True, disimpan_pada=draft.dimulai_pada)
    page = open_page(address("domain", draft, "karakter"), user=pk)
    press = page.keyboard.press

    def tab_to(name):
        for _ in range(60):
            press("Tab")
            found = "(e => e.labels?.[0]?.textContent.trim() || e.textContent.trim())(document.activeElement)"
            if page.evaluate(found) == name:
                return
        pytest.fail(f"Tab does not reach {name}")

    tab_to("Kekuatan yang dimiliki")
    page.keyboard.type("Rajin")
    tab_to("Kebutuhan karakter")
    press("Space")
    tab_to("Sekarang")
    press("Space")
    tab_to("Simpan dan lanjut")
    press("Enter")
    page.get_by_role("heading", name="Periksa jawaban").wait_for()
    tab_to("Simpan asesmen")
    press("Enter")
    page.get_by_text("Asesmen tersimpan").wait_for()
    assert Asesmen.objects.get().status == "selesai"


@pytest.mark.parametrize("width", [PHONE, 1366])
def test_every_state_is_clean_at_both_widths(open_page, pk, klien, draft, address, categories, width):
    make.KebutuhanFactory(klien=klien, kategori=categories["kerja"])
    isian = draft.isian.get(domain="kerja")
    ButirFactory(isian=isian, kategori=categories["kerja"], mendesak="")
    FaktorFactory()
    pages = [
        address("list"), address("begin"), address("detail", draft), address("domain", draft, "kerja"),
        address("scores", draft), address("check", draft), address("drop", draft),
    ]  # fmt: skip
    for url in pages:
        assert problems(open_page(url, user=pk, width=width)) == [], url
    page = open_page(address("domain", draft, "kerja"), user=pk, width=width)
    page.get_by_role("button", name="Simpan dan lanjut").click()
    page.get_by_role("link", name="Pilih seberapa mendesak: Kebutuhan kerja.").wait_for()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert problems(page) == []
    page = open_page(address("check", draft), user=pk, width=width)
    page.get_by_role("button", name="Simpan asesmen").click()
    page.get_by_text("Belum lengkap: ").wait_for()
    assert problems(page) == []
    done = AsesmenFactory(klien=klien, selesai=True, isi__kekuatan="Bisa las")
    assert problems(open_page(address("detail", done) + "?baru=1", user=pk, width=width)) == []


@pytest.mark.parametrize("width", [PHONE, 1366])
def test_the_ledger_and_the_unmet_needs_are_clean(open_page, pk, klien, categories, width):
    need = make.KebutuhanFactory(klien=klien, kategori=categories["kerja"])
    page = open_page(reverse("klien:client_needs", args=[klien.pk]), user=pk, width=width)
    page.get_by_text("Riwayat").click()
    assert problems(page) == []
    for name in ("need_edit", "need_move"):
        assert problems(open_page(reverse(f"klien:{name}", args=[klien.pk, need.pk]), user=pk, width=width)) == []
    assert problems(open_page(reverse("klien:needs"), user=pk, width=width)) == []


def test_the_pages_are_light_large_and_never_covered(open_page, pk, draft, address):
    page = open_page(address("domain", draft, "kerja"), user=pk, width=PHONE)
    assert page.transfer.total <= FIELD_FORM_BYTES
    assert page.transfer.foreign == []
    print(f"halaman bidang: {page.transfer.total / 1024:.1f} KB")  # noqa: T201
    controls = ("input", "button", "select", "textarea", "summary")
    assert [finding for finding in too_small(page, 44) if finding.split()[0] in controls] == []
    page.get_by_text("Kebutuhan kerja", exact=True).tap()
    assert [stop.name for stop in walk(page) if stop.covered] == []
    assert reflows(page) == []
    page = open_page(address("detail", draft), user=pk, width=PHONE)
    assert page.transfer.total <= PAGE_BYTES
    assert reflows(page) == []
