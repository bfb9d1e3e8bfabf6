"""Everything that is written about a client, against everything that ends the guidance, on connections of their own.

Nobody waits in a circle, whoever waited reads the status again, and what is handed over is what stands in the rows.
"""

import datetime as dt
import itertools
import random
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.asesmen.models import Asesmen
from apps.impor import services as impor
from apps.impor import working
from apps.jejak.models import Perubahan
from apps.kerja_sosial.models import JamKerja, KerjaSosial
from apps.klien.models import CatatanBimbingan, JadwalLapor, Kebutuhan, Klien
from apps.klien.services.holding import hold
from apps.perjalanan.models import Pelimpahan, PeristiwaAkhir
from apps.perjalanan.services import ends, handover
from tests import factories as make
from tests.asesmen.factories import AsesmenFactory
from tests.asesmen.factories import categories as domains
from tests.berkas.factories import JenisDokumenFactory, pdf
from tests.impor.factories import GUIDANCE_HEADS, csv_file
from tests.kerja_sosial import factories as work
from tests.kerja_sosial.test_views import verdict
from tests.klien.test_corrections import corrected
from tests.klien.test_photos import image
from tests.klien.test_records import opened, period
from tests.perjalanan import factories as rows
from tests.roles import as_web_role
from tests.sessions import log_in
from tests.waiting import until_somebody_waits

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("web_role_requests")]
ROUNDS, DAY = 50, dt.timedelta(days=1)
SPREAD = 0.06
"""Seconds over which the requests of a round begin, about as long as one takes."""


@pytest.fixture
def world(ours, theirs, officer, today, settings, tmp_path):
    """Two offices with their people, each of them logged in; `client()` gives a client of the first office."""
    settings.MEDIA_ROOT = tmp_path
    make.KategoriFactory(), make.JenisProgramFactory(), work.limits(), domains()
    people = {
        "pk": officer("pk", nama="Ratna Dewi"), "head": officer("kabapas"), "operator": officer("operator"),
        "their_pk": officer("pk", bapas=theirs), "their_head": officer("kabapas", bapas=theirs),
        "partner": officer("mitra"),
    }  # fmt: skip

    numbers = itertools.count(1)

    def client():
        facts = {"bapas": ours, "pk_pembimbing": people["pk"], "diregistrasi": today - 200 * DAY}
        klien = make.KlienFactory(kode=f"KL-2019-{next(numbers):05}", **facts)  # the portal counts its own years
        make.MasaFactory(klien=klien, mulai=today - 200 * DAY, selesai=today + 100 * DAY)
        return klien

    keys = {name: log_in(one := Client(), user) or one.cookies for name, user in people.items()}
    place = work.TempatFactory(bapas=ours, kapasitas=1000, mitra=people["partner"].penugasan.mitra)
    return SimpleNamespace(ours=ours, theirs=theirs, today=today, client=client, keys=keys, place=place, **people)


@pytest.fixture
def threads():
    """Eight threads that keep their connection to PostgreSQL until the test is over."""
    done = Barrier(8)
    with ThreadPoolExecutor(8) as pool:
        yield pool
        for _ in range(8):
            pool.submit(lambda: (done.wait(timeout=60), connections.close_all()))


def post(world, who, address, data, **options):
    """The status of the answer; a broken page is 500 and raises nothing."""
    browser = Client(raise_request_exception=False)
    browser.cookies = world.keys[who]
    return browser.post(address, data, **options).status_code


def alone(door):
    """What `door` gives, on a connection of this thread that is closed afterwards."""
    try:
        return door()
    finally:
        connections.close_all()


def together(threads, chance, doors):
    """What the `doors` gave, opened at random moments of the same instant."""
    start = Barrier(len(doors))

    def enter(door):
        pause = chance.uniform(0, SPREAD)
        start.wait(timeout=60)
        time.sleep(pause)
        return door()

    return list(threads.map(enter, doors))


def contact(world, klien, **facts):
    form = {
        "klien": klien.pk, "kunci": str(uuid.uuid4()), "cara": "kantor", "kapan": "hari-ini", "hadir": "ya",
        "bidang": "kepribadian", **facts,
    }  # fmt: skip
    return lambda: post(world, "pk", reverse("klien:guidance_new"), form)


def need(world, klien):
    form = {"kategori": make.KategoriFactory().pk, "mendesak": "sekarang", "uraian": "Las", "kata_klien": ""}
    return lambda: post(world, "pk", reverse("klien:need_add", args=[klien.pk]), form)


def schedule(world, klien):
    monday = world.today + dt.timedelta(days=14 - world.today.weekday())
    form = {
        "kunci": str(uuid.uuid4()), "versi": 1, "seberapa": "30", "berikutnya": monday.isoformat(), "alasan": "Bekerja",
    }  # fmt: skip
    return lambda: post(world, "pk", reverse("wajib_lapor:client", args=[klien.pk]), form)


def acceptance(world, klien):
    incoming = rows.handover(klien, world.theirs, by=world.head)[1]
    form = {"nomor_register": f"L-{klien.pk}", "pk_pembimbing": world.their_pk.pk}
    return lambda: post(world, "their_head", reverse("perjalanan:transfer_accept", args=[incoming.pk]), form)


def death(world, klien):
    akhir = rows.AkhirFactory(
        klien=klien, jenis="meninggal", tanggal=world.today, sumber_nomor="SK-1", sumber_tanggal=world.today
    )
    return lambda: post(world, "head", reverse("perjalanan:end_approve", args=[akhir.pk]), {})


def revocation(world, klien):
    usul = rows.UsulFactory(
        klien=klien, dasar=rows.DasarFactory(kode="LAIN"), status="diteruskan", diputus_oleh=world.head
    )
    rows.LangkahFactory(usul=usul)
    form = {"tanggal": world.today, "nomor": "N-2"}
    return lambda: post(world, "head", reverse("perjalanan:revocation_decide", args=[usul.pk, "dicabut"]), form)


def hours(world, ks, who="pk"):
    form = {
        "kunci": str(uuid.uuid4()), "tanggal": world.today - DAY, "mulai": "08:00", "selesai": "12:00",
        "istirahat": "0", "kegiatan": "Menyapu",
    }  # fmt: skip
    return lambda: post(world, who, reverse("kerja_sosial:hours", args=[ks.pk]), form)


def sentence(world, klien):
    address = reverse("kerja_sosial:create", args=[klien.pk])
    return lambda: post(world, "pk", address, verdict(world.place))


def stored_import(world, clients, days):
    """The work of a worker that stores guidance on `days` of every client, in this order."""
    lines = [[klien.kode, f"{day:%d-%m-%Y}", "", "", "Datang"] for klien in clients for day in days]
    body = csv_file(lines, GUIDANCE_HEADS).read()
    file, _ = impor.upload(by=world.operator, bapas=world.ours, jenis="bimbingan", name="buku.csv", body=body)
    with transaction.atomic():
        file = impor.choose_columns(impor=file, names=file.peta, by=world.operator)
    working.work(file.bapas_id, file.pk)
    file.refresh_from_db()
    with transaction.atomic():
        impor.confirm(impor=file, cara="benar", by=world.operator)

    def store():
        with as_web_role():
            working.work(file.bapas_id, file.pk)
        file.refresh_from_db()
        return 302 if file.status == "selesai" else 409 if "berubah sejak" in file.galat else 500

    return store


# --- what must be so afterwards -------------------------------------------------------------------


def check(klien):
    """The status, the event and the rows of one client agree, whoever came first."""
    klien.refresh_from_db()
    jadwal = JadwalLapor.objects.get(klien=klien)
    log = CatatanBimbingan.objects.filter(klien=klien)
    if klien.status == "aktif":
        assert jadwal.berikutnya is not None
        return
    decided = PeristiwaAkhir.objects.get(klien=klien, status="berlaku").diputus_pada
    assert jadwal.berikutnya is None
    assert not log.filter(diterima_pada__gt=decided).exists()
    assert not Kebutuhan.objects.filter(klien=klien, dicatat_pada__gt=decided).exists()
    assert not KerjaSosial.objects.running().filter(klien=klien).exists()
    if klien.status == "dilimpahkan":
        summary = Pelimpahan.objects.get(arah="masuk", kode_klien=klien.kode).ringkasan
        assert summary["hadir"] == log.counted().filter(hadir=True).count()
        assert summary["tidak_hadir"] == log.counted().filter(hadir=False).count()
        new = Klien.objects.get(orang=klien.orang_id, status="aktif")
        assert Kebutuhan.objects.filter(klien=new).count() == summary["terbuka"]
        assert not Kebutuhan.objects.filter(klien=klien, status__in=handover.OPEN_NEEDS).exists()


END = {"handover": acceptance, "end": death, "revocation": revocation}


@pytest.mark.long
@pytest.mark.parametrize("end", END)
def test_guidance_and(end, world, threads, caplog):
    """One decision, two contacts and something else about the same client: the decision wins, or the others came in
    before it."""
    for number in range(ROUNDS):
        chance, klien = random.Random(f"{end} {number}"), world.client()
        absence = {"hadir": "tidak", "alasan": "sakit", "tindak_lanjut": "Telepon"}
        other = chance.choice([need, schedule])
        doors = [
            END[end](world, klien), contact(world, klien), contact(world, klien, **absence), other(world, klien),
        ]  # fmt: skip
        decision, *others = together(threads, chance, doors)
        assert decision == 302, (number, decision, others)
        assert set(others) <= {302, 409}, (number, decision, others)
        check(klien)
    assert not collisions(caplog)


@pytest.mark.long
def test_community_service_and_ends(world, threads, caplog):
    """A verdict for one client and hours of another, while both die; and guidance of both."""
    for number in range(ROUNDS):
        chance, free, busy = random.Random(number), world.client(), world.client()
        ks = work.KerjaSosialFactory(bapas=world.ours, klien=busy, tempat=world.place)
        doors = [
            death(world, free), death(world, busy), sentence(world, free), hours(world, ks), contact(world, free),
            contact(world, busy),
        ]  # fmt: skip
        one, other, *others = together(threads, chance, doors)
        assert (one, other) == (302, 302), (number, others)
        assert set(others) <= {302, 409}, (number, others)
        for klien in (free, busy):
            check(klien)
        ks.refresh_from_db()
        assert ks.jam_tercatat == sum(entry.jam for entry in JamKerja.objects.filter(kerja_sosial=ks))
    assert not collisions(caplog)


@pytest.mark.long
def test_imports_and_handovers(world, threads, caplog):
    """Two books with the same clients in opposite orders, contacts of both, and the handover of one."""
    for number in range(ROUNDS):
        chance = random.Random(number)
        clients = [world.client(), world.client(), world.client()]
        chance.shuffle(clients)
        books = [
            stored_import(world, clients, [world.today - 5 * DAY]),
            stored_import(world, clients[::-1], [world.today - 9 * DAY]),
        ]  # fmt: skip
        doors = [acceptance(world, clients[1]), *books, contact(world, clients[0]), contact(world, clients[1])]
        decision, *others = together(threads, chance, doors)
        assert decision == 302, (number, others)
        assert set(others) <= {302, 409}, (number, others)
        for klien in clients:
            check(klien)
    assert not collisions(caplog)


@pytest.mark.long
def test_groups_needs_drafts_partners_and_ends(world, threads, caplog):
    """One meeting with two clients, the needs and the draft of one, hours that a partner writes for the other."""
    for number in range(ROUNDS):
        chance, klien, busy = random.Random(f"together {number}"), world.client(), world.client()
        ks = work.KerjaSosialFactory(
            bapas=world.ours, klien=busy, tempat=world.place, mulai=world.today - 100 * DAY, total_jam=100
        )
        pages = [group(world, [busy, klien]), group(world, [klien, busy])]
        pages += [writer(world, klien) for writer in (w_need_edit, w_need_move, w_assessment_page)]
        doors = [chance.choice(list(END.values()))(world, klien), death(world, busy), hours(world, ks, "partner")]
        doors += [partial(post, world, "pk", *page) for page in pages]
        one, other, *others = together(threads, chance, doors)
        assert (one, other) == (302, 302), (number, others)
        assert set(others) <= {302, 409}, (number, others)
        for client in (klien, busy):
            check(client)
        ks.refresh_from_db()
        assert ks.jam_tercatat == sum(entry.jam for entry in JamKerja.objects.filter(kerja_sosial=ks))
    assert not collisions(caplog)


def collisions(caplog) -> list[str]:
    """What `apps/dasar/again.py` would hide."""
    return [line.getMessage() for line in caplog.records if line.name == "apps.dasar.again"]


# --- whoever waited reads the status again --------------------------------------------------------


def of(klien, name, *more):
    return reverse(name, args=[klien.pk, *more])


def record(world, klien, **facts):
    return make.CatatanFactory(klien=klien, pk_pencatat=world.pk, tanggal=world.today - DAY, **facts)


def sees(world, address, **changes):
    """What a page that was opened before the end sends back."""
    browser = Client()
    browser.cookies = world.keys["pk"]
    return opened(browser, address) | changes


def w_contact(world, klien):
    return reverse("klien:guidance_new"), {
        "klien": klien.pk, "kunci": uuid.uuid4(), "cara": "kantor", "kapan": "hari-ini", "hadir": "ya",
        "bidang": "kepribadian",
    }  # fmt: skip


def group(world, clients):
    answers = {f"h{one.pk}": "hadir" for one in clients}
    form = {"klien": [one.pk for one in clients], "kunci": uuid.uuid4(), "kapan": "hari-ini", "bidang": "kepribadian"}
    return reverse("klien:guidance_group"), form | answers


def w_group(world, klien):
    return group(world, [klien, world.client()])


def w_correction(world, klien):
    old = record(world, klien, berikutnya=world.today + 10 * DAY)
    return of(old, "klien:guidance_correct"), corrected(old)


def w_withdrawal(world, klien):
    return of(record(world, klien), "klien:guidance_withdraw"), {"alasan": "Salah klien"}


def w_undo(world, klien):
    return of(record(world, klien, diterima_pada=timezone.now()), "klien:guidance_undo"), {}


def w_photo(world, klien):
    address = reverse("klien:guidance_photo_add", args=[record(world, klien).kunci])
    return address, {"foto": SimpleUploadedFile("foto.jpg", image())}


def w_need(world, klien):
    form = {"kategori": make.KategoriFactory().pk, "mendesak": "sekarang", "uraian": "Las", "kata_klien": ""}
    return of(klien, "klien:need_add"), form


def w_need_edit(world, klien):
    address = of(klien, "klien:need_edit", make.KebutuhanFactory(klien=klien).pk)
    return address, sees(world, address, uraian="Menjahit")


def w_need_move(world, klien):
    address = of(klien, "klien:need_move", make.KebutuhanFactory(klien=klien).pk)
    return address, {"ke": "dirujuk"}


def w_schedule(world, klien):
    monday = world.today + dt.timedelta(days=14 - world.today.weekday())
    form = {"kunci": uuid.uuid4(), "versi": 1, "seberapa": "30", "berikutnya": monday, "alasan": "Bekerja"}
    return of(klien, "wajib_lapor:client"), form


def w_schedules(world, klien):
    both, monday = [klien, world.client()], world.today + dt.timedelta(days=14 - world.today.weekday())
    form = {"langkah": "simpan", "kunci": uuid.uuid4(), "klien": [one.pk for one in both], "tanggal": monday}
    return reverse("wajib_lapor:bulk"), form | {"terlihat": [f"{one.pk}-1" for one in both]}


def w_paper(world, klien):
    paper = SimpleUploadedFile("sk.pdf", pdf())
    form = {"kunci": uuid.uuid4(), "jenis": JenisDokumenFactory().pk, "judul": "SK", "unggahan": paper}
    return of(klien, "berkas:upload"), form


def w_assessment(world, klien):
    return of(klien, "asesmen:begin"), {}


def w_assessment_page(world, klien):
    address = of(klien, "asesmen:domain", AsesmenFactory(klien=klien).pk, "kerja")
    return address, {"kekuatan": "Rajin", "tanpa_kebutuhan": "on", "versi": "0"}


def w_assessment_end(world, klien):
    draft = AsesmenFactory(klien=klien, isi__tanpa_kebutuhan=True, isi__disimpan_pada=timezone.now())
    return of(klien, "asesmen:check", draft.pk), {"tanggal": world.today}


def w_stage(world, klien):
    form = {"ke": "lanjutan", "tpp_tanggal": world.today, "tpp_nomor": "1/TPP", "mulai": world.today}
    return of(klien, "perjalanan:stage_move"), form


def w_prison_stage(world, klien):
    form = {"tahap": "asimilasi", "mulai": world.today - 400 * DAY, "tpp_tempat": "Lapas Contoh"}
    return of(klien, "perjalanan:prison_stage"), form


def w_case(world, klien):
    address = of(klien, "klien:case_edit")
    return address, sees(world, address, pasal="Pasal 1")


def w_period(world, klien):
    return of(klien, "klien:period_add"), period(mulai=world.today + 200 * DAY, selesai=world.today + 300 * DAY)


def w_period_correction(world, klien):
    address = of(klien, "klien:period_correct", klien.masa.get().pk)
    return address, sees(world, address, sk_nomor="SK-X", alasan="Salah ketik")


def w_guarantor(world, klien):
    form = {"nama": "Agus Salim", "hubungan": "saudara", "mulai": "2026-06-01", "alamat": "Jalan Mawar 3"}
    return of(klien, "klien:guarantor_add"), form


def w_guarantor_change(world, klien):
    address = of(klien, "klien:guarantor_edit", make.PenjaminFactory(klien=klien).pk)
    return address, sees(world, address, nama="Agus Salim")


def w_guarantor_end(world, klien):
    address = of(klien, "klien:guarantor_end", make.PenjaminFactory(klien=klien).pk)
    return address, {"selesai": world.today, "alasan": "Pindah kota"}


def w_verdict(world, klien):
    return of(klien, "kerja_sosial:create"), verdict(world.place)


def w_invitation(world, klien):
    activity = make.KegiatanFactory(bapas=world.ours)
    return of(activity, "kegiatan:invite"), {"klien": [klien.pk]}


def w_code(world, klien):
    activity = make.KegiatanFactory(bapas=world.ours)
    return of(activity, "kegiatan:add_by_code"), {"kode": klien.kode}


def w_hours(world, klien):
    ks = work.KerjaSosialFactory(bapas=world.ours, klien=klien, tempat=world.place)
    form = {"kunci": uuid.uuid4(), "tanggal": world.today - DAY, "mulai": "08:00", "selesai": "12:00"}
    return of(ks, "kerja_sosial:hours"), form | {"istirahat": "0", "kegiatan": "Menyapu"}


def w_absence(world, klien):
    ks = work.KerjaSosialFactory(bapas=world.ours, klien=klien, tempat=world.place)
    return of(ks, "kerja_sosial:absence"), {"tanggal": world.today - DAY, "beralasan": "ya", "uraian": "Demam"}


NEW = [
    w_contact, w_group, w_need, w_need_edit, w_need_move, w_schedule, w_schedules, w_assessment,
    w_assessment_page, w_assessment_end, w_stage, w_period, w_guarantor, w_verdict, w_invitation, w_code,
]  # fmt: skip
"""What goes on with a client: refused after every end."""
OF_BEFORE = [
    w_correction, w_withdrawal, w_undo, w_photo, w_paper, w_prison_stage, w_case, w_period_correction,
    w_guarantor_change, w_guarantor_end,
]  # fmt: skip
"""What puts the file right: refused only when the file goes on elsewhere."""
WORK = [w_hours, w_absence]
"""Community service stops with the registration."""


def outcomes(world, writers, ending):
    """Writer → (status of the request that waited for the end of its client, whether it left anything behind)."""
    return {writer.__name__: outcome(world, writer, ending) for writer in writers}


def outcome(world, writer, ending):
    klien = world.client()
    address, form = writer(world, klien)
    decide = ending(klien)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            decide()
            before = left_behind(world)
            waiting = pool.submit(alone, lambda: post(world, "pk", address, form))
            until_somebody_waits()
        status = waiting.result(timeout=30)
    return status, left_behind(world) != before


def refused(writers):
    """A code says the same for every reason, as a mistake of the form."""
    return {writer.__name__: (422 if writer is w_code else 409, False) for writer in writers}


def left_behind(world) -> dict[str, int]:
    """Rows of the office per table that names a client or belongs to one, and the changes of its rows."""
    tables = [model for model in apps.get_models() if "klien" in {field.name for field in model._meta.fields}]
    tables += [JamKerja, Perubahan, *(relation.related_model for relation in Asesmen._meta.related_objects)]
    return {model._meta.label: model.objects.filter(bapas=world.ours).count() for model in tables}


@pytest.mark.long
def test_who_waited_for_a_handover_writes_nothing(world):
    def handed_over(klien):
        incoming = rows.handover(klien, world.theirs, by=world.head)[1]
        facts = {"nomor_register": f"L-{klien.pk}", "pk_pembimbing": world.their_pk, "hari": world.today}
        return lambda: handover.accept(pelimpahan=incoming, by=world.their_head, **facts)

    assert outcomes(world, NEW + OF_BEFORE, handed_over) == refused(NEW + OF_BEFORE)


@pytest.mark.long
def test_who_waited_for_an_end_writes_nothing_new(world):
    def flight(klien):
        akhir = rows.AkhirFactory(klien=klien, jenis="melarikan", sumber_nomor="SK-1", sumber_tanggal=world.today)
        return lambda: ends.approve(akhir=akhir, by=world.head, hari=world.today)

    assert outcomes(world, NEW + WORK, flight) == refused(NEW + WORK)
    allowed = outcomes(world, OF_BEFORE, flight)
    assert {status for status, _ in allowed.values()} == {302}, allowed


def test_a_thread_that_waits_for_a_row_holds_up_no_other(world):
    """All of them in one process. The lock of functools.cached_property (Python 3.11) would stop every thread."""
    klien, listed = world.client(), Client()
    listed.cookies = world.keys["pk"]
    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            hold(klien)
            waiting = pool.submit(alone, contact(world, klien))
            until_somebody_waits()
            other = pool.submit(alone, lambda: listed.get(reverse("klien:list")).status_code)
            assert other.result(timeout=20) == 200
        assert waiting.result(timeout=20) == 302
