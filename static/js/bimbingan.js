/* Field form: the key of a record is made at Simpan, not in the page, because a page kept by the browser would
   send its key a second time and a new contact would be taken for the old one. Trying again within ten minutes
   with the very same content keeps the key: the first answer may only have been lost on the way. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-bimbingan]");
  if (!form) return;
  const RETRY_MS = 600_000;
  const NOT_CONTENT = ["csrfmiddlewaretoken", "kunci", "dibuat_pada"];
  const store = `kunci:${document.body.dataset.pengguna}:${form.dataset.bimbingan}`;

  /* Only a number is kept in the tab, never what was typed. */
  const contentNumber = () => {
    const text = JSON.stringify([...new FormData(form)].filter(([name]) => !NOT_CONTENT.includes(name)));
    let number = 0x811c9dc5;
    for (const letter of text) number = Math.imul(number ^ letter.codePointAt(0), 0x01000193);
    return number;
  };

  const keyFor = (content) => {
    const last = JSON.parse(sessionStorage.getItem(store) ?? "null");
    if (last && last.content === content && Date.now() - last.at < RETRY_MS) return last;
    return { key: crypto.randomUUID(), content, at: Date.now() };
  };

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !window.crypto?.randomUUID) return;
    const attempt = keyFor(contentNumber());
    sessionStorage.setItem(store, JSON.stringify(attempt));
    form.elements.kunci.value = attempt.key;
    form.elements.dibuat_pada.value = new Date(attempt.at).toISOString();
  });

  const words = new Intl.DateTimeFormat("id-ID", { dateStyle: "full", timeZone: "UTC" });
  const sayNext = () => {
    const next = form.elements.berikutnya.valueAsDate;
    if (next) form.querySelector("[data-berikutnya]").textContent = `Berikutnya: ${words.format(next)}`;
  };
  form.elements.berikutnya.addEventListener("change", sayNext);
})();
