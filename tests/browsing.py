"""A browser without a screen: cookies, forms with their token and files, status and text of an answer."""

import urllib.error
import urllib.request
from collections.abc import Mapping
from http.cookiejar import CookieJar

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests import factories as make

PATIENCE = 60
"""Seconds after which an answer counts as none; a part that hangs would hold a page for ever."""


class Browser:
    def __init__(self, address: str) -> None:
        self.address, self.headers, self._jar = address, {}, CookieJar()
        self._ask = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar)).open

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        return self._answer(urllib.request.Request(self.address + path, headers=headers))

    def send(self, path: str, query: str = "", headers: Mapping[str, str] | None = None, **fields) -> tuple[int, str]:
        """Open the page, fill in its form and send it with its files; redirects are followed."""
        return self.post(path, self.token(path + query), headers, **fields)

    def token(self, path: str) -> str:
        """What a form of this page carries to be believed."""
        self.get(path)
        (token,) = [cookie.value for cookie in self._jar if cookie.name == "csrftoken"]
        return token or ""

    def post(self, path: str, token: str, headers: Mapping[str, str] | None = None, **fields) -> tuple[int, str]:
        body = encode_multipart(BOUNDARY, {"csrfmiddlewaretoken": token, **fields})
        headers = {"Content-Type": MULTIPART_CONTENT, "X-CSRFToken": token, **(headers or {})}
        return self._answer(urllib.request.Request(self.address + path, data=body, headers=headers))

    def _answer(self, request) -> tuple[int, str]:
        """Status and text; `headers` are those of the last answer."""
        try:
            answer = self._ask(request, timeout=PATIENCE)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            self.headers = answer.headers
            return answer.status, answer.read().decode()


def known_to_the_portal(*people) -> None:
    """Give them their password as the portal's own settings keep it; the tests' settings have a quicker way."""
    for person in people:
        person.password = PBKDF2PasswordHasher().encode(make.PASSWORD, "garam")
        person.save()


def log_in(address: str, person) -> Browser:
    browser = Browser(address)
    status, text = browser.send("/masuk/", login=person.email, password=make.PASSWORD)
    assert (status, "<h1" in text, person.nama in text) == (200, True, True)
    return browser
