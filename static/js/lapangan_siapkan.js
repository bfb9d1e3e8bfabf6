/* The page that prepares a phone for Mode lapangan, and forgets (docs/keputusan/0047). */
import { csrf } from "./antrean.js";
import { DAY_MS, NAMES, all, put, remove, when } from "./gudang.js";
import { CLIENTS, LISTS, kept, takenLists } from "./lapangan.js";

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

const section = document.querySelector("[data-lapangan-siapkan]");
if (section) prepare(section);
