/* On every page: menu that closes, errors that take the focus, one click = one request. */
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
  const free = () => {
    for (const button of document.querySelectorAll("[data-sekali][aria-busy]")) {
      button.removeAttribute("aria-busy");
      if (button.dataset.teks) button.textContent = button.dataset.teks;
    }
  };
  window.addEventListener("pageshow", free);
  window.addEventListener("portal:bebas", free);
})();
