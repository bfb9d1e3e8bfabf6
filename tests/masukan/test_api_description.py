"""The JSON API answers what its description says, whatever is sent: schemathesis reads the description and tries it.

Each operation is called through the real WSGI application with a token of somebody who may. Values that only the
database knows (codes, ids) are put in wherever something of their type was made up, so that calls succeed too.
"""

from copy import deepcopy

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from schemathesis.config import SchemathesisConfig

from apps.akun.limits import Cache
from pemasyarakatan.wsgi import application
from tests import factories as make
from tests.masukan.sending import undone

OFF = {"enabled": False}
CONFIG = {
    "seed": 11,
    "suppress-health-check": ["all"],
    "generation": {"max-examples": 25, "deterministic": True, "no-shrink": True, "database": "none"},
    "phases": {"stateful": OFF},
    # Rules that join fields, and rules of the law, are told by sentences and not by the description.
    "checks": {"positive_data_acceptance": OFF, "negative_data_rejection": OFF},
}
schema = schemathesis.openapi.from_dict(
    SchemaGenerator().get_schema(public=True), config=SchemathesisConfig.from_dict(CONFIG)
)
schema.app = application
WHO = {"klien": "pk", "bimbingan": "pk", "kegiatan": "operator"}


@pytest.fixture
def known(world):
    """(the officers of an office, what can be named in a call: field → value)."""
    place = deepcopy(world.crowded[0])
    request_started.disconnect(close_old_connections)  # as Django's own client: the connection belongs to the test
    request_finished.disconnect(close_old_connections)
    yield place.officers, {
        "klien": place.klien.kode, "kabkota": make.KabKotaFactory().kode, "pk_pembimbing": place.officer("pk").pk,
        "jenis_program": make.JenisProgramFactory().kode, "bapas": place.bapas.kode, "mitra": place.mitra.pk,
        "kategori": [make.KategoriFactory().kode], "rencana": None, "klien__kode": place.klien.kode,
        "kode": place.klien.kode,
    }  # fmt: skip
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@schema.parametrize()
@pytest.mark.django_db
def test_every_answer_is_described(case, known):
    officers, values = known
    for part in (case.body, case.query):
        if isinstance(part, dict):
            part |= {name: values[name] for name in part if name in values and type(values[name]) is type(part[name])}
    Cache("", {}).clear()
    with undone():
        room = case.operation.path.split("/")[3]
        case.call_and_validate(headers={"Authorization": f"Token {make.api_token(officers[WHO[room]])}"})


def test_the_description_is_complete(tmp_path):
    call_command("spectacular", file=str(tmp_path / "schema.yml"), fail_on_warn=True, validate=True)
