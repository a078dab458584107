// A link to a plot opens that plot: its kind, its clock, the stretch of time that it shows.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startHarness } from "./harness.mjs";

const harness = await startHarness();
after(() => harness.close());

const SCENARIO = "v=1&scenario=sliding-window&t=160000";

/** What the sheet of plots shows. */
const shown = (page) =>
  page.evaluate(() => ({
    kind: document.querySelector("#plot-kind")?.value,
    clock: document.querySelector("#plot-clock")?.value,
    table: document.querySelector(".plots [data-do=plot-table]")?.getAttribute("aria-pressed"),
  }));

test("a link opens the same plot", async () => {
  const { page, problems, close } = await harness.openPage({
    hash: `${SCENARIO}&plot=congestion,ladder,100000-200000`,
  });
  await page.locator("#plot svg").waitFor();
  assert.deepEqual(await shown(page), { kind: "congestion", clock: "ladder", table: "false" });
  const link = await page.evaluate(() => window.tcpscope.link());
  // Places on the ladder are pixels: what comes back is the same to a pixel.
  const [, from, to] = /&plot=congestion,ladder,(\d+)-(\d+)$/.exec(link) ?? [];
  assert.ok(Math.abs(from - 100_000) < 1500 && Math.abs(to - 200_000) < 1500, link);
  assert.deepEqual(problems(), []);
  await close();
});

test("what is chosen is in the link, and in no link while no plot is looked at", async () => {
  const { page, problems, close } = await harness.openPage({ hash: SCENARIO });
  const link = () => page.evaluate(() => window.tcpscope.link());
  assert.doesNotMatch(await link(), /plot=/);
  await page.locator("#tab-plots").click();
  assert.match(await link(), /&plot=sequence$/);
  await page.locator("#plot-kind").selectOption("round-trip");
  await page.locator("[data-do=plot-table]").click();
  assert.match(await link(), /&plot=round-trip,table$/);
  // The address follows by itself.
  await page.waitForFunction(() => location.hash.endsWith("&plot=round-trip,table"));
  await page.reload();
  await page.waitForFunction(() => window.__tcpscopeReady === true);
  assert.deepEqual(await shown(page), { kind: "round-trip", clock: "even", table: "true" });
  await page.locator("#tab-why").click();
  assert.doesNotMatch(await link(), /plot=/);
  assert.deepEqual(problems(), []);
  await close();
});

test("a choice that is none is told, and the scenario is shown all the same", async () => {
  const { page, close } = await harness.openPage({ hash: `${SCENARIO}&plot=sequence,9-2` });
  const notice = page.locator("[role=alert], .notice").first();
  await notice.waitFor();
  assert.match(await notice.textContent(), /plot=sequence/);
  await close();
});
