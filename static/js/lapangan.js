/* Mode lapangan (work without signal): a few short names on the phone, encrypted, for a day or until sign-out. Own
   clients for the field form, attendance lists with their people; never more than thirty names together. */
import { csrf } from "./antrean.js";
import { DAY_MS, NAMES, account, all, get, put, remove, when } from "./gudang.js";

const CLIENTS = `nama:${account.id}`, LISTS = `hadir:${account.id}`;

const kept = async (id) => {
  const found = account.id ? await get(NAMES, id) : undefined;
  return found && Date.now() - found.waktu < DAY_MS ? found : undefined;
};

/* {daftar, waktu: when they were stored}; an empty list if none were. */
export const takenLists = async () => (await kept(LISTS)) ?? { daftar: [] };

/* Lists that the portal received lately, oldest first: [{url, isi}]. */
export const sentLists = async () => (await all(NAMES)).filter(({ url }) => url);

// --- page "Pengaturan": prepare and forget ---------------------------------------------------------

const fetchNames = async (url, taken) => {
  if (!url) return {};
  const answer = await fetch(url, {
    method: "POST", body: new URLSearchParams({ terpakai: taken }), headers: { "X-CSRFToken": csrf() }, redirect: "manual",
  });
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
};

const count = (lists) => lists.reduce((sum, { orang }) => sum + orang.length, 0);

/* Lists first: they are for today. All or nothing, so that a half never looks complete. */
const takeAlong = async ({ klien, hadir }) => {
  const { daftar = [] } = await fetchNames(hadir, 0);
  const { nama = [] } = await fetchNames(klien, count(daftar));
  const waktu = Date.now();
  await put({ id: LISTS, jenis: NAMES, waktu }, { daftar });
  await put({ id: CLIENTS, jenis: NAMES, waktu }, { nama });
};

const prepare = async (section) => {
  const news = section.querySelector("[data-lapangan-kabar]");
  const save = section.querySelector("[data-lapangan-simpan]"), drop = section.querySelector("[data-lapangan-hapus]");

  const show = async () => {
    const { daftar, waktu } = await takenLists();
    const nama = (await kept(CLIENTS))?.nama ?? [];
    drop.hidden = !waktu;
    if (!waktu) return (news.textContent = "Belum ada nama di HP ini.");
    const lists = daftar.length ? `${daftar.length} daftar hadir ikut dibawa.` : "Tidak ada daftar hadir untuk 24 jam ini.";
    news.textContent =
      `${nama.length + count(daftar)} nama tersimpan sampai ${when.format(waktu + DAY_MS)}. ${section.dataset.hadir ? lists : ""}`;
  };

  save.addEventListener("click", async () => {
    try {
      await takeAlong(section.dataset);
      await show();
    } catch {
      news.textContent = "Nama belum dapat diambil. Coba lagi saat ada sinyal.";
    }
  });
  drop.addEventListener("click", async () => {
    for (const { id } of await all(NAMES)) await remove(id);
    await show();
  });
  section.hidden = false;
  await show();
};

// --- form without signal: offer them ---------------------------------------------------------------

const choice = ({ kode, panggilan }, code) => {
  const label = document.createElement("label");
  label.className = "p-kartu";
  const radio = document.createElement("input");
  Object.assign(radio, { type: "radio", name: "", value: kode, checked: kode === code.value });
  radio.addEventListener("change", () => { code.value = kode; code.dispatchEvent(new Event("input", { bubbles: true })); });
  const words = document.createElement("span");
  words.textContent = `${panggilan} · ${kode}`;
  label.append(radio, words);
  return label;
};

/* A tap on one client of the Beranda, without signal, opens the kept form under that client's URL. */
const offer = async (group) => {
  const found = await kept(CLIENTS);
  if (!found?.nama.length) return;
  const code = document.querySelector("form[data-luring]").elements.klien;
  const asked = new URLSearchParams(location.search).get("klien");
  if (!code.value) code.value = found.nama.find((one) => String(one.id) === asked)?.kode ?? "";
  group.querySelector("[data-lapangan-pilihan]").replaceChildren(...found.nama.map((one) => choice(one, code)));
  group.hidden = false;
};

const section = document.querySelector("[data-lapangan-siapkan]"), group = document.querySelector("[data-lapangan]");
if (section) prepare(section);
if (group) offer(group);
