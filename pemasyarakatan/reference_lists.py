"""The Django admin, used only for the reference lists."""

from django.contrib.admin.apps import SimpleAdminConfig

from apps.dasar.rooms import modules


class ReferenceLists(SimpleAdminConfig):
    """Registers only the `admin.py` of the rooms (apps), none of the installed packages."""

    default_site = "apps.akun.reference_site.ReferenceSite"

    def ready(self):
        super().ready()
        modules("admin")
