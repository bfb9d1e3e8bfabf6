"""What every page of the reference lists has in common: values stay, and each list leaves as a file.

Who may open a page, and who is told of a file, is up to the site (`apps/akun/reference_site.py`).
"""

from django.contrib import admin

from apps.dasar.reference_files import list_file


class ReferenceAdmin(admin.ModelAdmin):
    """Rows are added, changed and deactivated; never deleted, because old records point at them."""

    list_per_page = 50
    key = "kode"

    def has_module_permission(self, request):
        return self.admin_site.has_permission(request)

    has_view_permission = has_add_permission = has_change_permission = lambda self, request, obj=None: (
        self.admin_site.has_permission(request)
    )

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        """The list, or with `?format=` the list as a file."""
        if "format" in request.GET:
            return list_file(self, request)
        return super().changelist_view(request, extra_context)

    def get_urls(self):
        """Without the page that deletes, and without the nameless redirect of old addresses."""
        return [url for url in super().get_urls() if url.name and not url.name.endswith("_delete")]

    def get_readonly_fields(self, request, obj=None):
        return (self.key,) if obj and self.key else ()


class InlineAdmin(admin.TabularInline):
    """Rows inside the page of another row, under the same rule: added and changed, never deleted."""

    extra = 0

    def has_view_permission(self, request, obj=None):
        return self.admin_site.has_permission(request)

    has_add_permission = has_change_permission = has_view_permission

    def has_delete_permission(self, request, obj=None):
        return False
