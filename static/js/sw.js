/* Service worker. Keeps the pages that work without signal, as a stranger would see them: they are fetched without
   cookies, so no page about anybody is ever kept. CANGKANG (above) lists them: {versi, halaman, berkas}. */
const CACHE = `luring-${CANGKANG.versi}`;
const PATIENCE_MS = 8000, FRESH_MS = 86_400_000;
const HASHED = /\.[0-9a-f]{12}\./;
const FIELD = [["formulir", /^\/bimbingan\/catat\//], ["hadir", /^\/kegiatan\/(\d+\/hadir|hadir\/luring)\/$/]];

const keep = async (cache, url, how) => {
  const answer = await fetch(url, { credentials: "omit", cache: how });
  if (!answer.ok || answer.redirected) throw new Error(`${url}: ${answer.status}`);
  await cache.put(url, answer);
};

const fill = async () => {
  const cache = await caches.open(CACHE);
  const files = CANGKANG.berkas.map((url) => keep(cache, url, HASHED.test(url) ? "default" : "no-cache"));
  const pages = Object.values(CANGKANG.halaman).map((url) => keep(cache, url, "no-cache"));
  await Promise.all([...files, ...pages]);
};

const kept = async (url) => (await caches.open(CACHE)).match(url, { ignoreVary: true });

/* Choices in the form change without a new version of the files. */
const refresh = async () => {
  const form = await kept(CANGKANG.halaman.formulir);
  const age = Date.now() - Date.parse(form?.headers.get("Date") ?? 0);
  if (!(age < FRESH_MS)) await fill();
};

/* The name of the kept page that can replace this URL. */
const workOf = (path) => FIELD.find(([, address]) => address.test(path))?.[0];

const standIn = (path) => {
  const { antrean, maaf } = CANGKANG.halaman;
  return kept(CANGKANG.halaman[workOf(path)] ?? (path === antrean ? antrean : maaf));
};

const impatient = () => new Promise((_, reject) => setTimeout(reject, PATIENCE_MS));

/* The portal or its proxy says that it cannot work now. */
const AWAY = [502, 503, 504];

/* The network first. Only field form and attendance list stop waiting for it after PATIENCE_MS, and open from the phone
   when the portal is away. */
const openPage = async (event, path) => {
  const answer = fetch(event.request);
  try {
    const page = await (workOf(path) ? Promise.race([answer, impatient()]) : answer);
    if (workOf(path) && AWAY.includes(page.status)) throw new Error(String(page.status));
    event.waitUntil(refresh().catch(() => {}));
    return page;
  } catch {
    return (await standIn(path)) ?? Response.error();
  }
};

/* A file with a hash in its name never changes; others are fetched first. */
const openFile = async (request) => {
  const own = await kept(request.url);
  if (own && HASHED.test(request.url)) return own;
  return fetch(request).catch(() => own ?? Response.error());
};

self.addEventListener("install", (event) => event.waitUntil(fill().then(() => self.skipWaiting())));

self.addEventListener("activate", (event) =>
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
      await self.clients.claim();
    })(),
  ),
);

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(openPage(event, url.pathname));
  else if (CANGKANG.berkas.includes(url.pathname)) event.respondWith(openFile(event.request));
});
