"""Pages of accounts. allauth's own views keep their names, with our slugs and our access decorators."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import include, path, re_path

from apps.akun import views
from apps.akun.access import public, signed_in
from apps.akun.views import bad_form_is_422

stranger = public("Orang yang belum masuk memerlukan halaman ini untuk masuk.")
midway = public("Kata sandi sudah diperiksa; allauth menjaga langkah kedua ini.")


def _(route, view, name, guard):
    """One page of allauth."""
    make = re_path if route.startswith("^") else path
    return make(route, guard(bad_form_is_422(view)), name=name)


entrance = [
    _("masuk/", account.login, "account_login", stranger),
    _("masuk/kode/", mfa.authenticate, "mfa_authenticate", midway),
    _("keluar/", views.forgetting(account.logout), "account_logout", stranger),
    _("akun-nonaktif/", account.account_inactive, "account_inactive", stranger),
    _("lupa-sandi/", account.password_reset, "account_reset_password", stranger),
    _("lupa-sandi/terkirim/", account.password_reset_done, "account_reset_password_done", stranger),
    _("^lupa-sandi/baru/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", account.password_reset_from_key,
      "account_reset_password_from_key", stranger),
    _("lupa-sandi/selesai/", account.password_reset_from_key_done, "account_reset_password_from_key_done", stranger),
]  # fmt: skip
own_safety = [
    _("ganti-sandi/", account.password_change, "account_change_password", signed_in),
    _("buat-sandi/", account.password_set, "account_set_password", signed_in),
    _("keamanan/", mfa.index, "mfa_index", signed_in),
    _("keamanan/konfirmasi/", account.reauthenticate, "account_reauthenticate", signed_in),
    _("keamanan/konfirmasi/kode/", mfa.reauthenticate, "mfa_reauthenticate", signed_in),
    _("keamanan/konfirmasi/kunci/", webauthn.reauthenticate_webauthn, "mfa_reauthenticate_webauthn", signed_in),
    _("keamanan/aplikasi/", totp.activate_totp, "mfa_activate_totp", signed_in),
    _("keamanan/aplikasi/matikan/", totp.deactivate_totp, "mfa_deactivate_totp", signed_in),
    _("keamanan/pemulihan/", recovery.view_recovery_codes, "mfa_view_recovery_codes", signed_in),
    _("keamanan/pemulihan/buat/", recovery.generate_recovery_codes, "mfa_generate_recovery_codes", signed_in),
    _("keamanan/pemulihan/unduh/", recovery.download_recovery_codes, "mfa_download_recovery_codes", signed_in),
    _("keamanan/kunci/", webauthn.list_webauthn, "mfa_list_webauthn", signed_in),
    _("keamanan/kunci/tambah/", webauthn.add_webauthn, "mfa_add_webauthn", signed_in),
    _("keamanan/kunci/<int:pk>/ubah/", webauthn.edit_webauthn, "mfa_edit_webauthn", signed_in),
    _("keamanan/kunci/<int:pk>/hapus/", webauthn.remove_webauthn, "mfa_remove_webauthn", signed_in),
]
own_account = [
    path("penugasan/", views.duties, name="penugasan"),
    path("pengaturan/", views.settings_page, name="pengaturan"),
    path("pengaturan/token/", views.token_make, name="token"),
    path("pengaturan/token/<int:pk>/cabut/", views.token_revoke, name="token_cabut"),
    path("pengaturan/keluar/", views.sign_out_others, name="keluar_lain"),
    path("sesi/perpanjang/", views.extend_session, name="perpanjang"),
]
people = [
    path("", views.people, name="pengguna"),
    path("unduh/", views.people_export, name="pengguna_unduh"),
    path("undang/", views.invite, name="undang"),
    path("undangan/", views.invite_all_again, name="undang_semua"),
    path("<int:pk>/", views.person, name="orang"),
    path("<int:pk>/undangan/", views.invite_again, name="undang_ulang"),
    path("<int:pk>/penugasan/", views.duty_give, name="beri"),
    path("<int:pk>/penugasan/<int:duty>/akhiri/", views.duty_end, name="akhiri"),
    path("<int:pk>/nonaktifkan/", views.deactivate, name="nonaktifkan"),
    path("<int:pk>/keluarkan/", views.sign_out, name="keluarkan"),
    path("<int:pk>/dua-langkah/", views.second_factor_drop, name="dua_langkah"),
    path("<int:pk>/aktifkan/", views.reactivate, name="aktifkan"),
]
urlpatterns = [
    *entrance,
    *own_safety,
    path("", include(([*own_account, path("kelola/pengguna/", include(people))], "akun"))),
]
