/* The session ends after idle time. Two minutes before, a dialog offers to go on; when it does end, what was
   typed stays in this tab and returns to the same form after the same person has logged in again. Tabs tell
   each other through localStorage when the session was last prolonged: only a time, nothing about anybody. */
(() => {
  "use strict";
  const { pengguna, sesi, perpanjang } = document.body.dataset;
  const dialog = document.getElementById("sesi");
  const WARN_MS = 120_000;
  const ENDS_KEY = "sesi-berakhir";
  const draftKey = `isian:${pengguna}:${location.pathname}${location.search}`;
  const forms = () => [...document.querySelectorAll("main form[method=post]")];
  let ends, timer;

  /* Hidden fields and passwords are never kept: they may belong to another record or person. */
  const kept = (field) => field.name && !["hidden", "password", "file", "submit", "button"].includes(field.type);

  const draftOf = (form) =>
    [...form.elements].filter(kept).map((field) => ({
      name: field.name,
      value: field.value,
      ...(["radio", "checkbox"].includes(field.type) && { checked: field.checked }),
    }));

  const saveDraft = () => {
    const draft = forms().filter((form) => form.dataset.berubah).map((form) => [form.getAttribute("action"), draftOf(form)]);
    if (draft.length) sessionStorage.setItem(draftKey, JSON.stringify(draft));
  };

  const fill = (form, values) => {
    for (const { name, value, checked } of values) {
      const same = [...form.elements].filter((field) => kept(field) && field.name === name);
      if (checked === undefined) {
        if (same.length === 1) same[0].value = value;
      } else {
        const choice = same.find((field) => field.value === value);
        if (choice) choice.checked = checked;
      }
    }
    form.dataset.berubah = "1";
  };

  /* A form sent after the session ended is answered by the log-in page. Its content waits until the next page loads:
     after a log-in it goes back into the form; after any other page the form has arrived. */
  const SENT = "terkirim:";
  const fromLogin = () => document.referrer && new URL(document.referrer).pathname.startsWith("/masuk/");
  const keepSent = (form) => {
    const target = new URL(form.action);
    const draft = [[form.getAttribute("action"), draftOf(form)]];
    sessionStorage.setItem(`${SENT}${pengguna}:${target.pathname}${target.search}`, JSON.stringify(draft));
  };
  const takeSent = () => {
    const key = `${SENT}${pengguna}:${location.pathname}${location.search}`;
    if (fromLogin() && sessionStorage.getItem(key)) sessionStorage.setItem(draftKey, sessionStorage.getItem(key));
    for (const one of Object.keys(sessionStorage)) if (one.startsWith(SENT)) sessionStorage.removeItem(one);
  };

  const restoreDraft = () => {
    const draft = sessionStorage.getItem(draftKey);
    if (!draft) return;
    sessionStorage.removeItem(draftKey);
    for (const [action, values] of JSON.parse(draft)) {
      const form = forms().find((candidate) => candidate.getAttribute("action") === action);
      if (form) fill(form, values);
    }
  };

  /* Deletes drafts of somebody else who used this tab. */
  const dropForeignDrafts = () => {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith("isian:") && !key.startsWith(`isian:${pengguna}:`)) sessionStorage.removeItem(key);
    }
  };

  const csrf = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

  const start = () => {
    ends = Date.now() + Number(sesi) * 1000;
    localStorage.setItem(ENDS_KEY, ends);
    clearInterval(timer);
    timer = setInterval(tick, 1000);
  };

  const tick = () => {
    ends = Math.max(ends, Number(localStorage.getItem(ENDS_KEY)));
    const left = ends - Date.now();
    if (left <= 0) expire();
    else if (left > WARN_MS) dialog.close();
    else if (!dialog.open) dialog.showModal();
  };

  const expire = () => {
    clearInterval(timer);
    saveDraft();
    dialog.querySelector("h2").textContent = "Sesi Anda berakhir";
    dialog.querySelector("[data-sesi-isi]").textContent = "Isian Anda aman. Masuk lagi untuk melanjutkan.";
    dialog.querySelector("[data-sesi-lanjut]").textContent = "Masuk lagi";
    dialog.dataset.berakhir = "1";
    if (!dialog.open) dialog.showModal();
  };

  const extend = async () => {
    if (dialog.dataset.berakhir) return location.assign(location.href);
    const answer = await fetch(perpanjang, { method: "POST", headers: { "X-CSRFToken": csrf() }, redirect: "manual" }).catch(() => null);
    if (!answer) return;
    if (!answer.ok) return expire();
    dialog.close();
    start();
  };

  document.addEventListener("input", (event) => {
    const form = event.target.closest("main form[method=post]");
    if (form) form.dataset.berubah = "1";
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    const automatic = detail.requestConfig.headers["X-Otomatis"]; // a page that polls is not a person at work
    if (detail.successful && !automatic) start();
  });
  /* A page that saves by itself: keep what the server lacks, forget what it has, or show that the session ended. */
  document.addEventListener("isian:simpan", saveDraft);
  document.addEventListener("isian:tersimpan", () => {
    for (const form of forms()) delete form.dataset.berubah;
    sessionStorage.removeItem(draftKey);
    start();
  });
  document.addEventListener("sesi:berakhir", expire);
  dialog.querySelector("[data-sesi-lanjut]").addEventListener("click", extend);
  document.addEventListener("submit", (event) => {
    if (event.target.matches("main form[method=post]") && event.target.dataset.berubah) keepSent(event.target);
  });
  dropForeignDrafts();
  takeSent();
  restoreDraft();
  start();
})();
