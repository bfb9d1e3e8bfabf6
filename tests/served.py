"""Settings of a portal that a test serves: its own, but static files need no `collectstatic`."""

from pemasyarakatan.settings import *  # noqa: F403
from pemasyarakatan.settings import STORAGES

STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
