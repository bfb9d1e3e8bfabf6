"""A page with every component and a form with every kind of field: URLs for the browser tests only."""

import datetime as dt
from pathlib import Path

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template import RequestContext, Template
from django.urls import path

from apps.akun.access import public
from apps.dasar.forms import FilterForm, PortalForm, RupiahField
from apps.dasar.worklist import TaskGroup, TaskRow
from pemasyarakatan.urls import handler403, handler500
from pemasyarakatan.urls import urlpatterns as portal_urls

HERE = Path(__file__).parent
__all__ = ["handler403", "handler500", "urlpatterns"]


class VisitForm(PortalForm):
    cara = forms.ChoiceField(
        label="Cara bertemu",
        choices=[("kantor", "Di kantor"), ("rumah", "Kunjungan rumah"), ("telepon", "Telepon / WA")],
        widget=forms.RadioSelect,
    )
    tanggal = forms.DateField(label="Tanggal bimbingan", help_text="Contoh: 21-11-2026.")
    topik = forms.MultipleChoiceField(
        label="Dibahas",
        required=False,
        choices=[("pekerjaan", "Pekerjaan"), ("keluarga", "Keluarga"), ("hunian", "Tempat tinggal")],
        widget=forms.CheckboxSelectMultiple,
    )
    jenis = forms.ChoiceField(label="Jenis program", choices=[("", "---------"), ("pb", "Pembebasan bersyarat")])
    biaya = RupiahField(label="Biaya")
    jumlah = forms.IntegerField(label="Jumlah peserta", widget=forms.NumberInput({"class": "govuk-input--width-5"}))
    sandi = forms.CharField(label="Kata sandi", required=False, widget=forms.PasswordInput)
    surat = forms.FileField(label="Surat", required=False)
    catatan = forms.CharField(label="Catatan singkat", required=False, widget=forms.Textarea({"rows": 3}))
    klien = forms.CharField(required=False, widget=forms.HiddenInput, initial="123")
    setuju = forms.BooleanField(label="Sudah dibacakan kepada klien", help_text="Klien boleh menolak.")


class ListFilter(FilterForm):
    q = forms.CharField(label="Nama atau kode", required=False)
    status = forms.ChoiceField(label="Status", required=False, choices=[("", "Semua"), ("aktif", "Aktif")])
    risiko = forms.MultipleChoiceField(
        label="Risiko",
        required=False,
        choices=[("rendah", "Rendah"), ("sedang", "Sedang")],
        widget=forms.CheckboxSelectMultiple({"class": "p-kartu-grup--satu"}),
    )


def show(request, name, context, status=200):
    template = Template((HERE / name).read_text(encoding="utf-8"))
    return HttpResponse(template.render(RequestContext(request, context)), status=status)


@public("Hanya dalam pengujian.")
def components(request):
    messages.success(request, "Bimbingan tersimpan.")
    messages.error(request, "Program belum dapat dikirim.")
    return show(request, "gallery_components.html", example())


@public("Hanya dalam pengujian.")
def form(request):
    shown = VisitForm(request.POST or None)
    return show(request, "gallery_form.html", {"form": shown}, status=422 if shown.is_bound else 200)


def example():
    """Invented content for each component, long words included."""
    return {
        "jalur": [("Klien", "#klien"), ("Budi Santoso", "#budi")],
        "akhir": dt.date(2027, 5, 3),
        "saring": ListFilter(),
        "hal": Paginator(range(1234), 25).get_page(3),
        "angka": [
            {"judul": "Klien", "nilai": "51.402", "ket": "bertambah 312 dari September"},
            {"judul": "Kebutuhan terpenuhi", "nilai": "63%", "ket": "naik 3 poin", "url": "#kebutuhan"},
            {"judul": "Belum terpenuhi", "nilai": "19.016", "ket": "berkurang 840"},
            {"judul": "Belum kirim data", "nilai": "3", "ket": "dari 94 Bapas"},
        ],
        "terlewat": TaskGroup(
            "Bimbingan terlewat",
            [
                TaskRow("Bimbingan", "Budi Santoso", "#b", "Catat bimbingan", dt.date(2026, 11, 1), "Terlewat 20 hari"),
                TaskRow("Bimbingan", "Agus Pratama", "#agus", "Catat bimbingan", dt.date(2099, 1, 1)),
            ],
            total=9,
            all_url="#semua",
        ),
        "hari_ini": TaskGroup("Hari ini"),
        "ringkas": [
            {"kunci": "Program", "nilai": "Pembebasan bersyarat s.d. 3 Mei 2027"},
            {"kunci": "Pembimbing", "nilai": "Rina Wulandari", "url": "#ubah"},
            {"kunci": "Alamat", "nilai": None},
        ],
        "garis": [
            {"tanggal": dt.date(2026, 11, 21), "jenis": "Bimbingan", "judul": "Kunjungan rumah", "url": "#b1",
             "isi": "Klien mulai bekerja di bengkel las milik kerabat.", "oleh": "Rina Wulandari"},
            {"tanggal": dt.date(2026, 11, 3), "jenis": "Koreksi", "warna": "kuning", "judul": "Telepon",
             "dicoret": True, "isi": "Klien tidak hadir.", "catatan": "Diperbaiki karena salah klien."},
            {"tanggal": dt.date(2026, 10, 1), "jenis": "Kegiatan", "warna": "hijau", "judul": "Pelatihan las"},
        ],
        "kolom": [{"teks": "Nama"}, {"teks": "Status"}, {"teks": "Terakhir"}, {"teks": "Pagu (Rp)", "angka": True}],
        "baris": [
            [{"teks": "Budi Santoso", "url": "#b"}, {"teks": "Aktif", "warna": "hijau"}, "3 November", "1.250.000"],
            [{"teks": "Siti Rahmawati", "url": "#s"}, {"teks": "Dicabut", "warna": "merah"}, "–", "12.000.000"],
        ],
        "langkah": [
            {"label": "Data kebutuhan", "status": "sudah", "url": "#1"},
            {"label": "Kegiatan program", "status": "kini"},
            {"label": "Rencana anggaran biaya", "status": "nanti"},
        ],
        "lanjut": [("Catat klien berikutnya", "#lagi"), ("Kembali ke Beranda", "/")],
        "keping": [{"label": "Kelurahan: Cibadak", "url": "#1"}, {"label": "Risiko: Sedang", "url": "#2"}],
        "tab": [
            {"label": "Perlu tindakan", "url": "#1", "jumlah": 6, "aktif": True},
            {"label": "Semua", "url": "#2", "jumlah": 1238},
        ],
    }  # fmt: skip


urlpatterns = [
    path("galeri/", components),
    path("galeri/formulir/", form),
    *portal_urls,
]
