"""Settings of the portal. Values that differ between machines come from `pemasyarakatan.env` only."""

import logging
from pathlib import Path

import structlog
from csp.constants import NONCE, NONE, SELF
from whitenoise.compress import Compressor

from pemasyarakatan import env
from pemasyarakatan.logs import drop_personal_data, tell_errors

BASE_DIR = Path(__file__).resolve().parent.parent

# --- apps and middleware -----------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "pemasyarakatan.reference_lists.ReferenceLists",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "template_partials",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_celery_beat",
    "csp",
    "django_linear_migrations",
    "pemasyarakatan",
    "apps.wilayah",
    "apps.acuan",
    "apps.rekap",
    "apps.rilis",
    "apps.akun",
    "apps.jejak",
    "apps.pokmas",
    "apps.klien",
    "apps.unduhan",
    "apps.asesmen",
    "apps.berkas",
    "apps.impor",
    "apps.kerja_sosial",
    "apps.litmas",
    "apps.perjalanan",
    "apps.wajib_lapor",
    "apps.program",
    "apps.kegiatan",
    "apps.harian",
    "apps.laporan",
    "apps.dasbor",
    *(["contoh"] if (BASE_DIR / "contoh").is_dir() else []),  # sample data: beside the product, not in its image
]

MIDDLEWARE = [
    "apps.dasar.again.AgainMiddleware",  # outermost: the others see a repeated request as a new one
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "apps.akun.middleware.IdleMiddleware",
    "apps.akun.middleware.PrivateMiddleware",
    "pemasyarakatan.logs.LogMiddleware",
    "apps.wilayah.middleware.ScopeMiddleware",
    "pemasyarakatan.refusals.WordsMiddleware",
    "axes.middleware.AxesMiddleware",
    "apps.unduhan.middleware.LongListMiddleware",
]

ROOT_URLCONF = "pemasyarakatan.urls"
HEALTH_PATH = "/sehat/"
WSGI_APPLICATION = "pemasyarakatan.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "pemasyarakatan.context.portal",
            ],
            "libraries": {
                "bagan": "apps.dasar.templatetags.bagan",
                "portal": "apps.dasar.templatetags.portal",
            },
        },
    }
]
FORM_RENDERER = "apps.dasar.form_html.Renderer"

# --- machine ----------------------------------------------------------------------------------
SECRET_KEY, DEBUG, DEMO = env.SECRET_KEY, env.DEBUG, env.DEMO
FIELD_KEYS, BLIND_INDEX_KEY = env.FIELD_KEYS, env.BLIND_INDEX_KEY
ALLOWED_HOSTS, CSRF_TRUSTED_ORIGINS = env.ALLOWED_HOSTS, env.CSRF_TRUSTED_ORIGINS
PORTAL_URL = env.PORTAL_URL.rstrip("/")
DATABASE_PATIENCE = {  # of libpq; the address may say otherwise
    "connect_timeout": 3,  # seconds
    "keepalives_idle": 30, "keepalives_interval": 5, "keepalives_count": 3,  # seconds, and how many without an answer
    "tcp_user_timeout": 15_000,  # milliseconds that sent bytes may stay unacknowledged
}  # fmt: skip
REQUEST_PATIENCE = {  # of PostgreSQL with one request of the web; a worker may take longer
    "statement_timeout": "30s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
}
DATABASES = {
    "default": {
        **env.DATABASE,
        "OPTIONS": DATABASE_PATIENCE | env.DATABASE.get("OPTIONS", {}),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": env.DISABLE_SERVER_SIDE_CURSORS,
        "TEST": {"NAME": env.TEST_DATABASE_NAME},
    }
}
DATABASES["batas"] = DATABASES["default"] | {"TEST": {"MIRROR": "default"}}  # for `apps.akun.limits`
DATABASE_WEB_ROLE = env.DATABASE_WEB_ROLE
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "apps.akun.limits.Cache", "KEY_PREFIX": "pustaka"},
    "potongan": {  # parts of dashboards, in the memory of each process (`apps/dasbor/remembered.py`)
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "potongan",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 100},
    },
}
MEDIA_ROOT = Path(env.MEDIA_ROOT) if Path(env.MEDIA_ROOT).is_absolute() else BASE_DIR / env.MEDIA_ROOT
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o640, 0o750
FILE_UPLOAD_MAX_MEMORY_SIZE = 21 * 1024 * 1024  # what is taken is read whole anyway; a full /tmp stops no upload
CLAMD_URL = env.CLAMD_URL
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "apps.dasar.media.MediaFiles"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "pemasyarakatan.storage.StaticFiles"
    },
}
WHITENOISE_ROOT = BASE_DIR / "pemasyarakatan" / "akar"  # favicon.ico and robots.txt: asked for without a hash or a link
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # nothing requests the unhashed names
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
vars().update(env.EMAIL)  # EMAIL_HOST, …
MAIL_CARRIER, EMAIL_BACKEND = env.EMAIL["EMAIL_BACKEND"], "pemasyarakatan.mail.Backend"
EMAIL_TIMEOUT = 10  # seconds for each answer of the mail server
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.EMAIL_FROM

# --- people -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "akun.Pengguna"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "apps.akun.backends.PenugasanBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "nama", "nip")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL, LOGIN_REDIRECT_URL = "account_login", "/"
ACCOUNT_ADAPTER = "apps.akun.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "apps.akun.allauth_forms.MasukForm",
    "reset_password": "apps.akun.allauth_forms.LupaSandiForm",
    "reset_password_from_key": "apps.akun.allauth_forms.SandiBaruForm",
    "change_password": "apps.akun.allauth_forms.GantiSandiForm",
    "set_password": "apps.akun.allauth_forms.BuatSandiForm",
    "reauthenticate": "apps.akun.allauth_forms.KonfirmasiSandiForm",
}
ACCOUNT_RATE_LIMITS = {  # a whole office shares one IP address; axes locks one account at one address earlier
    "login": "60/m/ip",
    "login_failed": "60/15m/ip,40/15m/key",
    "second_factor": "5/15m/key",  # wrong codes of one account (`apps/akun/allauth_forms.py`)
    "reset_password": "20/m/ip,5/15m/key",
    "change_password": "5/m/user",
}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # invitations use the same links
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are created by an invitation to that address
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/masuk/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
MFA_ADAPTER = "apps.akun.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "apps.akun.allauth_forms.KodeForm",
    "reauthenticate": "apps.akun.allauth_forms.KonfirmasiKodeForm",
    "activate_totp": "apps.akun.allauth_forms.AktifkanAplikasiForm",
    "add_webauthn": "apps.akun.allauth_forms.TambahKunciForm",
    "edit_webauthn": "apps.akun.allauth_forms.UbahKunciForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up; the invitation went to that address
MFA_TOTP_TOLERANCE = 1  # clocks of telephones are off by a few seconds
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TOTP_ISSUER = "Portal Pemasyarakatan"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO
MFA_REQUIRED_ROLES = frozenset(env.MFA_REQUIRED_ROLES)
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "email"  # the name that allauth gives to the credential, also at reauthentication
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "apps.akun.adapter.address_of"
AXES_DISABLE_ACCESS_LOG = True  # only failed log-ins store the address, for `tasks.ATTEMPTS_KEPT`
ALLAUTH_TRUSTED_PROXY_COUNT = env.TRUSTED_PROXIES
SESSION_ENGINE = "apps.akun.sessions"
SESSION_IDLE_SECONDS = env.SESSION_IDLE_MINUTES * 60
SESSION_COOKIE_AGE = SESSION_IDLE_SECONDS + 60  # `IdleMiddleware` writes at most once a minute
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# --- language and time ------------------------------------------------------------------------
LANGUAGE_CODE, USE_I18N = "id", True
LANGUAGES = [("id", "Bahasa Indonesia")]
USE_TZ, TIME_ZONE = True, "Asia/Jakarta"
FORMAT_MODULE_PATH = ["pemasyarakatan.formats"]

# --- safety -----------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "camera": [], "geolocation": [], "microphone": [], "payment": [], "usb": [],
}  # fmt: skip
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_SAMESITE = SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = env.HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if env.HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.HTTPS
SECURE_REDIRECT_EXEMPT = [r"^sehat/$"]
if env.TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DIRECT_ROWS = env.DIRECT_ROWS
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- API --------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["apps.akun.authentication.TokenAuthentication"],
    "UNAUTHENTICATED_USER": "apps.akun.authentication.Nobody",
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["apps.akun.api_input.Json"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "apps.akun.api_input.Keyset",
    "PAGE_SIZE": 50,
    "DEFAULT_THROTTLE_CLASSES": ["apps.akun.throttles.PersonThrottle", "apps.akun.throttles.StrangerThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": "600/min", "anon": "30/min"},
    "NUM_PROXIES": env.TRUSTED_PROXIES,
    "DEFAULT_SCHEMA_CLASS": "apps.akun.api_schema.Described",
    "EXCEPTION_HANDLER": "apps.akun.api.exception_handler",
}  # fmt: skip
SPECTACULAR_SETTINGS = {
    "TITLE": "API Portal Pemasyarakatan",
    "DESCRIPTION": "Klien, bimbingan, dan kegiatan dalam jangkauan pemegang token.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "StatusKlien": "apps.klien.models.Klien.Status",
        "StatusKegiatan": "apps.kegiatan.models.Kegiatan.Status",
    },
}

# --- work in the background -------------------------------------------------------------------
REDIS_URL = env.REDIS_URL
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)  # Celery's scheme for a unix socket
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 2 * 3600,  # longer than any task
    # A request that sends a job waits at most twice this for a frozen broker; the jobs that wait are sent by beat.
    "socket_timeout": 2,
    "socket_connect_timeout": 2,
    "max_retries": 1,
    "interval_start": 0,
}
JOB_SIGN_EVERY, JOB_STALLED, JOB_LOOK_EVERY = 10, 45, 30
"""Seconds: a worker shows that it is alive; without a sign its job counts as stalled; beat looks for such jobs. The
last two together are the time until the job of a killed worker is sent again."""
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True  # the row of a job holds its state, not a result backend
CELERY_TASK_TIME_LIMIT = 3600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # KiB
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
DAY, HOUR = 24 * 3600, 3600
BEAT: dict[str, tuple[str, int]] = {  # what, every so many seconds; who was away does not make up for it
    "gabungkan rekap": ("rekap.tasks.merge", 20),
    "periksa rekap": ("rekap.tasks.check", DAY),
    "rilis angka yang sudah ditutup": ("rilis.tasks.release_due", 600),
    "segel hari jejak yang ditutup": ("jejak.tasks.seal", HOUR),
    "pungut laporan yang terhenti": ("laporan.tasks.reap_stalled", JOB_LOOK_EVERY),
    "kirim surel yang menunggu": ("akun.tasks.send_waiting_mails", JOB_LOOK_EVERY),
    "hapus sesi dan hitungan yang lewat": ("akun.tasks.remove_outdated", DAY),
    "hapus draf registrasi yang lama": ("klien.tasks.remove_outdated_drafts", DAY),
    "pindai unggahan yang menunggu": ("klien.tasks.scan_uploads", JOB_LOOK_EVERY),
    "hapus berkas yang terpotong": ("klien.tasks.remove_forgotten_files", HOUR),
    "urus impor yang terhenti atau lama": ("impor.tasks.look_after", JOB_LOOK_EVERY),
    "urus unduhan yang terhenti atau lama": ("unduhan.tasks.look_after", JOB_LOOK_EVERY),
}
CELERY_BEAT_SCHEDULE = {
    name: {"task": f"apps.{task}", "schedule": seconds, "options": {"expires": seconds}}
    for name, (task, seconds) in BEAT.items()
}

# --- logs: JSON lines, without personal data --------------------------------------------------
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG  # one line per request, when it is answered
LOG_LINE: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.TimeStamper(fmt="iso"),
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    tell_errors,  # before the next one, which reads text
    drop_personal_data,
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(),
            "foreign_pre_chain": LOG_LINE,
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.LOG_LEVEL},
    "loggers": {
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "axes": {"level": "ERROR"},
    },
}
structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,  # first: what nobody reads is not put together
        *LOG_LINE,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
