/* Field form: says the next date in words, and fills in a usual next step. Saving is the work of isian.js. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-bimbingan]");
  if (!form) return;

  for (const group of form.querySelectorAll("[data-isi-cepat]")) {
    group.hidden = false;
    group.addEventListener("click", ({ target }) => {
      if (target.type !== "button") return;
      const field = form.elements[group.dataset.isiCepat];
      field.value = [field.value.trim().replace(/\.$/, ""), target.textContent].filter(Boolean).join(". ");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  if (!form.elements.berikutnya) return;
  const words = new Intl.DateTimeFormat("id-ID", { dateStyle: "full", timeZone: "UTC" });
  const sayNext = () => {
    const next = form.elements.berikutnya.valueAsDate;
    if (next) form.querySelector("[data-berikutnya]").textContent = `Berikutnya: ${words.format(next)}`;
  };
  form.elements.berikutnya.addEventListener("change", sayNext);
})();
