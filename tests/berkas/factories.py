"""Papers for tests; the files are made here and hold nothing."""

import hashlib
import io

import factory
import pikepdf
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory
from PIL import Image

from apps.acuan.models import JenisDokumen
from apps.berkas.models import Dokumen
from tests.factories import KlienFactory


def pdf(title="Contoh", **changes) -> bytes:
    """A PDF of one empty page; `encryption` and the like go to `save`."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(595, 842))
        made.docinfo["/Title"] = title
        made.save(out, **changes)
    return out.getvalue()


def acting_pdf() -> bytes:
    """A PDF that runs a script when it is opened."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        made.save(out)
    return out.getvalue()


def carrying_pdf() -> bytes:
    """A PDF with a harmless text file attached, whose stream does not say that it is an embedded file."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        stream = made.make_stream(b"Lampiran contoh.")
        file = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F="lampiran.txt", EF=pikepdf.Dictionary(F=stream))
        names = pikepdf.Dictionary(Names=pikepdf.Array(["lampiran.txt", file]))
        made.Root.Names = pikepdf.Dictionary(EmbeddedFiles=names)
        made.save(out)
    return out.getvalue()


def photo(kind="JPEG", size=(60, 40)) -> bytes:
    """A picture that says where and with which device it was made."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "KAMERA RAHASIA"
    exif.get_ifd(0x8825)[1] = "S"
    Image.new("RGB", size, "white").save(out, kind, exif=exif)
    return out.getvalue()


class JenisDokumenFactory(DjangoModelFactory):
    class Meta:
        model = JenisDokumen
        django_get_or_create = ("kode",)

    kode = "SK"
    nama = "SK integrasi"


class DokumenFactory(DjangoModelFactory):
    class Meta:
        model = Dokumen

    klien = factory.SubFactory(KlienFactory)
    bapas = factory.SelfAttribute("klien.bapas")
    jenis = factory.SubFactory(JenisDokumenFactory)
    judul = "SK PB 2026"
    berkas = factory.LazyFunction(lambda: ContentFile(pdf(), name="x"))
    isi = "application/pdf"
    ukuran = 1000
    sha256 = factory.Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    diunggah_oleh = factory.SelfAttribute("klien.pk_pembimbing")
