// Sites that were made of files: the book, and the examples of its guides. They are served as a host
// would that knows docs/serving.md for tcpscope's own files, and nothing for the others.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import sirv from "sirv";
import { CONTENT_SECURITY_POLICY, watch } from "./harness.mjs";

const ROOT = resolve(import.meta.dirname, "../..");
const TARGET = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target");

/** The folder of a site that `cargo xtask COMMAND` makes. */
function made(folder, command) {
  if (!existsSync(join(folder, "index.html"))) throw new Error(`${folder} holds no site. Make it first: cargo xtask ${command}`);
  return folder;
}

export const book = () => made(join(TARGET, "book"), "book");
export const example = (...path) => made(join(TARGET, "sites/examples", ...path), "examples");

/** Serves a folder, under a path. */
export async function serveSite(folder, { policy, under = "/" } = {}) {
  const files = sirv(folder, { dev: true, etag: false });
  const requests = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    requests.push(pathname);
    const isOurs = pathname.startsWith(`${under}tcpscope/`);
    if (isOurs) response.setHeader("Access-Control-Allow-Origin", "*");
    if (isOurs || policy) response.setHeader("Content-Security-Policy", isOurs ? CONTENT_SECURITY_POLICY : policy);
    if (/-[0-9a-f]{16,20}\.\w+$/.test(pathname)) response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
    const nothing = () => {
      response.statusCode = pathname === "/favicon.ico" ? 204 : 404;
      response.end();
    };
    if (!pathname.startsWith(under)) return nothing();
    request.url = request.url.slice(under.length - 1);
    files(request, response, nothing);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${server.address().port}${under}`,
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}

/** Opens a site, lets `use` do what it does with it, and sees that nothing went wrong and that nothing was
 * asked of anybody else. */
export async function withSite(harness, folder, use, { path = "", policy, under, context: options = {} } = {}) {
  const site = await serveSite(folder, { policy, under });
  const context = await harness.browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", locale: "en", ...options });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const problems = watch(page);
  const elsewhere = [];
  context.on("request", (request) => {
    if (/^(https?|wss?):/.test(request.url()) && !request.url().startsWith(site.url)) elsewhere.push(request.url());
  });
  try {
    await page.goto(site.url + path);
    await use(page, site);
    // Whoever goes on to the next page gives up what the one before still waits for.
    assert.deepEqual(problems.filter((problem) => !problem.endsWith("net::ERR_ABORTED")), []);
    assert.deepEqual(elsewhere, []);
  } finally {
    await context.close();
    await site.close();
  }
}

/** The frame of an element, once it can be used. */
export async function liveFrame(element) {
  await element.scrollIntoViewIfNeeded();
  const frame = element.locator("iframe").contentFrame();
  await frame.locator("html[data-live]").waitFor();
  return frame;
}

/** Presses a key in a figure, which a click has given the focus. */
export async function pressIn(frame, key) {
  const stage = frame.locator(".stage-view");
  await stage.click({ position: { x: 4, y: 4 } });
  await stage.page().keyboard.press(key);
}

/** The state that an element tells. */
export const stateOf = (element) => element.evaluate((it) => it.state());

/** Waits until the state of an element is like this: drawing follows a moment after what was done. */
export async function until(element, is, what) {
  let state;
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    state = await stateOf(element);
    if (is(state)) return state;
  }
  assert.fail(`${what}: ${JSON.stringify(state)}`);
}
