"""How gunicorn serves the portal: read by the image, the demo and the tests. A reverse proxy stands in front of it.

gunicorn waits for slow heads and bodies inside a thread, for ever: `docker/Caddyfile` hands it whole requests only.
"""

from contextlib import suppress

REST_WITHIN = 5
"""Seconds without a byte after which the rest of a body is not waited for."""

wsgi_app = "pemasyarakatan.wsgi:application"
worker_class = "gthread"
workers = 3
threads = 4
preload_app = True
graceful_timeout = 30
"""Seconds in which a stopping worker finishes its requests; the container is given longer (`stop_grace_period`)."""
keepalive = 5
"""Seconds for browsers that ask without a proxy; Caddy opens a connection for each request."""
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm"  # noqa: S108 a heartbeat file that must not wait for a disk
control_socket_disable = True
umask = 0o027
"""What the portal writes, other accounts of the machine do not read. The worker does the same (`celery.py`)."""


def post_request(worker, req, environ, resp):
    """Read what the portal left of a body: a connection that is closed on unread bytes takes the answer along."""
    if resp is None:
        return
    resp.sock.settimeout(REST_WITHIN)
    with suppress(OSError):
        while req.body.read(65_536):
            pass
