"""The Django admin, for reference data only, under the portal's own permission table."""

from django.contrib.admin.sites import AdminSite

from apps.akun.access import requires
from apps.akun.roles import may
from apps.akun.services import note_export

VERB = "acuan.kelola"
ELSEWHERE = {"login", "logout", "password_change", "password_change_done", "view_on_site"}  # the portal has its own


class ReferenceSite(AdminSite):
    """Log-in and log-out are the portal's own; every page asks for the verb `acuan.kelola`.

    It is the default site of the Django admin (`pemasyarakatan/reference_lists.py`), so `@admin.register` needs no
    `site`. Models and their pages stand in `admin.py` of their room (app).
    """

    site_header = site_title = "Daftar acuan"
    index_title = "Data acuan yang dapat diubah"
    site_url = "/"
    enable_nav_sidebar = False
    final_catch_all_view = False

    def __init__(self, name: str = "acuan"):
        super().__init__(name)

    def has_permission(self, request) -> bool:
        return may(request.user, VERB)

    def note_export(self, request, what: str, count: int) -> None:
        """Record who downloaded a list."""
        note_export(f"acuan {what}", count, by=request.user)

    def get_urls(self):
        kept = [url for url in super().get_urls() if getattr(url, "name", "") not in ELSEWHERE]
        for url in _leaves(kept):
            url.callback = requires(VERB)(url.callback)
        return kept


def _leaves(patterns):
    for entry in patterns:
        if hasattr(entry, "url_patterns"):
            yield from _leaves(entry.url_patterns)
        else:
            yield entry
