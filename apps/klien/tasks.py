"""What the worker does; every task is safe to run twice."""

from celery import shared_task


@shared_task
def remove_outdated_drafts() -> None:
    """Once a day, in the scope of all offices: it reads no content, only dates."""
    from apps.klien import services
    from apps.wilayah.models import Bapas
    from apps.wilayah.scope import Scope, database_scope

    with database_scope(Scope(frozenset(Bapas.objects.values_list("pk", flat=True)))):
        services.remove_outdated()
