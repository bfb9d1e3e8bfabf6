"""Two offices of two regions with an officer and two clients each, for a portal that runs in processes of its own."""

import json

from apps.acuan.models import JenisDokumen
from apps.wilayah.models import Bapas
from apps.wilayah.scope import database_scope, office_scope
from tests import factories as make


def fill(*niks: str) -> str:
    """Fill the database of the settings, as its owner. JSON: the offices, and the number of a kind of paper."""
    regions = Bapas.objects.order_by("kanwil", "pk")
    offices = [_office(bapas, nik) for bapas, nik in zip((regions.first(), regions.last()), niks, strict=True)]
    return json.dumps([offices, JenisDokumen.objects.filter(aktif=True).first().pk])


def _office(bapas: Bapas, nik: str) -> dict:
    with database_scope(office_scope(bapas.pk)):
        person = make.officer("pk", bapas=bapas)
        person.set_password(make.PASSWORD)
        person.save()
        facts = {"bapas": bapas, "pk_pembimbing": person}
        klien = make.KlienFactory(**facts, nik=nik, kode=f"KL-2026-{bapas.pk:05}")
        make.KlienFactory(**facts, kode=f"KL-2027-{bapas.pk:05}")
    return {"bapas": bapas.pk, "surel": person.email, "klien": klien.pk, "kode": klien.kode}
