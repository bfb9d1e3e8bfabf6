/* The form without signal offers the clients that were taken along, and keeps the one whom its address names. */
import { CLIENTS, kept } from "./lapangan.js";

const code = () => document.querySelector("form[data-luring]").elements.klien;

const pick = (value) => {
  code().value = value;
  code().dispatchEvent(new Event("input", { bubbles: true }));
};

const choice = ({ kode, panggilan, desa, waktu }) => {
  const label = document.createElement("label");
  label.className = "p-kartu";
  const radio = document.createElement("input");
  Object.assign(radio, { type: "radio", name: "", value: kode, checked: kode === code().value });
  radio.addEventListener("change", () => pick(kode));
  const words = document.createElement("span"), facts = document.createElement("small");
  words.textContent = [panggilan, desa].filter(Boolean).join(" · ");
  facts.textContent = [waktu, kode].filter(Boolean).join(" · ");
  words.append(facts);
  label.append(radio, words);
  return label;
};

const show = (group, names) => {
  group.querySelector("[data-lapangan-pilihan]").replaceChildren(...names.map(choice));
  group.hidden = !names.length;
};

/* The client of the address stays the one, until the person wants another: by name, if names were taken along. */
const keepTo = (group, asked, names) => {
  const known = names.find(({ id }) => String(id) === asked);
  const field = code(), question = field.closest(".govuk-form-group");
  const chosen = document.querySelector("[data-lapangan-satu]");
  question.hidden = true;
  if (known) {
    field.value = known.kode;
    show(group, [known]);
  } else {
    field.type = "hidden";
    field.value = asked;
    group.hidden = true;
  }
  chosen.querySelector("p").hidden = Boolean(known);
  chosen.hidden = false;
  chosen.querySelector("button").addEventListener("click", () => {
    chosen.hidden = true;
    question.hidden = false;
    Object.assign(field, { type: "text", value: "" });
    show(group, names);
  });
};

/* A tap on one client, without signal, opens the kept form under that client's URL. */
const offer = async (group) => {
  const names = (await kept(CLIENTS))?.nama ?? [];
  const asked = new URLSearchParams(location.search).get("klien");
  if (/^\d+$/.test(asked) && !location.hash) keepTo(group, asked, names);
  else show(group, names);
};

const group = document.querySelector("[data-lapangan]");
if (group) offer(group);
