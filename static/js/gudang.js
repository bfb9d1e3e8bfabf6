/* What the portal keeps on this phone. Every record is encrypted for the account that wrote it, with a key that the
   browser never shows to any script and that signing out destroys. Readable without it: a random id, the number of
   the account, a kind, a time, the mark of a log-in. */

export const DAY_MS = 86_400_000;
/* A moment as people read it, on the clock of this phone. */
export const when = new Intl.DateTimeFormat("id-ID", {
  day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short",
});
export const ENTRY = "kiriman", DRAFT = "draf", NAMES = "nama";

const ACCOUNT_KEY = "akun-hp", SIGNED_IN = "masuk-hp=1";
const NAME = "portal", VERSION = 1;
const SECRET_STORE = "kunci", RECORD_STORE = "isian";
const words = { write: new TextEncoder(), read: new TextDecoder() };

/* A page from the server names its account and log-in; a page that the phone kept uses the last ones. Closing the
   browser ends the log-in, and takes this cookie. */
const whoIsHere = () => {
  const { pengguna, tanda } = document.body.dataset;
  if (pengguna) {
    localStorage.setItem(ACCOUNT_KEY, JSON.stringify({ id: pengguna, session: tanda }));
    document.cookie = `${SIGNED_IN}; path=/; SameSite=Lax`;
  }
  const { id, session } = JSON.parse(localStorage.getItem(ACCOUNT_KEY)) ?? { id: "", session: "" };
  return { id, session: document.cookie.includes(SIGNED_IN) ? session : "" };
};
export const account = whoIsHere();

const open = () =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(SECRET_STORE, { keyPath: "akun" });
      request.result.createObjectStore(RECORD_STORE, { keyPath: "id" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/* One transaction over `stores`; resolves after the commit with the result of `work`. */
const run = async (stores, mode, work) => {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(stores, mode);
      const request = work(...[stores].flat().map((name) => transaction.objectStore(name)));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
};

const findKey = () => run(SECRET_STORE, "readonly", (keys) => keys.get(account.id));

/* Two tabs may make a key at once: `add` keeps the first one, and both read it back. */
const ownKey = async () => {
  if (!(await findKey())) {
    const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    await run(SECRET_STORE, "readwrite", (keys) => keys.add({ akun: account.id, kunci: made })).catch(() => {});
  }
  return (await findKey()).kunci;
};

/* The id is authenticated with the content, so two records cannot be swapped. */
const cipher = (id, iv) => ({ name: "AES-GCM", iv, additionalData: words.write.encode(`${account.id}:${id}`) });

const seal = async (id, bytes) => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt(cipher(id, iv), await ownKey(), bytes) };
};

const unseal = (key, id, { iv, data }) => crypto.subtle.decrypt(cipher(id, iv), key, data);

/* id, jenis, waktu and sesi stay readable; `secret` and `file` (a Blob, or one encrypted before) do not. They are one
   record, so neither is ever kept without the other. */
export const put = async ({ id, jenis, waktu, sesi }, secret, file) => {
  const sealed = await seal(id, words.write.encode(JSON.stringify(secret)));
  const lampiran = file instanceof Blob ? await seal(id, await file.arrayBuffer()) : file;
  const record = { id, jenis, waktu, sesi, akun: account.id, ...sealed, ...(lampiran && { lampiran }) };
  await run(RECORD_STORE, "readwrite", (records) => records.put(record));
};

/* The file stays encrypted until `fileOf`. */
const decrypt = async (key, { id, jenis, waktu, sesi, lampiran, ...sealed }) => {
  const plain = await unseal(key, id, sealed);
  return { id, jenis, waktu, sesi, lampiran, ...JSON.parse(words.read.decode(plain)) };
};

export const fileOf = async ({ id, lampiran }, type) => new Blob([await unseal(await ownKey(), id, lampiran)], { type });

const records = () => run(RECORD_STORE, "readonly", (all) => all.getAll());

/* Own records of one kind, oldest first. */
export const all = async (jenis) => {
  const own = (await records()).filter((record) => record.akun === account.id && record.jenis === jenis);
  if (!own.length) return [];
  const key = await ownKey();
  const found = await Promise.all(own.map((record) => decrypt(key, record)));
  return found.sort((one, other) => one.waktu - other.waktu);
};

export const get = async (jenis, id) => (await all(jenis)).find((record) => record.id === id);

export const remove = (id) => run(RECORD_STORE, "readwrite", (records) => records.delete(id));

/* How many records wait for somebody else who uses this phone. They stay locked. */
export const ofOthers = async () =>
  (await records()).filter((record) => record.akun !== account.id && record.jenis === ENTRY).length;

/* Drafts and names live for a day; names of another account are deleted. What waits to be sent never expires. */
export const expire = async () => {
  const old = (await records()).filter(
    ({ jenis, waktu, akun }) =>
      jenis !== ENTRY && (Date.now() - waktu > DAY_MS || (jenis === NAMES && akun !== account.id)),
  );
  for (const { id } of old) await remove(id);
};

/* Deletes all of this account, the key included, in one transaction: a copy of the disk cannot be read then. */
export const wipe = async () => {
  const own = (await records()).filter((record) => record.akun === account.id).map((record) => record.id);
  await run([SECRET_STORE, RECORD_STORE], "readwrite", (keys, kept) => {
    keys.delete(account.id);
    for (const id of own) kept.delete(id);
  });
  localStorage.removeItem(ACCOUNT_KEY);
};

/* True if this browser can keep data: private windows and full phones cannot. */
export const usable = async () => {
  if (!account.id || !globalThis.crypto?.subtle || !crypto.randomUUID) return false;
  return findKey().then(() => true, () => false);
};
