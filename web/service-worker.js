// The service worker: keeps every file of one version and serves the page from there.
/* global FILES */
//
// `FILES` is put in when the page is built: [[path relative to this file, SHA-256 in hex], …]. A file is stored under its hash,
// so a new version fetches only what changed, and two versions can stand side by side until the old one is closed.

const CACHE = "relata-app";
const HASHES = new Map(FILES);
// A module's name tells its content, so its own address will do; and there alone the browser keeps what it has compiled of it.
const isModule = (path) => /-[0-9a-f]+_bg\.wasm$/.test(path);
const key = (path) => new URL(isModule(path) ? path : `${path}?sha256=${HASHES.get(path)}`, self.registration.scope).href;

self.addEventListener("install", (event) => event.waitUntil(store()));
self.addEventListener("activate", (event) => event.waitUntil(forget().then(() => self.clients.claim())));
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const path = pathOf(event.request);
  if (path !== null) event.respondWith(answer(event.request, path));
});

/** Which of our files a request means; null when it is none of them, and the network's business. */
function pathOf(request) {
  if (request.method !== "GET" || !request.url.startsWith(self.registration.scope)) return null;
  const path = decodeURI(new URL(request.url).pathname.slice(new URL(self.registration.scope).pathname.length));
  const meant = path === "" ? "index.html" : path;
  return HASHES.has(meant) ? meant : null;
}

async function answer(request, path) {
  const cache = await caches.open(CACHE);
  // The browser may have cleared the storage: the network is the second best.
  return (await cache.match(key(path))) ?? fetch(request);
}

async function store() {
  const cache = await caches.open(CACHE);
  const have = new Set((await cache.keys()).map((it) => it.url));
  const missing = [...HASHES.keys()].filter((it) => !have.has(key(it)));
  // A few at a time: a phone's connection stays usable.
  const lanes = Array.from({ length: 4 }, async () => {
    for (let path = missing.shift(); path !== undefined; path = missing.shift()) await storeOne(cache, path);
  });
  await Promise.all(lanes);
}

async function storeOne(cache, path) {
  const response = await fetch(new URL(path, self.registration.scope), { cache: "no-cache" });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  const body = await response.arrayBuffer();
  // While a new version is being uploaded a host may serve files of both; such a mixture must never be kept.
  const hash = [...new Uint8Array(await crypto.subtle.digest("SHA-256", body))];
  if (hash.map((it) => it.toString(16).padStart(2, "0")).join("") !== HASHES.get(path)) {
    throw new Error(`${path} belongs to another version`);
  }
  const headers = { "content-type": response.headers.get("content-type") ?? "application/octet-stream" };
  await cache.put(key(path), new Response(body, { headers }));
}

async function forget() {
  const cache = await caches.open(CACHE);
  const wanted = new Set([...HASHES.keys()].map(key));
  const stale = (await cache.keys()).filter((it) => !wanted.has(it.url));
  await Promise.all(stale.map((it) => cache.delete(it)));
}
