"""The permission table, the pages and the menus speak of the same verbs."""

import csv
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import resolve, reverse

from apps.akun import roles
from apps.akun.access import public
from apps.akun.checks import url_patterns
from apps.akun.roles import ALLOWED, Peran
from apps.dasbor import beranda
from apps.laporan.rules import VERBS as LEVELS
from pemasyarakatan import navigasi

ROOMS_TO_COME = {"griya", "kemitraan", "peranserta", "rujukan"}
OWN = "akun.sendiri"
MENUS = {"semua": [navigasi.BERANDA], "akun": navigasi.ACCOUNT, **navigasi.MENU}
ENTRIES = [(menu, *entry) for menu, entries in MENUS.items() for entry in entries]


def waiting() -> list[dict[str, str]]:
    path = Path(roles.__file__).with_name("hak-akses-menyusul.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def layers(view) -> list:
    """The view as the URL has it and what stands inside, decorator by decorator; the function itself is the last."""
    inner = getattr(view, "__wrapped__", None)
    return [view, *layers(inner)] if inner else [view]


def verbs(view) -> set[str]:
    """Every verb that a view asks for: of its decorators, or of the actions of the API."""
    of_actions = getattr(getattr(view, "cls", None), "verbs", {}).values()
    return {*of_actions, *(getattr(layer, "requires", None) for layer in layers(view))} - {None}


def test_every_verb_of_the_table_is_asked_for_by_a_page():
    asked = {verb for _, _, pattern in url_patterns() for verb in verbs(pattern.callback)}
    inside = set(LEVELS.values())  # which reports the page that orders them offers
    assert set(ALLOWED) == asked | inside


def test_a_verb_that_waits_names_its_room_and_is_in_no_other_table():
    rows, built = waiting(), {path.parent.name for path in (settings.BASE_DIR / "apps").glob("*/apps.py")}
    assert {row["kamar"] for row in rows} - built <= ROOMS_TO_COME
    assert {row["verb"] for row in rows} & set(ALLOWED) == set()
    assert list(rows[0]) == ["verb", "kamar", "arti", *Peran.values, "publik"]


def test_a_page_is_public_under_a_verb_only_when_the_table_says_so():
    with pytest.raises(LookupError):
        public("salah", verb="klien.lihat")


@pytest.mark.parametrize(("menu", "label", "name", "verb"), ENTRIES)
def test_an_entry_of_a_menu_leads_to_a_page_under_the_same_verb(menu, label, name, verb):
    assert (verbs(resolve(reverse(name)).func) or {OWN}) == {verb or OWN}


@pytest.mark.django_db
@pytest.mark.parametrize("peran", Peran.values)
def test_everything_that_a_role_is_offered_opens(login, officer, peran):
    user = officer(peran)
    browser = login(user)
    main, account = navigasi.main_menu(user, "/"), navigasi.account_menu(user, "/")
    assert len(main) == 1 + len(navigasi.MENU[peran])
    offered = [entry.url for entry in [*main, *account, *navigasi.footer()]] + [url for _, url in beranda.buttons(user)]
    assert {url: browser.get(url).status_code for url in offered} == dict.fromkeys(offered, 200)
