/* Attendance: one tap marks everybody present, a live count, and the print button. Without this script the button
   "Tandai semua hadir" goes to the server. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-hadir]");
  if (form) {
    const groups = [...form.querySelectorAll(".p-hadir fieldset")];
    const count = form.querySelector("[data-hitung]");
    const chosen = (group) => group.querySelector("input[type=radio]:checked")?.value;
    const show = () => {
      const values = groups.map(chosen);
      const unset = values.filter((value) => !value).length;
      const present = values.filter((value) => value === "hadir").length;
      count.textContent = `Hadir ${present} dari ${groups.length}${unset ? ` · ${unset} belum dicatat` : ""}`;
    };
    /* A group that was touched is sent even if it is back at its first value: an earlier save may be on its way from
       this phone. So the hidden first value is cleared. */
    const touch = ({ target }) => {
      const before = target.closest?.("fieldset")?.querySelector("input[name^=initial-]");
      if (before) before.value = "";
    };
    form.addEventListener("change", touch);
    form.addEventListener("change", show);
    form.querySelector("[data-semua]").addEventListener("click", (event) => {
      event.preventDefault();
      for (const group of groups) {
        if (!chosen(group)) group.querySelector("input[value=hadir]").checked = true;
      }
      form.dispatchEvent(new Event("input", { bubbles: true }));
      show();
    });
    show();
  }

  const print = document.querySelector("[data-cetak]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
})();
