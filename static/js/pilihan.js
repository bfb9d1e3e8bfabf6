/* The bar under a list with ticks: says how many are chosen. Without this script the bar works the same. */
(() => {
  "use strict";
  const say = () => {
    const bar = document.querySelector("[data-terpilih]");
    if (!bar) return;
    const count = document.querySelectorAll("input[form=pilihan]:checked").length;
    bar.dataset.kosong ??= bar.textContent;
    bar.textContent = count ? `${count} klien dipilih` : bar.dataset.kosong;
  };
  document.addEventListener("change", (event) => event.target.form?.id === "pilihan" && say());
  window.addEventListener("pageshow", say);
})();
