"""The Django project: settings, URL root, frame and menu."""

from pemasyarakatan.celery import app as celery_app

VERSION = "0.3.0"

__all__ = ["VERSION", "celery_app"]
