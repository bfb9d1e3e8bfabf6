/* The attendance list without signal: rows from Mode lapangan, marks from the queue. isian.js saves them
   with the URL and the field names of the list itself, so the portal sees no difference. */
import { entries } from "./antrean.js";
import { account, when } from "./gudang.js";
import { takenLists, sentLists } from "./lapangan.js";

const find = (name) => document.querySelector(`[data-${name}]`);
const form = document.querySelector("form[data-hadir]");
const rows = form.querySelector("ul");
const chosen = (row) => row.querySelector("input:checked")?.value ?? "";

// --- what this phone knows of a mark ---------------------------------------------------------------

/* Only what was changed: each group is sent with the value that the page showed before. */
const changes = ({ isi }) => {
  const values = Object.fromEntries(isi);
  return isi.filter(([name, value]) => values[`initial-${name}`] !== undefined && values[`initial-${name}`] !== value);
};

const waitingFor = async ({ url }) => (await entries()).filter((entry) => new URL(entry.url).pathname === url);
const sentFor = async ({ url }) => (await sentLists()).filter((entry) => new URL(entry.url).pathname === url);

/* Name of a field → {value, word}: from the portal, then what was sent, then what still waits; the newest counts. */
const knownMarks = async (list) => {
  const known = new Map(list.orang.map(({ id, status }) => [`k${id}`, { value: status, word: "" }]));
  const waiting = (await waitingFor(list)).filter(({ galat }) => !galat);
  for (const [saved, word] of [[await sentFor(list), "Terkirim"], [waiting, "Tersimpan di HP"]]) {
    for (const [name, value] of saved.flatMap(changes)) if (known.has(name)) known.set(name, { value, word });
  }
  return known;
};

const showWords = async (list) => {
  const known = await knownMarks(list);
  for (const row of rows.children) {
    const { value, word } = known.get(row.dataset.nama);
    row.querySelector("[data-tanda]").textContent = chosen(row) === value ? word : "Belum disimpan";
  }
};

// --- rows ------------------------------------------------------------------------------------------

const rowOf = ({ id, kode, panggilan }, known) => {
  const row = form.querySelector("template").content.firstElementChild.cloneNode(true);
  row.innerHTML = row.innerHTML.replaceAll("k0", `k${Number(id)}`);
  row.dataset.nama = `k${id}`;
  row.querySelector("[data-panggilan]").textContent = panggilan || kode;
  row.querySelector("legend .p-kecil").textContent = panggilan ? kode : "";
  const { value, word } = known.get(row.dataset.nama);
  row.querySelector("input[name^=initial-]").value = word ? "" : value;
  for (const card of row.querySelectorAll("input[type=radio]")) card.checked = card.value === value;
  return row;
};

/* What is missing from the list on this phone. */
const noteOn = async (list, taken) => {
  const missing = list.jumlah - list.orang.length;
  const refused = (await waitingFor(list)).some(({ galat }) => galat);
  return [
    `Daftar ini disimpan di HP ${when.format(taken)}. Perubahan peserta sesudah itu belum tampil.`,
    missing ? `${missing} peserta lain tidak dibawa; catat mereka saat ada sinyal.` : "",
    refused ? "Ada tanda yang belum diterima portal. Periksa di antrean kirim." : "",
  ].join(" ");
};

const open = async (list, taken) => {
  find("daftar").hidden = false;
  find("nama-kegiatan").textContent = list.judul;
  find("waktu").textContent = `${list.waktu} · ${list.jumlah} peserta`;
  if (Date.parse(list.buka) > Date.now()) {
    find("catatan").textContent = `Kehadiran dapat dicatat mulai ${list.hari}.`;
    return;
  }
  find("catatan").textContent = await noteOn(list, taken);
  const known = await knownMarks(list);
  rows.replaceChildren(...list.orang.map((one) => rowOf(one, known)));
  form.action = list.url;
  Object.assign(form.dataset, { luring: `hadir:${list.id}`, judul: `Daftar hadir ${list.judul}` });
  form.hidden = false;
  for (const event of ["input", "change"]) form.addEventListener(event, () => showWords(list));
  document.addEventListener("antrean:berubah", () => showWords(list));
  await showWords(list);
  await import("./hadir.js");
  await import("./isian.js");
};

// --- start -----------------------------------------------------------------------------------------

const offer = (lists) => {
  const some = lists.map(({ judul, waktu, url }) => {
    const line = find("daftar-satu").content.cloneNode(true);
    Object.assign(line.querySelector("a"), { textContent: judul, href: url });
    line.querySelector(".govuk-body-s").textContent = waktu;
    return line;
  });
  find("daftar-lain").querySelector("ul").replaceChildren(...some);
  find("daftar-lain").hidden = !some.length;
};

const start = async () => {
  if (!account.id) return (find("tanpa-akun").hidden = false);
  const { daftar, waktu } = await takenLists().catch(() => ({ daftar: [] }));
  const asked = daftar.find(({ url }) => url === location.pathname);
  if (asked) return open(asked, waktu);
  find("belum-siap").hidden = location.pathname === find("daftar-lain").dataset.alamat && daftar.length > 0;
  offer(daftar);
};

start();
