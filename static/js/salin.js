/* Copy buttons: `data-salin` names what is copied. Shown only where the clipboard may be written, also in regions that
   htmx swaps in later. */
(() => {
  "use strict";
  if (!navigator.clipboard) return;
  const show = (root) => root.querySelectorAll("[data-salin]").forEach((button) => (button.hidden = false));
  show(document);
  document.addEventListener("htmx:afterSwap", () => show(document));
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-salin]");
    if (!button) return;
    await navigator.clipboard.writeText(document.querySelector(button.dataset.salin).textContent.trim());
    button.textContent = "Tersalin";
  });
})();
