"""URLs of this room (app); bookmarks rely on the slugs."""

from django.urls import path

from apps.perjalanan.views import ends, followup, handover, letters, lists, revocation, stages

app_name = "perjalanan"
urlpatterns = [
    path("perjalanan/", lists.cases, name="cases"),
    path("perjalanan/unduh/", lists.export, name="export"),
    path("klien/<int:pk>/tahap/", stages.stages, name="stages"),
    path("klien/<int:pk>/tahap/pindah/", stages.move, name="stage_move"),
    path("klien/<int:pk>/tahap/batalkan/", stages.take_back, name="stage_take_back"),
    path("klien/<int:pk>/tahap/lapas/", stages.prison_stage, name="prison_stage"),
    path("klien/<int:pk>/tahap/lapas/<int:row>/coret/", stages.strike, name="prison_stage_strike"),
    path("klien/<int:pk>/akhir/", ends.ways, name="ways"),
    path("klien/<int:pk>/akhir/<slug:jenis>/usulkan/", ends.propose, name="end_new"),
    path("klien/<int:pk>/cabut/", revocation.create, name="revocation_new"),
    path("klien/<int:pk>/panggil/", letters.summons, name="summons"),
    path("klien/<int:pk>/limpahkan/", handover.create, name="transfer_new"),
    path("perjalanan/akhir/<int:pk>/", ends.detail, name="end"),
    path("perjalanan/akhir/<int:pk>/setujui/", ends.approve, name="end_approve"),
    path("perjalanan/akhir/<int:pk>/tolak/", ends.reject, name="end_reject"),
    path("perjalanan/akhir/<int:pk>/tarik/", ends.withdraw, name="end_withdraw"),
    path("perjalanan/akhir/<int:pk>/buka-kembali/", ends.reverse_end, name="end_reverse"),
    path("perjalanan/akhir/<int:pk>/surat/", letters.end_letter, name="end_letter"),
    path("perjalanan/pencabutan/<int:pk>/", revocation.detail, name="revocation"),
    path("perjalanan/pencabutan/<int:pk>/langkah/<slug:langkah>/", revocation.prepare, name="revocation_step"),
    path("perjalanan/pencabutan/<int:pk>/putusan/<slug:langkah>/", revocation.decide, name="revocation_decide"),
    path("perjalanan/pencabutan/<int:pk>/surat/", letters.revocation_letter, name="revocation_letter"),
    path("perjalanan/pelimpahan/<int:pk>/", handover.detail, name="transfer"),
    path("perjalanan/pelimpahan/<int:pk>/terima/", handover.accept, name="transfer_accept"),
    path("perjalanan/pelimpahan/<int:pk>/tolak/", handover.refuse, name="transfer_refuse"),
    path("perjalanan/pelimpahan/<int:pk>/tarik/", handover.withdraw, name="transfer_withdraw"),
    path("perjalanan/pelimpahan/<int:pk>/surat/", letters.transfer_letter, name="transfer_letter"),
    path("perjalanan/tindak-lanjut/<int:pk>/", followup.answer, name="followup"),
]
