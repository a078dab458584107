// What many tests look for: what axe finds, what hangs over, where the Tab key leads.

import assert from "node:assert/strict";
import axe from "axe-core";

/** What axe finds on a page, or in the part of it that a selector names: a line for each place. */
export async function violations(page, part) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((part) => window.axe.run(part ?? document), part);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  ${target.join(" ")}\n  ${failureSummary}`),
  );
}

/** Whether neither the page nor a sheet of it is wider than what shows. */
export const fits = (page) =>
  page.evaluate(() => {
    const wide = document.documentElement.scrollWidth <= innerWidth;
    const sheets = [...document.querySelectorAll(".book-sheet, .tab-panel")];
    return wide && sheets.every((it) => it.scrollWidth <= it.clientWidth);
  });

/** Goes on by the Tab key alone until what a selector names has the focus. */
export async function tabTo(page, selector, atMost = 400) {
  for (let tabs = 0; tabs < atMost; tabs += 1) {
    if (await page.evaluate((selector) => document.activeElement.matches(selector), selector)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`the Tab key does not come to ${selector}`);
}
