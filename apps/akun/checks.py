"""System check: the portal does not start while a URL declares no access."""

from django.core.checks import Error
from django.urls import URLPattern, URLResolver, get_resolver


def url_patterns(patterns=None, namespace: str = "", route: str = ""):
    """(name with namespace, route, pattern) of every URL that the portal serves."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from url_patterns(entry.url_patterns, inner, here)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", here, entry


def every_url_declares_access(app_configs, **kwargs):
    return [
        Error(f"/{route} ({name}) belum menyatakan hak akses.", id="akun.E001",
              hint="Beri @requires(\"app.verb\") atau @public(\"alasan\").")
        for name, route, pattern in url_patterns()
        if not hasattr(pattern.callback, "requires")
    ]  # fmt: skip
