/* Assessment: every answer goes to the server when the field is left, and at the latest after two seconds. What has
   not arrived stays in this tab (sesi.js keeps it for this person). Without this script the button saves the page. */
(() => {
  "use strict";
  const print = document.querySelector("[data-cetak]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }

  const form = document.querySelector("form[data-asesmen]");
  if (!form) return;
  const DELAY_MS = 2000;
  const words = form.querySelector("[data-keadaan]");
  const tell = (name) => document.dispatchEvent(new Event(name));
  let sending = Promise.resolve("saved");
  let timer, edits = 0, saved = 0;

  const post = async (keepalive) => {
    const body = new FormData(form);
    return fetch(location.href, { method: "POST", body, headers: { "X-Simpan-Otomatis": "1" }, redirect: "manual", keepalive }).catch(() => null);
  };

  /* → "saved", "conflict", "refused" (the page itself says why), "signed-out" or "offline" */
  const send = async () => {
    if (saved === edits) return "saved";
    const before = edits;
    const answer = await post(false);
    if (!answer) return "offline";
    if (answer.status === 204) {
      form.elements.versi.value = answer.headers.get("X-Versi");
      words.textContent = answer.headers.get("X-Tersimpan");
      saved = before;
      if (saved === edits) tell("isian:tersimpan");
      return "saved";
    }
    if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) return "signed-out";
    return answer.status === 409 ? "conflict" : "refused";
  };

  const SAY = {
    conflict: "Diubah di layar lain. Tekan tombol untuk membandingkan.",
    refused: "Belum tersimpan. Tekan tombol untuk melihat sebabnya.",
    offline: "Belum ada sinyal. Isian tetap di halaman ini.",
    "signed-out": "Sesi berakhir. Isian Anda aman.",
  };

  const save = () => {
    clearTimeout(timer);
    sending = sending.then(send).then((state) => {
      if (SAY[state]) words.textContent = SAY[state];
      if (state === "signed-out") tell("sesi:berakhir");
      if (state === "offline") timer = setTimeout(save, 5000);
      return state;
    });
    return sending;
  };

  /* Naming a need unticks "no need here"; the other way round nothing is deleted. */
  form.addEventListener("input", ({ target }) => {
    if (target.name?.startsWith("ada-") && target.checked) form.elements.tanpa_kebutuhan.checked = false;
    edits += 1;
    clearTimeout(timer);
    timer = setTimeout(save, DELAY_MS);
  });
  form.addEventListener("change", save);

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = event.submitter;
    const state = await save();
    if (["saved", "conflict", "refused"].includes(state)) return form.submit();
    button.removeAttribute("aria-busy");
    if (button.dataset.teks) button.textContent = button.dataset.teks;
  });

  window.addEventListener("pagehide", () => {
    if (saved === edits) return;
    tell("isian:simpan");
    post(true);
  });

  if (form.dataset.berubah) {  // sesi.js brought back what had not reached the server
    edits += 1;
    save();
  }
})();
