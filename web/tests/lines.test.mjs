// The lines of hundreds of arrows are kept as a picture, which is moved and drawn further: what
// shows then is what shows where all of it is drawn anew.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { bulk } from "./bulk.mjs";
import { startHarness } from "./harness.mjs";

const harness = await startHarness();
after(() => harness.close());
const { withPage } = harness;

/** Waits until the canvas has painted what was asked for. */
const painted = (page) =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );

/** Keeps what the ladder's canvas shows, under a name. */
const keep = (page, name) =>
  page.evaluate((name) => {
    const canvas = document.querySelector(".stage-view > canvas");
    const { width, height } = canvas;
    const copy = Object.assign(document.createElement("canvas"), { width, height });
    const read = copy.getContext("2d", { willReadFrequently: true });
    read.drawImage(canvas, 0, 0);
    const { data } = read.getImageData(0, 0, width, height);
    (window.__kept ??= {})[name] = data;
  }, name);

/** How many pixels of two that were kept differ by more than the rounding of an edge. */
const differing = (page, a, b) =>
  page.evaluate(
    ([a, b]) => {
      const [one, other] = [window.__kept[a], window.__kept[b]];
      let count = 0;
      for (let at = 0; at < one.length; at += 4) {
        const far = [0, 1, 2].some((channel) => Math.abs(one[at + channel] - other[at + channel]) > 24);
        if (far) count += 1;
      }
      return one.length === other.length ? count : Infinity;
    },
    [a, b],
  );

/** Has all of it drawn anew, in the same colours. */
const renew = async (page) => {
  for (const colorScheme of ["dark", "light"]) {
    await page.emulateMedia({ colorScheme });
    await painted(page);
  }
};

for (const deviceScaleFactor of [1, 3]) {
  test(`lines that were moved are where lines are that are drawn anew, ${deviceScaleFactor}x`, () =>
    withPage({ openAtMost: 400_000, deviceScaleFactor }, async (page) => {
      await page.evaluate((scenario) => tcpscope.load(scenario), bulk(200));
      await page.evaluate(() => tcpscope.seek(Math.round(tcpscope.duration() / 2)));
      await painted(page);
      await keep(page, "at first");
      const box = await page.locator(".stage-view > canvas").boundingBox();
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      for (const by of [37, 120, -63, 411, -1200, 5]) {
        await page.mouse.wheel(0, by);
        await page.evaluate(() => tcpscope.step(1));
        await painted(page);
        await keep(page, "moved");
        await renew(page);
        await keep(page, "anew");
        assert.equal(await differing(page, "moved", "anew"), 0, `after ${by}`);
        assert.notEqual(await differing(page, "moved", "at first"), 0, `after ${by}`);
      }
      // Another zoom, and another run, are drawn from the beginning.
      await page.keyboard.press("+");
      await painted(page);
      await keep(page, "zoomed");
      await renew(page);
      await keep(page, "anew");
      assert.equal(await differing(page, "zoomed", "anew"), 0);
    }));
}
