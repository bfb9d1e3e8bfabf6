"""Pages about sentences: the list of the office, one client's page, and what a PK records there."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from apps.akun.access import requires
from apps.akun.roles import may
from apps.dasar.errors import Refused
from apps.dasar.letters import pdf_response
from apps.dasar.lists import Listing
from apps.dasar.pages import form_status, page, sent, takes_form
from apps.dasar.tables import asked
from apps.dasar.wording import tanggal
from apps.jejak.compare import compare
from apps.jejak.models import Akses
from apps.jejak.services import record_access, record_export
from apps.jejak.versions import Changed
from apps.kerja_sosial import services
from apps.kerja_sosial.balance import balance_of, jam
from apps.kerja_sosial.columns import MOST_ROWS, SENTENCES, as_line
from apps.kerja_sosial.forms import (
    AbsenceForm,
    Beside,
    ExtensionForm,
    GiveUpForm,
    ListFilter,
    NothingForm,
    ResumeForm,
    SentenceForm,
    StrikeForm,
    VerdictForm,
)
from apps.kerja_sosial.models import JamKerja, KerjaSosial, Ketidakhadiran
from apps.kerja_sosial.report import closing, report
from apps.kerja_sosial.views.shared import CRUMBS, OBJECT, client, closed, crumbs, of_client, sentence
from apps.wilayah.days import today

PER_PAGE = 25


@requires("kerjasosial.lihat")
@require_safe
def office_list(request):
    form, listed = _sentences(request)
    record_access(request, Akses.Verba.LIHAT, OBJECT, bapas_id=request.user.penugasan.bapas_id, rincian="daftar")
    context = {
        "tabel": listed.paged(PER_PAGE),
        "saring": form,
        "keping": form.chips(),
        "boleh_tempat": may(request.user, "kerjasosial.tempat"),
        "jalur": CRUMBS[:1],
    }
    return page(request, "kerja_sosial/list.html", context, fragment="daftar")


@requires("kerjasosial.lihat")
@require_safe
def export(request):
    """The filtered list as a file; the office's trail notes how many rows it holds."""
    kind, (_, listed) = asked(request), _sentences(request, most=MOST_ROWS)
    return listed.file(
        kind, f"kerja-sosial_{today(request.user)}", "Kerja sosial", frozen=2,
        note=lambda taken: record_export(request, OBJECT, {request.user.penugasan.bapas_id: taken.rows}),
    )  # fmt: skip


def _sentences(request, most=None) -> tuple[ListFilter, Listing]:
    form = ListFilter(request.GET, user=request.user)
    rows = form.narrow(KerjaSosial.objects.visible_to(request.user)).for_list().order_by("status", "batas", "pk")
    return form, Listing(request.GET, SENTENCES, rows, each=as_line(today(request.user)), most=most)


@requires("kerjasosial.lihat")
@require_safe
def client_page(request, pk):
    """Every sentence of one client, the newest with its balance, hours and absences."""
    klien, day = client(request, pk), today(request.user)
    rows = list(KerjaSosial.objects.visible_to(request.user).of_client(klien))
    current = rows[0] if rows else None
    context = {
        "klien": klien,
        "jalur": crumbs(klien)[:-1],
        "ks": current,
        "neraca": balance_of(current, day) if current else None,
        "buku": JamKerja.objects.visible_to(request.user).filter(kerja_sosial=current).for_ledger() if current else [],
        "absen": current.ketidakhadiran.visible_to(request.user).without_hours() if current else [],
        "penutup": closing(current) if current else None,
        "lama": rows[1:],
        "boleh_catat": may(request.user, "kerjasosial.catat"),
    }
    return page(request, "kerja_sosial/client.html", context)


@requires("kerjasosial.catat")
@requires("klien.lihat")
@takes_form
def create(request, pk):
    klien = client(request, pk)
    day = today(request.user)
    form = SentenceForm(sent(request), klien=klien, initial={"mulai": day})
    start = {"prefix": "putusan", "initial": _known_case(klien)}
    verdict = VerdictForm(sent(request), day=day, jenis=klien.kategori_usia, **start)
    if form.is_bound and form.is_valid() & verdict.is_valid():
        try:
            services.start(form.instance, verdict.instance, klien=klien, by=request.user)
        except Refused as refusal:
            return _sentence_page(request, klien, form, verdict, refusal)
        messages.success(request, "Putusan tersimpan. Jam kerja dapat dicatat.")
        return redirect(of_client(klien))
    return _sentence_page(request, klien, form, verdict)


@requires("kerjasosial.catat")
@requires("klien.lihat")
@takes_form
def edit(request, pk):
    ks = sentence(request, pk)
    form = SentenceForm(sent(request), klien=ks.klien, instance=ks)
    stored = {"prefix": "putusan", "instance": ks.putusan}
    verdict = VerdictForm(sent(request), day=today(request.user), jenis=ks.jenis, **stored)
    if not ks.berjalan:
        return closed(request, ks, of_client(ks.klien))
    if form.is_bound and form.is_valid() & verdict.is_valid():
        try:
            services.change(form.instance, verdict.instance, versi=form.cleaned_data["versi"])
        except Changed as change:
            return _compared(request, ks.klien, form, verdict, change.current)
        except Refused as refusal:
            return _sentence_page(request, ks.klien, form, verdict, refusal, ks)
        messages.success(request, "Perubahan tersimpan.")
        return redirect(of_client(ks.klien))
    return _sentence_page(request, ks.klien, form, verdict, ks=ks)


@requires("kerjasosial.catat")
@requires("klien.lihat")
@takes_form
def extend(request, pk):
    ks = sentence(request, pk)
    words = {
        "judul": "Catat penetapan batas waktu",
        "tombol": "Simpan penetapan",
        "pengantar": "Jangka waktu undang-undang hanya dapat dilampaui dengan penetapan pengadilan.",
    }
    form = ExtensionForm(sent(request), day=today(request.user))
    return _act(request, ks, form, words, services.extend, "Batas selesai diperbarui.")


@requires("kerjasosial.catat")
@requires("klien.lihat")
@takes_form
def absence(request, pk):
    ks, day = sentence(request, pk), today(request.user)
    form = AbsenceForm(sent(request), day=day, initial={"tanggal": day})
    words = {
        "judul": "Catat tidak hadir",
        "tombol": "Simpan catatan",
        "pengantar": "Hubungi klien dulu bila dapat. Catatan ini masuk laporan kepada jaksa.",
    }

    def note(ks, *, by, **facts):
        services.note_absence(Ketidakhadiran(**facts), ks=ks, by=by)

    return _act(request, ks, form, words, note, "Ketidakhadiran tercatat.")


@requires("kerjasosial.catat")
@requires("klien.lihat")
@takes_form
def absence_strike(request, pk):
    """The prosecutor reads absences: a mistaken one is taken out of the report, with a reason."""
    row = get_object_or_404(Ketidakhadiran.objects.visible_to(request.user), pk=pk)
    ks = sentence(request, row.kerja_sosial_id)
    words = {
        "judul": f"Coret tidak hadir {tanggal(row.tanggal)}",
        "tombol": "Coret catatan",
        "pengantar": "Catatan yang keliru tidak masuk laporan lagi. Barisnya tetap terbaca di halaman kerja sosial.",
    }

    def strike(ks, *, by, alasan):
        services.strike_absence(row, alasan=alasan)

    return _act(request, ks, StrikeForm(sent(request)), words, strike, "Catatan dicoret.", at=ks.status)


@requires("kerjasosial.catat")
@requires("klien.lihat")
@takes_form
def complete(request, pk):
    ks, day = sentence(request, pk), today(request.user)
    words = {
        "judul": "Catat kerja sosial selesai",
        "tombol": "Catat selesai",
        "pengantar": "Semua jam menurut putusan sudah dijalani dan disahkan. Buku jam tidak dapat diubah lagi.",
    }

    def finish(ks, *, by):
        services.complete(ks, by=by, on=day)

    return _act(request, ks, NothingForm(sent(request)), words, finish, "Kerja sosial tercatat selesai.")


@requires("kerjasosial.catat")
@requires("klien.lihat")
@takes_form
def give_up(request, pk):
    ks, day = sentence(request, pk), today(request.user)
    words = {
        "judul": "Catat kerja sosial dihentikan",
        "tombol": "Catat dihentikan",
        "pengantar": "Sisa jam tidak dijalankan lagi. Jam yang sudah disahkan tetap tersimpan dan masuk laporan.",
    }
    if ks.jam_menunggu:
        words["pengantar"] += f" Sahkan dulu {jam(ks.jam_menunggu)} yang menunggu: setelah ini tidak dapat disahkan."

    def stop(ks, *, by, alasan):
        services.give_up(ks, by=by, on=day, alasan=alasan)

    return _act(request, ks, GiveUpForm(sent(request)), words, stop, "Kerja sosial dihentikan.")


@requires("kerjasosial.catat")
@requires("klien.lihat")
@takes_form
def resume(request, pk):
    """The registration was opened again, or the prosecutor lets the client go on."""
    ks = sentence(request, pk)
    words = {
        "judul": "Lanjutkan kerja sosial",
        "tombol": "Lanjutkan kerja sosial",
        "pengantar": f"Klien melanjutkan sisa {jam(ks.total_jam - ks.jam_tercatat)} dengan buku jam yang sama.",
    }
    done = "Kerja sosial dilanjutkan. Periksa tempat, hari, dan batas selesainya."
    return _act(request, ks, ResumeForm(sent(request)), words, services.resume, done, at=KerjaSosial.Status.TIDAK)


@requires("kerjasosial.catat")
@requires("klien.lihat")
@require_safe
def prosecutor_report(request, pk):
    """PDF for the prosecutor. Only here the identity leaves the office: the file is marked, the trail notes it."""
    ks = sentence(request, pk)
    try:
        pdf = report(ks, by=request.user, on=today(request.user))
    except Refused as refusal:
        return page(request, "409.html", {"penolakan": refusal, "url_kembali": of_client(ks.klien)}, status=409)
    record_access(
        request, Akses.Verba.UNDUH, "klien", bapas_id=ks.bapas_id, objek_id=ks.klien_id,
        rincian="laporan kerja sosial untuk jaksa",
    )  # fmt: skip
    return pdf_response(pdf, f"laporan-pelaksanaan-{ks.kode}")


def _known_case(klien) -> dict:
    """What the client's file already says about the verdict, so that nobody types it twice."""
    case = getattr(klien, "perkara", None)
    if case is None:
        return {}
    return {"nomor": case.putusan_nomor, "tanggal": case.putusan_tanggal, "pengadilan": case.pengadilan}


def _sentence_page(request, klien, form, verdict, refusal=None, ks=None):
    context = {
        "klien": klien, "form": form, "putusan": verdict, "sisi": Beside([verdict]), "penolakan": refusal, "ks": ks,
        "jalur": crumbs(klien),
        "ada_tempat": form.fields["tempat"].queryset.exists(),
    }  # fmt: skip
    return page(request, "kerja_sosial/form.html", context, status=form_status(form, refusal))


def _compared(request, klien, form, verdict, current: KerjaSosial):
    """The typed sentence and verdict beside the stored ones."""
    stored = SentenceForm(klien=klien, instance=current)
    stored_verdict = VerdictForm(day=verdict.day, jenis=current.jenis, prefix=verdict.prefix, instance=current.putusan)
    pairs = ((form, stored), (verdict, stored_verdict))
    return compare(request, *pairs, klien=klien, back=of_client(klien), jalur=crumbs(klien))


def _act(request, ks, form, words, act, done, at=KerjaSosial.Status.BERJALAN):
    """One short form about one sentence in the status `at`: show it, validate, do `act`."""
    refusal = None
    if ks.status != at:
        return closed(request, ks, of_client(ks.klien))
    if form.is_bound and form.is_valid():
        try:
            act(ks, by=request.user, **form.cleaned_data)
        except Refused as error:
            refusal = error
        else:
            messages.success(request, done)
            return redirect(of_client(ks.klien))
    context = {"ks": ks, "klien": ks.klien, "form": form, "penolakan": refusal, "jalur": crumbs(ks.klien), **words}
    return page(request, "kerja_sosial/act.html", context, status=form_status(form, refusal))
