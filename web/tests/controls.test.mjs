// What a reader can press, type, choose, drag and tap does what it says.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startHarness } from "./harness.mjs";

const harness = await startHarness();
after(() => harness.close());
const { withPage } = harness;

const state = (page) => page.evaluate(() => window.tcpscope.state());
const press = (page, command) => page.click(`[data-do="${command}"]`);

test("the buttons step by events, to the start and to the end", () =>
  withPage({ hash: "v=1&scenario=three-way-handshake&t=0&r=0" }, async (page) => {
    const { records } = await state(page);
    const stops = [0];
    while (!(await page.isDisabled("[data-do=step-on]"))) {
      await press(page, "step-on");
      stops.push((await state(page)).record);
    }
    assert.equal(stops.at(-1), records - 1);
    assert.ok(stops.length < records / 2, "a step is all that follows from one event");
    assert.deepEqual(stops, stops.toSorted((a, b) => a - b));
    await press(page, "step-back");
    assert.equal((await state(page)).record, stops.at(-2));
    await press(page, "to-end");
    assert.equal((await state(page)).record, records - 1);
    assert.ok(await page.isDisabled("[data-do=step-on]"));
    await press(page, "to-start");
    assert.equal((await state(page)).record, 0);
    assert.ok(await page.isDisabled("[data-do=step-back]"));
  }));

test("the keyboard does all that the buttons do", () =>
  withPage({ hash: "v=1&scenario=four-way-close&t=0&r=0" }, async (page) => {
    const records = (await state(page)).records;
    const key = async (name) => {
      await page.keyboard.press(name);
      return state(page);
    };
    const one = await key("ArrowRight");
    const two = await key("ArrowRight");
    assert.ok(two.record > one.record);
    assert.equal((await key("ArrowLeft")).record, one.record);
    assert.equal((await key("Shift+ArrowRight")).record, one.record + 1);
    assert.equal((await key(",")).record, one.record);
    assert.equal((await key("End")).record, records - 1);
    assert.equal((await key("Home")).record, 0);
    assert.equal((await key("Space")).playing, true);
    assert.equal((await key("Space")).playing, false);
    assert.equal((await key(">")).speed, 2);
    assert.equal((await key("<")).speed, 1);
    await key("End");
    const before = await page.evaluate(() => window.tcpscope.digest());
    await key("n");
    await key("d");
    const dropped = await page.evaluate(() => window.tcpscope.digest());
    assert.notEqual(dropped, before);
    await key("Control+z");
    assert.equal(await page.evaluate(() => window.tcpscope.digest()), before);
    await key("Control+Shift+Z");
    assert.equal(await page.evaluate(() => window.tcpscope.digest()), dropped);
    await key("u");
    await key("p");
    await key("l");
    assert.match(await page.evaluate(() => window.tcpscope.link()), /edit=delay,/);
    await key("?");
    assert.ok(await page.isVisible("dialog#keys"));
    await page.keyboard.press("Escape");
    assert.ok(!(await page.isVisible("dialog#keys")));
  }));

test("no key is taken from whoever types", () =>
  withPage({ hash: "v=1&scenario=four-way-close&t=0&r=0" }, async (page) => {
    await page.focus("#seed");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Home");
    await page.keyboard.type(" ");
    const { record, playing } = await state(page);
    assert.deepEqual([record, playing], [0, false]);
  }));

/** Finds a segment's arrow with the pointer and clicks it. Returns the label of the menu. */
async function clickSegment(page) {
  const box = await page.locator("canvas[role=img]").boundingBox();
  const x = box.x + box.width / 2;
  for (let y = box.y + 30; y < box.y + box.height - 10; y += 6) {
    await page.mouse.move(x, y);
    if ((await page.getAttribute("canvas[role=img]", "data-over")) === "true") {
      await page.mouse.click(x, y);
      await page.waitForSelector("#packet-menu");
      return page.textContent("#packet-menu h2");
    }
  }
  throw new Error("no segment lies under the pointer");
}

test("a segment that is clicked can be dropped, and the drop undone", () =>
  withPage({ hash: "v=1&scenario=three-way-handshake&t=20000" }, async (page) => {
    assert.match(await clickSegment(page), /SYN/);
    await press(page, "drop");
    const link = await page.evaluate(() => window.tcpscope.link());
    assert.match(link, /edit=drop,client:syn:0/);
    assert.equal(await page.locator("#packet-menu").count(), 0, "the menu has closed");
    const fate = await page.evaluate(
      () => window.tcpscope.trace().find(({ kind }) => kind === "lost").packet,
    );
    assert.equal(fate, "client:syn:0");
    await page.click(".edits [data-do=undo]");
    assert.doesNotMatch(await page.evaluate(() => window.tcpscope.link()), /edit=/);
  }));

test("a segment that is clicked can be delayed, and looked into", () =>
  withPage({ hash: "v=1&scenario=three-way-handshake&t=20000" }, async (page) => {
    await clickSegment(page);
    await press(page, "delay 100000");
    assert.match(await page.evaluate(() => window.tcpscope.link()), /edit=delay,client:syn:0,100000/);
    await page.keyboard.press("u");
    await clickSegment(page);
    await page.click("#packet-menu [data-do=inspect]");
    await page.waitForSelector(".inspector .bits");
    assert.match(await page.textContent(".inspector-head"), /client:syn:0/);
  }));

test("Escape closes the menu, and then selects nothing", () =>
  withPage({ hash: "v=1&scenario=three-way-handshake&t=20000" }, async (page) => {
    await clickSegment(page);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("#packet-menu").count(), 0);
    assert.match(await page.evaluate(() => window.tcpscope.link()), /select=/);
    await page.keyboard.press("Escape");
    assert.doesNotMatch(await page.evaluate(() => window.tcpscope.link()), /select=/);
  }));

test("the scrubber goes through the run, and says where it is", () =>
  withPage({ hash: "v=1&scenario=lost-syn&t=0&r=0" }, async (page) => {
    const scrubber = page.locator("#scrubber");
    const box = await scrubber.boundingBox();
    await page.mouse.move(box.x + 4, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2, { steps: 8 });
    await page.mouse.up();
    const middle = await state(page);
    assert.ok(middle.record > 0 && middle.record < middle.records - 1, `record ${middle.record}`);
    assert.match(await scrubber.getAttribute("aria-valuetext"), /of/);
    await scrubber.focus();
    await page.keyboard.press("End");
    assert.equal((await state(page)).record, middle.records - 1);
  }));

test("loss and delay of a link are changed as one edit however long the slider moves", () =>
  withPage({ hash: "v=1&scenario=three-way-handshake&t=0" }, async (page) => {
    await page.click(".network-menu summary");
    for (const value of ["40", "60", "80"]) {
      await page.locator("#delay-0").evaluate((input, value) => {
        input.value = value;
        input.dispatchEvent(new Event("input", { bubbles: true }));
      }, value);
    }
    await page.locator("#delay-0").dispatchEvent("change");
    let link = await page.evaluate(() => window.tcpscope.link());
    assert.equal(link.match(/edit=/g).length, 1);
    assert.match(link, /edit=link-delay,client,80000/);
    await page.fill("#loss-1-number", "12.5");
    await page.locator("#loss-1-number").dispatchEvent("change");
    link = await page.evaluate(() => window.tcpscope.link());
    assert.match(link, /edit=link-loss,server,125000/);
    await page.click(".edits [data-do=undo]");
    await page.click(".edits [data-do=undo]");
    assert.doesNotMatch(await page.evaluate(() => window.tcpscope.link()), /edit=/);
  }));

test("the seed can be typed, and another one taken", () =>
  withPage({ hash: "v=1&scenario=three-way-handshake&t=0" }, async (page) => {
    const first = await state(page);
    await page.fill("#seed", "77");
    await page.keyboard.press("Enter");
    await page.locator("#seed").dispatchEvent("change");
    assert.equal((await state(page)).seed, 77);
    await press(page, "new-seed");
    const other = await state(page);
    assert.equal(other.seed, 78);
    assert.equal(other.scenario, first.scenario);
  }));

test("the language, the theme and the numbers follow the reader, and are kept", async () => {
  const { page, problems, close } = await harness.openPage({});
  await page.selectOption("#locale", "zh-CN");
  assert.equal(await page.getAttribute("html", "lang"), "zh-CN");
  assert.match(await page.title(), /三次握手/);
  assert.equal(await page.evaluate(() => window.tcpscope.locale()), "zh-CN");
  await page.selectOption("#theme", "dark");
  assert.equal(await page.getAttribute("html", "data-theme"), "dark");
  await page.selectOption("#numbers", "absolute");
  await page.evaluate(() => window.tcpscope.step(30));
  const iss = (await state(page)).endpoints[0].iss;
  assert.ok((await page.textContent(".side .tcb")).includes(String(iss + 1)));
  // Without an address the settings of the last visit count.
  await page.goto(harness.url);
  await page.waitForFunction(() => window.__tcpscopeReady);
  assert.equal(await page.evaluate(() => window.tcpscope.state().locale), "zh-CN");
  assert.equal(await page.getAttribute("html", "data-theme"), "dark");
  assert.deepEqual(problems(), []);
  await close();
});

test("each sheet of the drawer shows what it is named for", () =>
  withPage({ hash: "v=1&scenario=four-way-close&t=0&select=client:syn:0" }, async (page) => {
    await page.evaluate(() => window.tcpscope.step(30));
    const sheets = {
      "tab-why": ".why",
      "tab-log": ".log .row[aria-current]",
      "tab-segment": ".bits",
      "tab-states": "svg.diagram .token",
      "tab-table": ".segments .row[data-selected=true]",
    };
    for (const [tab, holds] of Object.entries(sheets)) {
      if ((await page.getAttribute(`#${tab}`, "aria-selected")) !== "true") await page.click(`#${tab}`);
      assert.ok(await page.locator(holds).first().isVisible(), tab);
    }
    await page.click("#tab-log");
    await page.click(".log .row:nth-child(2) .row-button");
    assert.ok((await state(page)).record < 30);
  }));

test("the log keeps the present row in sight", () =>
  withPage({ hash: "v=1&scenario=sliding-window&t=0&r=0" }, async (page) => {
    const { records } = await state(page);
    await page.click("#tab-log");
    for (const record of [records - 1, 5, Math.floor(records / 2)]) {
      await page.evaluate((to) => window.tcpscope.step(to - window.tcpscope.state().record), record);
      await page.waitForFunction((record) => {
        const row = document.querySelector(".log .row[aria-current]");
        if (!row || row.getAttribute("aria-rowindex") !== String(record + 2)) return false;
        const [inner, outer] = [row, row.closest(".rows")].map((it) => it.getBoundingClientRect());
        return inner.top >= outer.top && inner.bottom <= outer.bottom + 1;
      }, record);
    }
  }));

for (const [width, height] of [
  [1440, 900],
  [1024, 768],
  [390, 844],
  [320, 640],
]) {
  test(`at ${width} px nothing scrolls sideways and the main targets are large enough`, () =>
    withPage({ viewport: { width, height } }, async (page) => {
      const found = await page.evaluate(() => {
        const least = innerWidth < 700 ? 44 : 24;
        const small = [...document.querySelectorAll("button, select, input, summary")]
          .filter((it) => it.checkVisibility() && !it.closest(".row, dialog, .bits"))
          .map((it) => ({ it, box: it.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 1 && (box.height < 24 || box.width < 24))
          .map(({ it }) => it.outerHTML.slice(0, 80));
        const play = document.querySelector("[data-do=play]").getBoundingClientRect();
        return { sideways: document.documentElement.scrollWidth - innerWidth, small, play: play.height, least };
      });
      assert.equal(found.sideways, 0);
      assert.deepEqual(found.small, []);
      assert.ok(found.play >= 44);
    }));
}

test("where motion is welcome, playing moves the playhead between the records", () =>
  withPage({ hash: "v=1&scenario=lost-syn&t=0&r=0", reducedMotion: "no-preference" }, async (page) => {
    const between = await page.evaluate(
      () =>
        new Promise((done) => {
          const { tcpscope } = window;
          const times = new Set(tcpscope.trace().map(({ at_us }) => at_us));
          tcpscope.play({ speed: 4 });
          const look = () => {
            const { t_us, playing } = tcpscope.state();
            if (!times.has(t_us)) done(true);
            else if (playing) requestAnimationFrame(look);
            else done(false);
          };
          look();
        }),
    );
    assert.ok(between);
    await page.evaluate(() => window.tcpscope.pause());
  }));
