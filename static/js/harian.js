// "Salin teks": without a clipboard the text stays selectable, so the button appears only where it works.
for (const button of document.querySelectorAll("[data-salin]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const box = document.getElementById(button.dataset.salin);
    await navigator.clipboard.writeText(box.value);
    document.getElementById("tersalin").textContent = "Tersalin.";
  });
}
