"""Our office and a stranger's, each with one of everything that a URL can point at."""

from dataclasses import dataclass, field

from django.utils.functional import cached_property

from apps.akun.roles import Peran
from apps.klien.models import Klien
from tests import factories as make
from tests.kerja_sosial.factories import JamFactory, KerjaSosialFactory, TempatFactory
from tests.perjalanan import factories as rows

CANARY = "RAHASIA KANTOR LAIN"
"""In texts of the foreign office; nobody outside it may read them, headquarters some."""
SECRET_NAME = "NAMA KLIEN RAHASIA"
"""In the name of the foreign client; nobody outside its office may read it, headquarters neither."""


@dataclass
class Place:
    """One office. `canary` is empty in ours."""

    bapas: object
    canary: str = ""
    officers: dict = field(default_factory=dict)
    make = make

    @cached_property
    def mitra(self):
        """The partner that all partner roles of this office work for."""
        return make.MitraFactory(nama=f"Mitra {self.canary or 'kita'}")

    def officer(self, peran: str):
        if peran not in self.officers:
            self.officers[peran] = make.officer(Peran(peran), bapas=self.bapas, mitra=self.mitra)
        return self.officers[peran]

    @cached_property
    def klien(self) -> Klien:
        return make.KlienFactory(
            bapas=self.bapas,
            nama=f"{SECRET_NAME} {self.canary}" if self.canary else "Klien Kita",
            pk_pembimbing=self.officer("pk"),
        )

    def furnish(self):
        """Rows that a careless list, search, export or choice would show."""
        make.MasaFactory(klien=self.klien, sk_nomor=f"SK {self.canary}")
        make.PenjaminFactory(klien=self.klien, nama=f"Penjamin {self.canary}")
        make.KebutuhanFactory(klien=self.klien, uraian=f"Butuh {self.canary}")
        make.CatatanFactory(klien=self.klien, catatan=f"Isi {self.canary}")
        rows.AkhirFactory(klien=self.klien, keterangan=f"Ket {self.canary}")
        pokmas = make.PokmasFactory(bapas=self.bapas, mitra=self.mitra)
        make.AnggotaFactory(pokmas=pokmas, nama=f"Anggota {self.canary}")
        kegiatan = make.KegiatanFactory(bapas=self.bapas, mitra=self.mitra, judul=f"Kegiatan {self.canary}")
        make.KehadiranFactory(kegiatan=kegiatan, klien=self.klien, panggilan=f"Si {self.canary}")
        tempat = TempatFactory(bapas=self.bapas, mitra=self.mitra, nama=f"Tempat {self.canary or 'kita'}")
        ks = KerjaSosialFactory(bapas=self.bapas, klien=self.klien, tempat=tempat)
        JamFactory(kerja_sosial=ks, kegiatan=f"Kerja {self.canary}")
        program = make.ProgramFactory(bapas=self.bapas, latar=f"Latar {self.canary}")
        rencana = make.RencanaFactory(program=program, judul=f"Rencana {self.canary}")
        make.BiayaFactory(rencana=rencana, uraian=f"Biaya {self.canary}")
