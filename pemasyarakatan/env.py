"""Every environment variable of the portal, typed, in one place. All mistakes are reported together.

Nothing starts without good keys. Whoever needs settings but no data makes keys for the moment, as the Dockerfile does.
"""

import base64
import binascii
from urllib.parse import unquote

from environs import Env, EnvError

SIGNING_LENGTH, INDEX_LENGTH, LETTERS = 50, 32, 12
"""The least length of Django's key and of the key of the index, and how many different letters a key has at least."""
KEY_BYTES = 32
NEW_SIGNING_KEY = 'python -c "import secrets; print(secrets.token_urlsafe(64))"'
NEW_KEY = 'python -c "import base64, secrets; print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())"'

env = Env(eager=False)


@env.parser_for("signing_key")
def _signing_key(value: str) -> str:
    if len(value) < SIGNING_LENGTH or len(set(value)) < LETTERS or value.startswith("django-insecure-"):
        raise EnvError(f"Missing, shorter than {SIGNING_LENGTH} letters or easy to guess. Make one: {NEW_SIGNING_KEY}")
    return value


@env.parser_for("index_key")
def _index_key(value: str) -> str:
    if len(value) < INDEX_LENGTH or len(set(value)) < LETTERS:
        raise EnvError(f"Missing, shorter than {INDEX_LENGTH} letters or easy to guess. Make one: {NEW_KEY}")
    return value


@env.parser_for("key_ring")
def _key_ring(value: str) -> list[str]:
    keys = value.split(",")
    if not all(map(_is_key, keys)):
        raise EnvError(f"Missing, or not url-safe base64 of {KEY_BYTES} random bytes. Make a key: {NEW_KEY}")
    return keys


def _is_key(value: str) -> bool:
    try:
        known = base64.b64decode(value.encode(), altchars=b"-_", validate=True)
    except binascii.Error:
        return False
    return len(known) == KEY_BYTES and len(set(known)) >= LETTERS


DEBUG: bool = env.bool("DEBUG", default=False)
DEMO: bool = env.bool("DEMO", default=False)
DEMO_PASSWORD: str = env.str("DEMO_PASSWORD", default="demo-portal-2026")
HTTPS: bool = env.bool("HTTPS", default=not DEBUG)
SECRET_KEY: str = env.signing_key("SECRET_KEY", default="")
FIELD_KEYS: list[str] = env.key_ring("FIELD_KEYS", default="")
BLIND_INDEX_KEY: str = env.index_key("BLIND_INDEX_KEY", default="")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PORTAL_URL: str = env.str("PORTAL_URL", default="http://127.0.0.1:8000")
DATABASE: dict = env.dj_db_url("DATABASE_URL")
DISABLE_SERVER_SIDE_CURSORS: bool = env.bool("DISABLE_SERVER_SIDE_CURSORS", default=False)
DATABASE_WEB_ROLE: str = env.str("DATABASE_WEB_ROLE", default="portal_web")
TEST_DATABASE_NAME: str = env.str("TEST_DATABASE_NAME", default="test_portal")
REDIS_URL: str = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
MEDIA_ROOT: str = env.str("MEDIA_ROOT", default="var/media")
CLAMD_URL: str = env.str("CLAMD_URL", default="")
EMAIL: dict = env.dj_email_url("EMAIL_URL", default="console://")
EMAIL_FROM: str = env.str("EMAIL_FROM", default="portal@localhost")
MFA_REQUIRED_ROLES: list[str] = env.list("MFA_REQUIRED_ROLES", default=["kanwil", "ditjenpas", "admin", "auditor"])
SESSION_IDLE_MINUTES: int = env.int("SESSION_IDLE_MINUTES", default=30)
TRUSTED_PROXIES: int = env.int("TRUSTED_PROXIES", default=0)
DIRECT_ROWS: int = env.int("DIRECT_ROWS", default=5000)
LOG_LEVEL: int = env.log_level("LOG_LEVEL", default=20)

env.seal()
if "EMAIL_BACKEND" not in EMAIL:
    raise EnvError("EMAIL_URL: not a scheme that sends mail (see .env.example)")
if EMAIL["EMAIL_FILE_PATH"]:  # file:///folder: the parser drops the leading slash of the folder
    EMAIL["EMAIL_FILE_PATH"] = unquote(f"/{EMAIL['EMAIL_FILE_PATH'].lstrip('/')}")
