"""The portal without the portal: the same session and user, nothing else around the view."""

import os

from pemasyarakatan.settings import *  # noqa: F403
from pemasyarakatan.settings import DATABASES

ROOT_URLCONF = "bench.bare"
ONLY_MIDDLEWARE = [  # `bench.bare` installs it: some apps refuse to start without theirs
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
# Row policies stay on; the scope comes with the connection, so that it costs no statement.
DATABASES["default"]["OPTIONS"] = {
    **DATABASES["default"].get("OPTIONS", {}),
    "options": f"-c app.scope={os.environ.get('BENCH_SCOPE', '{}')}",
}
