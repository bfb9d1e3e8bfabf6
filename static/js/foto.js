/* The photo of a guidance record is made small in the browser before it is kept or sent, so that a slow line carries
   kilobytes, and no data but the picture. The field then holds the small one. The server does the same again and does
   not rely on it. */
import { entries } from "./antrean.js";

const LONGEST_SIDE = 1280, MOST_BYTES = 200 * 1024, QUALITIES = [0.82, 0.7, 0.58, 0.46], SMALLER = 0.75;
const MOST_KEPT = 20;  // four megabytes
const NOT_A_PHOTO = "Berkas ini bukan foto yang dapat dibaca. Pilih foto lain.";
const HEIC = "Foto ini berformat HEIC, bawaan iPhone, dan belum dapat dibaca di sini. Di iPhone buka Pengaturan → Kamera → " +
  "Format, pilih “Paling Kompatibel”, lalu foto lagi. Atau buka fotonya, buat tangkapan layar, lalu pilih itu.";
const FULL = `Sudah ${MOST_KEPT} foto menunggu di HP ini. Simpan tanpa foto, lalu tambahkan setelah foto lain terkirim.`;
const box = document.querySelector("[data-foto]");
const field = box.querySelector("input[type=file]");
const kilobytes = new Intl.NumberFormat("id-ID");
let preparing = "";

const say = (text) => { box.querySelector("[data-foto-kabar]").textContent = text; };

// --- making it small -----------------------------------------------------------------------------

/* Transparent parts become white. */
const draw = (picture, scale) => {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
};

const encode = (canvas, quality) =>
  new Promise((done, fail) => {
    canvas.toBlob((small) => (small ? done(small) : fail(new Error("no picture"))), "image/jpeg", quality);
  });

/* Upright, freshly encoded: no EXIF, no position. */
const shrink = async (file) => {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  let scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  for (;; scale *= SMALLER) {
    const canvas = draw(picture, scale);
    for (const quality of QUALITIES) {
      const small = await encode(canvas, quality);
      if (small.size <= MOST_BYTES) return { small, canvas };
    }
  }
};

/* By the bytes of the file, as on the server; its name and type may say anything. */
const isHeic = async (file) =>
  /^ftyp(hei[cxms]|hev[cx]|mif1|msf1)/.test(new TextDecoder("latin1").decode(await file.slice(4, 12).arrayBuffer()));

const noRoom = async () => {
  const found = await entries().catch(() => []);
  return found.filter(({ lampiran }) => lampiran).length >= MOST_KEPT;
};

// --- showing it ----------------------------------------------------------------------------------

const hide = () => {
  box.querySelector("figure")?.remove();
  say("");
};

const takeAway = () => {
  field.value = "";
  hide();
  say("Foto dihapus.");
  field.focus();
};

const show = ({ small, canvas }) => {
  const chosen = new DataTransfer();
  chosen.items.add(new File([small], "foto.jpg", { type: small.type }));
  field.files = chosen.files;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", "Foto yang akan dikirim");
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "p-polos", textContent: "Hapus foto" });
  button.addEventListener("click", takeAway);
  const figure = document.createElement("figure");
  figure.className = "p-foto";
  figure.append(canvas, button);
  box.append(figure);
  say(`Foto siap, ${kilobytes.format(Math.ceil(small.size / 1024))} KB.`);
};

/* Returns a sentence if the photo cannot be used. Another one may have been chosen meanwhile. */
const prepare = async (file) => {
  hide();
  if (!file) return "";
  say("Menyiapkan foto…");
  const trouble = (await noRoom()) ? FULL : (await isHeic(file)) ? HEIC : NOT_A_PHOTO;
  const made = trouble === FULL ? null : await shrink(file).catch(() => null);
  if (field.files[0] !== file) return "";
  if (made) {
    show(made);
    return "";
  }
  field.value = "";
  say(trouble);
  return trouble;
};

/* "" when the photo is small, or why it is not. */
export const ready = async () => preparing;

/* Puts a photo that this phone kept back into the form. */
export const restore = async (kept) => {
  hide();
  box.closest("details")?.setAttribute("open", "");
  show({ small: kept, canvas: draw(await createImageBitmap(kept), 1) });
};

field.addEventListener("change", () => { preparing = prepare(field.files[0]); });
field.form.addEventListener("reset", hide);
if (field.files.length) preparing = prepare(field.files[0]);
