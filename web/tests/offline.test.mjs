// After one visit the page works without a network; a new version is announced, never forced.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { serve, startHarness } from "./harness.mjs";
import { kept, weighed } from "./offline-size.mjs";

const harness = await startHarness();
after(() => harness.close());

/** A visit to `url`, in a browser context of its own. */
async function visit(url, options = {}) {
  const context = await harness.browser.newContext({ locale: "en", viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("requestfailed", (request) => problems.push(`${request.url()}: ${request.failure()?.errorText}`));
  await page.addInitScript(() => addEventListener("tcpscope:ready", () => (window.__tcpscopeReady = true)));
  await page.goto(url);
  await page.waitForFunction(() => window.__tcpscopeReady);
  return { page, context, problems };
}

/** Gives a sign of a reader, and waits until the worker is at work. */
async function settle(page) {
  await page.mouse.move(400, 300);
  await page.waitForFunction(() => navigator.serviceWorker.controller);
}

test("nothing of it is fetched before the first sign of a reader", async () => {
  const before = harness.requests.length;
  const { page, context } = await visit(harness.url);
  await page.waitForLoadState("networkidle");
  const late = (path) => /^(sw\.js|offline-|curriculum-|manifest)/.test(path);
  assert.deepEqual(harness.requests.slice(before).filter(late), []);
  await settle(page);
  assert.ok(harness.requests.slice(before).some((path) => path === "sw.js"));
  await context.close();
});

test("after one visit all of it works with the network gone: every scenario, every lesson, both languages", async () => {
  const server = await serve();
  const { page, context, problems } = await visit(server.url);
  await settle(page);
  await server.close();
  await page.reload();
  await page.waitForFunction(() => window.__tcpscopeReady);
  const seen = await page.evaluate(async () => {
    const { tcpscope } = window;
    const scenarios = tcpscope.scenarios();
    for (const { id } of scenarios) await tcpscope.load(id);
    const said = new Set();
    let lessons;
    for (const tag of ["en", "zh-CN"]) {
      tcpscope.locale(tag);
      lessons = await tcpscope.lessons();
      for (const { id } of lessons) {
        await tcpscope.lesson(id);
        said.add(document.title);
      }
    }
    return { scenarios: scenarios.length, lessons: lessons.length, titles: said.size };
  });
  assert.ok(seen.scenarios > 10 && seen.lessons > 50, JSON.stringify(seen));
  // What the reader does then needs the rest of the module, and its style.
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("?");
  await page.getByRole("dialog").first().waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test("a deep link opens without a network, too", async () => {
  const server = await serve();
  const { page, context } = await visit(server.url);
  await settle(page);
  await server.close();
  const other = await context.newPage();
  await other.addInitScript(() => addEventListener("tcpscope:ready", () => (window.__tcpscopeReady = true)));
  await other.goto(`${server.url}#v=1&scenario=lost-syn&t=1000000&lang=zh-CN`);
  await other.waitForFunction(() => window.__tcpscopeReady);
  assert.equal(await other.evaluate(() => tcpscope.state().scenario), "lost-syn");
  await context.close();
});

test("the whole curriculum offline weighs at most 1 MB", () => {
  const weight = weighed(harness.dist).reduce((sum, { brotli }) => sum + brotli, 0);
  assert.ok(weight <= 1_000_000, `${weight} octets`);
  assert.ok(kept(harness.dist).bundle.paths.length > 100);
});

/** A copy of dist/ in which something can change: another title, as a new version would have. */
function another(dist, title) {
  const index = join(dist, "index.html");
  writeFileSync(index, readFileSync(index, "utf8").replace(/<title>.*?<\/title>/, `<title>${title}</title><meta name=version content=${title}>`));
  const worker = join(dist, "sw.js");
  const list = kept(dist);
  list.version = title;
  list.files["index.html"] = title;
  writeFileSync(worker, readFileSync(worker, "utf8").replace(/const KEPT = .*;/, `const KEPT = ${JSON.stringify(list)};`));
}

test("a new version is announced, comes when the reader asks for it, and brings the moment back", async () => {
  const dist = mkdtempSync(join(tmpdir(), "tcpscope-dist-"));
  cpSync(harness.dist, dist, { recursive: true });
  const server = await serve(dist);
  const { page, context } = await visit(`${server.url}#v=1&scenario=lost-syn&t=1000000`);
  await settle(page);
  another(dist, "second");
  await page.evaluate(() => navigator.serviceWorker.getRegistration().then((it) => it.update()));
  const notice = page.locator("#update");
  await notice.waitFor();
  assert.match(await notice.textContent(), /A new version of tcpscope is here/);
  assert.equal(await page.locator("meta[name=version]").count(), 0, "nothing was forced");
  // Who reloads without it still has the version before.
  await page.reload();
  await page.waitForFunction(() => window.__tcpscopeReady);
  assert.equal(await page.locator("meta[name=version]").count(), 0);
  await page.mouse.move(300, 300);
  await notice.waitFor();
  const before = server.requests.length;
  await notice.getByRole("button", { name: "Reload" }).click();
  await page.locator("meta[name=version]").waitFor({ state: "attached" });
  await page.waitForFunction(() => window.__tcpscopeReady);
  assert.deepEqual(await page.evaluate(() => [tcpscope.state().scenario, tcpscope.state().t_us]), ["lost-syn", 1_000_000]);
  assert.deepEqual(server.requests.slice(before).filter((path) => /\.wasm$|curriculum/.test(path)), [], "what is the same is not fetched again");
  await context.close();
  await server.close();
  rmSync(dist, { recursive: true });
});

test("in Chinese it is announced in Chinese, and can wait", async () => {
  const dist = mkdtempSync(join(tmpdir(), "tcpscope-dist-"));
  cpSync(harness.dist, dist, { recursive: true });
  const server = await serve(dist);
  const { page, context } = await visit(server.url, { locale: "zh-CN" });
  await settle(page);
  another(dist, "second");
  await page.evaluate(() => navigator.serviceWorker.getRegistration().then((it) => it.update()));
  await page.locator("#update").getByRole("button", { name: "稍后" }).click();
  assert.equal(await page.locator("#update").count(), 0);
  await context.close();
  await server.close();
  rmSync(dist, { recursive: true });
});

test("a frame keeps nothing", async () => {
  const { page, context } = await visit(`${harness.url}embed.html?scenario=three-way-handshake`);
  await page.mouse.move(200, 200);
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => tcpscope.load("lost-syn"));
  const left = await page.evaluate(async () => [(await navigator.serviceWorker.getRegistrations()).length, (await caches.keys()).length, localStorage.length]);
  assert.deepEqual(left, [0, 0, 0]);
  await context.close();
});

test("it can be installed", async () => {
  const { page, context } = await visit(harness.url);
  await settle(page);
  const session = await context.newCDPSession(page);
  const { errors, url, data } = await session.send("Page.getAppManifest");
  assert.deepEqual(errors, []);
  assert.equal(new URL(url).pathname, new URL("manifest.webmanifest", harness.url).pathname);
  for (const { src } of JSON.parse(data).icons) {
    assert.equal((await page.request.get(new URL(src, harness.url).href)).status(), 200, src);
  }
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  // A context of a test is like a private window, in which nothing can be installed.
  assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito"), []);
  await context.close();
});
