"""`/sehat/` tells a load balancer the truth, also when PostgreSQL is gone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ASK = (
    "import django; django.setup()\n"
    "from django.test import Client\n"
    "answer = Client().get('/sehat/')\n"
    "print(answer.status_code, answer.json()['basis_data'])"
)


@pytest.mark.django_db
def test_healthy_while_the_database_answers(client):
    answer = client.get("/sehat/")
    assert (answer.status_code, answer.json()["basis_data"]) == (200, True)


def test_without_a_database_it_says_503_and_not_an_error_page():
    nobody_listens = {
        "DATABASE_URL": "postgres://nobody:x@127.0.0.1:1/none",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    asked = subprocess.run(
        [sys.executable, "-c", ASK],
        env=os.environ | nobody_listens,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stdout.split() == ["503", "False"]
