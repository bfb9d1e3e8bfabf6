"""A real browser on a real server. `open_page(path, user=…, width=…, js=…)` is all that a page test needs."""

import os
import shutil
import threading
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect, sync_playwright

from embedded.checks import BROWSERS
from tests.browser.checks import Transfer
from tests.browser.letters import always
from tests.sessions import log_in

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
    "--js-flags=--no-opt --no-sparkplug --no-maglev",  # a page that is looked at once repays no compiler
]


@pytest.fixture(scope="session", autouse=True)
def _orm_beside_playwright():
    """Playwright keeps an event loop in this thread; the ORM must not mistake it for async code."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def chromium():
    """One browser for the whole run. A missing one is a failure: these tests prove half of what the portal promises."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not path:
        pytest.fail("chromium is missing: apt-get install chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, headless=True, args=LAUNCH)
        yield browser
        browser.close()


class Gate:
    """The door of the live server's application: emptying the tables beside a request ends in a deadlock.

    A page that is closed may have sent a request that no thread has taken up yet. So between two tests the door is
    shut: what knocks then is answered without the portal, and nothing is emptied before the last answer is written.
    """

    def __init__(self, application):
        self.application, self._open, self._inside, self._changed = application, False, 0, threading.Condition()

    def __call__(self, environ, start_response):
        with self._changed:
            if not self._open:
                start_response("503 Service Unavailable", [("Content-Length", "0")])
                return []
            self._inside += 1
        try:
            answer = self.application(environ, start_response)
        except BaseException:
            self._leave()
            raise
        return Answer(answer, self._leave)

    def _leave(self):
        with self._changed:
            self._inside -= 1
            self._changed.notify_all()

    def open(self):
        with self._changed:
            self._open = True

    def shut(self, patience=60):
        """Nobody enters any more; wait until the last has left, or fail after `patience` seconds."""
        with self._changed:
            self._open = False
            empty = self._changed.wait_for(lambda: not self._inside, timeout=patience)
        assert empty, "The server still works on a request of a page that is closed."


class Answer:
    """The body of one answer, that says when the server has written it to its end and closed it."""

    def __init__(self, body, done):
        self.body, self.done = body, done

    def __iter__(self):
        return iter(self.body)

    def close(self):
        try:
            if hasattr(self.body, "close"):
                self.body.close()
        finally:
            self.done()


@pytest.fixture(scope="session")
def gate(live_server):
    server = live_server.thread.httpd
    gate = Gate(server.get_app())
    server.set_app(gate)
    return gate


@pytest.fixture
def open_page(chromium, live_server, gate):
    """open_page("/klien/", user=officer("pk"), width=390, js=True) → a Playwright page, opened.

    `letters="narrow"` or `"wide"` sets its pages in letters of that width instead of the machine's.
    `page.transfer` counts bytes and foreign requests, `page.console_problems` lists script and CSP errors.
    Without `path` the page is blank and knows the server, so `page.goto("/…")` works.
    """
    contexts = []
    gate.open()

    def open_(path=None, *, user=None, width=1366, js=True, letters=None, **options):
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": SIZES.get(width, 900)},
            has_touch=has_touch(width),
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
    gate.shut()


def visit(page, path, *, user, width):
    """Open `path` in a page that has been used, as somebody who comes for the first time on a device of that width.

    Nothing of the last visit is left: no cookie, store, worker or cached file, and the counts of the page begin anew.
    What stays is a browser that knows the scripts, so this costs less than a page of its own.
    """
    address = urlsplit(page.url)
    server = f"{address.scheme}://{address.netloc}"
    page.evaluate("() => sessionStorage.clear()")
    browser = page.context.new_cdp_session(page)
    browser.send("Storage.clearDataForOrigin", {"origin": server, "storageTypes": "all"})
    browser.send("Network.clearBrowserCache")
    browser.send("Emulation.setTouchEmulationEnabled", {"enabled": has_touch(width)})
    page.context.clear_cookies()
    page.context.add_cookies([session_cookie(user, server)])
    page.set_viewport_size({"width": width, "height": SIZES[width]})
    page.transfer.forget()
    page.console_problems.clear()
    page.goto(path)


def has_touch(width):
    return width < 768


def session_cookie(user, url):
    """The cookie of a person who has logged in, without clicking through the log-in page again."""
    client = Client()
    log_in(client, user)
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": url,
    }


def _note(page, message):
    """Errors of the console, but not the browser's remark about an answer that a test asked for (422, 404)."""
    if message.type == "error" and "Failed to load resource" not in message.text:
        page.console_problems.append(message.text)
