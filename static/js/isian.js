/* Forms that can be saved without signal: first to the queue, then to the portal (docs/keputusan/0013). The key is made
   at Simpan, because a kept page would send its own again. The portal decides if the same content is the same contact,
   because it knows what was undone. A photo for an older record (data-kunci) uses the key of that record. */
import { ASK, answerTo, csrf, enqueue, entries, send, sendAll } from "./antrean.js";
import { DAY_MS, DRAFT, account, fileOf, get, put, remove, usable } from "./gudang.js";

const RETRY_MS = 600_000, DRAFT_MS = 600;
const NOT_CONTENT = ["csrfmiddlewaretoken", "kunci", "dibuat_pada"];
const form = document.querySelector("form[data-luring]");
const { luring: formId, judul: title, lagi: again, kunci: recordKey } = form.dataset;
const photo = form.elements.foto;
const repairStore = `perbaiki:${account.id}:${formId}`;
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
  const code = form.elements.klien;
  if (code?.type === "text") code.value = fullCode(code.value.trim());
};

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

const showMistakes = (mistakes) => {
  document.querySelector("[data-galat-hp]")?.remove();
  const box = document.createElement("div");
  Object.assign(box, { className: "govuk-error-summary", tabIndex: -1, role: "alert" });
  box.dataset.galatHp = "";
  const heading = document.createElement("h2");
  heading.className = "govuk-error-summary__title";
  heading.textContent = `Ada ${mistakes.length} hal yang perlu diperbaiki`;
  const list = document.createElement("ul");
  list.className = "govuk-list govuk-error-summary__list";
  for (const [name, sentence] of mistakes) {
    const field = form.elements[name];
    const target = (field?.[0] ?? field)?.id;
    const line = document.createElement(target ? "a" : "span");
    if (target) line.href = `#${target}`;
    line.textContent = sentence;
    list.append(document.createElement("li"));
    list.lastChild.append(line);
  }
  box.append(heading, list);
  document.querySelector("main").prepend(box);
  box.focus();
};

/* The server's page shows mistakes best, next to each field. It needs a signal and a known client. */
const postPlainly = (attempt) => {
  for (const [name, value] of [["kunci", attempt.key], ["dibuat_pada", new Date(attempt.at).toISOString()]]) {
    if (form.elements[name]) form.elements[name].value = value;
  }
  form.elements.csrfmiddlewaretoken.value = csrf() || form.elements.csrfmiddlewaretoken.value;
  form.submit();
};

const repair = (entry, attempt) => {
  repairing = entry.id;
  if (form.elements.klien?.type !== "text") {
    sessionStorage.setItem(repairStore, entry.id);
    if (photo && !recordKey) photo.value = "";
    return postPlainly(attempt);
  }
  free();
  say("");
  showMistakes(entry.galat);
};

/* An entry opened from the queue, or the one whose mistakes the server has just shown on this page. */
const openRepair = async () => {
  const fromQueue = location.hash.match(/^#perbaiki=(.+)$/)?.[1];
  const fromServer = sessionStorage.getItem(repairStore);
  sessionStorage.removeItem(repairStore);
  const entry = (await entries()).find(({ id, galat }) => galat && id === (fromQueue ?? fromServer));
  repairing = entry?.id;
  if (entry?.lampiran && photo) (await loadPhotoTools())?.restore(await fileOf(entry, "image/jpeg"));
  if (!entry || !fromQueue) return;
  fill(entry.isi);
  showMistakes(entry.galat);
};

// --- saving --------------------------------------------------------------------------------------

const finish = (text) => {
  free();
  document.querySelector("[data-galat-hp]")?.remove();
  document.querySelector("[data-tersimpan-hp]")?.remove();
  const box = document.createElement("div");
  Object.assign(box, { className: "p-spanduk p-spanduk--baik", tabIndex: -1 });
  box.dataset.tersimpanHp = "";
  const line = document.createElement("p");
  line.className = "govuk-body";
  line.textContent = text;
  box.append(line);
  if (again) {
    form.reset();
    const next = document.createElement("a");
    Object.assign(next, { className: "govuk-link p-sentuh", href: again, textContent: "Catat klien lain" });
    box.append(next);
  }
  form.before(box);
  box.focus();
  say(text);
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
    judul: form.elements.klien?.type === "text" ? `${title} ${form.elements.klien.value}` : title,
    asal: location.pathname + location.search,
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
  if (left.galat) return repair(left, attempt);
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
