"""A list of reference values as a file: the columns, search and filters of its page in the Django admin."""

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.shortcuts import redirect
from django.utils import timezone

from apps.dasar import tables


def list_file(model_admin, request):
    """The rows of the open list as `?format=` asks; an unknown filter redirects to the whole list."""
    kind, meta = tables.asked(request), model_admin.opts
    request.GET = request.GET.copy()
    del request.GET["format"]  # the changelist would take it for a filter
    try:
        found = model_admin.get_changelist_instance(request).get_queryset(request)
    except IncorrectLookupParameters:
        return redirect(request.path)
    columns = model_admin.get_list_display(request)
    rows = [[_cell(model_admin, row, name) for name in columns] for row in found]
    model_admin.admin_site.note_export(request, str(meta.verbose_name_plural), len(rows))
    heads = [str(label_for_field(name, model_admin.model, model_admin)) for name in columns]
    return tables.file_response(kind, f"{meta.model_name}_{timezone.localdate()}", meta.model_name, heads, rows)


def _cell(model_admin, row, name):
    field, _, value = lookup_field(name, row, model_admin)
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return getattr(row, f"get_{name}_display")() if field is not None and field.choices else value
