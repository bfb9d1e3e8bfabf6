"""A real browser on a real server. `open_page(path, user=…, width=…, js=…)` is all that a page test needs."""

import os
import shutil
import threading

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.test import Client
from playwright.sync_api import expect, sync_playwright

from tests.browser.checks import Transfer
from tests.browser.letters import always

expect.set_options(timeout=30_000)  # as patient as every other wait of Playwright; slow machines are no failure
SIZES = {320: 640, 390: 844, 768: 1024, 1366: 900}
LAUNCH = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=id",
]


@pytest.fixture(scope="session", autouse=True)
def _orm_beside_playwright():
    """Playwright keeps an event loop in this thread; the ORM must not mistake it for async code."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def chromium():
    """One browser for the whole run. A missing one is a failure: these tests prove half of what the portal promises."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        pytest.fail("chromium is missing: apt-get install chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, headless=True, args=LAUNCH)
        yield browser
        browser.close()


class Answering:
    """Requests that the server thread is working on: emptying the tables beside one of them ends in a deadlock."""

    def __init__(self):
        self._count, self._changed = 0, threading.Condition()
        request_started.connect(lambda **_: self._add(1), weak=False)
        request_finished.connect(lambda **_: self._add(-1), weak=False)

    def _add(self, number):
        with self._changed:
            self._count += number
            self._changed.notify_all()

    def wait_for_all(self, patience=30):
        """Until no request is left, or `patience` seconds: then emptying the tables will say what is wrong."""
        with self._changed:
            self._changed.wait_for(lambda: self._count <= 0, timeout=patience)
            self._count = 0


@pytest.fixture(scope="session")
def answering():
    return Answering()


@pytest.fixture
def open_page(chromium, live_server, answering):
    """open_page("/klien/", user=officer("pk"), width=390, js=True) → a Playwright page, opened.

    `letters="narrow"` or `"wide"` sets its pages in letters of that width instead of the machine's.
    `page.transfer` counts bytes and foreign requests, `page.console_problems` lists script and CSP errors.
    Without `path` the page is blank and knows the server, so `page.goto("/…")` works.
    """
    contexts = []

    def open_(path=None, *, user=None, width=1366, js=True, letters=None, **options):
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": SIZES.get(width, 900)},
            has_touch=width < 768,
            locale="id-ID",
            java_script_enabled=js,
            **options,
        )
        contexts.append(context)
        if letters:
            always(context, letters)
        if user:
            context.add_cookies([session_cookie(user, live_server.url)])
        page = context.new_page()
        page.transfer = Transfer(page)
        page.console_problems = []
        page.on("pageerror", lambda error: page.console_problems.append(str(error)))
        page.on("console", lambda message: _note(page, message))
        if path:
            page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    answering.wait_for_all()


def session_cookie(user, url):
    """The cookie of a person who has logged in, without clicking through the log-in page again."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": url,
    }


def _note(page, message):
    """Errors of the console, but not the browser's remark about an answer that a test asked for (422, 404)."""
    if message.type == "error" and "Failed to load resource" not in message.text:
        page.console_problems.append(message.text)
