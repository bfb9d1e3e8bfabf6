"""The worker's entry point: `celery -A pemasyarakatan worker`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pemasyarakatan.settings")

app = Celery("pemasyarakatan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
