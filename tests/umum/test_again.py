"""A request whose transaction collides with another one is repeated once; PostgreSQL itself breaks it off."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, connections, transaction
from django.test import Client
from django.urls import reverse

from apps.berkas.models import Dokumen
from apps.dasar.again import once_more
from apps.klien.models import CatatanBimbingan, FotoBimbingan, JadwalLapor, Kebutuhan, Klien
from tests import factories as make
from tests.berkas.factories import JenisDokumenFactory, pdf
from tests.klien.test_photos import image
from tests.sessions import log_in
from tests.waiting import until_somebody_waits

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("web_role_requests")]
COLLIDE = """
CREATE SEQUENCE uji_tabrakan;
GRANT USAGE ON SEQUENCE uji_tabrakan TO PUBLIC;
CREATE FUNCTION uji_tabrakan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF nextval('uji_tabrakan') <= TG_ARGV[0]::int THEN
        RAISE EXCEPTION 'collided' USING ERRCODE = TG_ARGV[1];
    END IF;
    RETURN NULL;
END $$;
"""
TRIGGER = """
CREATE CONSTRAINT TRIGGER uji_tabrakan AFTER INSERT ON {table} DEFERRABLE INITIALLY {when}
FOR EACH ROW EXECUTE FUNCTION uji_tabrakan({times}, '{state}')
"""


@pytest.fixture
def collide():
    """collide("klien_kebutuhan", times=1): PostgreSQL breaks off the transactions of the first `times` such rows."""

    def first(table, *, times=1, state="40P01", when="IMMEDIATE"):
        run(COLLIDE + TRIGGER.format(table=table, times=times, state=state, when=when))

    yield first
    run("DROP FUNCTION IF EXISTS uji_tabrakan CASCADE; DROP SEQUENCE IF EXISTS uji_tabrakan")


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def contact(klien, **facts):
    return {
        "klien": klien.pk, "kunci": str(uuid.uuid4()), "cara": "kantor", "kapan": "hari-ini", "hadir": "ya",
        "bidang": "kepribadian", **facts,
    }  # fmt: skip


def test_a_real_deadlock_is_not_noticed(pk, ours):
    """Somebody takes the schedule before the file, against the order. The request has waited longer, so PostgreSQL
    breaks it off; on a machine that is too slow for that, the other one, and then both try again."""
    browser = Client()
    log_in(browser, pk)
    with ThreadPoolExecutor(1) as pool:
        for _ in range(5):
            klien = make.KlienFactory(bapas=ours, pk_pembimbing=pk)
            form = contact(klien)
            try:
                with transaction.atomic():
                    JadwalLapor.objects.select_for_update().get(klien=klien)
                    sent = pool.submit(lambda form=form: post(browser, reverse("klien:guidance_new"), form))
                    until_somebody_waits()
                    Klien.objects.select_for_update().get(pk=klien.pk)
            except OperationalError:
                assert sent.result(timeout=30) == 302
            else:
                break
        assert sent.result(timeout=30) == 302
    assert CatatanBimbingan.objects.filter(klien=klien).count() == 1


def post(browser, address, form):
    try:
        return browser.post(address, form).status_code
    finally:
        connections.close_all()


@pytest.mark.parametrize("state", ["40P01", "40001"])
@pytest.mark.parametrize("when", ["IMMEDIATE", "DEFERRED"])
def test_a_repeated_request_stores_and_says_once(login, pk, klien, collide, state, when):
    """In the middle of the request, and at its commit, when the message for the next page was already written."""
    collide("klien_kebutuhan", state=state, when=when)
    typed = {"kategori": make.KategoriFactory().pk, "mendesak": "sekarang", "uraian": "Las", "kata_klien": ""}
    answer = login(pk).post(reverse("klien:need_add", args=[klien.pk]), typed, follow=True)
    assert answer.redirect_chain == [(reverse("klien:client_needs", args=[klien.pk]), 302)]
    assert answer.text.count("Kebutuhan tersimpan.") == 1
    assert Kebutuhan.objects.count() == 1


def test_files_are_read_from_their_beginning(login, pk, klien, collide, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    collide("klien_fotobimbingan")
    form = contact(klien, foto=SimpleUploadedFile("foto.jpg", image()))
    assert login(pk).post(reverse("klien:guidance_new"), form).status_code == 302
    assert (CatatanBimbingan.objects.count(), FotoBimbingan.objects.count()) == (1, 1)


def test_a_paper_larger_than_the_memory_takes(login, pk, klien, collide, settings, tmp_path):
    """Then Django keeps it in a temporary file."""
    settings.MEDIA_ROOT, settings.FILE_UPLOAD_MAX_MEMORY_SIZE = tmp_path, 100
    collide("berkas_dokumen")
    form = {"kunci": uuid.uuid4(), "jenis": JenisDokumenFactory().pk, "judul": "SK"}
    paper = SimpleUploadedFile("sk.pdf", pdf())
    answer = login(pk).post(reverse("berkas:upload", args=[klien.pk]), form | {"unggahan": paper})
    assert answer.status_code == 302
    assert Dokumen.objects.get().ukuran == len(pdf())


def test_the_api_repeats_too(client, pk, klien, collide, today):
    collide("klien_catatanbimbingan")
    body = {"klien": klien.kode, "kunci": str(uuid.uuid4()), "hadir": True, "tanggal": str(today), "cara": "kantor"}
    body |= {"dibuat_pada": f"{today}T00:00:00Z"}
    key = {"Authorization": f"Token {make.api_token(pk)}"}
    answer = client.post("/api/v1/bimbingan/", json.dumps(body), content_type="application/json", headers=key)
    assert answer.status_code == 201, answer.text
    assert CatatanBimbingan.objects.count() == 1


def test_the_second_collision_is_a_page_that_keeps_what_was_typed(login, pk, klien, collide):
    collide("klien_kebutuhan", times=2)
    typed = {"kategori": make.KategoriFactory().pk, "mendesak": "sekarang", "uraian": 'Las "listrik"\n& <gas>'}
    page = reverse("klien:need_add", args=[klien.pk])
    answer = login(pk).post(page, typed)
    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert "belum ada yang tersimpan" in answer.text
    assert f'<form method="post" action="{page}">' in answer.text
    assert 'name="uraian" value="Las &quot;listrik&quot;\n&amp; &lt;gas&gt;"' in answer.text
    assert not Kebutuhan.objects.exists()
    assert login(pk).post(page, typed).status_code == 302


def test_a_page_without_the_file_or_with_a_secret_is_not_sent_again(login, pk, klien, collide, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    collide("klien_fotobimbingan", times=2)
    answer = login(pk).post(reverse("klien:guidance_new"), contact(klien, foto=SimpleUploadedFile("a.jpg", image())))
    assert answer.status_code == 503
    assert 'name="hadir"' not in answer.text
    assert "kembali ke halaman sebelumnya" in answer.text


def test_another_fault_is_not_repeated(login, pk, klien, collide):
    collide("klien_kebutuhan", state="XX000")
    typed = {"kategori": make.KategoriFactory().pk, "mendesak": "sekarang", "uraian": "Las", "kata_klien": ""}
    browser = login(pk)
    browser.raise_request_exception = False
    assert browser.post(reverse("klien:need_add", args=[klien.pk]), typed).status_code == 500
    assert not Kebutuhan.objects.exists()


@pytest.mark.parametrize(("times", "stored"), [(1, 1), (2, 0)])
def test_a_job_is_repeated_once(klien, collide, times, stored):
    collide("klien_kebutuhan", times=times)

    def work():
        with transaction.atomic():
            return make.KebutuhanFactory(klien=klien)

    if stored:
        assert once_more(work).pk
    else:
        with pytest.raises(OperationalError):
            once_more(work)
    assert Kebutuhan.objects.count() == stored
