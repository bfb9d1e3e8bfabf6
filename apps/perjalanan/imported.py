"""What an import brings for this room (app): the stage in which a client came from paper."""

from collections.abc import Iterable
from datetime import date

from apps.perjalanan.models import Tahap, TahapBimbingan


def keep_stages(*, bapas_id: int, rows: Iterable[tuple[int, str, date]], by_id: int) -> None:
    """Store (client, stage, first day of it) of clients who were registered by an import. Everybody begins in the
    first stage without a row."""
    brought = [
        TahapBimbingan(
            bapas_id=bapas_id, klien_id=klien, tahap=stage, mulai=since, bawaan=True, dicatat_oleh_id=by_id,
        )
        for klien, stage, since in rows
        if stage != Tahap.AWAL
    ]  # fmt: skip
    TahapBimbingan.objects.bulk_create(brought)
