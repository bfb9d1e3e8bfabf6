"""A list that is longer than a browser waits for, and the way of its file."""

import pytest
from django.urls import reverse

from apps.jejak.models import Akses
from apps.unduhan.models import Unduhan
from tests.sessions import log_in

TRAIL = "/kelola/audit/unduh/"
LIMIT = 5


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    """Where files are kept; five rows are a long list."""
    settings.MEDIA_ROOT, settings.DIRECT_ROWS = tmp_path, LIMIT
    return tmp_path


@pytest.fixture
def auditor(officer):
    return officer("auditor")


def lines(office, person, count: int) -> None:
    """So many lines in the trail of an office."""
    Akses.objects.bulk_create(
        Akses(bapas=office, pengguna=person, penugasan=person.penugasan, verba="lihat", objek="klien", objek_id=number,
              rincian=f"=baris {number}")
        for number in range(count)
    )  # fmt: skip


class Way:
    """The pages of a file, one step each."""

    def __init__(self, client, user):
        self.client, self.user = client, user
        log_in(client, user)

    def url(self, name, *args):
        return reverse(f"unduhan:{name}", args=args)

    def offered(self, address=TRAIL, **query):
        """The page that offers the file."""
        page = self.client.get(address, {"format": "csv", **query})
        assert page.status_code == 200
        assert page["Content-Type"].startswith("text/html"), "the list left at once"
        return page

    def accept(self, page):
        return self.client.post(self.url("create"), {"tawaran": page.context["tawaran"]})

    def asked(self, address=TRAIL, **query) -> Unduhan:
        answer = self.accept(self.offered(address, **query))
        assert answer.status_code == 302, answer.text
        return Unduhan.objects.latest("pk")

    def download(self, job):
        return self.client.get(self.url("download", job.pk))

    def text(self, job) -> str:
        answer = self.download(job)
        assert answer.status_code == 200
        return b"".join(answer.streaming_content).decode("utf-8-sig")

    def page(self, job):
        return self.client.get(self.url("detail", job.pk))


@pytest.fixture
def way(client):
    """way(user) → the pages as that user sees them."""
    return lambda user: Way(client, user)
