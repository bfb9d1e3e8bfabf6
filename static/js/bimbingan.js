/* Field form: says the next date in words. Saving is the work of isian.js. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-bimbingan]");
  if (!form?.elements.berikutnya) return;

  const words = new Intl.DateTimeFormat("id-ID", { dateStyle: "full", timeZone: "UTC" });
  const sayNext = () => {
    const next = form.elements.berikutnya.valueAsDate;
    if (next) form.querySelector("[data-berikutnya]").textContent = `Berikutnya: ${words.format(next)}`;
  };
  form.elements.berikutnya.addEventListener("change", sayNext);
})();
