// The ladder is moved and zoomed by wheel, keys and pointer, and seen from afar beside it.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startHarness } from "./harness.mjs";

const harness = await startHarness();
after(() => harness.close());
const { withPage } = harness;

const LONG = { hash: "v=1&scenario=sliding-window&t=160000" };

/** What of the run shows, in hundredths of its length, as the minimap has it. */
const shown = (page) =>
  page.evaluate(() => {
    const map = document.querySelector("#minimap");
    const view = map.querySelector(".minimap-view").getBoundingClientRect();
    const { top, height } = map.getBoundingClientRect();
    return { from: (view.top - top) / height, length: view.height / height };
  });

/** Waits until the canvas has painted what was asked for. */
const painted = (page) =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );

test("keys and buttons draw time larger and smaller, and as usual again", () =>
  withPage(LONG, async (page) => {
    await painted(page);
    const usual = await shown(page);
    const after = async (act) => {
      await act();
      await painted(page);
      return (await shown(page)).length;
    };
    const larger = await after(() => page.keyboard.press("+"));
    assert.ok(larger < usual.length, `${larger} of ${usual.length}`);
    assert.ok((await after(() => page.click("[data-do=zoom-out]"))) > larger);
    assert.ok(Math.abs((await after(() => page.keyboard.press("0"))) - usual.length) < 0.01);
    assert.ok((await after(() => page.click("[data-do=zoom-all]"))) > 0.99);
    assert.equal(await page.getAttribute("#minimap", "data-all"), "true");
  }));

test("a wheel moves the ladder, and with Ctrl it zooms around the pointer", () =>
  withPage(LONG, async (page) => {
    await painted(page);
    const box = await page.locator(".stage-view > canvas").boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const before = await shown(page);
    await page.mouse.wheel(0, 500);
    await painted(page);
    const moved = await shown(page);
    assert.ok(moved.from > before.from);
    assert.ok(await page.isVisible("[data-do=follow]"), "the view does not follow any more");
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -400);
    await page.keyboard.up("Control");
    await painted(page);
    const near = await shown(page);
    assert.ok(near.length < moved.length);
    const middle = (view) => view.from + view.length / 2;
    assert.ok(Math.abs(middle(near) - middle(moved)) < 0.05, "what is under the pointer stays there");
  }));

test("a drag moves the ladder with the pointer", () =>
  withPage(LONG, async (page) => {
    await painted(page);
    const box = await page.locator(".stage-view > canvas").boundingBox();
    const before = await shown(page);
    await page.mouse.move(box.x + 30, box.y + 300);
    await page.mouse.down();
    await page.mouse.move(box.x + 30, box.y + 60, { steps: 6 });
    await page.mouse.up();
    await painted(page);
    assert.ok((await shown(page)).from > before.from);
  }));

test("the run from afar is a slider that keys and the pointer move", () =>
  withPage(LONG, async (page) => {
    await painted(page);
    const map = page.locator("#minimap");
    const value = async () => Number(await map.getAttribute("aria-valuenow"));
    assert.equal(await map.getAttribute("role"), "slider");
    await map.focus();
    await page.keyboard.press("End");
    await painted(page);
    assert.equal(await value(), 100);
    await page.keyboard.press("PageUp");
    await painted(page);
    const up = await value();
    assert.ok(up < 100);
    await page.keyboard.press("Home");
    await painted(page);
    assert.equal(await value(), 0);
    assert.match(await map.getAttribute("aria-valuetext"), /^0 s – /);
    const box = await map.boundingBox();
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await painted(page);
    const middle = await value();
    assert.ok(middle > 20 && middle < 80, `${middle}`);
  }));

test("how much is written is the reader's choice, and is kept", () =>
  withPage(LONG, async (page) => {
    await page.selectOption("#labels", "full");
    const kept = await page.evaluate(() => localStorage.getItem("tcpscope.labels"));
    assert.equal(kept, "full");
  }));

test("the view goes where the playhead goes", () =>
  withPage(LONG, async (page) => {
    await page.keyboard.press("+");
    await painted(page);
    await page.evaluate(() => window.tcpscope.seek(0));
    await page.waitForFunction(() => {
      const map = document.querySelector("#minimap");
      return Number(map.getAttribute("aria-valuenow")) === 0;
    });
    await page.keyboard.press("End");
    await page.waitForFunction(() => {
      const map = document.querySelector("#minimap");
      return Number(map.getAttribute("aria-valuenow")) === 100;
    });
  }));
