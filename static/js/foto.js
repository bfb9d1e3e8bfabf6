/* Photo of a guidance record: made small before it is sent, so that a slow line carries kilobytes. The server does the
   same again and does not rely on it; without this script the photo is only slower. */
(() => {
  "use strict";
  const LONGEST_SIDE = 1280, QUALITY = 0.8, SMALL_ENOUGH = 200 * 1024;
  const form = document.querySelector("form[data-foto]");
  const field = form?.elements.foto;
  if (!field || !window.createImageBitmap || !window.DataTransfer) return;
  const say = (text) => { form.querySelector("[data-kabar]").textContent = text; };
  const kilobytes = (size) => new Intl.NumberFormat("id-ID").format(Math.ceil(size / 1024));

  const shrink = async (file) => {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => { canvas.toBlob(done, "image/jpeg", QUALITY); });
  };

  field.addEventListener("change", async () => {
    const [file] = field.files;
    say("");
    if (!file || file.size <= SMALL_ENOUGH) return;
    const small = await shrink(file).catch(() => null);
    if (!small || small.size >= file.size || field.files[0] !== file) return;
    const chosen = new DataTransfer();
    chosen.items.add(new File([small], "foto.jpg", { type: "image/jpeg" }));
    field.files = chosen.files;
    say(`Foto dikecilkan menjadi ${kilobytes(small.size)} KB.`);
  });
})();
