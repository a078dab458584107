// Keeps the page for when there is no network: all that it may ever fetch, the lessons included. A new
// version waits until the reader lets it in (page.js asks).

/** What is kept: a number for all of it, the files and a number for each, and one file that holds many: written
 * when the page is built. */
const KEPT = { version: "", files: {}, bundle: { file: "", paths: [] } };

const SCOPE = registration.scope;
const OURS = `tcpscope ${SCOPE} `;
const NAME = OURS + KEPT.version;
/** Under this the list stands beside what it lists. */
const LIST = new URL("kept.json", SCOPE);

/** Where a path leads. Some hosts send whoever asks for `index.html` elsewhere. */
const address = (path) => new URL(path === "index.html" ? "./" : path, SCOPE);

const known = new Set([...Object.keys(KEPT.files), ...KEPT.bundle.paths]);

/** The caches of other versions, the oldest first, each with its list. */
async function others() {
  const names = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== NAME);
  return Promise.all(
    names.map(async (name) => {
      const cache = await caches.open(name);
      const list = await (await cache.match(LIST))?.json();
      return { name, cache, files: list?.files ?? {}, bundle: list?.bundle ?? { paths: [] } };
    }),
  );
}

async function fetched(path) {
  // What is named by what is in it cannot be old; all else is asked for anew.
  const lasting = /-[0-9a-f]{16,20}\./.test(path);
  const response = await fetch(address(path), { cache: lasting ? "default" : "no-cache" });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

async function install() {
  const cache = await caches.open(NAME);
  const before = await others();
  const had = async (path, same) => {
    for (const other of before) {
      const response = same(other) && (await other.cache.match(address(path)));
      if (response) return response;
    }
  };
  const files = Object.entries(KEPT.files).map(async ([path, number]) => {
    const response = (await had(path, ({ files }) => files[path] === number)) ?? (await fetched(path));
    await cache.put(address(path), response);
  });
  await Promise.all([...files, unpack(cache, had)]);
  await cache.put(LIST, Response.json(KEPT));
}

/** Puts the many files of the one into their places: together they are a third smaller on their way. */
async function unpack(cache, had) {
  const { file, paths } = KEPT.bundle;
  const old = await Promise.all(paths.map((path) => had(path, ({ bundle }) => bundle.file === file)));
  const all = old.every(Boolean) ? undefined : await (await fetched(file)).json();
  await Promise.all(
    paths.map((path, place) => {
      const type = path.endsWith(".json") ? "application/json" : "text/plain; charset=utf-8";
      const made = () => new Response(all[path], { headers: { "Content-Type": type } });
      return cache.put(address(path), all ? made() : old[place]);
    }),
  );
}

/** Whoever still shows the version before may go on with it; older ones go. */
async function activate() {
  const before = await others();
  await Promise.all(before.slice(0, -1).map(({ name }) => caches.delete(name)));
  await clients.claim();
}

async function answer(path, request) {
  const cache = await caches.open(NAME);
  return (await cache.match(address(path))) ?? fetch(request);
}

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", ({ data }) => data === "take over" && skipWaiting());
addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const { origin, pathname } = new URL(url);
  const at = new URL(SCOPE);
  if (method !== "GET" || origin !== at.origin || !pathname.startsWith(at.pathname)) return;
  const path = decodeURI(pathname.slice(at.pathname.length)) || "index.html";
  if (known.has(path)) event.respondWith(answer(path, event.request));
});
