"""Every environment variable of the portal, typed, in one place. All mistakes are reported together."""

from urllib.parse import unquote

from environs import Env, EnvError

env = Env(eager=False)

DEBUG: bool = env.bool("DEBUG", default=False)
DEMO: bool = env.bool("DEMO", default=False)
DEMO_PASSWORD: str = env.str("DEMO_PASSWORD", default="demo-portal-2026")
HTTPS: bool = env.bool("HTTPS", default=not DEBUG)
SECRET_KEY: str = env.str("SECRET_KEY")
FIELD_KEYS: list[str] = env.list("FIELD_KEYS", default=[])
BLIND_INDEX_KEY: str = env.str("BLIND_INDEX_KEY", default="")
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
