"""The Django admin as the pages of the reference lists."""

from django.contrib.admin.apps import SimpleAdminConfig

from apps.dasar.rooms import modules


class ReferenceLists(SimpleAdminConfig):
    """Serves what stands in `admin.py` of the rooms, and nothing from the packages that the portal uses."""

    default_site = "apps.akun.reference_site.ReferenceSite"

    def ready(self):
        super().ready()
        modules("admin")
