"""What all admin pages of reference lists share: values are never deleted, and each list can be downloaded.

The site (`apps/akun/reference_site.py`) decides who may open a page, and records downloads.
"""

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import BadRequest

from apps.dasar.ids import id_of
from apps.dasar.reference_files import list_file


class _OnlyIds:
    """Django's own widgets ask the database for whatever was sent, and an error page is the answer."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [one for one in value if id_of(str(one)) is not None], attr)


class OneOf(_OnlyIds, AutocompleteSelect):
    """One row, found by typing."""


class SomeOf(_OnlyIds, AutocompleteSelectMultiple):
    """Several rows, found by typing."""


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
        """The list, or with `?format=` the list as a file. A filter for NUL, which no text holds, cannot be read."""
        if any("\0" in value for _, values in request.GET.lists() for value in values):
            raise BadRequest
        if "format" in request.GET:
            return list_file(self, request)
        return super().changelist_view(request, extra_context)

    def get_urls(self):
        """Django's URLs without the delete page and without the unnamed redirect of old addresses."""
        return [url for url in super().get_urls() if url.name and not url.name.endswith("_delete")]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = OneOf(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = SomeOf(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_search_results(self, request, queryset, search_term):
        if "\0" in search_term:  # no text in PostgreSQL holds it
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)

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
