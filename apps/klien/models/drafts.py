"""Registrations that are not finished."""

import json
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from apps.klien.crypto import SealedTextField
from apps.wilayah.constraints import SameOffice
from apps.wilayah.models import ScopedModel, ScopedQuerySet, own_office

DRAFT_LIFE = timedelta(days=7)
"""How long a draft is kept after its last change (own rule; WCAG 2.2.1 asks for 20 hours)."""


class DrafQuerySet(ScopedQuerySet):
    def of_user(self, user, since: datetime | None = None):
        """Drafts that `user` can continue; nobody else ever sees them. Those older than `since` are over."""
        since = timezone.now() - DRAFT_LIFE if since is None else since
        return self.visible_to(user).filter(oleh=user.pk, klien=None, diubah_pada__gte=since)

    def outdated(self):
        return self.filter(diubah_pada__lt=timezone.now() - DRAFT_LIFE)


class DrafRegistrasi(ScopedModel):
    """An officer's unfinished registration of one person. It may hold a NIK, so all of it is sealed (encrypted).

    Once the client is registered, the content is deleted and the row only points at the client, so that a second click
    on the same button leads to the first file. A daily task deletes the row.
    """

    kunci = models.UUIDField(default=uuid.uuid4, editable=False, db_comment="Nama draf pada alamat halaman")
    oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, db_comment="Penyusun draf"
    )
    isi = SealedTextField("isi", row="kunci", blank=True, db_comment="Isian per langkah (JSON) tersandi")
    klien = models.ForeignKey(
        "klien.Klien", models.CASCADE, null=True, editable=False, related_name="+", db_constraint=False,
        db_index=False, db_comment="Klien yang terdaftar dari draf ini; isi draf sudah dihapus",
    )  # fmt: skip
    dibuat_pada = models.DateTimeField("dibuat", default=timezone.now, editable=False, db_comment="Waktu mulai")
    diubah_pada = models.DateTimeField("disimpan", default=timezone.now, editable=False, db_comment="Terakhir disimpan")

    objects = DrafQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "draf registrasi"
        db_table_comment = "Registrasi yang belum selesai; hanya dibaca penyusunnya"
        indexes = [models.Index(fields=["bapas", "oleh", "-diubah_pada"], name="draf_penyusun")]
        constraints = [
            own_office("draf"),
            SameOffice("klien", name="draf_klien_same_office"),
            models.UniqueConstraint("bapas", "oleh", "kunci", name="draf_key_once"),
        ]

    def __str__(self):
        return f"Draf {self.kunci}"

    @property
    def langkah(self) -> dict[str, dict[str, list[str]]]:
        """Step → field → values as they were sent."""
        return json.loads(str(self.isi) or "{}")

    def store_page(self, step: str, values: dict[str, list[str]]) -> None:
        """Take over the values of one step, without saving the row."""
        self.isi = json.dumps({**self.langkah, step: values})
        self.diubah_pada = timezone.now()

    @property
    def nama(self) -> str:
        """Name of the person to be registered, or ""."""
        return next(iter(self.langkah.get("identitas", {}).get("nama", [])), "")
