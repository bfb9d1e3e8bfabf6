/* Mode lapangan (work without signal): a few short names on the phone, encrypted, for a day or until sign-out. Own
   clients that the person chose for the field form, attendance lists with their people; never more than thirty names
   together (docs/keputusan/0047). */
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

// --- prepare and forget ------------------------------------------------------------------------------

const fetchNames = async (url, facts) => {
  if (!url) return {};
  const answer = await fetch(url, {
    method: "POST", body: new URLSearchParams(facts), headers: { "X-CSRFToken": csrf() }, redirect: "manual",
  });
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
};

const count = (lists) => lists.reduce((sum, { orang }) => sum + orang.length, 0);

/* The chosen clients first, lists in what room is left. All or nothing, so that a half never looks complete. */
const takeAlong = async ({ klien, hadir }, chosen) => {
  const { nama = [] } = await fetchNames(klien, chosen.map((id) => ["klien", id]));
  const { daftar = [] } = await fetchNames(hadir, { terpakai: nama.length });
  const waktu = Date.now();
  await put({ id: LISTS, jenis: NAMES, waktu }, { daftar });
  await put({ id: CLIENTS, jenis: NAMES, waktu }, { nama });
};

const sumUp = (nama, daftar, waktu, asked) => {
  const left = daftar.reduce((sum, { jumlah, orang }) => sum + jumlah - orang.length, 0);
  const lists = daftar.length ? `${daftar.length} daftar hadir ikut dibawa.` : "Tidak ada daftar hadir yang dibawa.";
  return [
    `${nama.length + count(daftar)} nama tersimpan di HP ini sampai ${when.format(waktu + DAY_MS)}.`,
    asked ? lists : "", left ? `${left} peserta kegiatan tidak muat; catat mereka saat ada sinyal.` : "",
  ].filter(Boolean).join(" ");
};

const prepare = async (section) => {
  const { hadir, palingBanyak: most } = section.dataset;
  const news = section.querySelector("[data-lapangan-kabar]"), tally = section.querySelector("[data-lapangan-pilih]");
  const save = section.querySelector("[data-lapangan-simpan]"), drop = section.querySelector("[data-lapangan-hapus]");
  const chosen = () => [...section.querySelectorAll("[name=klien]:checked")].map(({ value }) => value);

  const show = async () => {
    const { daftar, waktu } = await takenLists();
    const nama = (await kept(CLIENTS))?.nama ?? [];
    drop.hidden = !waktu;
    news.textContent = waktu ? sumUp(nama, daftar, waktu, hadir) : "Belum ada nama di HP ini.";
  };
  const showTally = () => {
    const many = chosen().length, over = many - most;
    if (tally) tally.textContent = over > 0 ? `Terlalu banyak: lepaskan ${over} pilihan.` : `${many} dari paling banyak ${most} dipilih.`;
    save.disabled = over > 0;
  };
  const take = async (event) => {
    event.preventDefault();
    if (save.disabled) return;
    try {
      await takeAlong(section.dataset, chosen());
      await show();
    } catch {
      news.textContent = "Nama belum dapat diambil. Coba lagi saat ada sinyal.";
    }
    news.scrollIntoView({ block: "center" });
  };

  section.addEventListener("submit", take);
  section.addEventListener("change", showTally);
  drop.addEventListener("click", async () => {
    for (const { id } of await all(NAMES)) await remove(id);
    await show();
  });
  section.hidden = false;
  showTally();
  await show();
};

// --- form without signal: offer them ---------------------------------------------------------------

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

const section = document.querySelector("[data-lapangan-siapkan]"), group = document.querySelector("[data-lapangan]");
if (section) prepare(section);
if (group) offer(group);
