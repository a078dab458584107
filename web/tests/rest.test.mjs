// The part of the module that the first picture does without: when it comes, and that nobody who
// needs it has to know of it.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startHarness } from "./harness.mjs";

const harness = await startHarness();
after(() => harness.close());

const isRest = (url) => /tcpscope-(figure-)?rest-\w+\.wasm$/.test(url);
const isWords = (url) => /words\/[\w-]+\.txt$/.test(url);

/** Opens the page and notes what it asks for from then on. */
async function open(options) {
  const before = harness.requests.length;
  const opened = await harness.openPage(options);
  return { ...opened, requests: () => harness.requests.slice(before) };
}

for (const languages of [["en"], ["en-US", "en"], ["zh-CN", "zh", "en"], ["de-DE", "de", "fr", "it", "en-GB"], []]) {
  test(`the first picture does without the rest, and without the other language: ${languages}`, async () => {
    const { page, requests, problems, close } = await open({ languages });
    await page.waitForLoadState("networkidle");
    assert.deepEqual(requests().filter(isRest), []);
    assert.equal(requests().filter(isWords).length, 1);
    assert.deepEqual(problems(), []);
    await close();
  });
}

test("both come at the first sign of a reader", async () => {
  // What a worker keeps for later is no business of the page's.
  const { page, requests, problems, close } = await open({ init: () => delete Navigator.prototype.serviceWorker });
  const rest = page.waitForResponse((response) => isRest(response.url()));
  const words = page.waitForResponse((response) => /words\/zh-CN/.test(response.url()));
  await page.mouse.move(300, 300);
  await Promise.all([rest, words]);
  await page.waitForLoadState("networkidle");
  assert.equal(requests().filter(isRest).length, 1, "the first sign itself needs nothing of it");
  assert.equal(requests().filter(isWords).length, 3, "the rest of the language, and the other");
  assert.deepEqual(problems(), []);
  await close();
});

/** Opens the page, and holds back the rest of the module until `go` is called. */
async function openWithoutRest(options) {
  const opened = await open(options);
  let go;
  const held = new Promise((free) => (go = free));
  await opened.context.route(/tcpscope-(figure-)?rest/, (route) => held.then(() => route.continue()));
  return { ...opened, go };
}

const first = { key: (page) => page.keyboard.press("ArrowRight"), call: (page) => page.evaluate(() => tcpscope.step(1)) };
for (const [kind, step] of Object.entries(first)) {
  const framed = { query: "embed.html?scenario=three-way-handshake", viewport: { width: 760, height: 520 } };
  for (const options of [{}, { viewport: { width: 390, height: 844 }, locale: "zh-CN" }, framed]) {
    test(`a first step by a ${kind} shows before the rest is there: ${JSON.stringify(options)}`, async () => {
      const { page, problems, go, close } = await openWithoutRest(options);
      await page.waitForLoadState("networkidle");
      const told = options.query ? ".caption" : "#details";
      const before = await page.locator(told).textContent();
      await step(page);
      await page.waitForFunction(([told, said]) => document.querySelector(told).textContent !== said, [told, before]);
      go();
      await page.waitForLoadState("networkidle");
      assert.equal(await page.evaluate(() => tcpscope.state().record), 1);
      assert.deepEqual(problems(), []);
      await close();
    });
  }
}

test("what a pointer points at shows when the rest is there, and nothing waits for it before", async () => {
  const { page, requests, problems, go, close } = await openWithoutRest();
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => {
    const heard = (event) => (window.heard = event.clientX);
    document.querySelector(".stage-view").addEventListener("pointermove", heard);
  });
  await page.mouse.move(600, 300);
  await page.mouse.move(720, 400);
  assert.equal(await page.evaluate(() => window.heard), undefined);
  go();
  await page.waitForFunction(() => window.heard === 720);
  assert.equal(requests().filter(isRest).length, 1);
  assert.deepEqual(problems(), []);
  await close();
});

test("a call of the page API before any sign has it, and has it once", async () => {
  const { page, requests, problems, close } = await open();
  const [records, again, title] = await page.evaluate(() => {
    const { tcpscope } = window;
    const data = tcpscope.trace().find((record) => record.kind === "transmit");
    const records = tcpscope.state().records;
    tcpscope.intervene({ kind: "drop", packet: data.packet });
    tcpscope.locale("zh-CN");
    return [records, tcpscope.state().records, tcpscope.scenarios()[0].title];
  });
  assert.notEqual(again, records, "the edit has replayed the run when the call returns");
  assert.match(title, /[一-鿿]/, "the titles are in the language asked for when the call returns");
  await page.mouse.move(300, 300);
  await page.waitForLoadState("networkidle");
  assert.ok(requests().filter(isRest).length <= 2);
  assert.deepEqual(problems(), []);
  await close();
});

test("an address that says more than the page's own has it from the beginning", async () => {
  const { page, requests, problems, close } = await open({ hash: "v=1&scenario=lost-syn&t=0" });
  await page.waitForLoadState("networkidle");
  assert.equal(requests().filter(isRest).length, 1);
  assert.deepEqual(problems(), []);
  await close();
});

test("where it does not arrive the page says so, and the address keeps the work", async () => {
  const { page, context, close } = await open();
  await context.route(/tcpscope-rest/, (route) => route.abort());
  const outcome = await page.evaluate(() => {
    try {
      const { tcpscope } = window;
      tcpscope.intervene({ kind: "drop", packet: tcpscope.trace().find((r) => r.packet).packet });
      return "done";
    } catch (error) {
      return "refused";
    }
  });
  assert.equal(outcome, "refused");
  const alert = page.getByRole("alert");
  assert.match(await alert.textContent(), /did not arrive.*没有下载成功/s);
  await context.unroute(/tcpscope-rest/);
  await alert.getByRole("link").first().click();
  await page.waitForFunction(() => window.__tcpscopeReady === true && !document.getElementById("crash"));
  await close();
});

test("a folded endpoint of a figure is put together when it is opened", async () => {
  const { page, problems, close } = await open({ query: "embed.html?scenario=three-way-handshake", viewport: { width: 760, height: 520 } });
  assert.equal(await page.locator(".tcb").count(), 0);
  await page.locator("details.stage-host summary").last().click();
  await page.locator("details.stage-host .tcb").waitFor();
  assert.equal(await page.locator("details.stage-host").last().locator(".endpoint-head h2").textContent(), "Server");
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => document.querySelector("details.stage-host[open] .endpoint-head .chip").textContent === "LISTEN");
  assert.deepEqual(problems(), []);
  await close();
});

const figure = "embed.html?scenario=three-way-handshake";
const pictures = [
  { viewport: { width: 1440, height: 900 } },
  { viewport: { width: 1024, height: 768 } },
  { viewport: { width: 390, height: 844 } },
  { viewport: { width: 760, height: 520 }, query: figure },
  { viewport: { width: 390, height: 560 }, query: figure, colorScheme: "dark" },
];
for (const picture of pictures) {
  test(`what follows changes nothing in the first picture, ${picture.viewport.width} pixels wide${picture.query ? ", of a figure" : ""}`, async () => {
    const { page, problems, close } = await open(picture);
    await page.waitForLoadState("networkidle");
    const look = () =>
      page.evaluate(() =>
        [...document.querySelectorAll(".page *:not(#keys, #keys *)")].map((element) => {
          const { x, y, width, height } = element.getBoundingClientRect();
          const { color, backgroundColor, fontSize, fontWeight } = getComputedStyle(element);
          const text = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join("");
          const said = [text, element.title, element.getAttribute("aria-label")].join("|");
          const place = [x, y, width, height].map(Math.round).join(" ");
          return [element.tagName, element.className, said, place, color, backgroundColor, fontSize, fontWeight].join("; ");
        }),
      );
    const before = await look();
    const words = page.waitForResponse((response) => /words\/zh-CN/.test(response.url()));
    // A sign of a reader that does nothing else.
    await page.evaluate(() => dispatchEvent(new Event("focusin")));
    await words;
    await page.waitForLoadState("networkidle");
    if (!picture.query) await page.waitForFunction(() => document.querySelector("#keys td")?.textContent);
    assert.equal(await page.locator("link[rel=stylesheet]").count(), picture.query ? 3 : 2);
    assert.deepEqual(await look(), before);
    assert.deepEqual(problems(), []);
    await close();
  });
}
