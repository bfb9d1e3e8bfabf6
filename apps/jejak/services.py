"""Writing the trail. Nothing here reads personal data."""

from apps.jejak.models import Akses, Riwayat


def record_access(
    request, verba: str, objek: str, *, bapas_id: int, objek_id: int | None = None, rincian: str = ""
) -> None:
    """Note that the user of `request` saw client data of office `bapas_id`."""
    Akses.objects.create(
        bapas_id=bapas_id,
        mitra_id=request.user.scope.mitra,
        pengguna_id=request.user.pk,
        penugasan_id=request.user.penugasan_aktif_id,
        verba=verba,
        objek=objek,
        objek_id=objek_id,
        rincian=rincian[:300],
        permintaan=getattr(request, "request_id", "") or "",
    )


def record_move(row, objek: str, *, dari: str, ke: str, by, catatan: str = "") -> None:
    """Note one state move of `row` (a ScopedModel)."""
    Riwayat.objects.create(
        bapas_id=row.bapas_id,
        mitra_id=by.scope.mitra,
        objek=objek,
        objek_id=row.pk,
        dari=dari,
        ke=ke,
        oleh=by,
        catatan=catatan,
    )
