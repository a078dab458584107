// Crib sheets to print: a page a theme, with what the engine does at each point.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { violations } from "./checks.mjs";
import { startHarness } from "./harness.mjs";

const harness = await startHarness({ dist: process.env.TCPSCOPE_DIST });
after(() => harness.close());
const { withPage } = harness;

/** So many pages has a PDF. */
const pages = (pdf) => pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g).length;

for (const locale of ["en", "zh-CN"]) {
  test(`a crib sheet for each theme, each on one page, A4 and Letter: ${locale}`, () =>
    withPage({ locale, openAtMost: 120_000 }, async (page) => {
      await page.keyboard.press("Shift+L");
      await page.click("#book [data-do='teach interview']");
      await page.waitForSelector("#book .ask-title");
      const all = await page.evaluate(async () => (await window.tcpscope.interviews()));
      await page.click("[data-do='interview crib']");
      await page.waitForSelector(".crib-preview .crib-sheet");
      const themes = new Set(all.map(({ theme }) => theme));
      assert.equal(await page.locator(".crib-preview .crib-sheet").count(), themes.size);
      // Each point's moment is the engine's.
      await page.waitForFunction((count) => document.querySelectorAll(".crib-preview .crib-moment").length === count, all.flatMap(({ points }) => points).length);
      // What is printed can be read.
      await page.emulateMedia({ media: "print" });
      const smallest = await page.evaluate(() => {
        const texts = [...document.querySelectorAll(".crib-paper .crib-sheet *:not(svg, svg *)")].filter((it) => [...it.childNodes].some((child) => child.nodeType === 3 && child.data.trim()));
        return Math.min(...texts.map((it) => parseFloat(getComputedStyle(it).fontSize)));
      });
      assert.ok(smallest >= 7.5 / 0.75 - 0.01, `type of ${smallest * 0.75} pt`);
      await page.emulateMedia({ media: null });
      for (const format of ["A4", "Letter"]) {
        assert.equal(pages(await page.pdf({ format })), themes.size, format);
      }
      const said = await page.locator(".crib-preview").textContent();
      for (const { ask, points } of all) {
        assert.ok(said.includes(ask), ask);
        for (const { say } of points) assert.ok(said.includes(say), say);
      }
      // The button prints.
      await page.evaluate(() => (window.print = () => (window.printed = true)));
      await page.click("[data-do='interview print']");
      await page.waitForFunction(() => window.printed);
      assert.deepEqual(await violations(page), []);
      await page.click("#book [data-do='teach shut']");
      // The page prints as before.
      await page.waitForSelector(".crib-paper", { state: "detached" });
    }));
}
