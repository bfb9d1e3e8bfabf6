"""What the pages of a person's own files cost, for one file and for many."""

import pytest
from django.urls import reverse

from apps.akun.models import Pengguna
from tests.access.places import Place
from tests.access.targets.unduhan import a_file
from tests.sessions import log_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["mine", "detail", "download"])
def test_a_page_costs_the_same_for_one_file_and_for_many(client, ours, queries, budget, name):
    place, costs = Place(ours), []
    for more in (1, 9):
        files = [a_file(place) for _ in range(more)]
        log_in(client, Pengguna.objects.get(pk=place.officer("pk").pk))
        address = reverse(f"unduhan:{name}", args=[] if name == "mine" else [files[0].pk])
        costs.append(queries(lambda address=address: client.get(address)))
    assert costs[0] == costs[1] <= budget(f"unduhan:{name}")
