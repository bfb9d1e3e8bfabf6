/* On every page: menu that closes, errors that take the focus, one click = one request, the connection chip. */
(() => {
  "use strict";

  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll("details.p-menu[open]")) {
      if (menu !== except) menu.open = false;
    }
  };
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.p-menu")));
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("details.p-menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  const focusErrors = (root) => root.querySelector("[data-fokus]")?.focus();
  focusErrors(document);
  document.addEventListener("htmx:afterSwap", (event) => focusErrors(event.target));

  /* A second click on a button that is already sending does nothing; coming back to the page frees it. */
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button?.hasAttribute("data-sekali")) return;
    if (button.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      return;
    }
    button.setAttribute("aria-busy", "true");
    if (button.dataset.tunggu) {
      button.dataset.teks = button.textContent;
      button.textContent = button.dataset.tunggu;
    }
  });
  window.addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("[data-sekali][aria-busy]")) {
      button.removeAttribute("aria-busy");
      if (button.dataset.teks) button.textContent = button.dataset.teks;
    }
  });

  /* The browser's own opinion is only a hint; a page that holds a queue tells more with this event. */
  const chip = document.querySelector("[data-status-kirim]");
  const showConnection = (online, waiting = 0) => {
    if (!chip) return;
    chip.classList.toggle("p-luring", !online);
    const words = waiting ? ` · ${waiting} belum terkirim` : "";
    chip.querySelector(".p-status").textContent = (online ? "Daring" : "Luring") + words;
  };
  window.addEventListener("offline", () => showConnection(false));
  window.addEventListener("online", () => showConnection(true));
  document.addEventListener("portal:kirim", (event) => showConnection(event.detail.daring, event.detail.menunggu));
})();
