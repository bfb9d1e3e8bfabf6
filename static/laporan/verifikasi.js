/* Verification by file: the browser makes the SHA-256 itself and asks for that alone. The file never leaves the device. */
(() => {
  "use strict";
  const form = document.querySelector("[data-sidik]");
  if (!form || !window.crypto?.subtle) return; // old browser or no https: the code still works
  const input = form.querySelector("input[type=file]");
  const say = (words) => (form.querySelector("[data-sidik-pesan]").textContent = words);
  form.hidden = false;

  const check = async (file) => {
    if (!file) return;
    say("Memeriksa berkas…");
    try {
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
      form.elements.sidik.value = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
      form.submit();
    } catch {
      say("Berkas tidak dapat dibaca. Pilih berkas lagi.");
    }
  };
  input.addEventListener("change", () => check(input.files[0]));
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    check(event.dataTransfer.files[0]);
  });
})();
