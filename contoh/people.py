"""Invented names that sound like the region. A name is drawn word by word; a match with a real person is chance."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Names:
    men: tuple[str, ...]
    women: tuple[str, ...]
    last: tuple[str, ...] = ()
    """Family or clan names; empty where most people have two given names."""


def _names(men: str, women: str, last: str = "") -> Names:
    return Names(tuple(men.split()), tuple(women.split()), tuple(last.split()))


COMMON = _names(
    "Agus Ahmad Andi Arif Bambang Budi Dedi Dwi Eko Fajar Hadi Hendra Imam Irfan Joko Rahmat Rizal Rudi Slamet Wahyu",
    "Ani Dewi Dian Eka Fitri Indah Lestari Maya Nur Puji Ratna Rina Rini Siti Sri Tuti Wati Wulan Yanti Yuni",
)
REGIONS = {
    "aceh": _names(
        "Teuku Said Muzakir Zulfikar Fauzan Nasruddin Mukhlis Azhari Iskandar Saiful",
        "Cut Nurlaila Safrina Maulida Raihan Zuhra Mutia Rahmi Fajriah Nurul",
        "Abdullah Usman Hasyim Ibrahim Yusuf Daud Ismail Hanafiah",
    ),
    "batak": _names(
        "Parlin Tigor Binsar Hotman Jonggi Maruli Poltak Rotua Saut Togar",
        "Tiur Rosintan Lasma Duma Romauli Melva Hotma Tiarma Sondang Lamria",
        "Sitompul Siregar Nasution Harahap Simanjuntak Hutapea Lubis Pasaribu Tampubolon Ginting",
    ),
    "minang": _names(
        "Syafril Zulkifli Afrizal Yusrizal Hendri Fadli Rinaldi Taufik Yulizar Asrul",
        "Yusnimar Gusni Elfira Desmawati Rahmadani Nelfia Zulfa Yeni Mardiana Upik",
        "Chaniago Koto Piliang Tanjung Sikumbang Jambak Caniago Guci",
    ),
    "melayu": _names(
        "Iskandar Zainal Mahmud Syahrul Amran Burhan Darwis Firdaus Hamzah Junaidi",
        "Halimah Zubaidah Rosnah Asmah Nuraini Salmah Mariani Erna Yulia Suhaila",
    ),
    "sunda": _names(
        "Asep Dadang Cecep Ujang Deden Iwan Jajang Maman Nandang Yayan",
        "Euis Neneng Enok Imas Lilis Nining Tita Yeyen Wawat Cucu",
        "Hidayat Suryana Permana Gunawan Kurniawan Sutisna Mulyana Rohendi Setiawan Nugraha",
    ),
    "jawa": _names(
        "Sugeng Suparno Teguh Wiyono Purwanto Sutrisno Bagus Gatot Kuncoro Tri",
        "Sulastri Wiwik Endang Kartini Ningsih Sumarni Titik Retno Sekar Purwanti",
        "Santoso Prasetyo Widodo Nugroho Wibowo Saputro Raharjo Susilo Handoko Utomo",
    ),
    "bali": _names(
        "Wayan Made Nyoman Ketut Gede Putu Kadek Komang",
        "Luh Kadek Komang Putu Ayu Desak Sayu Nyoman",
        "Sudarma Suardana Widiana Artawan Mahardika Sukerta Pastika Wirawan",
    ),
    "nusa": _names(
        "Lalu Yohanes Petrus Fransiskus Marselinus Umbu Gabriel Yosef Lukas Syamsudin",
        "Baiq Maria Yuliana Theresia Agnes Rambu Ester Veronika Sabina Nurhidayah",
        "Bria Nahak Lende Manafe Seran Kabosu Wirajaya Hamid Tefa Radja",
    ),
    "kalimantan": _names(
        "Jainudin Rusdi Syahrani Gusti Aliansyah Yansen Dius Hermanus Bahrudin Marwan",
        "Noorhayati Galuh Norlaila Siska Mariana Rusmini Yuliana Arbainah Dayang Lina",
        "Rahman Syahbana Usop Nihin Lambung Assegaf Ardiansyah Tarigas Binti Lawai",
    ),
    "sulawesi": _names(
        "Baso Daeng Arsyad Lukman Syamsul Haris Moh Ridwan Anwar Nasir",
        "Besse Hasnawati Murni Nurhayati Rosdiana Sitti Warda Hadijah Irma Salma",
        "Lamusu Pontoh Tolago Patunru Mangku Laonga Mapasomba Tadulako Labaco Wentira",
    ),
    "minahasa": _names(
        "Jantje Ferry Novi Stenly Rolly Deddy Max Frangky Hengky Vecky",
        "Meiske Jein Olga Deisy Fonny Merry Selvi Telly Vonny Yulin",
        "Rondonuwu Wowor Lumempow Mokoginta Paputungan Kaunang Walangitan Tumbel",
    ),
    "maluku": _names(
        "Johan Semmy Benny Izaak Ongen Husein Abubakar Salim Welem Rony",
        "Martha Yosina Fransina Saidah Hadija Welmina Dorce Aisa Beatrix Lely",
        "Latuconsina Pattiwael Tuasikal Souisa Umasugi Sangadji Leiwakabessy Rumakey",
    ),
    "papua": _names(
        "Yakobus Markus Yulianus Soleman Frans Otniel Thomas Elias Benyamin Naftali",
        "Yuliana Maria Adolfina Yohana Salomina Ruth Debora Ester Rosalina Novela",
        "Wambrauw Yoku Kambuaya Mandosir Rumbiak Wenda Tabuni Imbiri Gebze Awom",
    ),
}
BY_KANWIL = {
    "11": "aceh", "12": "batak", "13": "minang", "14": "melayu", "15": "melayu", "16": "melayu", "17": "melayu",
    "18": "jawa", "19": "melayu", "21": "melayu", "31": "jawa", "32": "sunda", "33": "jawa", "34": "jawa",
    "35": "jawa", "36": "sunda", "51": "bali", "52": "nusa", "53": "nusa", "61": "kalimantan", "62": "kalimantan",
    "63": "kalimantan", "64": "kalimantan", "71": "minahasa", "72": "sulawesi", "73": "sulawesi", "74": "sulawesi",
    "75": "sulawesi", "76": "sulawesi", "81": "maluku", "82": "maluku", "91": "papua", "92": "papua",
}  # fmt: skip
MIGRANTS = 0.25
"""Share of people with a name from another region."""


def region_of(kanwil_kode: str) -> Names:
    return REGIONS.get(BY_KANWIL.get(kanwil_kode.removeprefix("KW-"), ""), COMMON)


def full_name(rng: Random, names: Names, *, woman: bool) -> str:
    """A name of two words, sometimes three."""
    if rng.random() < MIGRANTS:
        names = COMMON
    given = names.women if woman else names.men
    first, second = rng.sample(given, 2)
    if names.last:
        return f"{first} {rng.choice(names.last)}"
    return f"{first} {second}" if first != second else first


def call_name(rng: Random, full: str) -> str:
    """The call name: one of the given names."""
    words = full.split()
    return words[0] if len(words) < 3 or rng.random() < 0.7 else words[1]
