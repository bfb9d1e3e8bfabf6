"""Sample papers of the offices with log-ins: guarantors, a few tiny files and an unfinished registration."""

import hashlib
import io
import json
import uuid
from datetime import date, datetime, time, timedelta

import pikepdf
from django.core.files.base import ContentFile
from django.utils import timezone

from apps.acuan.models import JenisDokumen
from apps.berkas.models import Dokumen
from apps.klien.models import DrafRegistrasi, Klien, Penjamin
from contoh.offices import Office

WITH_PAPERS, EVERY = 6, 3
"""Number of clients with papers; one of every EVERY active clients has a guarantor."""
RELATIVES = ("Sri Lestari", "Ahmad Fauzan", "Maria Tambunan", "Yusuf Latuconsina", "Ni Luh Ayu", "Darmawan Saputra")
KINDS = ("KTP", "SK", "JAMINAN")
DRAFT = {"identitas": {"nama": ["Contoh Belum Selesai"], "panggilan": ["Contoh"]}}


def add_papers(office: Office, today: date) -> None:
    if office.shown is None:
        return
    rng = office.rng("berkas")
    clients = list(Klien.objects.filter(bapas=office.id).active().order_by("-diregistrasi", "pk"))
    for client in clients[::EVERY]:
        Penjamin.objects.create(
            bapas_id=office.id, klien=client, kunci=uuid.UUID(int=rng.getrandbits(128)), nama=rng.choice(RELATIVES),
            hubungan=rng.choice(Penjamin.Hubungan.values[:5]), telepon="0800 0000 0000",
            surat_tanggal=client.diregistrasi, diketahui_oleh="Lurah setempat", mulai=client.diregistrasi,
            dicatat_oleh_id=office.staff.operator,
        )  # fmt: skip
    kinds = JenisDokumen.objects.in_bulk(KINDS, field_name="kode")
    for client in clients[:WITH_PAPERS]:
        for code in KINDS[: rng.randint(1, len(KINDS))]:
            _add_paper(office, client, kinds[code], uuid.UUID(int=rng.getrandbits(128)))
    DrafRegistrasi.objects.create(
        bapas_id=office.id, oleh_id=office.staff.operator, kunci=uuid.UUID(int=rng.getrandbits(128)),
        isi=json.dumps(DRAFT), diubah_pada=timezone.now() - timedelta(hours=2),
    )  # fmt: skip


def _add_paper(office: Office, client: Klien, kind: JenisDokumen, key: uuid.UUID) -> None:
    body = _sheet(f"Contoh {kind.nama}")
    arrived = timezone.make_aware(datetime.combine(client.diregistrasi, time(9)))
    Dokumen.objects.create(
        bapas_id=office.id, klien=client, kunci=key, jenis=kind, judul=f"Contoh {kind.nama.lower()}",
        tanggal=client.diregistrasi, berkas=ContentFile(body, name="contoh"), isi=Dokumen.Isi.PDF, ukuran=len(body),
        sha256=hashlib.sha256(body).hexdigest(), diunggah_oleh_id=office.staff.operator, diunggah_pada=arrived,
    )  # fmt: skip


def _sheet(title: str) -> bytes:
    """A PDF of one A4 page with a title."""
    out = io.BytesIO()
    with pikepdf.new() as sheet:
        sheet.add_blank_page(page_size=(595, 842))
        sheet.docinfo["/Title"] = title
        sheet.save(out, deterministic_id=True)
    return out.getvalue()
