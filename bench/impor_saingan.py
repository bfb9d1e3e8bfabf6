"""The same file through django-import-export, with the fastest setup in its manual.

The rival reads the file with tablib, checks every row with `full_clean`, stores in batches and finds clients in a
cache. It does not refuse hostile files, recognise existing rows or update reporting schedules.
"""

import tablib
from django.utils import timezone
from import_export import fields, resources
from import_export.widgets import BooleanWidget, CachedForeignKeyWidget, DateWidget

from apps.klien.models import CatatanBimbingan, Klien
from apps.wilayah.scope import database_scope
from bench.import_rows import ROWS, Office, as_csv, delete_office, fingerprint, guidance, prepare, through_the_portal
from bench.measure import Verdict, interleaved, seconds

ROUNDS = 1
"""One round, because the rival needs minutes for the 100,000 rows, and noise is small beside the difference."""
PASS, AIM = 20, 50
WAYS = {label: value for value, label in CatatanBimbingan.Cara.choices}


class GuidanceResource(resources.ModelResource):
    """Past guidance as a user of the library would write it."""

    klien = fields.Field("klien", "Kode klien", widget=CachedForeignKeyWidget(Klien, "kode"))
    tanggal = fields.Field("tanggal", "Tanggal", widget=DateWidget("%d-%m-%Y"))
    hadir = fields.Field("hadir", "Hadir", widget=BooleanWidget())
    catatan = fields.Field("catatan", "Hasil")
    cara = fields.Field("cara", "Cara")

    class Meta:
        model = CatatanBimbingan
        fields = ("klien", "tanggal", "hadir", "catatan", "cara")
        import_id_fields = ()
        use_bulk, batch_size, skip_diff, force_init_instance = True, 1_000, True, True
        clean_model_instances = True

    def before_import_row(self, row, **kwargs):
        row["Cara"] = WAYS[row["Cara"]]
        row["Hadir"] = row["Hadir"] == "Ya"

    def before_save_instance(self, instance, row, **kwargs):
        instance.bapas_id = instance.klien.bapas_id

    def after_init_instance(self, instance, new, row, **kwargs):
        instance.pk_pencatat_id = kwargs["officer"]
        instance.diterima_pada = timezone.now()

    def after_import(self, dataset, result, **kwargs):
        """Left out: the library would set the sequence of the table, which the web role may not and need not do."""


def run() -> Verdict:
    office = prepare()
    body = as_csv(guidance(office, mistakes=0))
    with database_scope(office.scope):
        officer = Klien.objects.visible_to(office.operator).get(kode=office.clients[0]).pk_pembimbing_id

    def ours() -> float:
        return _timed(office, lambda: through_the_portal(office, body, "bimbingan.csv"))

    def rival() -> float:
        return _timed(office, lambda: _rival(office, body, officer))

    ratio, pairs = interleaved(rival, ours, ROUNDS)
    times = ", ".join(f"{theirs:.1f}/{mine:.2f}" for theirs, mine in pairs)
    detail = f"seconds django-import-export/portal: {times}; {ROWS:,} rows."
    return Verdict("import against django-import-export", ratio, PASS, AIM, detail)


def _rival(office: Office, body: bytes, officer: int) -> None:
    with database_scope(office.scope):
        data = tablib.Dataset().load(body.decode(), format="csv", delimiter=";")
        GuidanceResource().import_data(data, raise_errors=True, officer=officer, bapas=office.pk)


def _timed(office: Office, work) -> float:
    taken = seconds(work)
    stored, _ = fingerprint(office)
    if stored != ROWS:
        raise AssertionError(f"{stored} rows stored instead of {ROWS}")
    delete_office(office)
    return taken
