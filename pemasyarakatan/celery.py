"""The worker's entry point: `celery -A pemasyarakatan worker`."""

import os

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pemasyarakatan.settings")

app = Celery("pemasyarakatan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def keep_files_private(**_: object) -> None:
    """What a worker writes, other accounts of the machine do not read."""
    os.umask(0o027)
