// What the stage looks like where it is tight: the sheet of keys fits a screen, edits are dragged
// into another order, the zoom's buttons cover nothing, what SACK tells is told.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startHarness } from "./harness.mjs";

const harness = await startHarness();
after(() => harness.close());

const { withPage } = harness;

for (const locale of ["en", "zh-CN"]) {
  test(`the sheet of keys fits a screen without scrolling, in ${locale}`, () =>
    withPage({ hash: "v=1&scenario=lost-syn", locale, viewport: { width: 1440, height: 900 } }, async (page) => {
      await page.keyboard.press("?");
      await page.locator("#keys .legend").waitFor();
      const { whole, shown } = await page.locator("#keys").evaluate((keys) => ({
        whole: keys.scrollHeight,
        shown: keys.clientHeight,
      }));
      assert.ok(whole <= shown, `${whole} of ${shown}`);
    }));
}

const EDITS =
  "v=1&scenario=sliding-window&edit=drop,client:syn:0&edit=link-loss,client,20000&edit=link-delay,server,30000";

/** The edits, as the page API has them. */
const edits = (page) => page.evaluate(() => window.tcpscope.edits());

test("edits are put into another order by a mouse; a click stays a click", () =>
  withPage({ hash: EDITS }, async (page) => {
    await page.locator("#tab-edits").click();
    const [drop, loss, delay] = await edits(page);
    const middle = async (place) => {
      const { x, y, width, height } = await page.locator(".edit-row").nth(place).boundingBox();
      return { x: x + Math.min(200, width / 2), y: y + height / 2, height };
    };
    const from = await middle(0);
    const to = await middle(2);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 6 });
    await page.mouse.move(to.x, to.y + to.height / 4, { steps: 2 });
    assert.equal(await page.locator(".edit-row[data-held]").count(), 1);
    assert.equal(await page.locator(".edit-row[data-drop=after]").count(), 1);
    await page.mouse.up();
    assert.deepEqual(await edits(page), [loss, delay, drop]);
    assert.equal(await page.locator("[data-held], .edit-row[data-drop]:not([data-drop=''])").count(), 0);
    // It is one change, which is taken back as one.
    await page.keyboard.press("u");
    assert.deepEqual(await edits(page), [drop, loss, delay]);
    // Escape puts it back.
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 6 });
    await page.keyboard.press("Escape");
    await page.mouse.up();
    assert.deepEqual(await edits(page), [drop, loss, delay]);
    // What is not moved is pressed: the drop's moment is gone to.
    await page.locator(".edit-text").first().click();
    assert.equal((await page.evaluate(() => window.tcpscope.state())).t_us, 10_000);
  }));

test("a finger drags an edit by its number", () =>
  withPage({ hash: EDITS, viewport: { width: 390, height: 844 } }, async (page) => {
    await page.locator("#tab-edits").click();
    const [drop, loss, delay] = await edits(page);
    const boxes = await Promise.all(
      [0, 1].map((place) => page.locator(".edit-row").nth(place).boundingBox()),
    );
    const [from, to] = boxes.map(({ x, y, height }) => ({ x: x + 16, y: y + height * 0.8 }));
    await page.locator(".edit-place").first().evaluate(
      (place, [from, to]) => {
        const fire = (kind, at) =>
          place.dispatchEvent(
            new PointerEvent(kind, {
              bubbles: true, cancelable: true, pointerId: 7, pointerType: "touch", isPrimary: true,
              button: 0, clientX: at.x, clientY: at.y,
            }),
          );
        fire("pointerdown", from);
        fire("pointermove", { x: to.x, y: (from.y + to.y) / 2 });
        fire("pointermove", to);
        fire("pointerup", to);
      },
      [from, to],
    );
    assert.deepEqual(await edits(page), [loss, drop, delay]);
  }));

for (const viewport of [{ width: 1440, height: 900 }, { width: 1024, height: 768 }, { width: 390, height: 844 }]) {
  test(`the zoom's buttons are beside the ladder, not over it, at ${viewport.width}`, () =>
    withPage({ hash: "v=1&scenario=many-clients", viewport }, async (page) => {
      const canvas = await page.locator(".stage-view > canvas").boundingBox();
      const zoom = await page.locator(".zoom").boundingBox();
      const minimap = await page.locator(".minimap").boundingBox();
      assert.ok(zoom.x >= canvas.x + canvas.width - 1, "beside the canvas");
      assert.ok(zoom.y >= minimap.y + minimap.height - 1, "below the run from afar");
    }));
}

test("what an ACK tells by SACK is told where it is pointed at", () =>
  withPage({ hash: "v=1&scenario=fast-retransmit&t=230000" }, async (page) => {
    const canvas = page.locator(".stage-view > canvas");
    const { x, y, width, height } = await canvas.boundingBox();
    let told = null;
    for (let part = 0.1; part < 0.6 && !told; part += 0.01) {
      await page.mouse.move(x + width * 0.29, y + height * part);
      told = await canvas.getAttribute("title");
    }
    assert.match(told ?? "", /^The sender of this ACK holds 3001–\d001, too\. It lacks 2001–3001/);
  }));
