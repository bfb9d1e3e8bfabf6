"""Deleting requests together with their files."""

from django.db import transaction
from django.utils import timezone

from apps.unduhan import files
from apps.unduhan.models import Unduhan


@transaction.atomic
def delete(job: Unduhan) -> None:
    """Delete the request and its file. A worker that is making it stops, and leaves nothing behind."""
    job.delete()
    transaction.on_commit(lambda: files.delete_all(job.kode))


def delete_outdated() -> int:
    """Delete what nobody needs any more; returns how many."""
    old = list(Unduhan.objects.outdated(timezone.now()))
    for job in old:
        delete(job)
    return len(old)
