"""Settings of the bare view: the same session and user as the portal, nothing else around the view."""

import os

from pemasyarakatan.settings import *  # noqa: F403
from pemasyarakatan.settings import DATABASES

ROOT_URLCONF = "bench.bare"
ONLY_MIDDLEWARE = [  # `bench.bare` sets it after setup, because some apps refuse to start without their middleware
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
# Row policies stay on; the connection sets the scope, so that it costs no statement.
DATABASES["default"]["OPTIONS"] = {
    **DATABASES["default"].get("OPTIONS", {}),
    "options": f"-c app.scope={os.environ.get('BENCH_SCOPE', '{}')}",
}
