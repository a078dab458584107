// Nothing leaves the origin: every request of a tour through the page, and through a frame, is noted.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startHarness } from "./harness.mjs";

const harness = await startHarness();
const { origin } = new URL(harness.url);
after(() => harness.close());

/** A tour through a page that notes all that it asks for, and what it leaves in the browser. */
async function tour(options, walk) {
  const { page, context, close } = await harness.openPage({ waitForReady: false, openAtMost: 240_000, ...options });
  const asked = [];
  const note = (what) => asked.push(what);
  context.on("request", (request) => note(`${request.method()} ${request.url()}`));
  context.on("serviceworker", (worker) => note(`WORKER ${worker.url()}`));
  page.on("websocket", (socket) => note(`SOCKET ${socket.url()}`));
  await page.reload();
  await page.waitForFunction(() => window.__tcpscopeReady);
  await walk(page);
  await page.waitForLoadState("networkidle");
  const cookies = await context.cookies();
  const names = await page.evaluate(() => {
    try {
      return Object.keys(localStorage);
    } catch {
      return [];
    }
  });
  await close();
  const out = asked.filter((one) => {
    const [method, url] = one.split(" ");
    const { protocol, origin: to } = new URL(url);
    return !["GET", "WORKER"].includes(method) || (to !== origin && !["data:", "blob:"].includes(protocol));
  });
  return { asked, out, cookies, names };
}

test("a tour through the page asks nobody else for anything, sends nothing, and sets no cookie", async () => {
  const { asked, out, cookies, names } = await tour({}, async (page) => {
    await page.mouse.move(400, 300);
    await page.waitForFunction(() => navigator.serviceWorker.controller);
    for (const tag of ["zh-CN", "en"]) await page.evaluate((tag) => tcpscope.locale(tag), tag);
    for (const theme of ["dark", "light"]) await page.evaluate((name) => tcpscope.theme(name), theme);
    const scenarios = await page.evaluate(() => tcpscope.scenarios().map(({ id }) => id));
    for (const id of scenarios) await page.evaluate((id) => tcpscope.load(id), id);
    await page.evaluate(async () => {
      await tcpscope.load("three-way-handshake");
      tcpscope.intervene({ kind: "drop", packet: "client:syn:0" });
      tcpscope.undo();
      tcpscope.play({ speed: 8 });
      tcpscope.pause();
      tcpscope.link();
    });
    // Every sheet of the drawer, in its turn.
    const tabs = page.locator("[role=tab]");
    for (let i = 0; i < (await tabs.count()); i++) await tabs.nth(i).click();
    const lessons = await page.evaluate(() => tcpscope.lessons().then((all) => all.map(({ id }) => id)));
    for (const id of lessons.slice(0, 8)) await page.evaluate((id) => tcpscope.lesson(id), id);
    for (const key of ["ArrowRight", "?", "Escape", "n", "p", "p"]) await page.keyboard.press(key);
  });
  assert.ok(asked.length > 30, "the tour has seen something");
  assert.deepEqual(out, []);
  assert.deepEqual(cookies, []);
  assert.deepEqual(names.filter((name) => !name.startsWith("tcpscope.")), []);
});

test("nor does a frame, which keeps nothing at all", async () => {
  const { asked, out, cookies, names } = await tour({ query: "embed.html?scenario=lost-syn&details=true" }, async (page) => {
    await page.mouse.move(200, 100);
    await page.evaluate(() => tcpscope.play({ speed: 8 }));
    await page.evaluate(() => tcpscope.locale("zh-CN"));
    await page.locator("#open").hover().catch(() => {});
    for (const key of ["ArrowRight", "n", "ArrowLeft"]) await page.keyboard.press(key);
  });
  assert.ok(asked.length > 5);
  assert.deepEqual([out, cookies, names], [[], [], []]);
});

test("where links lead out of the page, they tell nobody where the reader came from", async () => {
  const { page, close } = await harness.openPage();
  await page.mouse.move(300, 300);
  await page.keyboard.press("ArrowRight");
  await page.waitForLoadState("networkidle");
  const links = await page.evaluate(() => [...document.querySelectorAll("a[href^=http]")].filter((link) => link.origin !== location.origin).map((link) => [link.href, link.rel, link.target]));
  for (const [href, rel, target] of links) {
    assert.match(href, /^https:\/\/(www\.rfc-editor\.org|datatracker\.ietf\.org)\//);
    if (target === "_blank") assert.match(rel, /noreferrer|noopener/, href);
  }
  await close();
});
