"""Settings of the tests: the same portal; only speed, and a middleware that lets a request run as the web role."""

import os
from base64 import urlsafe_b64encode
from hashlib import sha256

os.environ.setdefault("FIELD_KEYS", urlsafe_b64encode(sha256(b"only for tests").digest()).decode())
os.environ.setdefault("SECRET_KEY", os.environ["FIELD_KEYS"] * 2)
os.environ.setdefault("BLIND_INDEX_KEY", os.environ["FIELD_KEYS"])
os.environ["DEBUG"] = "false"
os.environ["HTTPS"] = "false"
os.environ["DEMO"] = "false"
os.environ["EMAIL_URL"] = "memory://"

from pemasyarakatan.settings import *  # noqa: F403
from pemasyarakatan.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE, STORAGES

ALLOWED_HOSTS = ["*"]
# A thread of the live server lasts as long as a browser's connection; it must not keep one to PostgreSQL that long.
DATABASES = {alias: {**one, "CONN_MAX_AGE": 0} for alias, one in DATABASES.items()}
# A database that is migrated already: each process of the tests begins with a copy, and not with all migrations.
DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ.get("TEST_TEMPLATE")}
INSTALLED_APPS = ["tests", *INSTALLED_APPS]  # its commands come before Django's
MIDDLEWARE = ["tests.roles.AsWebRole", *MIDDLEWARE]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MFA_REQUIRED_ROLES = frozenset()
LOGGING = {"version": 1, "disable_existing_loggers": False}
WHITENOISE_AUTOREFRESH = True  # looks for a file when asked, instead of reading the folder for every client
