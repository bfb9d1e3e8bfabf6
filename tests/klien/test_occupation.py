"""Whether somebody works: what words say, what pages store, what PostgreSQL refuses, what was there before."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from apps.jejak.models import Perubahan
from apps.klien.figures import clients_at_work
from apps.klien.models import Klien
from apps.klien.occupation import Contradiction, agreed, read
from tests import factories as make

SAID = {
    "belum": [
        "", " ", "-", "–", "--", "?", "0", "…", "x", "n/a", "N.A.", "nihil", "NIHIL", "tidak ada", "Tdk ada",
        "belum ada",
        "Tidak", "belum", "kosong", "strip", "lainnya", "lain-lain", "tidak tahu", "Belum diketahui", "tidak diketahui",
        "kurang tahu", "belum ada data", "data tidak ada", "pekerjaan tidak jelas", "mantan sopir",
        "Eks karyawan pabrik",
        "ex TNI", "dulu buruh", "korban PHK", "putus sekolah", "tidak sekolah", "mencari kerja", "masih cari pekerjaan",
        "belum punya pekerjaan tetap", "tidak memiliki pekerjaan yang tetap", "Narapidana", "napi", "di rumah saja",
    ],
    "tidak": [
        "tidak bekerja", "Tidak Bekerja.", "TDK BEKERJA", "tdk  kerja", "tak bekerja", "gak kerja", "Belum bekerja",
        "blm kerja", "belum/tidak bekerja", "BELUM/TIDAK BEKERJA", "tidak ada pekerjaan", "belum ada kerjaan",
        "belum punya pekerjaan", "tidak memiliki pekerjaan", "tanpa pekerjaan", "belum pernah bekerja",
        "sekarang tidak bekerja", "tidak bekerja lagi", "sudah tidak bekerja (PHK)", "tidak bisa bekerja karena sakit",
        "Pengangguran", "menganggur", "nganggur", "Pensiunan PNS", "pensiun", "PURNAWIRAWAN TNI",
    ],
    "sekolah": [
        "Pelajar", "PELAJAR/MAHASISWA", "siswa SMA", "Siswi", "mahasiswa Unhas", "Mahasiswi", "murid", "santri",
        "sekolah",
        "masih sekolah", "sedang kuliah", "Belum bekerja (pelajar)", "belum bekerja, masih sekolah", "kejar paket C",
    ],
    "rumah": [
        "IRT", "I.R.T.", "Ibu Rumah Tangga", "ibu rumah tangga saja", "MENGURUS RUMAH TANGGA", "urus rumah",
        "mengurus anak", "bapak rumah tangga", "tidak bekerja (IRT)", "Belum bekerja / ibu rumah tangga",
    ],
    "bekerja": [
        "Petani", "buruh bangunan", "Ojek daring", "PNS", "P.N.S.", "serabutan", "kerja serabutan", "Buruh tidak tetap",
        "pekerjaan tidak tetap", "tidak tetap", "tidak menentu", "pekerja lepas", "Karyawan swasta", "wiraswasta",
        "serabutan, tidak punya pekerjaan tetap", "penjaga sekolah", "guru sekolah dasar", "Asisten rumah tangga",
        "pembantu rumah tangga", "IRT, jualan kue", "kuliah sambil kerja", "mahasiswa dan ojek", "jual barang bekas",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("activity", "words"), [(key, one) for key, all_ in SAID.items() for one in all_])
def test_words_say_whether_somebody_works_or_nothing(activity, words):
    assert read(words) == (activity, words if activity == "bekerja" else "")


@pytest.mark.parametrize("words", ["bekerja", "Sudah bekerja", "masih kerja", "ya"])
def test_that_somebody_works_names_no_occupation(words):
    assert read(words) == ("bekerja", "")


@pytest.mark.parametrize(
    ("chosen", "words", "stored"),
    [
        ("", "Petani", ("bekerja", "Petani")), ("", "IRT", ("rumah", "")), ("", "-", ("belum", "")),
        ("bekerja", "", ("bekerja", "")), ("bekerja", "Petani", ("bekerja", "Petani")),
        ("bekerja", "-", ("bekerja", "")),
        ("tidak", "-", ("tidak", "")), ("tidak", "IRT", ("rumah", "")), ("rumah", "belum bekerja", ("rumah", "")),
        ("belum", "tidak bekerja", ("tidak", "")),
    ],
)  # fmt: skip
def test_what_was_chosen_and_what_was_written_go_together(chosen, words, stored):
    assert agreed(chosen, words) == stored


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ("tidak", "Petani"),
        ("sekolah", "Petani"),
        ("belum", "Petani"),
        ("bekerja", "pengangguran"),
        ("rumah", "pelajar"),
    ],
)
def test_or_they_contradict_each_other(chosen, words):
    with pytest.raises(Contradiction, match=words):
        agreed(chosen, words)


# ── What is always true ──


@pytest.mark.django_db
@pytest.mark.parametrize(
    "facts", [{"kegiatan_utama": "tidak", "pekerjaan": "Petani"}, {"pekerjaan": "-"}, {"kegiatan_utama": "sekolah"}]
)
def test_postgresql_refuses_an_occupation_without_work_and_a_pupil_without_school(ours, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.KlienFactory(bapas=ours, **facts)


@pytest.mark.django_db
def test_only_who_works_is_counted_as_working(ours, today):
    for activity in Klien.KegiatanUtama:
        make.KlienFactory(bapas=ours, kegiatan_utama=activity, bersekolah=activity == "sekolah")
    assert clients_at_work([ours.pk], day=today) == {ours.pk: 1}


# ── What stood there before ──

DAY = timedelta(days=1)
OLD = ["Petani", "-", "Tidak bekerja", "Belum bekerja", "IRT", "Pelajar SMA", "mantan sopir", ""]
RULES = [
    c for c in Klien._meta.constraints if c.name in {"klien_occupation_of_who_works", "klien_pupil_goes_to_school"}
]


@pytest.mark.django_db
def test_words_of_the_past_become_the_value_and_stay_in_the_history(ours, theirs, today):
    with connection.schema_editor() as editor:
        for rule in RULES:
            editor.remove_constraint(Klien, rule)
    old = {
        (bapas.pk, words): make.KlienFactory(bapas=bapas, pekerjaan=words, diregistrasi=today - 9 * DAY).pk
        for bapas in (ours, theirs)
        for words in OLD
    }
    import_module("apps.klien.migrations.0013_occupations_are_read").read_words(apps, None)
    working = sum(read(words)[0] == "bekerja" for words in OLD)
    for day in (today - 5 * DAY, today):  # what the words say was so before somebody read them
        assert clients_at_work([ours.pk], day=day) == {ours.pk: working}
    for (_, words), pk in old.items():
        klien = Klien.objects.get(pk=pk)
        assert (klien.kegiatan_utama, klien.pekerjaan) == read(words)
        assert klien.bersekolah is (klien.kegiatan_utama == "sekolah")
        kept = Perubahan.objects.filter(tabel="klien_klien", baris_id=pk).values_list("lama__pekerjaan", flat=True)
        assert list(kept) == ([words] if words and not klien.pekerjaan else [])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with connection.schema_editor() as editor:
        for rule in RULES:
            editor.add_constraint(Klien, rule)


# ── Pages ──


def sent(klien, **facts):
    return {
        "nama": klien.nama, "panggilan": klien.panggilan, "lahir": klien.lahir.isoformat(), "versi": klien.versi,
        "jenis_kelamin": klien.jenis_kelamin, "kabkota": klien.kabkota_id, "nomor_register": klien.nomor_register,
        "tahun_register": klien.tahun_register, "diregistrasi": klien.diregistrasi.isoformat(),
        "pk_pembimbing": klien.pk_pembimbing_id, **facts,
    }  # fmt: skip


@pytest.fixture
def change(login, pk, klien):
    """change(pekerjaan="…") → (answer, kegiatan_utama, pekerjaan, bersekolah) after the form was sent."""

    def send(**facts):
        current = Klien.objects.get(pk=klien.pk)
        answer = login(pk).post(reverse("klien:edit", args=[klien.pk]), sent(current, **facts))
        current.refresh_from_db()
        return answer, current.kegiatan_utama, current.pekerjaan, current.bersekolah

    return send


@pytest.mark.django_db
def test_who_stops_working_has_no_occupation_any_more(change, login, pk, klien, database_role):
    assert change(kegiatan_utama="bekerja", pekerjaan="Petani")[1:] == ("bekerja", "Petani", False)
    text = login(pk).get(reverse("klien:registry", args=[klien.pk])).text
    assert "Kegiatan utama" in text
    assert "Petani" in text
    assert change(kegiatan_utama="tidak", pekerjaan="Petani")[1:] == ("tidak", "", False)
    assert change(kegiatan_utama="sekolah", pekerjaan="")[1:] == ("sekolah", "", True)
    assert change(kegiatan_utama="bekerja", pekerjaan="Penjahit", bersekolah="on")[1:] == ("bekerja", "Penjahit", True)


@pytest.mark.django_db
def test_the_box_that_a_choice_hides_is_no_contradiction_also_on_a_second_tap(login, pk, klien):
    Klien.objects.update(kegiatan_utama="bekerja", pekerjaan="Petani")
    form = sent(Klien.objects.get(), kegiatan_utama="sekolah", pekerjaan="Petani")
    for _ in range(2):
        answer = login(pk).post(reverse("klien:edit", args=[klien.pk]), form)
        assert (answer.status_code, answer.url) == (302, reverse("klien:detail", args=[klien.pk]))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("chosen", "words", "sentence"),
    [
        ("bekerja", "tidak bekerja", "“tidak bekerja” bukan nama pekerjaan."),
        ("belum", "Petani", "“Petani” tidak cocok dengan kegiatan utama “Belum diketahui”."),
    ],
)
def test_a_contradiction_is_said_beside_the_field_and_nothing_typed_is_lost(change, chosen, words, sentence):
    answer, *stored = change(kegiatan_utama=chosen, pekerjaan=words, alias="Cibadak")
    assert answer.status_code == 422
    assert sentence in answer.text
    for value in (words, "Cibadak"):
        assert f'value="{value}"' in answer.text
    assert answer.context["form"]["kegiatan_utama"].value() == chosen
    assert stored == ["belum", "", False]
