/* The page of a job asks by itself how far it is. After an answer that did not come it goes on asking. */
(() => {
  "use strict";
  const AGAIN_MS = 15_000;
  const askAgain = ({ detail: { elt } }) => {
    const url = elt.getAttribute("hx-get");
    if (url) setTimeout(() => htmx.ajax("GET", url, { source: elt }), AGAIN_MS);
  };
  document.addEventListener("htmx:responseError", askAgain);
  document.addEventListener("htmx:sendError", askAgain);
})();
