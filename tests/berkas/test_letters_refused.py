"""Without the libraries of the PDF engine a letter is refused in words."""

import sys

from django.urls import reverse

from tests import factories as make
from tests.sessions import log_in


def test_a_missing_engine_is_said_in_words_on_every_page_that_prints(client, officer, ours, monkeypatch):
    class NoLibraries:
        def find_spec(self, name, path=None, target=None):
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    for name in [name for name in sys.modules if name == "apps.dasar.pdf" or name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr("apps.dasar.pdf", raising=False)
    monkeypatch.setattr(sys, "meta_path", [NoLibraries(), *sys.meta_path])
    klien = make.KlienFactory(bapas=ours)
    log_in(client, officer("kabapas"))
    answer = client.get(reverse("berkas:card", args=[klien.pk]))
    assert answer.status_code == 409
    assert "Pustaka PDF belum terpasang" in answer.content.decode()
