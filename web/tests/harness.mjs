// What every browser test stands on: dist/ served under a sub-path, a real Chromium, and pages that
// remember everything that went wrong in them.
//
//   import { test, after } from "node:test";
//   import { startHarness } from "./harness.mjs";
//   const harness = await startHarness();
//   after(() => harness.close());
//   test("…", async () => {
//     const { page, problems, close } = await harness.openPage({ locale: "zh-CN", colorScheme: "dark" });
//     …
//     assert.deepEqual(problems(), []);
//     await close();
//   });

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { accessSync, constants, existsSync, mkdtempSync, rmSync, readFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { tmpdir } from "node:os";
import { chromium } from "playwright-core";
import sirv from "sirv";

const ROOT = resolve(import.meta.dirname, "../..");

/** Where the page is served: under a path, so that an address which is not relative shows as a 404. */
const BASE = "/some/path/";

/** The policy the page promises to run under. Styles set from Rust are attributes, hence the last one. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "img-src 'self' data: blob:",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'none'",
].join("; ");

/** How long a page may take to become ready before a test gives up on it, in milliseconds. */
const READY_WITHIN = 30_000;

/** How long a page may stay open, in milliseconds. A page that is caught in a loop answers nothing
 * for ever; closing it makes the test fail instead of waiting. */
const OPEN_AT_MOST = 60_000;

/** Starts what serves `dist` under BASE on a port of 127.0.0.1 that is free. */
export async function serve(dist = join(ROOT, "dist")) {
  if (!existsSync(join(dist, "index.html"))) {
    throw new Error(`${dist} holds no built page. Build it first: cargo xtask build`);
  }
  const files = sirv(dist, { dev: true, etag: false });
  const requests = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://127.0.0.1").pathname;
    const notFound = () => {
      response.statusCode = 404;
      response.end("not found");
    };
    if (!path.startsWith(BASE)) return notFound();
    requests.push(decodeURIComponent(path.slice(BASE.length)) || "index.html");
    // As docs/serving.md says.
    response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    response.setHeader("Access-Control-Allow-Origin", "*");
    const lasting = /-[0-9a-f]{16,20}(_bg)?\.\w+$/.test(path);
    response.setHeader("Cache-Control", lasting ? "public, max-age=31536000, immutable" : "no-cache");
    request.url = request.url.slice(BASE.length - 1);
    files(request, response, notFound);
  });
  await new Promise((done, failed) => {
    server.once("error", failed).listen(0, "127.0.0.1", done);
  });
  return {
    dist,
    /** The address of the page. */
    url: `http://127.0.0.1:${server.address().port}${BASE}`,
    /** The paths asked for so far, relative to dist/. */
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}

/** The Chromium to use: the one that the environment names, or the first in PATH. */
export function chromiumPath() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
  for (const name of names) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      const candidate = join(folder, name);
      try {
        accessSync(candidate, constants.X_OK);
        return candidate;
      } catch {
        // Not here: the next.
      }
    }
  }
  throw new Error("Chromium is not in PATH. Install it, or name it in the variable CHROMIUM.");
}

async function launch(debugged) {
  const profile = mkdtempSync(join(tmpdir(), "tcpscope-chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...(debugged ? ["--remote-debugging-port=0"] : []),
    ],
  });
  const browser = context.browser();
  return {
    browser,
    /** The port that others may drive it by, if it was asked for. */
    port: () => Number(readFileSync(join(profile, "DevToolsActivePort"), "utf8").split("\n")[0]),
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** Notes what a page complains about. Returns the list, which grows as the page lives. */
export function watch(page) {
  const problems = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      problems.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.message}`));
  page.on("crash", () => problems.push("the page crashed"));
  page.on("requestfailed", (request) => {
    problems.push(`request failed: ${request.url()}: ${request.failure()?.errorText}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  return problems;
}

/** Waits until the page says that it can be used, or says why it never will. */
async function ready(page, problems) {
  const settled = () =>
    window.__tcpscopeReady === true || document.documentElement.dataset.boot === "failed";
  try {
    await page.waitForFunction(settled, undefined, { timeout: READY_WITHIN });
  } catch (cause) {
    const heard = problems.length ? problems.join("\n  ") : "nothing on the console";
    throw new Error(`The page fired no tcpscope:ready in ${READY_WITHIN} ms; heard:\n  ${heard}`, {
      cause,
    });
  }
  const failed = await page.evaluate(() => document.documentElement.dataset.boot === "failed");
  if (failed) throw new Error(`The page could not start:\n  ${problems.join("\n  ")}`);
}

/** Starts server and browser. `close()` ends both. */
export async function startHarness({ dist, debugged = false } = {}) {
  const server = await serve(dist);
  const browser = await launch(debugged).catch(async (error) => {
    await server.close();
    throw error;
  });

  const watchdogs = [];

  /** Opens the page in a context of its own and waits until it is ready. */
  async function openPage({
    hash = "",
    query = "",
    locale = "en",
    colorScheme = "light",
    viewport = { width: 1440, height: 900 },
    reducedMotion = "reduce",
    deviceScaleFactor = 1,
    waitForReady = true,
    openAtMost = OPEN_AT_MOST,
    languages,
    init,
    forcedColors,
  } = {}) {
    const context = await browser.browser.newContext({
      locale,
      colorScheme,
      viewport,
      reducedMotion,
      deviceScaleFactor,
      ...(forcedColors && { forcedColors }),
    });
    const page = await context.newPage();
    const problems = watch(page);
    const watchdog = setTimeout(() => {
      console.error(`A page was open for ${openAtMost} ms, and is closed now: is it in a loop?`);
      context.close();
    }, openAtMost);
    watchdogs.push(watchdog);
    // Set before any script of the page runs, so that the event cannot be missed.
    await page.addInitScript(() => {
      addEventListener("tcpscope:ready", () => (window.__tcpscopeReady = true));
    });
    // What the browser is to be like before the page's first script.
    if (init) await page.addInitScript(init);
    // A context has one language, a reader's browser usually several.
    if (languages) {
      await page.addInitScript((all) => {
        Object.defineProperty(Navigator.prototype, "languages", { get: () => all });
      }, languages);
    }
    const fragment = hash && !hash.startsWith("#") ? `#${hash}` : hash;
    await page.goto(server.url + query + fragment);
    if (waitForReady) await ready(page, problems);
    return {
      page,
      context,
      /** What went wrong so far: console errors and warnings, exceptions, failed requests, 4xx. */
      problems: () => [...problems],
      close: () => {
        clearTimeout(watchdog);
        return context.close();
      },
    };
  }

  /** Opens the page, lets `use` do what it does with it, and sees that nothing went wrong. */
  async function withPage(options, use) {
    const { page, problems, close } = await openPage(options);
    await use(page);
    assert.deepEqual(problems(), []);
    await close();
  }

  return {
    url: server.url,
    dist: server.dist,
    requests: server.requests,
    /** For what needs a context of its own kind. */
    browser: browser.browser,
    port: browser.port,
    openPage,
    withPage,
    close: async () => {
      watchdogs.forEach(clearTimeout);
      await browser.close();
      await server.close();
    },
  };
}
