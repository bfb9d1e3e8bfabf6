"""Clients as offices keep them: identity, register, period of guidance, case."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction

from apps.acuan.calendar import Calendar
from apps.acuan.models import JenisProgram
from apps.dasar.entries import call_name
from apps.dasar.rooms import modules
from apps.dasar.wording import tanggal
from apps.impor.first_days import FirstDays
from apps.impor.kinds.base import Column, Kind, Record, by_names, found_in
from apps.impor.kinds.shared import as_choice, as_day, as_line, as_number, as_officer
from apps.impor.storing import Target, placed, store
from apps.impor.values import Cell, Reader, Wrong, born, key_of, nik, number_key, one_of, phone, text
from apps.klien.crypto import blind_index, seal, telephone_index
from apps.klien.forms.clients import CASE
from apps.klien.forms.fields import too_far
from apps.klien.models import JadwalLapor, Klien, MasaBimbingan, Orang, Penjamin, Perkara
from apps.klien.occupation import Contradiction, Kegiatan, agreed, read
from apps.klien.services.clients import KINDS, age_group, programme_fits
from apps.wilayah.models import KabKota

ACTIVE_ELSEWHERE = "Orang ini sudah terdaftar aktif. Periksa kembali NIK."
TAKEN = "Nomor register ini sudah dipakai di kantor Anda."
ITS_CLIENT = "JOIN klien_klien client ON client.bapas_id = s.bapas_id AND client.id = r.klien_id"
SEALED = ("nik", "alamat", "telepon")
OPTIONAL = ("alias", "agama", "kelurahan", "pendidikan", "id_sdp")
STAGE = ("tahap.tahap", "tahap.mulai")
PAST = {
    "diregistrasi": "Tanggal registrasi", "sk_tanggal": "Tanggal SK", "terakhir": "Bimbingan terakhir",
    "asesmen": "Asesmen terakhir", "tahap_mulai": "Mulai tahap",
}  # fmt: skip
"""Days that cannot be after today."""
SETTLED = timedelta(days=7)
"""Who was registered longer ago is known to the office: what looks late was done on paper (own rule)."""
STAGES = {"awal": "Tahap awal|awal|1|I", "lanjutan": "Tahap lanjutan|lanjutan|2|II", "akhir": "Tahap akhir|akhir|3|III"}
stage = one_of(
    {word: value for value, words in STAGES.items() for word in words.split("|")},
    "Tahap awal; Tahap lanjutan; Tahap akhir",
)
GUARANTOR = ("nama", "hubungan", "telepon")
Agama, Pendidikan, Hubungan = Klien.Agama, Klien.Pendidikan, Penjamin.Hubungan

GENDERS = {"L": "l|lk|laki|laki-laki|laki laki|pria", "P": "p|pr|perempuan|wanita"}
SCHOOLS = {
    Pendidikan.TIDAK: "tidak|tidak sekolah|tidak tamat sd|belum sekolah",
    Pendidikan.SD: "sd|mi|paket a|sederajat sd",
    Pendidikan.SMP: "smp|sltp|mts|paket b",
    Pendidikan.SMA: "sma|smk|slta|ma|stm|paket c|sma/smk",
    Pendidikan.TINGGI: "d1|d2|d3|d4|s1|s2|s3|diploma|sarjana|kuliah|pt",
}

ANSWERS = {Kegiatan.BEKERJA: "ya|sudah", Kegiatan.TIDAK: "tidak|tdk|belum|blm"}
"""Answers in a column with a heading like "Bekerja?"."""
FAITHS = {
    Agama.KRISTEN: "protestan|kristen protestan",
    Agama.KATOLIK: "katholik|kristen katolik",
    Agama.BUDDHA: "budha",
    Agama.KONGHUCU: "khonghucu|kong hu cu",
    Agama.KEPERCAYAAN: "kepercayaan|penghayat|penghayat kepercayaan",
}
RELATIONS = {
    Hubungan.ORANG_TUA: "orangtua|ortu|ayah|bapak|ibu",
    Hubungan.PASANGAN: "pasangan|suami|istri|isteri",
    Hubungan.SAUDARA: "saudara|kakak|adik|abang",
    Hubungan.KERABAT: "kerabat|keluarga|paman|bibi|kakek|nenek|sepupu|keponakan",
    Hubungan.TEMPAT_KERJA: "majikan|perusahaan|tempat kerja",
    Hubungan.LEMBAGA: "yayasan|pesantren",
    Hubungan.LAIN: "lain|lain-lain|teman|tetangga",
}


def as_place(kind: Kind):
    """A regency or city by code or name; "Bogor" alone is two places."""
    rows = KabKota.objects.filter(aktif=True).values_list("pk", "kode", "nama")
    table = by_names((pk, (kode, nama, *_ways_to_write(nama))) for pk, kode, nama in rows)
    return found_in(
        table,
        "Kabupaten/kota ini tidak dikenal. Isi nama lengkap atau kode Kemendagri, misalnya 73.71.",
        ambiguous="Nama ini dipakai kabupaten dan kota. Tulis “Kab.” atau “Kota” di depannya.",
    )


def _ways_to_write(name: str) -> tuple[str, ...]:
    """Kab. Bogor → Kabupaten Bogor, Bogor."""
    bare = re.sub(r"^(Kab\.|Kota)\s+", "", name)
    return name.replace("Kab.", "Kabupaten"), bare


def as_activity(kind: Kind) -> Reader:
    """One of the choices, or other words for it, but not the name of an occupation."""
    choice = as_choice(ANSWERS, Kegiatan)(kind)

    def of_words(cell: Cell) -> object:
        try:
            return choice(cell)
        except Wrong:
            activity, occupation = read(text(cell))
            if occupation:
                raise
            return activity.value

    return of_words


def as_programme(kind: Kind):
    rows = list(JenisProgram.objects.filter(aktif=True))
    names = "; ".join(row.nama for row in rows)
    sentence = f"Jenis program ini tidak dikenal. Pilihan: {names}."
    return found_in(by_names((row, (row.kode, row.nama)) for row in rows), sentence[:300])


class Clients(Kind):
    title = "Klien"
    clash = "Nomor register ini juga dipakai baris {first} untuk klien lain."
    columns = (
        Column("nama", "Nama lengkap", as_line(120), "Contoh Nama", "nama|nama klien|klien", required=True),
        Column("alias", "Alias", as_line(120), "", "nama lain|nama alias", "Nama lain yang dipakai, dipisah koma."),
        Column("panggilan", "Nama panggilan", as_line(40), "Contoh", "panggilan", 
               "Kosong berarti kata pertama yang bukan gelar atau nama urutan."),
        Column(
            "nik", "NIK", lambda kind: nik, "3171010101900001", "no ktp|nomor induk kependudukan|no nik|nik/ktp",
            "16 angka, format sel Teks. Boleh kosong.", secret=True,
        ),
        Column(
            "lahir", "Tanggal lahir", lambda kind: born, "17-05-1990",
            "tgl lahir|lahir|ttl|tempat tanggal lahir|tempat/tanggal lahir|tempat tgl lahir|tempat dan tanggal lahir",
            "Tempat lahir boleh di depan: Palu, 5-1-1990.", required=True,
        ),
        Column(
            "jenis_kelamin", "Jenis kelamin", as_choice(GENDERS, Klien.Kelamin), "Laki-laki", "jk|l/p|kelamin|gender",
            required=True,
        ),
        Column(
            "kabkota", "Kabupaten/kota", as_place, "Kota Makassar",
            "kabupaten|kota|kab/kota|kabkota|kab|domisili", required=True,
        ),
        Column("kelurahan", "Kelurahan/desa", as_line(80), "", "kelurahan|desa"),
        Column("alamat", "Alamat", as_line(200), "", "alamat rumah|alamat lengkap|tempat tinggal", secret=True),
        Column("telepon", "Nomor HP", lambda kind: phone, "0812 3456 7890", "hp|telepon|telp|no hp|no telepon|wa|no wa",
               secret=True),
        Column("agama", "Agama", as_choice(FAITHS, Agama), "Islam", "agama/kepercayaan|kepercayaan"),
        Column("pendidikan", "Pendidikan terakhir", as_choice(SCHOOLS, Pendidikan), "SMA", "pendidikan"),
        Column(
            "kegiatan_utama", "Kegiatan utama", as_activity, "Bekerja", "bekerja|status kerja|status pekerjaan",
            "Kosong berarti dibaca dari pekerjaan.",
        ),
        Column("pekerjaan", "Pekerjaan", as_line(80), "Buruh bangunan", "kerja|pekerjaan sekarang"),
        Column(
            "nomor_register", "Nomor register", as_line(40), "12", "no register|no reg|nomor reg|register|noreg",
            required=True,
        ),
        Column(
            "tahun_register", "Tahun register", as_number(1980, 2100), "2026", "tahun|thn register",
            "Kosong berarti tahun registrasi.",
        ),
        Column(
            "diregistrasi", "Tanggal registrasi", as_day, "05-01-2026",
            "tgl registrasi|tanggal register|tgl register|tanggal daftar|tanggal masuk|tgl terima", required=True,
        ),
        Column(
            "pk_pembimbing", "PK", as_officer, "Nama PK, NIP, atau surel",
            "pk pembimbing|nama pk|pembimbing|pembimbing kemasyarakatan", required=True,
        ),
        Column("id_sdp", "ID SDP", as_line(30), "", "sdp|no sdp"),
        Column(
            "jenis_program", "Jenis program", as_programme, "Pembebasan bersyarat", "program|jenis|integrasi",
            required=True,
        ),
        Column("sk_nomor", "Nomor SK/putusan", as_line(80), "PAS-1.PK.05.09", "no sk|nomor sk|sk", required=True),
        Column("sk_tanggal", "Tanggal SK/putusan", as_day, "02-01-2026", "tgl sk|tanggal sk", required=True),
        Column(
            "mulai", "Mulai bimbingan", as_day, "05-01-2026", "mulai|tanggal mulai|tgl mulai|awal bimbingan",
            required=True,
        ),
        Column(
            "selesai", "Habis masa bimbingan", as_day, "04-01-2028",
            "hmb|habis masa|tanggal selesai|selesai|akhir bimbingan|tgl hmb|tanggal hmb", required=True,
        ),
        Column("frekuensi_hari", "Frekuensi lapor (hari)", as_number(1, 180), "30", "frekuensi|frekuensi lapor",
               "Kosong berarti 30 hari."),
        Column(
            "terakhir", "Bimbingan terakhir", as_day, "", 
            "kontak terakhir|lapor terakhir|tgl bimbingan terakhir|terakhir lapor",
            "Hari klien terakhir bertemu PK.",
        ),
        Column(
            "asesmen", "Asesmen terakhir", as_day, "", "tgl asesmen|tanggal asesmen|tgl asesmen terakhir|asesmen",
            "Kosong berarti belum pernah, atau tidak diketahui.",
        ),
        Column(
            "tahap", "Tahap bimbingan", lambda kind: stage, "Tahap awal", "tahap|tahap pembimbingan|tahapan",
            "Kosong berarti tahap awal.",
        ),
        Column("tahap_mulai", "Mulai tahap", as_day, "", "tgl tahap|tanggal tahap|mulai tahap bimbingan",
               "Kosong berarti hari mulai bimbingan."),
        Column("pertama", "Lapor berikutnya", as_day, "", "lapor pertama|jadwal lapor|tanggal lapor",
               "Kosong berarti dibagi rata pada hari kerja."),
        Column("penjamin_nama", "Nama penjamin", as_line(120), "Contoh Ibu", "penjamin"),
        Column(
            "penjamin_hubungan", "Hubungan penjamin", as_choice(RELATIONS, Hubungan), "Orang tua",
            "hubungan|hubungan dengan klien|hubungan keluarga",
        ),
        Column(
            "penjamin_telepon", "Nomor HP penjamin", lambda kind: phone, "0812 1111 2222",
            "hp penjamin|no hp penjamin|telepon penjamin|telp penjamin", secret=True,
        ),
        Column("pasal", "Pasal", as_line(200), "", "pasal yang diputus|tindak pidana|perkara"),
        Column("pengadilan", "Pengadilan", as_line(120), "", "pn|pengadilan negeri"),
        Column("putusan_nomor", "Nomor putusan", as_line(80), "", "no putusan"),
        Column("putusan_tanggal", "Tanggal putusan", as_day, "", "tgl putusan"),
        Column("pidana", "Pidana", as_line(200), "", "lama pidana|hukuman"),
        Column("upt_asal", "UPT asal", as_line(120), "", "upt|lapas|rutan|asal|lapas asal"),
    )  # fmt: skip
    targets = (
        Target("orang", Orang, ("id", "nik_hmac"), yields=True),
        Target(
            "klien", Klien,
            (
                "id", "orang_id", "kode", "jenis_register", "nomor_register", "tahun_register", "nama", "alias",
                "panggilan", "nik", "alamat", "telepon", "telepon_hmac", "lahir", "jenis_kelamin", "agama",
                "kategori_usia", "kabkota_id", "kelurahan", "pendidikan", "kegiatan_utama", "pekerjaan", "bersekolah",
                "pk_pembimbing_id", "id_sdp", "diregistrasi", "asesmen_lama", "tenggang", "dibuat_oleh_id",
            ),
            join="LEFT JOIN klien_orang person ON person.nik_hmac = <orang.nik_hmac>",
            instead={"orang_id": "COALESCE(person.id, r.orang_id)"}, yields=True, counts=True,
        ),
        Target(
            "masa", MasaBimbingan, ("klien_id", "jenis_program_id", "sk_nomor", "sk_tanggal", "mulai", "selesai"),
            join=ITS_CLIENT,
        ),
        Target(
            "jadwal", JadwalLapor, ("klien_id", "frekuensi_hari", "pertama", "berikutnya", "terakhir"),
            join=ITS_CLIENT,
        ),
        Target("perkara", Perkara, ("klien_id", *CASE), join=ITS_CLIENT),
        Target(
            "penjamin", Penjamin, ("klien_id", "kunci", *GUARANTOR, "mulai", "dicatat_oleh_id"), join=ITS_CLIENT
        ),
    )  # fmt: skip
    shown = (
        ("Nama", "klien.nama"), ("Nomor register", "klien.nomor_register"), ("Tahun register", "klien.tahun_register"),
    )  # fmt: skip

    def load(self):
        rows = Klien.objects.filter(bapas=self.bapas)
        self.registers = {
            (kind, year, number_key(number)): (key_of(name), birth)
            for kind, year, number, name, birth in rows.values_list(
                "jenis_register", "tahun_register", "nomor_register", "nama", "lahir"
            )
        }
        self.first_days = FirstDays(Calendar.between(self.today, self.today + timedelta(days=240)), self.today)

    def record(self, values: dict[str, Any], say) -> Record | None:
        self._check_dates(values, say)
        if not {"lahir", "diregistrasi", "nama", "nomor_register"} <= values.keys():
            return None
        birth, since = values["lahir"], values["diregistrasi"]
        group = age_group(birth, since)
        if "jenis_program" in values and not programme_fits(values["jenis_program"], group):
            say("jenis_program", f"Program ini tidak berlaku untuk klien {group.label.lower()}.")
        if any(values.get(name) for name in CASE) and "pasal" not in values:
            say("pasal", "Isi pasal, atau kosongkan semua isian perkara.")
        if any(name.startswith("penjamin_") for name in values):
            for name in ("nama", "hubungan"):
                if f"penjamin_{name}" not in values:
                    say(f"penjamin_{name}", f"Isi {name} penjamin, atau kosongkan semua isian penjamin.")
        year = values.get("tahun_register", since.year)
        key = (KINDS[group][0].value, year, number_key(values["nomor_register"]))
        likeness = (key_of(values["nama"]), birth)
        known = self.registers.get(key)
        if known and known != likeness:
            say("nomor_register", TAKEN)
        tables = self._tables(values, group, year, known)
        tables["klien"] |= _occupation(values, say)
        return Record(tables, key, likeness, person=tables["orang"]["nik_hmac"], known=bool(known))

    def _tables(self, values, group, year, known) -> dict[str, dict]:
        get = values.get
        every = get("frekuensi_hari", 30)
        officer = get("pk_pembimbing")
        first = get("pertama")
        if not first and not known:
            term = {"begin": get("mulai"), "end": get("selesai")}
            first = self.first_days.report(officer, every, last=get("terakhir"), **term)
        old = values["diregistrasi"] < self.today - SETTLED and not known
        plain = ("nama", "lahir", "jenis_kelamin", "nomor_register", "diregistrasi")
        tables: dict[str, dict] = {
            "orang": {"nik_hmac": blind_index(values["nik"]) if get("nik") else None},
            "klien": {name: get(name) for name in plain}
            | {name: get(name, "") for name in (*SEALED, *OPTIONAL)}
            | {
                "panggilan": get("panggilan") or call_name(values["nama"]), "tahun_register": year,
                "telepon_hmac": telephone_index(get("telepon", "")),
                "kategori_usia": group.value, "jenis_register": KINDS[group][0].value, "kabkota_id": get("kabkota"),
                "pk_pembimbing_id": officer, "asesmen_lama": get("asesmen"),
                "tenggang": self.first_days.grace(officer) if old else None, "dibuat_oleh_id": self.user.pk,
            },
            "masa": {name: get(name) for name in ("sk_nomor", "sk_tanggal", "mulai", "selesai")},
            "jadwal": {
                "frekuensi_hari": every, "pertama": first, "berikutnya": first, "terakhir": get("terakhir"),
            },
        }  # fmt: skip
        if "jenis_program" in values:
            tables["masa"]["jenis_program_id"] = values["jenis_program"].pk
        if "tahap" in values and "mulai" in values:
            tables["tahap"] = {"tahap": values["tahap"], "mulai": get("tahap_mulai", values["mulai"])}
        if "pasal" in values:
            tables["perkara"] = {name: get(name, None if name == "putusan_tanggal" else "") for name in CASE}
        if "penjamin_nama" in values:
            tables["penjamin"] = {name: get(f"penjamin_{name}", "") for name in GUARANTOR} | {
                "kunci": uuid4(), "mulai": values["diregistrasi"], "dicatat_oleh_id": self.user.pk,
            }  # fmt: skip
        return tables

    def complete(self, records, cursor):
        """Give new clients ids and codes, and encrypt personal data, bound to the code."""
        fresh = [record for record in records if not record.known]
        cursor.execute(RESERVE, [len(fresh)])
        for record, (pk, number, person) in zip(fresh, cursor.fetchall(), strict=True):
            tables = record.tables
            klien = tables["klien"]
            kode = f"KL-{klien['diregistrasi'].year}-{number:05}"
            klien |= {"id": pk, "kode": kode, "orang_id": person}
            tables["orang"]["id"] = person
            for name in SEALED:
                klien[name] = _sealed(klien[name], f"klien_klien.{name}.{kode}")
            if vouching := tables.get("penjamin"):
                vouching["telepon"] = _sealed(vouching["telepon"], f"klien_penjamin.telepon.{vouching['kunci']}")
            for part in tables.keys() - {"orang", "klien", "tahap"}:
                tables[part]["klien_id"] = pk
        for record in records:
            if record.known:
                klien = record.tables["klien"]
                record.tables = {"klien": {name: klien[name] for name in ("nama", "nomor_register", "tahun_register")}}

    @classmethod
    def layout(cls):
        return [*super().layout(), *STAGE]

    @staticmethod
    def after(cursor, impor):
        """Hand the stages on paper to the room that keeps them."""
        if not set(STAGE) <= set(impor.susunan):  # rows that waited while a new version came
            return
        cursor.execute(placed(STORED_STAGES, impor), [impor.bapas_id, impor.pk])
        rows = cursor.fetchall()
        for room in modules("imported"):
            room.keep_stages(bapas_id=impor.bapas_id, rows=rows, by_id=impor.dibuat_oleh_id)

    def doubtful(self, cursor, impor):
        """Rows of people who are in the national index of persons. Storing them is tried and rolled back, because no
        query shows an active registration at another office, only the constraint does."""
        cursor.execute(placed(KNOWN_PERSONS, impor), [impor.bapas_id, impor.pk])
        rows = [row for (row,) in cursor]
        if not rows:
            return []
        with transaction.atomic():
            store(self.targets, cursor, impor, rows)
            cursor.execute(placed(NOT_STORED, impor), [impor.bapas_id, impor.pk, rows])
            refused = [(row, "nik", ACTIVE_ELSEWHERE) for (row,) in cursor]
            transaction.set_rollback(True)
        return refused

    def _check_dates(self, values, say) -> None:
        birth, since = values.get("lahir"), values.get("diregistrasi")
        if "pertama" in values:
            self._check_first(values["pertama"], since, say)
        if birth and (birth.year <= 1900 or birth > self.today):
            say("lahir", "Tanggal lahir tidak mungkin. Periksa tahun.")
        elif birth and since and birth >= since:
            say("lahir", "Tanggal lahir harus sebelum tanggal registrasi.")
        for name, label in PAST.items():
            if name in values and values[name] > self.today:
                say(name, f"{label} tidak boleh setelah hari ini, {tanggal(self.today)}.")
        if "mulai" in values and "selesai" in values and values["selesai"] < values["mulai"]:
            say("selesai", "Habis masa bimbingan tidak boleh sebelum mulai bimbingan.")

        if since and "tahap_mulai" in values and values["tahap_mulai"] < values.get("mulai", since):
            say("tahap_mulai", "Tahap tidak boleh mulai sebelum masa bimbingan.")

    def _check_first(self, first, since, say) -> None:
        if since and first < since:
            say("pertama", "Lapor berikutnya tidak boleh sebelum tanggal registrasi.")
        elif sentence := too_far(first, self.today):
            say("pertama", sentence)


def _occupation(values, say) -> dict[str, Any]:
    try:
        activity, work = agreed(values.get("kegiatan_utama", ""), values.get("pekerjaan", ""))
    except Contradiction as contradiction:
        say("pekerjaan", str(contradiction))
        return {}
    return {"kegiatan_utama": activity.value, "pekerjaan": work, "bersekolah": activity == Kegiatan.SEKOLAH}


def _sealed(text: str, bound_to: str) -> str:
    """Encrypted text as PostgreSQL reads bytes; empty text stays empty."""
    return rf"\x{seal(text, bound_to).hex() if text else ''}"


STORED_STAGES = (
    "SELECT client.id, <tahap.tahap>, <tahap.mulai>::date FROM impor_barisimpor s JOIN klien_klien client"
    " ON client.bapas_id = s.bapas_id AND client.id = <klien.id>::bigint"
    " WHERE s.bapas_id = %s AND s.impor_id = %s AND s.status = 'baru' AND <tahap.tahap> <> ''"
)
KNOWN_PERSONS = (
    "SELECT baris FROM impor_barisimpor s JOIN klien_orang person ON person.nik_hmac = <orang.nik_hmac>"
    " WHERE s.bapas_id = %s AND s.impor_id = %s AND s.status = 'baru'"
)
NOT_STORED = (
    "SELECT baris FROM impor_barisimpor s WHERE bapas_id = %s AND impor_id = %s AND baris = ANY(%s) AND NOT EXISTS"
    " (SELECT FROM klien_klien client WHERE client.id = <klien.id>::bigint)"
)
RESERVE = (
    "SELECT nextval(pg_get_serial_sequence('klien_klien', 'id')), nextval('klien_kode_seq'),"
    " nextval(pg_get_serial_sequence('klien_orang', 'id')) FROM generate_series(1, %s)"
)
