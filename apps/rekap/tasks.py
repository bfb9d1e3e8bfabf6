"""Celery tasks; every task is safe to run twice."""

import logging

from celery import shared_task

from apps.rekap import keeping
from apps.wilayah.models import Bapas
from apps.wilayah.scope import database_scope, nation_scope, office_scope

logger = logging.getLogger(__name__)


@shared_task
def merge() -> None:
    """Bring the sums of all offices up to date. Numbers are exact without it; it keeps reading them cheap."""
    everything = nation_scope()
    with database_scope(everything):
        keeping.merge(everything.bapas)


@shared_task
def check() -> None:
    """Compare all sums with a recount, office by office, and log what differs. Nobody repairs in silence."""
    for office in Bapas.objects.order_by("pk"):
        with database_scope(office_scope(office.pk)):
            for drift in keeping.check(office.pk):
                logger.error("rekap %s berbeda pada %s baris di %s", drift.measure, drift.rows, office.kode)
