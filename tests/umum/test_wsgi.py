"""What stands ready when gunicorn forks its workers."""

import subprocess
import sys

from django.conf import settings

LOADED = """
import sys
from pemasyarakatan import wsgi
from django.template import engines
rooms = [name for name in ("klien", "kegiatan", "laporan") if f"apps.{name}.urls" in sys.modules]
[partials] = engines["django"].engine.template_loaders
print(len(rooms), len(partials.loaders[0].get_template_cache) > 200)
"""


def test_views_and_templates_are_loaded_before_the_fork():
    done = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.split() == ["3", "True"], done.stderr[-2000:]
