"""Group guidance: choose own clients, write once, one record each, all mistakes at once, nothing twice."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.klien.forms.group import MOST_CLIENTS
from apps.klien.models import CatatanBimbingan, JadwalLapor
from tests import factories as make

pytestmark = pytest.mark.django_db
PAGE = reverse("klien:guidance_group")


@pytest.fixture
def group(ours, pk, klien):
    """Three own clients; the first is Budi Santoso."""
    others = [make.KlienFactory(bapas=ours, pk_pembimbing=pk, nama=nama, diregistrasi="2026-01-05")
              for nama in ("Citra Lestari", "Dodi Pratama")]  # fmt: skip
    return [klien, *others]


def filled(group, **facts):
    """The form after "Tandai semua hadir"."""
    return {
        "kunci": str(uuid.uuid4()), "klien": [k.pk for k in group], "kapan": "hari-ini", "bidang": "kemandirian",
        "topik": ["pekerjaan"], "catatan": "Membahas cara melamar kerja", 
        **{f"h{k.pk}": "hadir" for k in group}, **facts,
    }  # fmt: skip


def test_clients_are_found_by_name_and_ticks_stay(login, pk, group, ours):
    make.KlienFactory(bapas=ours, nama="Citra Milik Rekan")
    budi, citra, dodi = group
    text = login(pk).get(PAGE, {"q": "cit", "klien": [budi.pk]}).text
    assert f'value="{budi.pk}" form="pilihan" checked' in text
    assert citra.nama in text
    assert dodi.nama not in text
    assert "Citra Milik Rekan" not in text


def test_a_percent_sign_in_a_search_is_a_percent_sign(login, pk, group):
    assert group[1].nama not in login(pk).get(PAGE, {"q": "ci%ri"}).text


def test_the_form_asks_about_each_and_presets_nobody(login, pk, group):
    form = login(pk).get(PAGE, {"klien": [k.pk for k in group], "langkah": "isi"}).context["form"]
    assert [(klien.nama, came.value()) for klien, came, _ in form.rows()] == [
        ("Budi Santoso", None), ("Citra Lestari", None), ("Dodi Pratama", None),
    ]  # fmt: skip


def test_one_submit_is_one_record_per_client(login, pk, group, today, database_role):
    _, citra, _ = group
    told = {f"h{citra.pk}": "tidak", f"a{citra.pk}": "bekerja", "tindak_lanjut": "Telepon besok"}
    answer = login(pk).post(PAGE, filled(group, **told), follow=True)
    assert "Bimbingan kelompok tersimpan untuk 3 klien." in answer.text
    records = {record.klien_id: record for record in CatatanBimbingan.objects.all()}
    assert records.keys() == {k.pk for k in group}
    assert {(r.cara, r.tanggal, r.bidang, r.catatan) for r in records.values()} == {
        ("kelompok", today, "kemandirian", "Membahas cara melamar kerja")
    }
    absent = records.pop(citra.pk)
    assert (absent.hadir, absent.alasan, absent.tindak_lanjut) == (False, "bekerja", "Telepon besok")
    assert {(r.hadir, r.alasan, r.tindak_lanjut) for r in records.values()} == {(True, "", "")}
    assert JadwalLapor.objects.get(klien=citra).absen_beruntun == 1


def test_the_same_form_twice_stores_nothing_twice(login, pk, group):
    form = filled(group)
    for words in ("tersimpan untuk 3 klien", "sudah tersimpan untuk 3 klien"):
        assert words in login(pk).post(PAGE, form, follow=True).text
    assert CatatanBimbingan.objects.count() == 3


def test_all_mistakes_are_said_at_once_and_nothing_is_stored(login, pk, group):
    budi, citra, dodi = group
    form = filled(group, kapan="lain", tanggal="2025-12-31", **{f"h{budi.pk}": "", f"h{dodi.pk}": "tidak"})
    answer = login(pk).post(PAGE, form)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        f"h{budi.pk}": ["Pilih hadir atau tidak hadir untuk Budi Santoso."],
        f"h{citra.pk}": ["Citra Lestari baru diregistrasi 5 Januari 2026."],
        f"h{dodi.pk}": ["Dodi Pratama baru diregistrasi 5 Januari 2026."],
        f"a{dodi.pk}": ["Pilih alasan Dodi Pratama tidak hadir."],
        "tindak_lanjut": ["Isi tindak lanjut bagi yang tidak hadir."],
    }
    assert "Membahas cara melamar kerja" in answer.text
    assert not CatatanBimbingan.objects.exists()


@pytest.mark.parametrize(("facts", "sentence"), [({"tanggal": "2099-01-01"}, "tidak boleh setelah hari ini"),
                                                 ({"tanggal": ""}, "Isi tanggal bimbingan.")])  # fmt: skip
def test_the_day_is_a_true_one(login, pk, group, facts, sentence):
    assert sentence in login(pk).post(PAGE, filled(group, kapan="lain", **facts)).text


def test_without_script_the_button_marks_the_rest_and_keeps_what_was_typed(login, pk, group):
    budi, citra, dodi = group
    form = filled(group, semua="1", **{f"h{budi.pk}": "tidak", f"h{citra.pk}": "", f"h{dodi.pk}": ""})
    del form[f"h{citra.pk}"], form[f"h{dodi.pk}"]
    shown = login(pk).post(PAGE, form).context["form"]
    assert [came.value() for _, came, _ in shown.rows()] == ["tidak", "hadir", "hadir"]
    assert (shown["catatan"].value(), shown["topik"].value()) == ("Membahas cara melamar kerja", ["pekerjaan"])
    assert not CatatanBimbingan.objects.exists()


def test_a_client_who_left_the_caseload_meanwhile_stops_the_whole(login, pk, group, ours):
    gone = make.KlienFactory(bapas=ours)
    answer = login(pk).post(PAGE, filled([*group, gone]))
    assert (answer.status_code, "tidak lagi termasuk klien aktif Anda" in answer.text) == (409, True)
    assert not CatatanBimbingan.objects.exists()


def test_nobody_and_too_many_are_said_in_a_sentence(login, pk, ours, group):
    assert "paling sedikit satu" in login(pk).get(PAGE, {"langkah": "isi"}).text
    crowd = [make.KlienFactory(bapas=ours, pk_pembimbing=pk).pk for _ in range(MOST_CLIENTS + 1)]
    answer = login(pk).get(PAGE, {"langkah": "isi", "klien": crowd})
    assert (answer.status_code, "paling banyak 60" in answer.text) == (409, True)


def test_an_activity_leads_to_the_form_with_those_who_came(login, pk, group, ours):
    activity = make.KegiatanFactory(bapas=ours)
    for klien, status in zip(group, ("hadir", "hadir", "tidak"), strict=True):
        make.KehadiranFactory(kegiatan=activity, klien=klien, status=status)
    link = login(pk).get(reverse("kegiatan:detail", args=[activity.pk])).context["catat_kelompok"]
    form = login(pk).get(link).context["form"]
    assert [klien.nama for klien, *_ in form.rows()] == ["Budi Santoso", "Citra Lestari"]


# --- a device with a queue ------------------------------------------------------------------------


def from_phone(client, form, key=None):
    return client.post(PAGE, form, headers={"X-Idempotency-Key": key or str(uuid.uuid4())})


def test_a_queue_is_told_stored_then_seen(login, pk, group, database_role):
    client, form, key = login(pk), filled(group, kunci=""), str(uuid.uuid4())
    answers = [from_phone(client, form, key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json() == {"kunci": key, "url": reverse("klien:list")}
    assert CatatanBimbingan.objects.count() == 3


def test_a_queue_is_told_every_mistake_and_nothing_is_stored(client, login, pk, group, ours, officer):
    budi, *_ = group
    login(pk)
    answer = from_phone(client, filled(group, **{f"h{budi.pk}": ""}))
    assert answer.status_code == 422
    assert answer.json()["galat"][f"h{budi.pk}"][0]["message"] == "Pilih hadir atau tidak hadir untuk Budi Santoso."
    colleagues = make.KlienFactory(bapas=ours, pk_pembimbing=officer("pk"))
    assert "Pilih klien sekali lagi" in from_phone(client, filled([colleagues])).json()["galat"][""][0]["message"]
    changed = from_phone(client, filled([*group, colleagues]))
    assert (changed.status_code, list(changed.json()["galat"])) == (409, ["__all__"])
    client.logout()
    assert from_phone(client, filled(group)).status_code == 401
    assert not CatatanBimbingan.objects.exists()


def test_today_is_the_day_of_saving(login, pk, group, today):
    saved = timezone.now() - dt.timedelta(days=2)
    assert from_phone(login(pk), filled(group, dibuat_pada=saved.isoformat())).status_code == 201
    records = CatatanBimbingan.objects.all()
    assert {(record.tanggal, record.dibuat_pada) for record in records} == {(today - dt.timedelta(days=2), saved)}
