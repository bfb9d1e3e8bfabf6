/* The queue (outbox) of forms saved on this phone (docs/keputusan/0013). An entry leaves it only when the portal has
   named its key: 201 stored · 200 seen before · 422, 409 to repair · 401, 403 log in again · else later. A photo is
   part of its entry; the answer to the text gives its URL (`fotoKe`). */
import { ENTRY, NAMES, account, all, expire, fileOf, get, put, remove, usable, wipe } from "./gudang.js";

const FIRST_MS = 1000, LONGEST_MS = 60_000, TIMEOUT_MS = 8000, PHOTO_TIMEOUT_MS = 60_000;
const SENT = [200, 201], SIGN_IN = [401, 403], TOO_EARLY = 425, LATER = [408, TOO_EARLY, 429];
const PROBE = "/sehat/";
const chip = document.querySelector("[data-status-kirim]");
const answers = new Map();
export let refused = false;
let online = true, pause = FIRST_MS, timer, running, following, photos;

export const WAITING = "menunggu", REPAIR = "perbaikan", ASK = "masuk";

/* Entries with their state. One from before this log-in is sent only if the person agrees. */
export const entries = async () =>
  (await all(ENTRY)).map((entry) => ({
    ...entry,
    keadaan: entry.galat ? REPAIR : entry.sesi && entry.sesi === account.session ? WAITING : ASK,
  }));

const store = ({ id, waktu, sesi, url, isi, judul, asal, galat, fotoKe, lampiran }) =>
  put({ id, jenis: ENTRY, waktu, sesi }, { url, isi, judul, asal, galat, fotoKe }, lampiran);

/* Put one filled form into the queue: {id, waktu, url, isi: pairs, judul, asal: the page it came from, foto: a Blob,
   null for none, undefined to keep its photo}. */
export const enqueue = async ({ foto, ...entry }) => {
  navigator.storage?.persist?.();
  pause = FIRST_MS;
  const earlier = foto === undefined ? await get(ENTRY, entry.id) : null;
  await store({ ...entry, sesi: account.session, lampiran: foto ?? earlier?.lampiran });
};

/* What the portal answered to an entry that this page sent. */
export const answerTo = (id) => answers.get(id);

// --- sending -------------------------------------------------------------------------------------

const cookie = (name) => document.cookie.match(`(?:^|; )${name}=([^;]+)`)?.[1] ?? "";
export const csrf = () => cookie("csrftoken");

const bodyOf = async (entry) => {
  if (!entry.fotoKe) return new URLSearchParams(entry.isi);
  const body = new FormData();
  body.append("foto", await fileOf(entry, "image/jpeg"), "foto.jpg");
  return body;
};

const post = async (entry) => {
  const { id, url, fotoKe } = entry;
  try {
    const answer = await fetch(fotoKe ?? url, {
      method: "POST",
      body: await bodyOf(entry),
      redirect: "manual",
      headers: { "X-Idempotency-Key": id, "X-Akun": account.id, "X-CSRFToken": csrf(), "X-Otomatis": "1" },
      signal: AbortSignal.timeout(fotoKe ? PHOTO_TIMEOUT_MS : TIMEOUT_MS),
    });
    const redirected = answer.type === "opaqueredirect";
    return { status: redirected ? 403 : answer.status, body: await answer.json().catch(() => ({})) };
  } catch {
    return { status: 0, body: {} };
  }
};

const sentences = ({ status, body }) => {
  const found = Object.entries(body.galat ?? {}).flatMap(([name, list]) => list.map(({ message }) => [name, message]));
  return found.length ? found : [["", `Portal menolak catatan ini (kode ${status}).`]];
};

/* Kept so that a list in Mode lapangan can show what was sent, as long as its names stay. Ids and marks, no name. */
const noteSent = async ({ id, waktu, url, isi }) => {
  if (!url.endsWith("/hadir/") || !(await all(NAMES)).length) return;
  await put({ id: `terkirim:${id}`, jenis: NAMES, waktu }, { url, isi });
};

/* True when the next entry may be tried. */
const settle = async (entry, answer) => {
  const { status, body } = answer;
  online = status !== 0;
  if (SENT.includes(status) && body.kunci === entry.id) {
    pause = FIRST_MS;
    answers.set(entry.id, body);
    await noteSent(entry);
    if (entry.lampiran && !entry.fotoKe) await store({ ...entry, isi: [], fotoKe: body.foto });
    else await remove(entry.id);
    document.dispatchEvent(new CustomEvent("antrean:terkirim", { detail: { entry, body } }));
    return true;
  }
  if (SIGN_IN.includes(status)) {
    refused = true;
    await store({ ...entry, sesi: "" });
    return false;
  }
  if (status >= 400 && status < 500 && !LATER.includes(status)) {
    await store({ ...entry, galat: sentences(answer) });
    return true;
  }
  pause = Math.min(pause * 2, LONGEST_MS);
  return status === TOO_EARLY;
};

const isPhoto = ({ fotoKe }) => fotoKe, isText = (entry) => !isPhoto(entry);

/* Oldest first, each at most once per round, so a failing one cannot block the others. */
const round = async (kind) => {
  const tried = new Set();
  for (;;) {
    const next = (await entries()).filter(kind).find(({ id, keadaan }) => keadaan === WAITING && !tried.has(id));
    if (!next) return;
    tried.add(next.id);
    if (!(await settle(next, await post(next)))) return;
  }
};

/* One sender at a time, also across tabs. */
const alone = (name, work) => (navigator.locks ? navigator.locks.request(name, work) : work());

/* Sends the texts. A call during a round starts one more afterwards. */
export const send = () => {
  if (running) return (following ??= running.then(() => { following = null; return send(); }));
  running = alone("antrean", () => round(isText)).finally(() => { running = null; return show(); });
  return running;
};

/* Sends photos apart: on a slow network no text waits behind them. */
const sendPhotos = () =>
  (photos ??= alone("antrean-foto", () => round(isPhoto)).finally(() => { photos = null; return show(); }));

export const sendAll = () => send().then(sendPhotos);

/* The person has agreed: entries from before this log-in belong to it from now on. */
export const sendEverything = async () => {
  pause = FIRST_MS;
  for (const entry of await entries()) {
    if (entry.keadaan === ASK) await store({ ...entry, sesi: account.session });
  }
  await sendAll();
};

// --- what people see -----------------------------------------------------------------------------

/* Updates the chip, the timer and the lists of this page. */
export const show = async () => {
  const found = await entries().catch(() => []);
  const refused = found.filter(({ keadaan }) => keadaan === REPAIR).length, waiting = found.length - refused;
  if (chip) {
    chip.classList.toggle("p-luring", !online);
    chip.querySelector(".p-status").textContent = [
      online ? "Daring" : "Luring", waiting && `${waiting} belum terkirim`, refused && `${refused} perlu perbaikan`,
    ].filter(Boolean).join(" · ");
  }
  document.querySelector("[data-masuk]")?.toggleAttribute("hidden", !online);
  clearTimeout(timer);
  if (found.some((entry) => entry.keadaan === WAITING && !(photos && isPhoto(entry)))) timer = setTimeout(sendAll, pause);
  document.dispatchEvent(new CustomEvent("antrean:berubah", { detail: found }));
  return found;
};

const probe = async () => {
  const answer = await fetch(PROBE, { cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => null);
  online = answer !== null;
  return show();
};

const banner = (kind, text) => {
  const box = document.createElement("div");
  box.className = `p-spanduk p-spanduk--${kind}`;
  box.setAttribute("role", "status");
  const line = document.createElement("p");
  line.className = "govuk-body";
  line.textContent = text;
  box.append(line);
  document.querySelector("main").prepend(box);
  return line;
};

const link = (line, text, url) => {
  const anchor = document.createElement("a");
  Object.assign(anchor, { className: "govuk-link", href: url, textContent: text });
  line.append(" ", anchor);
};

/* Names the client of a record sent in the background, so that a wrong code is noticed. */
const tellSent = ({ detail: { entry, body } }) => {
  if (document.querySelector("form[data-luring] [aria-busy=true]")) return;
  const what = `${entry.fotoKe ? "foto " : ""}${entry.judul}${body.nama ? `, ${body.nama}` : ""}`;
  link(banner("baik", `Terkirim: ${what}.`), "Lihat", body.url);
};

const askBefore = async () => {
  const older = (await entries()).filter(({ keadaan }) => keadaan === ASK).length;
  if (!older || !document.body.dataset.pengguna || document.querySelector("[data-antrean]")) return;
  const line = banner("awas", `${older} catatan di HP ini dibuat sebelum Anda masuk lagi. Kirim sekarang?`);
  const yes = Object.assign(document.createElement("button"), { type: "button", className: "govuk-button", textContent: "Kirim sekarang" });
  yes.addEventListener("click", () => {
    line.parentElement.remove();
    return sendEverything();
  });
  link(line, "Periksa dulu", chip.href);
  line.after(yes);
};

// --- sign-out ------------------------------------------------------------------------------------

/* Signing out stops at unsent records; otherwise it deletes everything on the phone. */
const guard = async (form) => {
  if ((await entries()).length) return location.assign(`${chip.href}?keluar=1`);
  await wipe();
  form.submit();
};

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-keluar]")) return;
  event.preventDefault();
  guard(event.target).catch(() => event.target.submit());
});

// --- start ---------------------------------------------------------------------------------------

const retry = () => { pause = FIRST_MS; return sendAll(); };

const start = async () => {
  window.addEventListener("offline", probe);
  window.addEventListener("online", () => probe().then(retry));
  if (!document.body.dataset.pengguna || !navigator.onLine) await probe();
  if (!(await usable())) return;
  document.addEventListener("antrean:terkirim", tellSent);
  document.addEventListener("visibilitychange", () => document.hidden || retry());
  await expire();
  await askBefore();
  await sendAll();
};

start();
window.addEventListener("load", () => navigator.serviceWorker?.register("/sw.js").catch(() => {}));
