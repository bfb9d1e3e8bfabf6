/* Lists of what waits on this phone: the page "Antrean kirim" and the group of the Beranda. */
import { ASK, REPAIR, WAITING, entries, refused, sendAll, sendEverything, show } from "./antrean.js";
import { ofOthers, remove, when, wipe } from "./gudang.js";

const TAGS = { menunggu: "Menunggu", perbaikan: "Perlu perbaikan", masuk: "Perlu masuk lagi" };
const PHOTO_WAITS = "Tersimpan di HP";
const OLDER = "Menunggu izin Anda";
const list = document.querySelector("[data-antrean]");
const guard = document.querySelector("[data-penjaga]");
const cleaning = document.querySelector("[data-antrean-bersihkan]");
const part = (root, name) => root.querySelector(`[data-${name}]`);

const ask = async (entry) => {
  const what = entry.fotoKe ? `foto ${entry.judul} dari HP ini? Foto` : `${entry.judul} dari HP ini? Catatan`;
  if (!confirm(`Hapus ${what} ini belum terkirim.`)) return;
  await remove(entry.id);
  await show();
};

/* While the text waits or needs repair, its photo waits with it. */
const photoState = ({ lampiran, fotoKe, keadaan }) =>
  lampiran ? `Foto: ${fotoKe && keadaan !== WAITING ? tag({ keadaan }) : PHOTO_WAITS}` : "";

/* Where the portal knows who is here, an entry from before this log-in needs a word, not a log-in. */
const signedIn = () => document.body.dataset.pengguna && !refused;
const tag = ({ keadaan }) => (keadaan === ASK && signedIn() ? OLDER : TAGS[keadaan]);

const row = (entry) => {
  const line = list.querySelector("template").content.cloneNode(true);
  part(line, "judul").textContent = entry.judul;
  part(line, "keadaan").textContent = entry.fotoKe ? "Terkirim" : tag(entry);
  part(line, "foto-keadaan").textContent = photoState(entry);
  part(line, "waktu").textContent = `Disimpan ${when.format(entry.waktu)}`;
  part(line, "galat").textContent = (entry.galat ?? []).map(([, sentence]) => sentence).join(" ");
  if (entry.keadaan === REPAIR) {
    part(line, "perbaiki").hidden = false;
    part(line, "perbaiki").href = `${entry.fotoKe ?? entry.asal}#perbaiki=${entry.id}`;
  }
  const deleting = entry.fotoKe ? "Hapus foto" : "Hapus";
  part(line, "hapus").textContent = deleting;
  part(line, "hapus").ariaLabel = `${deleting} ${entry.judul}`;
  part(line, "hapus").addEventListener("click", () => ask(entry));
  return line;
};

const fill = (found) => {
  part(list, "antrean-jumlah").textContent = found.length;
  part(list, "antrean-daftar").replaceChildren(...found.map(row));
  part(list, "antrean-kosong").hidden = found.length > 0;
  part(list, "antrean-kirim").hidden = !found.some(({ keadaan }) => keadaan !== REPAIR);
  if (!guard) list.hidden = !found.length;
};

/* Pressing the button also answers "send what is from before this log-in?" */
part(list, "antrean-kirim").addEventListener("click", async (event) => {
  event.target.setAttribute("aria-busy", "true");
  await sendEverything();
  event.target.removeAttribute("aria-busy");
});

const sentenceFor = (count) => `hapus ${count} catatan`;

const fillGuard = (found) => {
  const leaving = new URLSearchParams(location.search).has("keluar");
  guard.hidden = !leaving;
  part(guard, "penjaga-isi").textContent = found.length
    ? `Masih ada ${found.length} catatan yang belum terkirim. Kirim dulu sebelum keluar, atau hapus dari HP ini.`
    : "Tidak ada lagi yang menunggu di HP ini. Anda dapat keluar.";
  const form = part(guard, "keluar");
  if (form) form.hidden = found.length > 0;
  part(cleaning, "ketik").hidden = !found.length;
  part(cleaning, "kata").textContent = sentenceFor(found.length);
};

const showOthers = async () => {
  const count = await ofOthers();
  const line = document.querySelector("[data-antrean-lain]");
  line.hidden = !count;
  line.textContent = `${count} catatan milik akun lain terkunci di HP ini. Hanya pemiliknya yang dapat mengirimnya.`;
};

const clean = async (event) => {
  event.preventDefault();
  const count = (await entries()).length;
  const typed = cleaning.querySelector("input").value.trim().toLowerCase();
  const result = document.getElementById("hasil-hapus");
  if (count && typed !== sentenceFor(count)) {
    result.textContent = `Ketik “${sentenceFor(count)}” bila Anda yakin.`;
    return;
  }
  await wipe();
  await show();
  result.textContent = "Data Anda di HP ini sudah dihapus.";
};

document.addEventListener("antrean:berubah", ({ detail }) => {
  fill(detail);
  if (guard) fillGuard(detail);
});
if (guard) {
  cleaning.addEventListener("submit", clean);
  showOthers();
}
show().then((found) => {
  if (guard && !guard.hidden) guard.focus();
  return found.some(({ keadaan }) => keadaan === WAITING) && sendAll();
});
