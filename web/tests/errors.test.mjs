// Whatever goes wrong is said in words, with what would be right; and the page stays usable.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startHarness } from "./harness.mjs";

const harness = await startHarness();
after(() => harness.close());

/** The text of the page's alert, once there is one. */
const alertOf = async (page) => {
  await page.waitForSelector("[role=alert] .notice");
  return page.textContent("[role=alert]");
};

/** The page can still be used: a step is a step, and a scenario can be chosen. */
async function stillWorks(page) {
  const [before, now] = await page.evaluate(() => {
    const before = window.tcpscope.state().record;
    window.tcpscope.step();
    return [before, window.tcpscope.state().record];
  });
  assert.equal(now, before + 1);
  await page.selectOption("#scenario", "simultaneous-open");
  await page.waitForFunction(() => window.tcpscope.state().scenario === "simultaneous-open");
}

const ADDRESSES = [
  ["an unknown scenario", "v=1&scenario=four-way-handshake&t=0", /four-way-handshake/],
  ["a link of no version", "scenario=lost-syn", /version/],
  ["a link of another version", "v=99&scenario=lost-syn", /99/],
  ["a link with an unknown field", "v=1&scenario=lost-syn&colour=red", /colour/],
  ["a link with a broken number", "v=1&scenario=lost-syn&t=soon", /soon/],
  ["a link with a broken edit", "v=1&scenario=lost-syn&edit=drop", /drop/],
  ["an edit of a packet that is never sent", "v=1&scenario=lost-syn&edit=drop,client:data:5+5&t=0", /client:data:5\+5/],
  ["a scenario in the link that is none", "v=1&inline=%7B%22format%22%3A1%7D", /missing|scenario/],
  ["nonsense", "%%%%", /version/],
];

for (const [what, hash, says] of ADDRESSES) {
  test(`${what} in the address: a message, and a page that works`, async () => {
    const { page, problems, close } = await harness.openPage({ hash });
    assert.match(await alertOf(page), says);
    await stillWorks(page);
    assert.equal(await page.locator("[role=alert] .notice").count(), 0, "news of the past is gone");
    assert.deepEqual(problems(), []);
    await close();
  });
}

test("the message is in the reader's language and can be closed", async () => {
  const { page, close } = await harness.openPage({ hash: "v=1&scenario=nothing", locale: "zh-CN" });
  assert.match(await alertOf(page), /[一-鿿]/);
  await page.click("[role=alert] [data-do=dismiss-notice]");
  assert.equal(await page.locator("[role=alert] .notice").count(), 0);
  await close();
});

test("an address that is made wrong later leaves what is on the screen", async () => {
  const { page, close } = await harness.openPage({ hash: "v=1&scenario=lost-syn&t=0" });
  await page.evaluate(() => {
    location.hash = "#v=1&scenario=nothing";
  });
  assert.match(await alertOf(page), /nothing/);
  assert.equal(await page.evaluate(() => window.tcpscope.state().scenario), "lost-syn");
  await close();
});

// What is called, and what the message has to name.
const CALLS = [
  ["step('x')", /step: n is "x".*whole number/],
  ["step(1.5)", /step: n is 1\.5/],
  ["step(NaN)", /step: n is NaN/],
  ["step(null)", /step: n is null/],
  ["seek()", /seek: t_us is undefined.*from 0 on/],
  ["seek(-1)", /seek: t_us is -1/],
  ["seek(Infinity)", /seek: t_us/],
  ["play({ speed: 0 })", /play: options\.speed is 0.*0\.01 to 100/],
  ["play({ speed: 'fast' })", /play: options\.speed is "fast"/],
  ["play(3)", /play: options is 3/],
  ["load()", /load: scenario is undefined/],
  ["load(7)", /load: scenario is 7/],
  ["load('nothing')", /load: there is no scenario "nothing"; the scenarios are .*lost-syn/],
  ["load('lost-syn', { seed: -1 })", /load: options\.seed is -1/],
  ["load('lost-syn', 5)", /load: options is 5/],
  ["load({})", /load: .*format/],
  ["load({ format: 1, id: 'x', what: 1 })", /load: /],
  ["intervene()", /intervene: what is undefined/],
  ["intervene({})", /intervene: kind is undefined.*"drop", "delay", .* or "hold"/],
  ["intervene({ kind: 'explode', packet: 'client:syn:0' })", /intervene: kind is "explode"/],
  ["intervene({ kind: 'drop' })", /intervene: packet is undefined/],
  ["intervene({ kind: 'drop', packet: 'client:data:9+9' })", /intervene: packet is "client:data:9\+9"/],
  ["intervene({ kind: 'delay', packet: 'client:syn:0' })", /intervene: by_us is undefined/],
  ["intervene({ kind: 'delay', packet: 'client:syn:0', by_us: -5 })", /intervene: by_us is -5/],
  ["locale('fr')", /locale: tag is "fr".*"en" or "zh-CN"/],
  ["theme('pink')", /theme: name is "pink".*"light", "dark" or "auto"/],
  ["on('nothing', () => {})", /on: event is "nothing"/],
  ["on('step')", /on: listener is undefined.*a function/],
];

test("a wrong call names the argument and what would be right, and changes nothing", async () => {
  const { page, problems, close } = await harness.openPage({ hash: "v=1&scenario=lost-syn&t=0" });
  for (const [call, says] of CALLS) {
    const { message, isError, before, after } = await page.evaluate(async (call) => {
      const look = () => JSON.stringify([window.tcpscope.state(), window.tcpscope.link(), window.tcpscope.digest()]);
      const before = look();
      let caught = null;
      try {
        await new Function("tcpscope", `return tcpscope.${call}`)(window.tcpscope);
      } catch (error) {
        caught = error;
      }
      return { message: caught?.message, isError: caught instanceof Error, before, after: look() };
    }, call);
    assert.ok(isError, `${call} throws`);
    assert.match(message, says, call);
    assert.equal(after, before, `${call} changes nothing`);
  }
  assert.deepEqual(problems(), []);
  await close();
});

test("a list of scenarios that does not arrive is said, and can be asked for again", async () => {
  const { page, context, problems, close } = await harness.openPage();
  await context.route("**/scenarios/index.json", (route) => route.abort());
  await page.reload();
  assert.match(await alertOf(page), /index\.json/);
  await context.unroute("**/scenarios/index.json");
  await page.click("[data-do=retry]");
  await page.waitForFunction(() => {
    try {
      return window.tcpscope.state().scenario === "three-way-handshake";
    } catch {
      return false;
    }
  });
  assert.ok(problems().every((problem) => problem.includes("index.json") || problem.includes("ERR_FAILED")));
  await close();
});

test("a scenario that is broken on the server is said, and the present one stays", async () => {
  const { page, context, close } = await harness.openPage({ hash: "v=1&scenario=lost-syn&t=0" });
  await context.route("**/scenarios/sliding-window.json", (route) =>
    route.fulfill({ body: '{ "format": 1, "id": 5 }', contentType: "application/json" }),
  );
  await page.selectOption("#scenario", "sliding-window");
  assert.match(await alertOf(page), /id|line 1/);
  assert.equal(await page.evaluate(() => window.tcpscope.state().scenario), "lost-syn");
  await close();
});

test("when the module stops, the page says so and how to go on", async () => {
  const { page, close } = await harness.openPage({ hash: "v=1&scenario=lost-syn&t=0" });
  // A browser in which nothing can be inserted any more: the module has no way on, and traps.
  await page.evaluate(() => {
    Node.prototype.insertBefore = () => {
      throw new Error("full");
    };
    window.tcpscope.locale("zh-CN");
    window.tcpscope.step(3);
  });
  await page.waitForSelector("#crash[role=alert]");
  const said = await page.textContent("#crash");
  assert.match(said, /tcpscope has stopped/);
  assert.match(said, /已停止运行/);
  assert.match(said, /RuntimeError/);
  await page.reload();
  await page.waitForFunction(() => window.__tcpscopeReady);
  await stillWorks(page);
  await close();
});

test("without a canvas the page says so and shows the table; all the rest goes on", async () => {
  const { page, problems, close } = await harness.openPage({
    init: "HTMLCanvasElement.prototype.getContext = () => null",
  });
  assert.match(await alertOf(page), /table of segments/);
  assert.equal(await page.getAttribute("#tab-table", "aria-selected"), "true");
  await page.keyboard.press("ArrowRight");
  assert.ok((await page.evaluate(() => window.tcpscope.state().record)) > 0);
  assert.deepEqual(problems(), []);
  await close();
});

test("a canvas that is lost is said, and no longer once it is back", async () => {
  const { page, problems, close } = await harness.openPage();
  const send = (name) =>
    page.evaluate((name) => document.querySelector("canvas").dispatchEvent(new Event(name)), name);
  await send("contextlost");
  assert.match(await alertOf(page), /table of segments/);
  await send("contextrestored");
  await page.waitForSelector("[role=alert] .notice", { state: "detached" });
  assert.deepEqual(problems(), []);
  await close();
});

test("where nothing may be stored, a setting takes effect and the page says that it is not kept", async () => {
  const { page, problems, close } = await harness.openPage({
    init: "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })",
  });
  await page.selectOption("#numbers", "absolute");
  assert.match(await alertOf(page), /keeps nothing/);
  assert.match(await page.evaluate(() => window.tcpscope.link()), /absolute/);
  assert.deepEqual(problems(), []);
  await close();
});
