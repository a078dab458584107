// How long it takes until the page can be used: from the navigation to its first step on the screen,
// on a processor four times slower and on slow 4G, 1.6 Mbit/s and 150 ms. The files come as a static
// host gives them, compressed with brotli. Prints the figures, of the page and of the page in a frame:
// the middle one of a few loads, of those whose first step is asked for by a key or of those by a call,
// whichever takes longer.

import { createServer } from "node:http";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { extname, join, relative, resolve } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { startHarness } from "./harness.mjs";

const LOADS = 5;
const VIEWPORTS = { page: { width: 1440, height: 900 }, embed: { width: 760, height: 520 } };
const SLOWER = 4;
const NETWORK = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
};

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".json": "application/json",
  ".txt": "text/plain; charset=utf-8",
};

/** All files of a folder, compressed. */
function compressed(folder) {
  const files = new Map();
  const walk = (at) => {
    for (const name of readdirSync(at)) {
      const path = join(at, name);
      if (statSync(path).isDirectory()) walk(path);
      else {
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
        const octets = brotliCompressSync(readFileSync(path), { params });
        files.set(relative(folder, path), octets);
      }
    }
  };
  walk(folder);
  return files;
}

async function serve(dist) {
  const files = compressed(dist);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://127.0.0.1").pathname.slice(1));
    const octets = files.get(path || "index.html");
    if (!octets) {
      response.statusCode = 404;
      return response.end();
    }
    response.setHeader("Content-Type", TYPES[extname(path || "index.html")] ?? "text/plain");
    response.setHeader("Content-Encoding", "br");
    response.setHeader("Content-Length", octets.length);
    response.setHeader("Cache-Control", "no-store");
    response.end(octets);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** In the page, before its scripts: notes when the first step shows, by a key or by a call. Nothing
 * else is asked of the page before; it begins at its first record. */
function watch(byKey) {
  addEventListener("tcpscope:ready", () => {
    const ready = performance.now();
    if (byKey) document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
    else tcpscope.step(1);
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        const stepped = performance.now();
        window.__usable = { ready, stepped, moved: tcpscope.state().record };
      };
      channel.port2.postMessage(0);
    });
  });
}

/** One load: after how many milliseconds its first step shows. */
async function measure(name, address, kind) {
  // A context of its own each: nothing is in a cache.
  const context = await harness.browser.newContext({ viewport: VIEWPORTS[name] });
  const page = await context.newPage();
  const protocol = await context.newCDPSession(page);
  await protocol.send("Network.enable");
  await protocol.send("Network.emulateNetworkConditions", NETWORK);
  await protocol.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.addInitScript(watch, kind === "key");
  await page.goto(server.url + address, { waitUntil: "commit" });
  await page.waitForFunction(() => window.__usable, undefined, { timeout: 120_000 });
  const { ready, stepped, moved } = await page.evaluate(() => window.__usable);
  if (moved !== 1) throw new Error(`the first step went ${moved} records on`);
  console.log(`# ${name}: ready after ${Math.round(ready)} ms, the first step by a ${kind} shows after ${Math.round(stepped)} ms`);
  await context.close();
  return stepped;
}

const harness = await startHarness({
  dist: process.argv[2] ? resolve(process.argv[2]) : undefined,
  measures: true,
});
if (!existsSync(harness.dist)) throw new Error("there is no built page");
const server = await serve(harness.dist);
try {
  for (const [name, address] of [["page", ""], ["embed", "embed.html?scenario=three-way-handshake"]]) {
    const all = { key: [], call: [] };
    for (const [kind, times] of Object.entries(all)) {
      for (let load = 0; load < LOADS; load++) times.push(await measure(name, address, kind));
    }
    const middle = (times) => times.sort((a, b) => a - b)[times.length >> 1];
    console.log(`${name}.interactive_us ${Math.round(Math.max(...Object.values(all).map(middle)) * 1000)}`);
  }
} finally {
  server.close();
  await harness.close();
}
