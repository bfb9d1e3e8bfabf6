"""Entry point for gunicorn, which loads this module before it forks (`--preload`)."""

import gc
import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pemasyarakatan.settings")


def load_everything() -> None:
    """Import all views and compile all templates: no first request waits for them, and the workers share the memory.

    What is loaded is taken out of garbage collection, because a collection writes into every object it looks at and so
    gives each worker a copy of its own.
    """
    _ = get_resolver().url_patterns
    folder = Path(settings.BASE_DIR) / "templates"
    for path in folder.rglob("*.html"):
        get_template(path.relative_to(folder).as_posix())
    gc.freeze()


application = get_wsgi_application()
load_everything()
