"""Rows for tests. Invented names only."""

import datetime as dt
import secrets

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from apps.acuan.models import AkunBelanja, JenisProgram, KategoriKebutuhan
from apps.akun.authentication import fingerprint
from apps.akun.models import BAPAS_ROLES, KANWIL_ROLES, MITRA_ROLES, Pengguna, Penugasan, TokenApi
from apps.kegiatan.models import Kegiatan, Kehadiran
from apps.klien.models import (
    CatatanBimbingan,
    DrafRegistrasi,
    JadwalLapor,
    Kebutuhan,
    Klien,
    MasaBimbingan,
    Orang,
    Penjamin,
)
from apps.pokmas.models import Anggota, Pokmas
from apps.program.models import ProgramTahunan, Realisasi, RencanaKegiatan, RincianBiaya
from apps.wilayah.models import Bapas, KabKota, Kanwil, Mitra, Provinsi
from tests.clock import office_today

PASSWORD = "sandi-uji-panjang"


class KanwilFactory(DjangoModelFactory):
    class Meta:
        model = Kanwil
        django_get_or_create = ("kode",)

    kode = factory.Sequence("KW-{}".format)
    nama = factory.Sequence("Kantor Wilayah {}".format)
    singkatan = factory.Sequence("Wilayah {}".format)
    label = "WL"
    zona_waktu = "Asia/Makassar"


class ProvinsiFactory(DjangoModelFactory):
    class Meta:
        model = Provinsi
        django_get_or_create = ("kode",)

    kode = factory.Sequence(lambda n: f"{n % 100:02}")
    nama = factory.Sequence("Provinsi {}".format)
    kanwil = factory.SubFactory(KanwilFactory)
    zona_waktu = factory.SelfAttribute("kanwil.zona_waktu")


class KabKotaFactory(DjangoModelFactory):
    class Meta:
        model = KabKota
        django_get_or_create = ("kode",)

    kode = "99.01"
    nama = "Kota Uji"
    provinsi = factory.SubFactory(ProvinsiFactory, kode="99", kanwil__kode="KW-UJI", kanwil__aktif=False)


class BapasFactory(DjangoModelFactory):
    class Meta:
        model = Bapas

    kode = factory.Sequence("BPS-{}".format)
    nama = factory.Sequence("Bapas Uji {}".format)
    kanwil = factory.SubFactory(KanwilFactory)
    zona_waktu = "Asia/Makassar"


class MitraFactory(DjangoModelFactory):
    class Meta:
        model = Mitra

    nama = factory.Sequence("Mitra {}".format)
    jenis = "pokmas"


class PenggunaFactory(DjangoModelFactory):
    class Meta:
        model = Pengguna

    email = factory.Sequence("orang{}@contoh.id".format)
    nama = factory.Sequence("Petugas {}".format)
    password = factory.django.Password(PASSWORD)


def officer(peran, *, bapas=None, mitra=None, **facts) -> Pengguna:
    """A user with an active assignment that fits the role."""
    unit = {}
    if peran in BAPAS_ROLES:
        unit = {"bapas": bapas}
    elif peran in MITRA_ROLES:
        unit = {"mitra": mitra or MitraFactory()}
    elif peran in KANWIL_ROLES:
        unit = {"kanwil": bapas.kanwil}
    user = PenggunaFactory(**facts)
    user.penugasan_aktif = Penugasan.objects.create(pengguna=user, peran=peran, **unit)
    user.save()
    return user


def api_token(user) -> str:
    """A key for the JSON API that acts under the user's active assignment."""
    key = secrets.token_urlsafe(16)
    TokenApi.objects.create(
        pengguna=user,
        penugasan=user.penugasan_aktif,
        nama="uji",
        sidik=fingerprint(key),
        kedaluwarsa=office_today() + dt.timedelta(days=30),
    )
    return key


class KategoriFactory(DjangoModelFactory):
    class Meta:
        model = KategoriKebutuhan
        django_get_or_create = ("kode",)

    kode = "KR-03"
    nama = "Pelatihan kerja"
    domain = "terampil"


class JenisProgramFactory(DjangoModelFactory):
    class Meta:
        model = JenisProgram
        django_get_or_create = ("kode",)

    kode = "PB"
    nama = "Pembebasan bersyarat"
    untuk = "dewasa"


class AkunFactory(DjangoModelFactory):
    class Meta:
        model = AkunBelanja
        django_get_or_create = ("kode",)

    kode = "521211"
    nama = "Belanja Bahan"


class KlienFactory(DjangoModelFactory):
    class Meta:
        model = Klien
        skip_postgeneration_save = True

    bapas = factory.SubFactory(BapasFactory)
    orang = factory.LazyFunction(lambda: Orang.objects.create())
    kode = factory.Sequence(lambda n: f"KL-2026-{50_000 + n}")  # the portal itself begins at 1
    jenis_register = "bimbingan-dewasa"
    nomor_register = factory.Sequence("{}".format)
    tahun_register = 2026
    nama = factory.Sequence("Klien Contoh {}".format)
    panggilan = "Contoh"
    lahir = dt.date(1990, 5, 17)
    jenis_kelamin = "L"
    kategori_usia = "dewasa"
    kabkota = factory.SubFactory(KabKotaFactory)
    pk_pembimbing = factory.LazyAttribute(lambda o: officer("pk", bapas=o.bapas))
    dibuat_oleh = factory.SelfAttribute("pk_pembimbing")
    status = "aktif"
    berakhir = factory.LazyAttribute(lambda o: None if o.status == "aktif" else office_today())

    @factory.post_generation
    def jadwal(self, create, extracted, **facts):
        JadwalLapor.objects.create(bapas=self.bapas, klien=self, **{"berikutnya": office_today(), **facts})


class MasaFactory(DjangoModelFactory):
    class Meta:
        model = MasaBimbingan

    klien = factory.SubFactory(KlienFactory)
    bapas = factory.SelfAttribute("klien.bapas")
    jenis_program = factory.SubFactory(JenisProgramFactory)
    sk_nomor = factory.Sequence("SK-{}".format)
    sk_tanggal = mulai = dt.date(2026, 1, 5)
    selesai = dt.date(2027, 5, 3)


class PenjaminFactory(DjangoModelFactory):
    class Meta:
        model = Penjamin

    klien = factory.SubFactory(KlienFactory)
    bapas = factory.SelfAttribute("klien.bapas")
    nama = "Sri Wahyuni"
    hubungan = "pasangan"
    mulai = dt.date(2026, 1, 5)
    dicatat_oleh = factory.SelfAttribute("klien.pk_pembimbing")


class DrafFactory(DjangoModelFactory):
    class Meta:
        model = DrafRegistrasi

    oleh = factory.LazyFunction(lambda: officer("pk", bapas=BapasFactory()))
    bapas = factory.LazyAttribute(lambda o: o.oleh.penugasan_aktif.bapas)
    isi = '{"identitas": {"nama": ["Siti Rahmawati"], "lahir": ["1995-02-01"]}}'


class KebutuhanFactory(DjangoModelFactory):
    class Meta:
        model = Kebutuhan

    klien = factory.SubFactory(KlienFactory)
    bapas = factory.SelfAttribute("klien.bapas")
    kategori = factory.SubFactory(KategoriFactory)
    mendesak = "sekarang"
    sumber = "bimbingan"
    dicatat_oleh = factory.SelfAttribute("klien.pk_pembimbing")


class CatatanFactory(DjangoModelFactory):
    class Meta:
        model = CatatanBimbingan

    klien = factory.SubFactory(KlienFactory)
    bapas = factory.SelfAttribute("klien.bapas")
    pk_pencatat = factory.SelfAttribute("klien.pk_pembimbing")
    tanggal = factory.LazyFunction(office_today)
    cara = "kantor"
    hadir = True


class PokmasFactory(DjangoModelFactory):
    class Meta:
        model = Pokmas

    bapas = factory.SubFactory(BapasFactory)
    mitra = factory.SubFactory(MitraFactory)
    bidang = ["kemandirian"]
    bentuk = "organisasi"
    sk_nomor = "SK-1"
    sk_tanggal = dt.date(2026, 1, 2)
    status = "aktif"


class AnggotaFactory(DjangoModelFactory):
    class Meta:
        model = Anggota

    pokmas = factory.SubFactory(PokmasFactory)
    bapas = factory.SelfAttribute("pokmas.bapas")
    mitra = factory.SelfAttribute("pokmas.mitra")
    nama = factory.Sequence("Anggota {}".format)


class KegiatanFactory(DjangoModelFactory):
    class Meta:
        model = Kegiatan

    bapas = factory.SubFactory(BapasFactory)
    mitra = factory.SubFactory(MitraFactory)
    judul = factory.Sequence("Pelatihan {}".format)
    jenis = "pelatihan"
    bidang = "kemandirian"
    mulai = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=1))
    selesai = factory.LazyAttribute(lambda o: o.mulai + dt.timedelta(hours=2))
    tempat = "Balai desa"
    kuota = 15
    dibuat_oleh = factory.LazyAttribute(lambda o: officer("koordinator_pokmas", mitra=o.mitra))


class KehadiranFactory(DjangoModelFactory):
    class Meta:
        model = Kehadiran

    kegiatan = factory.SubFactory(KegiatanFactory)
    bapas = factory.SelfAttribute("kegiatan.bapas")
    mitra = factory.SelfAttribute("kegiatan.mitra")
    klien = factory.LazyAttribute(lambda o: KlienFactory(bapas=o.bapas))
    kode = factory.SelfAttribute("klien.kode")
    dicatat_oleh = factory.SelfAttribute("kegiatan.dibuat_oleh")


class ProgramFactory(DjangoModelFactory):
    class Meta:
        model = ProgramTahunan

    bapas = factory.SubFactory(BapasFactory)
    tahun = 2027
    disusun_oleh = factory.LazyAttribute(lambda o: officer("perencana", bapas=o.bapas))

    class Params:
        approved = factory.Trait(
            status="disetujui", sidik="0" * 64, diajukan_oleh=factory.SelfAttribute("disusun_oleh"),
            disetujui_oleh=factory.LazyAttribute(lambda o: officer("kabapas", bapas=o.bapas)),
            disetujui_pada=factory.LazyFunction(timezone.now),
        )  # fmt: skip


class RencanaFactory(DjangoModelFactory):
    class Meta:
        model = RencanaKegiatan

    program = factory.SubFactory(ProgramFactory)
    bapas = factory.SelfAttribute("program.bapas")
    judul = factory.Sequence("Pelatihan las {}".format)
    kategori = factory.SubFactory(KategoriFactory)
    bidang = "kemandirian"
    target_klien = 20
    bulan = [3, 4]
    indikator = "20 klien lulus uji"


class BiayaFactory(DjangoModelFactory):
    class Meta:
        model = RincianBiaya

    rencana = factory.SubFactory(RencanaFactory)
    bapas = factory.SelfAttribute("rencana.bapas")
    akun = factory.SubFactory(AkunFactory)
    uraian = "Bahan praktik"
    volume = 10
    satuan = "paket"
    harga = 250_000
    sumber = "dipa"


class RealisasiFactory(DjangoModelFactory):
    class Meta:
        model = Realisasi

    rincian = factory.SubFactory(BiayaFactory)
    bapas = factory.SelfAttribute("rincian.bapas")
    tanggal = dt.date(2026, 11, 2)
    jumlah = 500_000
    bukti = factory.Sequence("BK-{}".format)
    dicatat_oleh = factory.LazyAttribute(lambda o: officer("perencana", bapas=o.bapas))
