"""A browser without a screen: cookies, forms with their token, status and text of an answer."""

import re
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode

from tests import factories as make

PATIENCE = 20
"""Seconds after which an answer counts as none; a part that hangs would hold a page for ever."""
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class Browser:
    def __init__(self, address: str) -> None:
        self.address, self.headers = address, {}
        self._ask = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())).open

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        return self._answer(urllib.request.Request(self.address + path, headers=headers))

    def send(self, path: str, query: str = "", **fields) -> tuple[int, str]:
        """Open the page, fill in its form and send it; redirects are followed."""
        return self.post(path, self.token(path + query), **fields)

    def token(self, path: str) -> str:
        return TOKEN.search(self.get(path)[1])[1]

    def post(self, path: str, token: str, **fields) -> tuple[int, str]:
        body = urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        return self._answer(urllib.request.Request(self.address + path, data=body))

    def _answer(self, request) -> tuple[int, str]:
        """Status and text; `headers` are those of the last answer."""
        try:
            answer = self._ask(request, timeout=PATIENCE)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            self.headers = answer.headers
            return answer.status, answer.read().decode()


def log_in(address: str, person) -> Browser:
    browser = Browser(address)
    status, text = browser.send("/masuk/", login=person.email, password=make.PASSWORD)
    assert (status, "<h1" in text, person.nama in text) == (200, True, True)
    return browser
