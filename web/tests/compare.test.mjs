// Two runs side by side: the one before an edit, one that was kept, one under another configuration.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startHarness } from "./harness.mjs";

const harness = await startHarness();
after(() => harness.close());
const { withPage } = harness;

const digest = (page) => page.evaluate(() => window.tcpscope.digest());
const state = (page) => page.evaluate(() => window.tcpscope.state());
const figure = (page, row) => page.locator(".figures tbody tr").nth(row).locator(".num").allTextContents();

test("the run before an edit is compared, from where they part, and moves with the playhead", () =>
  withPage({ hash: "v=1&scenario=four-way-close&t=0&r=0" }, async (page) => {
    await page.click("#tab-compare");
    assert.match(await page.textContent(".compare-nothing"), /no second run yet/);
    await page.evaluate(() => window.tcpscope.intervene({ kind: "drop", packet: "client:syn:0" }));
    assert.match(await page.textContent(".parting"), /The runs part at/);
    const [left, right] = await figure(page, 3);
    assert.equal(left, "0", "nothing was sent again before");
    assert.ok(Number(right) > 0, "the drop made it send again");
    const likenesses = await page
      .locator(".compared .row[data-likeness]")
      .evaluateAll((rows) => rows.map((row) => row.dataset.likeness));
    assert.ok(likenesses.includes("only-right"), likenesses.join());
    await page.click(".parting-sides > div:nth-child(2) .chain-button");
    const { record } = await state(page);
    const now = page.locator(".compared .row[aria-current]");
    assert.match(await now.getAttribute("data-do"), new RegExp(`^record ${record}$`));
    await page.evaluate(() => window.tcpscope.step(1e6));
    const last = await page.getAttribute(".compared .row[aria-current]", "aria-rowindex");
    assert.ok(Number(last) > 3);
  }));

test("a run is kept, named, gone back to and deleted", () =>
  withPage({ hash: "v=1&scenario=four-way-close&t=0&r=0" }, async (page) => {
    const before = await digest(page);
    await page.click("#tab-compare");
    await page.click("[data-do=keep]");
    const name = page.locator(".runs input").first();
    await name.fill("as it was");
    await name.press("Tab");
    await page.evaluate(() => window.tcpscope.intervene({ kind: "drop", packet: "client:syn:0" }));
    assert.notEqual(await digest(page), before);
    const named = page.locator(".runs li", { has: page.locator("input") });
    assert.equal(await named.first().locator("input").inputValue(), "as it was");
    await named.first().locator("[data-do^=branch]").click();
    assert.equal(await digest(page), before);
    await page.keyboard.press("Control+z");
    assert.notEqual(await digest(page), before);
    const kept = await page.locator(".runs li").count();
    await page.locator(".runs [data-do^=forget]").first().click();
    assert.equal(await page.locator(".runs li").count(), kept - 1);
  }));

test("the same run under another configuration, also after a later edit", () =>
  withPage({ hash: "v=1&scenario=four-way-close&t=0&r=0" }, async (page) => {
    await page.click("#tab-compare");
    await page.selectOption("#compare-switch", "retransmission");
    assert.match(await page.textContent("#compare-right option:checked"), /without retransmission/);
    await page.evaluate(() => window.tcpscope.intervene({ kind: "drop", packet: "client:syn:0" }));
    assert.match(await page.textContent("#compare-right option:checked"), /without retransmission/);
    const [left, right] = await figure(page, 3);
    assert.ok(Number(left) > 0 && right === "0", `${left} and ${right}`);
    await page.selectOption("#compare-switch", "");
    assert.equal(await page.locator(".parting").count(), 0);
  }));

test("any two runs can be chosen, in either order", () =>
  withPage({ hash: "v=1&scenario=four-way-close&t=0&r=0" }, async (page) => {
    await page.evaluate(() => {
      window.tcpscope.intervene({ kind: "drop", packet: "client:syn:0" });
      window.tcpscope.intervene({ kind: "drop", packet: "server:syn:0" });
    });
    await page.click("#tab-compare");
    await page.selectOption("#compare-left", "0");
    await page.selectOption("#compare-right", "1");
    const [left, right] = await figure(page, 4);
    assert.deepEqual([left, right], ["0", "1"], "segments lost");
    await page.selectOption("#compare-left", "1");
    assert.match(await page.textContent(".compare-nothing"), /the same to the end/);
  }));

test("the log marks where the compared run goes another way", () =>
  withPage({ hash: "v=1&scenario=four-way-close&t=0&r=0" }, async (page) => {
    await page.evaluate(() => window.tcpscope.intervene({ kind: "drop", packet: "client:syn:0" }));
    await page.click("#tab-log");
    assert.equal(await page.locator(".log .parting").count(), 1);
    await page.keyboard.press("u");
    assert.equal(await page.locator(".log .parting").count(), 0);
  }));
