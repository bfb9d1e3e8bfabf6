/* Forms that can be saved without signal: first to the queue, then to the portal (docs/keputusan/0013). The key is made
   at Simpan, because a kept page would send its own again. The portal decides if the same content is the same contact,
   because it knows what was undone. A photo for an older record (data-kunci) uses the key of that record. */
import { ASK, answerTo, csrf, enqueue, entries, send, sendAll } from "./antrean.js";
import { DAY_MS, DRAFT, account, fileOf, get, put, remove, usable } from "./gudang.js";

const RETRY_MS = 600_000, DRAFT_MS = 600;
const NOT_CONTENT = ["csrfmiddlewaretoken", "kunci", "dibuat_pada"];
const form = document.querySelector("form[data-luring]");
const { luring, judul: title, lagi: again, kunci: recordKey } = form.dataset;
const photo = form.elements.foto;
/* The kept form asks for a code, unless its address names the client; then it shares the draft of that client's form. */
const asksForCode = () => form.elements.klien?.type === "text";
const asked = asksForCode() && new URLSearchParams(location.search).get("klien");
const formId = asked ? `${luring}:${asked}` : luring;
const draftId = `draf:${account.id}:${formId}`;
const clock = new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit" });
let busy = false, drafting, repairing, photoTools;

const say = (text) => { form.querySelector("[data-kabar]").textContent = text; };
const free = () => { busy = false; window.dispatchEvent(new Event("portal:bebas")); };

// --- content -------------------------------------------------------------------------------------

const contentOf = (submitter) =>
  [...new FormData(form, submitter)].filter(([name, value]) => !NOT_CONTENT.includes(name) && typeof value === "string");

/* Content that already waits on this phone keeps its key: perhaps only the answer was lost. Only the newest entry of
   this form counts: somebody who marks present, absent and present again means the last. */
const attemptFor = async (content) => {
  if (recordKey) return { key: recordKey, at: Date.now() };
  const waiting = (await entries()).filter(({ galat, url }) => !galat && url === form.action).at(-1);
  const typed = waiting?.isi.filter(([name]) => !NOT_CONTENT.includes(name));
  const same = JSON.stringify(typed) === JSON.stringify(content) && Date.now() - waiting.waktu < RETRY_MS;
  return same ? { key: waiting.id, at: waiting.waktu } : { key: repairing ?? crypto.randomUUID(), at: Date.now() };
};

/* "123" is the client 123 of this year. */
const fullCode = (typed) =>
  /^\d{1,5}$/.test(typed) ? `KL-${new Date().getFullYear()}-${typed.padStart(5, "0")}` : typed.toUpperCase();

const tidyCode = () => {
  if (asksForCode()) form.elements.klien.value = fullCode(form.elements.klien.value.trim());
};

/* What the queue calls the entry. */
const titled = () => (/^KL-/.test(form.elements.klien?.value) ? `${title} ${form.elements.klien.value}` : title);

/* Hidden fields are never filled: they may belong to another client. */
const fill = (content) => {
  for (const field of form.elements) {
    if (!field.name || ["hidden", "file", "submit", "button"].includes(field.type)) continue;
    const values = content.filter(([name]) => name === field.name).map(([, value]) => value);
    if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
    else if (values.length) field.value = values[0];
  }
  form.dispatchEvent(new Event("change"));
};

// --- drafts --------------------------------------------------------------------------------------

const keepDraft = () => {
  clearTimeout(drafting);
  drafting = setTimeout(async () => {
    if (busy) return;
    await put({ id: draftId, jenis: DRAFT, waktu: Date.now() }, { isi: contentOf() });
    say("Draf tersimpan di HP ini.");
  }, DRAFT_MS);
};

const dropDraft = () => { clearTimeout(drafting); return remove(draftId); };

const restoreDraft = async () => {
  const draft = await get(DRAFT, draftId);
  if (!draft || Date.now() - draft.waktu > DAY_MS) return;
  fill(draft.isi);
  say(`Draf pukul ${clock.format(draft.waktu)} dipulihkan. Periksa sebelum menyimpan.`);
};

// --- photo ---------------------------------------------------------------------------------------

/* Most records have none, so its script is loaded when it is needed. */
const loadPhotoTools = () => (photoTools ??= import("./foto.js").catch(() => { photoTools = undefined; }));

/* Waits for a photo that is still being made small. One that cannot be used is reported, never lost silently. */
const photoTrouble = async () =>
  photo?.files.length ? (await (await loadPhotoTools())?.ready()) ?? "Foto ini belum dapat disiapkan. Simpan tanpa foto dulu." : "";

// --- mistakes ------------------------------------------------------------------------------------

const fieldOf = (name) => {
  const found = name && form.elements[name];
  return (found instanceof RadioNodeList ? found[0] : found) ?? null;
};

const clearMistakes = () => {
  for (const old of document.querySelectorAll("[data-galat-hp], main > .govuk-error-summary, form[data-luring] .p-galat")) old.remove();
  for (const group of form.querySelectorAll(".govuk-form-group--error")) group.classList.remove("govuk-form-group--error");
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
};

/* The sentence before its field, as the portal's own page shows it. */
const markField = (field, sentence) => {
  const group = field.closest(".govuk-form-group, li");
  const box = document.createElement("div"), line = document.createElement("p"), said = document.createElement("span");
  Object.assign(box, { className: "p-galat", id: `${field.id}_error` });
  line.className = "govuk-error-message";
  Object.assign(said, { className: "govuk-visually-hidden", textContent: "Galat:" });
  line.append(said, ` ${sentence}`);
  box.append(line);
  group?.classList.add("govuk-form-group--error");
  (field.closest(".p-kartu-grup") ?? field).before(box);
  field.setAttribute("aria-invalid", "true");
  const told = new Set(field.getAttribute("aria-describedby")?.split(" "));
  field.setAttribute("aria-describedby", [...told.add(box.id)].join(" "));
  field.closest("details")?.setAttribute("open", "");
};

const showMistakes = (mistakes) => {
  clearMistakes();
  const box = document.createElement("div");
  Object.assign(box, { className: "govuk-error-summary", tabIndex: -1, role: "alert" });
  box.dataset.galatHp = "";
  const heading = document.createElement("h2");
  heading.className = "govuk-error-summary__title";
  heading.textContent = `Ada ${mistakes.length} hal yang perlu diperbaiki`;
  const list = document.createElement("ul");
  list.className = "govuk-list govuk-error-summary__list";
  for (const [name, sentence] of mistakes) {
    const field = fieldOf(name);
    const line = document.createElement(field?.id ? "a" : "span");
    if (field?.id) line.href = `#${field.id}`;
    line.textContent = sentence;
    list.append(document.createElement("li"));
    list.lastChild.append(line);
    if (field?.id && field.type !== "hidden") markField(field, sentence);
  }
  box.append(heading, list);
  document.querySelector("main").prepend(box);
  box.focus();
};

/* Without a place on the phone the form goes to the portal as any form does. */
const postPlainly = (attempt) => {
  for (const [name, value] of [["kunci", attempt.key], ["dibuat_pada", new Date(attempt.at).toISOString()]]) {
    if (form.elements[name]) form.elements[name].value = value;
  }
  form.elements.csrfmiddlewaretoken.value = csrf() || form.elements.csrfmiddlewaretoken.value;
  form.submit();
};

/* The first answer told the mistakes: they are shown here, and nothing is sent a second time. */
const repair = (entry) => {
  repairing = entry.id;
  free();
  say("");
  showMistakes(entry.galat);
};

/* An entry opened from the queue. */
const openRepair = async () => {
  const fromQueue = location.hash.match(/^#perbaiki=(.+)$/)?.[1];
  const entry = fromQueue && (await entries()).find(({ id, galat }) => galat && id === fromQueue);
  if (!entry) return;
  repairing = entry.id;
  if (entry.lampiran && photo) (await loadPhotoTools())?.restore(await fileOf(entry, "image/jpeg"));
  fill(entry.isi);
  showMistakes(entry.galat);
};

// --- saving --------------------------------------------------------------------------------------

const linkTo = (href, textContent) => Object.assign(document.createElement("a"), { className: "govuk-link p-sentuh", href, textContent });

/* A record about one client is done: its form goes, so that it is never taken for one that waits to be saved. */
const finish = (text) => {
  free();
  clearMistakes();
  document.querySelector("[data-tersimpan-hp]")?.remove();
  const box = document.createElement("div"), line = document.createElement("p");
  Object.assign(box, { className: "p-spanduk p-spanduk--baik", tabIndex: -1 });
  box.dataset.tersimpanHp = "";
  Object.assign(line, { className: "govuk-body", textContent: text });
  box.append(line);
  if (again) {
    form.reset();
    form.hidden = true;
    const more = Object.assign(document.createElement("button"), { type: "button", className: "p-polos", textContent: "Catat satu lagi" });
    more.addEventListener("click", () => { box.remove(); form.hidden = false; form.querySelector("input:not([type=hidden])").focus(); });
    box.append(linkTo(again, "Catat klien lain"), " ", more);
  }
  form.before(box);
  box.focus();
  say(again ? "" : text);
};

/* If the phone cannot keep the entry, the form goes straight to the portal, so that it is not lost. */
const withoutQueue = async (attempt) => {
  const answer = await fetch("/sehat/", { cache: "no-store", signal: AbortSignal.timeout(8000) }).catch(() => null);
  if (answer) return postPlainly(attempt);
  free();
  showMistakes([["", "Belum tersimpan: HP ini menolak menyimpan dan tidak ada sinyal. Jangan tutup halaman ini."]]);
};

const save = async (submitter) => {
  const trouble = await photoTrouble();
  if (trouble) {
    photo.value = "";
    free();
    return showMistakes([["foto", trouble]]);
  }
  tidyCode();
  const content = contentOf(submitter);
  const attempt = await attemptFor(content);
  if (recordKey && !photo.files.length) return postPlainly(attempt);
  const entry = {
    id: attempt.key,
    waktu: attempt.at,
    url: form.action,
    isi: [...content, ["dibuat_pada", new Date(attempt.at).toISOString()]],
    judul: titled(),
    asal: asksForCode() ? again : location.pathname + location.search,
    foto: photo?.files[0] ?? (repairing && photoTools ? null : undefined),
    fotoKe: recordKey && form.action,
  };
  try {
    await enqueue(entry);
  } catch {
    return withoutQueue(attempt);
  }
  await dropDraft();
  say("Tersimpan di HP. Mengirim…");
  await (recordKey ? sendAll() : send());
  const left = (await entries()).find(({ id }) => id === entry.id);
  const { kembali, url = "/" } = answerTo(entry.id) ?? {};
  if (!left || (left.fotoKe && !recordKey)) return location.assign(kembali ?? url);
  if (left.galat) return repair(left);
  repairing = undefined;
  finish(
    left.keadaan === ASK
      ? "Tersimpan di HP. Masuk lagi untuk mengirim."
      : "Tersimpan di HP. Akan dikirim saat ada sinyal.",
  );
};

const start = async () => {
  photo?.closest("details")?.addEventListener("toggle", loadPhotoTools);
  photo?.addEventListener("change", loadPhotoTools);
  if (!(await usable())) {
    const unknown = document.querySelector("[data-tanpa-akun]");
    if (unknown && !account.id) unknown.hidden = false;
    else say("HP ini tidak dapat menyimpan catatan tanpa sinyal.");
    return;
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    save(event.submitter);
  });
  form.addEventListener("input", ({ target }) => target === photo || keepDraft());
  await openRepair();
  if (!repairing && !document.querySelector(".govuk-error-summary")) await restoreDraft();
  form.dataset.siap = "1";
};

start();
