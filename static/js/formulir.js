/* Long forms: starts the vendored components (password, character count) in Bahasa Indonesia. */
(async () => {
  "use strict";
  const { initAll } = await import(document.querySelector("script[data-ui-base]").dataset.uiBase);
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  initAll({
    passwordInput: {
      i18n: {
        showPassword: "Tampilkan",
        hidePassword: "Sembunyikan",
        showPasswordAriaLabel: "Tampilkan kata sandi",
        hidePasswordAriaLabel: "Sembunyikan kata sandi",
        passwordShownAnnouncement: "Kata sandi tampil",
        passwordHiddenAnnouncement: "Kata sandi tersembunyi",
      },
    },
    characterCount: {
      i18n: {
        charactersUnderLimit: { other: "Sisa %{count} karakter" },
        charactersAtLimit: "Sisa 0 karakter",
        charactersOverLimit: { other: "Kelebihan %{count} karakter" },
        textareaDescription: { other: "Paling banyak %{count} karakter" },
      },
    },
    errorSummary: { disableAutoFocus: true },
  });
})();
