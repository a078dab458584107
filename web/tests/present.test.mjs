// Showing it to a class: large, stepped by a remote's keys, with a window for the speaker.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startHarness } from "./harness.mjs";

const harness = await startHarness();
after(() => harness.close());

const record = (page) => page.evaluate(() => window.tcpscope.state().record);

test("F begins and ends it; type and marks are larger, and what a class does not need is gone", async () => {
  const { page, problems, close } = await harness.openPage();
  const size = () =>
    page.locator(".why .what").first().evaluate((it) => it.getBoundingClientRect().height);
  const before = await size();
  await page.keyboard.press("f");
  await page.waitForSelector(".page[data-presenting]");
  assert.ok((await size()) > before * 1.3);
  assert.equal(await page.locator("#seed:visible").count(), 0);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  assert.ok(wide, "nothing is beside the screen");
  await page.keyboard.press("f");
  await page.waitForSelector(".page[data-presenting]", { state: "detached" });
  assert.equal(await page.locator("#seed:visible").count(), 1);
  assert.deepEqual(problems(), []);
  await close();
});

test("a remote's keys step, and make the screen black", async () => {
  const { page, problems, close } = await harness.openPage();
  await page.click("[data-do=present]");
  const start = await record(page);
  await page.keyboard.press("PageDown");
  const next = await record(page);
  assert.ok(next > start);
  await page.keyboard.press("PageUp");
  assert.equal(await record(page), start);
  await page.keyboard.press("b");
  await page.waitForSelector(".blank");
  await page.keyboard.press("PageDown");
  assert.equal(await page.locator(".blank").count(), 0, "the first key only brings it back");
  assert.equal(await record(page), start);
  assert.deepEqual(problems(), []);
  await close();
});

test("the speaker's window says what happens now and next, and its keys step the page", async () => {
  const { page, problems, close } = await harness.openPage();
  const opening = page.waitForEvent("popup");
  await page.keyboard.press("s");
  const notes = await opening;
  const first = await notes.locator("body").innerText();
  assert.match(first, /Client: CLOSED/);
  assert.match(first, /Next/i);
  await notes.keyboard.press("ArrowRight");
  await notes.waitForFunction((before) => document.body.innerText !== before, first);
  assert.ok((await record(page)) > 0);
  await page.evaluate(() => window.tcpscope.locale("zh-CN"));
  await notes.waitForFunction(() => document.body.innerText.includes("接下来"));
  await notes.close();
  await page.evaluate(() => window.tcpscope.step());
  assert.deepEqual(problems(), []);
  await close();
});
