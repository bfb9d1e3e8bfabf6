"""Follow-ups 3, 6 and 12 months after the end."""

from django.urls import reverse

from apps.akun.access import requires
from apps.dasar.pages import sent, takes_form
from apps.dasar.wording import tanggal
from apps.perjalanan import services
from apps.perjalanan.forms import FollowUpForm
from apps.perjalanan.models import TindakLanjut
from apps.perjalanan.views.shared import Words, act, row_of, trail, ways_of
from apps.wilayah.days import today


@requires("klien.usulkan")
@takes_form
def answer(request, pk):
    row, klien = row_of(request, TindakLanjut.objects.select_related("akhir"), pk)
    form = FollowUpForm(sent(request), instance=row, hari_ini=today(request.user))
    words = Words(
        f"Tindak lanjut {row.get_bulan_display()}", "Simpan tindak lanjut",
        reverse("perjalanan:ways", args=[klien.pk]),
        akibat=f"Bimbingan berakhir {tanggal(row.akhir.tanggal)}. Jawab “Tidak diketahui” bila belum pasti.",
    )  # fmt: skip
    return act(
        request, form, words, klien=klien, jalur=trail(klien, ways_of(klien)), done="Tindak lanjut tersimpan.",
        to=reverse("perjalanan:ways", args=[klien.pk]),
        do=lambda: services.followup.answer(tindak_lanjut=row, by=request.user, **form.answers()),
    )  # fmt: skip
