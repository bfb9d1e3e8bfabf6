/* Mode lapangan: a few short names that a PK takes along, encrypted, for a day or until signing out. */
import { csrf } from "./antrean.js";
import { DAY_MS, NAMES, account, get, put, remove } from "./gudang.js";

const id = `nama:${account.id}`;
const until = new Intl.DateTimeFormat("id-ID", { dateStyle: "long", timeStyle: "short" });
const kept = async () => (account.id ? get(NAMES, id) : undefined);

// --- page "Pengaturan": prepare and forget ---------------------------------------------------------

const prepare = async (section) => {
  const news = section.querySelector("[data-lapangan-kabar]");
  const save = section.querySelector("[data-lapangan-simpan]"), drop = section.querySelector("[data-lapangan-hapus]");

  const show = async () => {
    const found = await kept();
    drop.hidden = !found;
    news.textContent = found
      ? `${found.nama.length} nama tersimpan sampai ${until.format(found.waktu + DAY_MS)}.`
      : "Belum ada nama di HP ini.";
  };

  save.addEventListener("click", async () => {
    const answer = await fetch(section.dataset.lapanganSiapkan, {
      method: "POST", headers: { "X-CSRFToken": csrf() }, redirect: "manual",
    }).catch(() => null);
    if (!answer?.ok) return (news.textContent = "Nama belum dapat diambil. Coba lagi saat ada sinyal.");
    const { nama } = await answer.json();
    await put({ id, jenis: NAMES, waktu: Date.now() }, { nama });
    await show();
  });
  drop.addEventListener("click", async () => { await remove(id); await show(); });
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

/* A tap on one client of the Beranda, without signal, opens the kept form under that client's address. */
const offer = async (group) => {
  const found = await kept();
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
