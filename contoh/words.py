"""Sentences and titles of the sample data, as an officer would type them on a phone."""

KONDISI = (
    "Sehat, tenang, terbuka saat diajak bicara.", "Sehat. Tidur cukup.", "Batuk sejak tiga hari, sudah ke puskesmas.",
    "Tampak lelah sesudah kerja malam.", "Lebih tenang dari pertemuan lalu.", "Cemas soal biaya sekolah anak.",
    "Baik, datang sendiri tepat waktu.", "Masih sulit tidur, disarankan kontrol ke puskesmas.",
)  # fmt: skip
PEKERJAAN = (
    "Buruh harian di proyek perumahan.", "Membantu di bengkel kakaknya.", "Berjualan gorengan tiap sore.",
    "Belum bekerja, sedang mencari lowongan.", "Ojek daring, lima hari seminggu.", "Kerja kebun milik keluarga.",
    "Ikut pelatihan las, hadir setiap pertemuan.", "Jaga warung, upah mingguan.", "Nelayan, melaut bila cuaca baik.",
)  # fmt: skip
LINGKUNGAN = (
    "Tinggal bersama istri dan dua anak.", "Tinggal bersama orang tua, hubungan baik.",
    "Ketua RT menyatakan tidak ada keluhan.", "Tetangga mulai menyapa lagi.",
    "Ikut kerja bakti di lingkungan.", "Masih menjauhi teman lama.", "Mengontrak sendiri, jarang bergaul.",
)  # fmt: skip
KENDALA = (
    "", "", "", "Ongkos ke kantor Bapas mahal.", "KTP belum jadi.", "Belum punya alat kerja sendiri.",
    "Sulit izin dari tempat kerja.", "Keluarga belum sepenuhnya menerima.",
)  # fmt: skip
RENCANA = (
    "Lanjut lapor bulan depan.", "Urus surat keterangan di kelurahan.", "Daftar pelatihan kerja bulan depan.",
    "Dihubungkan dengan Pokmas.", "Kunjungan rumah pada pertemuan berikutnya.", "Kontrol kesehatan di puskesmas.",
)  # fmt: skip
CATATAN = (
    "Kooperatif. Menyampaikan kegiatan sehari-hari dengan jelas.", "Diingatkan lagi isi kontrak bimbingan.",
    "Bercerita tentang rencana usaha kecil; perlu modal alat.", "Membahas hubungan dengan keluarga, ada kemajuan.",
    "Bersedia ikut kegiatan Pokmas bulan depan.", "Diberi penjelasan cara mengurus KTP-el.",
    "Menunjukkan slip upah pertama.", "Ibadah rutin, ikut pengajian lingkungan.",
    "Diskusi cara menolak ajakan teman lama.", "Menyampaikan terima kasih, merasa terbantu.",
)  # fmt: skip
TINDAK_LANJUT = (
    "Dihubungi lewat telepon, berjanji datang.", "Kunjungan rumah dijadwalkan.", "Pesan dikirim lewat penjamin.",
    "Ditanyakan kepada ketua RT.", "Surat panggilan pertama.",
)  # fmt: skip
PEKERJAAN_TETAP = (
    "Buruh bangunan", "Pedagang", "Petani", "Ojek daring", "Bengkel motor", "Nelayan", "Karyawan toko", "Penjahit",
    "Sopir", "Tukang kayu", "Satpam", "Juru masak", "Buruh tani", "Teknisi AC",
)  # fmt: skip
KELURAHAN = (
    "Sukamaju", "Tanjung Harapan", "Karya Baru", "Pasar Lama", "Bumi Asih", "Cempaka", "Kampung Tengah", "Mekarsari",
    "Sumber Rejo", "Pantai Indah", "Lembah Sari", "Sido Mulyo",
)  # fmt: skip
PERKARA = (  # (pasal, sentence) with weights of domain reality: half narcotics, then theft
    ("Pasal 112 ayat (1) UU 35/2009 tentang Narkotika", 30),
    ("Pasal 114 ayat (1) UU 35/2009 tentang Narkotika", 20),
    ("Pasal 363 KUHP (pencurian dengan pemberatan)", 17),
    ("Pasal 351 KUHP (penganiayaan)", 11),
    ("Pasal 372 KUHP (penggelapan)", 9),
    ("Pasal 378 KUHP (penipuan)", 8),
    ("Pasal 310 ayat (4) UU 22/2009 tentang Lalu Lintas", 5),
)
KEBUTUHAN = {  # kode kategori: (weight, what the officer wrote, the client's own words)
    "KR-01": (6, "Hubungan dengan istri renggang", "Saya ingin anak-anak mau bertemu lagi"),
    "KR-02": (4, "Belum lulus SMP", "Ingin ijazah Paket B"),
    "KR-03": (17, "Perlu keterampilan las atau mesin", "Kalau bisa las, saya bisa ikut paman"),
    "KR-04": (14, "Belum bekerja sejak bebas", "Kerja apa saja saya mau"),
    "KR-05": (13, "Punya usaha kecil, kurang alat", "Gerobaknya sudah ada, kompornya belum"),
    "KR-06": (8, "Riwayat sabu, perlu kelompok dukungan", "Takut kambuh kalau ketemu teman lama"),
    "KR-07": (4, "Masih bergaul dengan teman lama", "Susah menolak kalau diajak"),
    "KR-08": (2, "Waktu luang banyak tanpa kegiatan", "Bingung kalau malam"),
    "KR-09": (5, "Utang keluarga menumpuk", "Gaji habis untuk bayar utang"),
    "KR-10": (2, "Mudah tersulut amarah", "Saya cepat emosi"),
    "PR-01": (4, "Menumpang, belum punya tempat tinggal tetap", "Malu menumpang terus"),
    "PR-02": (9, "KTP hilang, KK belum diperbarui", "Mau kerja ditanya KTP"),
    "PR-03": (5, "Belum terdaftar JKN", "Berobat bayar sendiri"),
    "PR-04": (2, "Sulit tidur dan cemas", "Tidak bisa tidur"),
    "PR-05": (6, "Keluarga belum masuk data bantuan sosial", "Anak tiga, belum dapat bantuan"),
    "PR-06": (4, "Rumah jauh dari Bapas, ongkos mahal", "Sekali datang habis seratus ribu"),
    "PR-07": (1, "Perlu penjelasan soal sengketa tanah", "Tanah orang tua dipersoalkan"),
    "PR-08": (2, "Warga belum menerima", "Tetangga masih menjauh"),
    "PR-09": (1, "Anak perlu pendampingan", "Takut ke sekolah lagi"),
    "PR-10": (1, "Lansia, sulit berjalan", "Kaki saya sakit"),
}
ALASAN_TIDAK_TERPENUHI = (
    "Belum ada pelatihan di kabupaten ini.", "Kuota Dinas Tenaga Kerja habis.", "Anggaran tahun ini habis.",
    "Klien pindah kerja sebelum kegiatan mulai.",
)  # fmt: skip
ALASAN_BATAL = "Klien menyatakan tidak memerlukan lagi."
ALASAN_DIBUKA_LAGI = "Kuota pelatihan dibuka lagi."
ALASAN_KEMBALI = "Klien melapor kembali dan bersedia melanjutkan bimbingan."
ALASAN_JADWAL = (
    "Klien bekerja pagi hari.", "Bertepatan dengan hari libur.", "Klien sakit, surat puskesmas diterima.",
    "Jarak rumah jauh, sekaligus kunjungan.",
)  # fmt: skip
POKMAS = (  # (name, bentuk, bidang)
    ("Bengkel Las Karya Mandiri", "badan", ("kemandirian",)),
    ("Yayasan Rumah Harapan", "organisasi", ("kepribadian", "kemasyarakatan")),
    ("Pondok Pesantren Nurul Iman", "organisasi", ("kepribadian",)),
    ("Kelompok Tani Subur Makmur", "organisasi", ("kemandirian", "kemasyarakatan")),
    ("Lembaga Bantuan Hukum Sahabat Keadilan", "organisasi", ("hukum",)),
    ("Rumah Jahit Ibu Kreatif", "badan", ("kemandirian",)),
    ("Persekutuan Doa Kasih Karunia", "organisasi", ("kepribadian",)),
    ("Sanggar Seni Bina Warga", "organisasi", ("kemasyarakatan",)),
    ("Dapur Katering Berkah", "badan", ("kemandirian",)),
    ("Karang Taruna Tunas Muda", "organisasi", ("kemasyarakatan", "kepribadian")),
    ("Bank Sampah Bersih Lestari", "organisasi", ("kemasyarakatan", "kemandirian")),
    ("Klinik Konseling Pulih", "organisasi", ("kepribadian",)),
)
KEGIATAN = (  # (judul, jenis, bidang, kode kategori, tempat, hasil)
    ("Pelatihan las dasar", "pelatihan", "kemandirian", ("KR-03",), "Bengkel las", "Peserta dapat membuat rak besi."),
    ("Pelatihan servis motor", "pelatihan", "kemandirian", ("KR-03", "KR-05"), "Bengkel motor",
     "Peserta dapat merawat mesin secara mandiri."),
    ("Konseling kelompok pemulihan", "konseling", "kepribadian", ("KR-06",), "Aula Bapas",
     "Peserta menyusun rencana menghindari kambuh."),
    ("Pengajian dan bimbingan mental", "keagamaan", "kepribadian", ("KR-10",), "Masjid setempat",
     "Pengajian berjalan tertib."),
    ("Penyuluhan hukum: hak dan kewajiban klien", "hukum", "kepribadian", ("PR-07",), "Balai desa",
     "Peserta memahami kewajiban lapor."),
    ("Pemeriksaan kesehatan gratis", "kesehatan", "kepribadian", ("PR-03",), "Puskesmas",
     "Peserta diperiksa, sebagian dirujuk."),
    ("Bakti sosial membersihkan saluran air", "sosial", "kemasyarakatan", ("PR-08", "KR-08"), "Lingkungan RW",
     "Saluran bersih, warga ikut bekerja."),
    ("Futsal bersama warga", "olahraga", "kemasyarakatan", ("KR-08", "KR-07"), "Lapangan kelurahan",
     "Klien dan warga bermain bersama."),
    ("Magang katering", "usaha", "kemandirian", ("KR-04", "KR-05"), "Dapur produksi",
     "Tiga peserta ditawari kerja tetap."),
    ("Pengurusan KTP-el bersama Dukcapil", "sosial", "kemasyarakatan", ("PR-02",), "Kantor kecamatan",
     "Data kependudukan peserta terekam."),
)  # fmt: skip
PROGRAM = (  # (judul, kode kategori, bidang, indikator, ((akun, uraian, satuan, volume, harga, sumber), …))
    (
        "Pelatihan las dan sertifikasi",
        "KR-03",
        "kemandirian",
        "80% peserta lulus uji kompetensi",
        (
            ("521211", "Bahan praktik las", "paket", 20, 650_000, "dipa"),
            ("522151", "Honor instruktur", "OJ", 48, 300_000, "dipa"),
            ("526112", "Mesin las untuk kelompok", "unit", 4, 3_750_000, "csr"),
        ),
    ),
    (
        "Bantuan alat usaha kecil",
        "KR-05",
        "kemandirian",
        "15 klien punya usaha yang berjalan enam bulan",
        (
            ("526112", "Peralatan usaha untuk klien", "paket", 15, 2_500_000, "pemda"),
            ("522151", "Pendamping usaha", "OB", 12, 1_200_000, "pokmas"),
        ),
    ),
    (
        "Bursa kerja dan magang",
        "KR-04",
        "kemandirian",
        "30 klien diterima bekerja atau magang",
        (
            ("521213", "Honor panitia", "OK", 10, 400_000, "dipa"),
            ("521219", "Konsumsi peserta dan perusahaan", "orang", 120, 45_000, "dipa"),
            ("524113", "Transport peserta", "orang", 100, 75_000, "pemda"),
        ),
    ),
    (
        "Kelompok dukungan pemulihan",
        "KR-06",
        "kepribadian",
        "70% peserta hadir delapan kali berturut-turut",
        (
            ("522151", "Honor konselor adiksi", "OJ", 64, 350_000, "dipa"),
            ("521211", "Bahan kelompok", "paket", 8, 500_000, "pokmas"),
        ),
    ),
    (
        "Layanan dokumen kependudukan keliling",
        "PR-02",
        "kemasyarakatan",
        "60 klien memiliki KTP-el dan KK baru",
        (
            ("524113", "Transport petugas perekaman", "OK", 24, 150_000, "dipa"),
            ("521211", "Bahan sosialisasi", "paket", 6, 750_000, "pemda"),
        ),
    ),
    (
        "Mediasi keluarga",
        "KR-01",
        "kepribadian",
        "Separuh keluarga peserta kembali tinggal bersama",
        (("522151", "Honor mediator", "OJ", 40, 300_000, "dipa"),),
    ),
    (
        "Bakti sosial bersama warga",
        "PR-08",
        "kemasyarakatan",
        "Empat kegiatan bersama warga dalam setahun",
        (
            ("521211", "Alat kebersihan", "paket", 8, 450_000, "csr"),
            ("521219", "Konsumsi", "orang", 200, 35_000, "pokmas"),
        ),
    ),
)
LATAR = (
    "Kebutuhan klien yang belum terpenuhi paling banyak pada keterampilan kerja, pekerjaan, dan alat usaha. "
    "Program disusun bersama Pokmas dan pemerintah daerah agar setiap kegiatan menjawab kebutuhan yang tercatat."
)
