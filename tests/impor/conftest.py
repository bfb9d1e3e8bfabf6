"""An operator with an office, and the whole way of a file through the portal."""

import pytest
from django.urls import reverse

from apps.impor import working
from apps.impor.models import Impor
from tests import factories as make
from tests.roles import as_web_role
from tests.sessions import log_in


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def operator(officer):
    return officer("operator")


@pytest.fixture
def pk(officer):
    return officer("pk", nama="Siti Pembimbing, S.H.", nip="198001012005012001")


@pytest.fixture
def office(ours, pk):
    """What the rows of a file point at."""
    make.KabKotaFactory()
    make.JenisProgramFactory()
    return ours


@pytest.fixture
def way(client, operator, office, django_capture_on_commit_callbacks):
    """The pages of an import, one step each."""
    log_in(client, operator)
    return Way(client)


class Way:
    def __init__(self, client):
        self.client = client

    def url(self, name, *args):
        return reverse(f"impor:{name}", args=args)

    def upload(self, file, jenis="klien"):
        return self.client.post(self.url("create"), {"jenis": jenis, "berkas": file})

    def uploaded(self, file, jenis="klien") -> Impor:
        response = self.upload(file, jenis)
        assert response.status_code == 302, response.text
        return Impor.objects.latest("pk")

    def checked(self, file, jenis="klien", **changes) -> Impor:
        """Uploaded, columns as guessed (or changed: column number → name), checked by the worker."""
        impor = self.uploaded(file, jenis)
        names = {f"kolom_{number}": name for number, name in enumerate(impor.peta)}
        response = self.client.post(self.url("columns", impor.pk), names | changes)
        assert response.status_code == 302, response.text
        return self.work(impor)

    def work(self, impor) -> Impor:
        with as_web_role():  # the worker's role: every query is subject to row-level security
            working.work(impor.bapas_id, impor.pk)
        return Impor.objects.get(pk=impor.pk)

    def confirmed(self, impor, cara="benar") -> Impor:
        response = self.client.post(self.url("confirm", impor.pk), {"cara": cara})
        assert response.status_code == 302, response.text
        return self.work(impor)

    def imported(self, file, jenis="klien", cara="benar") -> Impor:
        return self.confirmed(self.checked(file, jenis), cara)

    def page(self, impor, **query):
        return self.client.get(self.url("detail", impor.pk), query).text
