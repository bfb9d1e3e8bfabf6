"""One meeting with many clients: the conversation is written once, the attendance of each client separately."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from django import forms

from apps.acuan.calendar import open_day
from apps.dasar.forms import EMPTY_CHOICE, PortalForm, saved_at
from apps.dasar.wording import hari_tanggal, tanggal
from apps.klien.forms.fields import RevealingRadios, of_model
from apps.klien.forms.guidance import WHEN
from apps.klien.models import CatatanBimbingan, JadwalLapor
from apps.wilayah.days import clock_of, today

MOST_CLIENTS = 60
CAME = [("hadir", "Hadir"), ("tidak", "Tidak hadir")]


class PickForm(PortalForm):
    """Choice of the PK's own clients who were there; the search only narrows the clients shown."""

    q = forms.CharField(
        label="Cari klien", max_length=60, required=False,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )  # fmt: skip
    marks_optional = False


class GroupForm(PortalForm):
    """`schedules`: the reporting duties of the chosen clients, each with its client."""

    kunci = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)
    dibuat_pada = forms.CharField(required=False, widget=forms.HiddenInput)
    kapan = forms.ChoiceField(
        label="Kapan", choices=WHEN, widget=RevealingRadios({"class": "p-kartu-grup--rapat"}, reveals={"lain": "lain"})
    )
    tanggal = of_model(CatatanBimbingan, "tanggal", required=False, help_text="Contoh: 21-11-2026.")
    topik = forms.MultipleChoiceField(
        label="Dibahas", choices=CatatanBimbingan.Topik, required=False, widget=forms.CheckboxSelectMultiple
    )
    catatan = of_model(
        CatatanBimbingan, "catatan", widget=forms.Textarea({"rows": 3}),
        help_text="Masuk ke berkas setiap klien. Jangan tulis nama klien, NIK, atau nomor perkara.",
    )  # fmt: skip
    bidang = of_model(CatatanBimbingan, "bidang", widget=forms.RadioSelect({"class": "p-kartu-grup--satu"}))
    tindak_lanjut = of_model(
        CatatanBimbingan, "tindak_lanjut", label="Tindak lanjut bagi yang tidak hadir",
        help_text="Wajib diisi bila ada yang tidak hadir.",
    )  # fmt: skip
    needed_sometimes = ("tindak_lanjut", "tanggal")

    def __init__(self, *args, user, schedules: Sequence[JadwalLapor], **kwargs):
        super().__init__(*args, **kwargs)
        self.schedules = sorted(schedules, key=lambda row: (row.klien.nama_urut, row.klien_id))
        self.hari_ini, self.zona = today(user), clock_of(user)
        self.initial.setdefault("kapan", "hari-ini")
        self.fields["kapan"].help_text = f"Hari ini: {hari_tanggal(self.hari_ini)}"
        self.fields["tanggal"].widget.attrs["max"] = self.hari_ini.isoformat()
        for schedule in self.schedules:
            self._ask_about(schedule)

    def rows(self):
        """(client, attendance field, reason field) of each client."""
        return [(row.klien, self[f"h{row.klien_id}"], self[f"a{row.klien_id}"]) for row in self.schedules]

    def shared_fields(self):
        return [self[name] for name in ("topik", "catatan", "bidang")]

    def clean_kunci(self):
        return self.cleaned_data["kunci"] or uuid.uuid4()

    def clean_dibuat_pada(self):
        """The time on the device; the server's time when that is unreadable or in the future."""
        return saved_at(self.cleaned_data["dibuat_pada"])

    def clean(self):
        data = super().clean()
        met = data["tanggal"] = self._day(data)
        if met is None and data.get("kapan") == "lain" and "tanggal" not in self.errors:
            self.add_error("tanggal", "Isi tanggal bimbingan.")
        if met and met > self.hari_ini:
            self.add_error("tanggal", f"Tanggal bimbingan tidak boleh setelah hari ini, {tanggal(self.hari_ini)}.")
        absent = any(data.get(f"h{row.klien_id}") == "tidak" for row in self.schedules)
        for schedule in self.schedules:
            self._check(schedule, met, data)
        if absent and not data.get("tindak_lanjut") and "tindak_lanjut" not in self.errors:
            self.add_error("tindak_lanjut", "Isi tindak lanjut bagi yang tidak hadir.")
        return data

    def records(self) -> list[tuple[CatatanBimbingan, JadwalLapor]]:
        """One record per client, in the order in which the schedules are locked."""
        next_day = cache(lambda days: open_day(self.cleaned_data["tanggal"] + timedelta(days=days)))
        return [(self._record(row, next_day(row.frekuensi_hari)), row) for row in sorted(self.schedules, key=_locking)]

    def _ask_about(self, schedule: JadwalLapor) -> None:
        pk, nama = schedule.klien_id, schedule.klien.nama
        self.fields[f"h{pk}"] = forms.ChoiceField(
            label=f"{nama} hadir?", choices=CAME, widget=forms.RadioSelect,
            error_messages={"required": f"Pilih hadir atau tidak hadir untuk {nama}."},
        )  # fmt: skip
        self.fields[f"a{pk}"] = forms.ChoiceField(
            label=f"Alasan {nama} tidak hadir", choices=[("", EMPTY_CHOICE), *CatatanBimbingan.Alasan.choices],
            required=False,
        )  # fmt: skip

    def _day(self, data) -> date | None:
        """ "Hari ini" is the day on which the device saved: without a signal the form may arrive days later."""
        days_ago = {"hari-ini": 0, "kemarin": 1}.get(data.get("kapan"))
        saved = data["dibuat_pada"].astimezone(self.zona).date()
        return data.get("tanggal") if days_ago is None else saved - timedelta(days=days_ago)

    def _check(self, schedule: JadwalLapor, met: date | None, data) -> None:
        pk, klien = schedule.klien_id, schedule.klien
        if data.get(f"h{pk}") == "tidak" and not data.get(f"a{pk}"):
            self.add_error(f"a{pk}", f"Pilih alasan {klien.nama} tidak hadir.")
        if met and met < klien.diregistrasi:
            self.add_error(f"h{pk}", f"{klien.nama} baru diregistrasi {tanggal(klien.diregistrasi)}.")

    def _record(self, schedule: JadwalLapor, next_day: date) -> CatatanBimbingan:
        data, came = self.cleaned_data, self.cleaned_data[f"h{schedule.klien_id}"] == "hadir"
        return CatatanBimbingan(
            tanggal=data["tanggal"], cara=CatatanBimbingan.Cara.KELOMPOK, bidang=data["bidang"], hadir=came,
            alasan="" if came else data[f"a{schedule.klien_id}"],
            tindak_lanjut="" if came else data["tindak_lanjut"],
            topik=data["topik"], catatan=data["catatan"], berikutnya=next_day, dibuat_pada=data["dibuat_pada"],
        )  # fmt: skip


def _locking(schedule: JadwalLapor) -> int:
    return schedule.pk
