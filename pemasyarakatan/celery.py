"""The worker's entry point: `celery -A pemasyarakatan worker`."""

import logging.config
import os

from celery import Celery
from celery.signals import setup_logging, worker_init
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pemasyarakatan.settings")

app = Celery("pemasyarakatan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def keep_files_private(**_: object) -> None:
    """What a worker writes, other accounts of the machine do not read."""
    os.umask(0o027)


@setup_logging.connect
def log_as_the_web_does(**_: object) -> None:
    """Worker and beat write the portal's lines, without personal data; Celery would put its own in their place."""
    logging.config.dictConfig(settings.LOGGING)
