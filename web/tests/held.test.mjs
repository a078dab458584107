// While a round, a review or a set waits for an answer, no other run can be read ahead: it stays, or the
// question is given up. And what is kept on this device is that of all tabs.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { violations } from "./checks.mjs";
import { startHarness } from "./harness.mjs";

const harness = await startHarness({ dist: process.env.TCPSCOPE_DIST });
after(() => harness.close());
const { withPage } = harness;

const state = (page) => page.evaluate(() => window.tcpscope.state());
const questions = async (page) => {
  await page.keyboard.press("Shift+L");
  await page.click("#book [data-do='teach interview']");
  await page.waitForSelector("#book .ask-title");
};
/** Another scenario than the one that is shown. */
const other = (page) => page.$eval("#scenario", (it) => [...it.options].find(({ value }) => value !== it.value).value);

/** Nothing that chooses a run shows another one while a question is open. */
const holds = async (page) => {
  const before = await state(page);
  const told = () => page.waitForSelector(".notice [data-do='quiz give-up-for']");
  const stays = async (how) => {
    await told();
    const now = await state(page);
    assert.deepEqual([now.scenario, now.seed, now.record], [before.scenario, before.seed, before.record], how);
    assert.equal(await page.locator("#veil").count(), 1, how);
    await page.click("[data-do='dismiss-notice']");
    await page.waitForSelector(".notice", { state: "detached" });
  };
  const chosen = await page.inputValue("#scenario");
  await page.selectOption("#scenario", await other(page));
  await stays("another scenario");
  assert.equal(await page.inputValue("#scenario"), chosen, "the list shows what the figure shows");
  // The same one: it was loaded over the question's run, and could be read to its end.
  await page.$eval("#scenario", (it) => it.dispatchEvent(new Event("change", { bubbles: true })));
  await stays("the same scenario");
  await page.click("[data-do='new-seed']");
  await stays("another seed");
  await page.click("#tab-sandbox");
  await page.click("[data-do='sandbox fresh']");
  await stays("the sandbox");
  await page.click("#tab-lesson");
};

test("a round's question stays until it is answered or given up, whatever else is chosen", () =>
  withPage({}, async (page) => {
    await questions(page);
    await page.click("[data-do='interview begin']");
    await page.waitForSelector("#round-question .ask");
    await holds(page);
    assert.equal(await page.locator("#round-question .verdict").count(), 0, "it is open still");
    const wanted = await other(page);
    await page.selectOption("#scenario", wanted);
    await page.waitForSelector("[data-do='quiz give-up-for']");
    assert.deepEqual(await violations(page, ".notices"), []);
    await page.focus("[data-do='quiz give-up-for']");
    await page.keyboard.press("Enter");
    await page.waitForFunction((wanted) => window.tcpscope.state().scenario === wanted, wanted);
    await page.waitForSelector("#veil", { state: "detached" });
    assert.equal((await page.evaluate(() => window.tcpscope.review())).items, 1, "it was missed");
    // The next question is asked as any other.
    await page.click("[data-do='interview on']");
    await page.waitForSelector("#round-question .ask-choice:not([aria-disabled])");
    await page.waitForSelector("#veil");
    // A program that loads a run, and whoever follows a link, give it up.
    await page.evaluate(() => window.tcpscope.load("three-way-handshake"));
    await page.waitForSelector("#veil", { state: "detached" });
    assert.equal((await page.evaluate(() => window.tcpscope.review())).items, 2);
  }));

test("so does a review's; and what a set asks and is given up stays without an answer", () =>
  withPage({}, async (page) => {
    await page.evaluate(() => window.tcpscope.lesson("three-way-handshake", "syn"));
    await page.click("#veil button");
    await page.waitForSelector("#lesson .verdict");
    await page.evaluate(() => window.tcpscope.lesson(null));
    await page.keyboard.press("Shift+L");
    await page.click("#book [data-do='teach progress']");
    await page.click("[data-do='review ahead']");
    await page.waitForSelector("#review-sheet .ask");
    await holds(page);
    await page.click("[data-do='review leave']");
    await page.waitForSelector("#veil", { state: "detached" });
    await page.selectOption("#scenario", await other(page));
    assert.equal(await page.locator("[data-do='quiz give-up-for']").count(), 0, "nothing is asked any more");
    // A set of one moment.
    await page.evaluate(() => window.tcpscope.load("lost-syn"));
    await page.keyboard.press("Shift+L");
    await page.click("[data-do='set open']");
    await page.waitForSelector("[data-do='set lesson 0']");
    await page.click("[data-do='set lesson 0']");
    await page.waitForSelector(".set-items > li .set-stops");
    await page.click("[data-do='set try']");
    await page.click("[data-do='set begin']");
    const asks = () => page.locator("#set .ask").count();
    for (;;) {
      await page.waitForSelector("#set-step");
      if (await asks()) break;
      const heading = await page.locator("#set-heading").textContent();
      await page.click("[data-do='set next']");
      await page.waitForFunction((heading) => document.querySelector("#set-heading").textContent !== heading, heading);
    }
    await holds(page);
    const count = await asks();
    await page.selectOption("#scenario", await other(page));
    await page.click("[data-do='quiz give-up-for']");
    await page.click("[data-do='set back']");
    await page.waitForFunction((count) => document.querySelectorAll("#set .ask .verdict").length === count, count);
    assert.equal(await page.locator("#set .ask-choice[aria-pressed=true]").count(), 0, "no answer was given");
    // What was given up does not open again.
    const step = await page.locator("#set-heading").textContent();
    await page.click("[data-do='set next']");
    await page.waitForFunction((step) => document.querySelector("#set-heading").textContent !== step, step);
    await page.click("[data-do='set previous']");
    await page.waitForFunction((step) => document.querySelector("#set-heading").textContent === step, step);
    assert.equal(await page.locator("#set .ask .verdict").count(), count);
    assert.equal(await page.locator("#veil").count(), 0);
  }));

test("on a phone what is told lies over the figure: its text has the whole width, and nothing is pushed away", () =>
  withPage({ viewport: { width: 390, height: 844 } }, async (page) => {
    await questions(page);
    await page.click("[data-do='interview begin']");
    await page.waitForSelector("#round-question .ask");
    const box = (selector) => page.locator(selector).first().boundingBox();
    const stage = await box("#stage");
    await page.selectOption("#scenario", await other(page));
    await page.waitForSelector(".notice [data-do='quiz give-up-for']");
    assert.deepEqual(await box("#stage"), stage);
    assert.ok((await box(".notice p")).width > 340);
    const [text, button] = [await box(".notice p"), await box(".notice [data-do='quiz give-up-for']")];
    assert.ok(button.y >= text.y + text.height, "what can be done stands below");
    assert.deepEqual(await violations(page, ".notices"), []);
    await page.click(".notice [data-do='dismiss-notice']");
    await page.waitForSelector(".notice", { state: "detached" });
  }));

test("two tabs keep what was read in both, and what one erases is erased in the other", () =>
  withPage({}, async (page) => {
    const second = await page.context().newPage();
    await second.goto(page.url());
    await second.waitForSelector("#scenario option:nth-child(2)", { state: "attached" });
    const read = async (tab, lesson) => {
      await tab.evaluate((lesson) => window.tcpscope.lesson(lesson), lesson);
      await tab.waitForSelector("#lesson .said");
    };
    const kept = (tab) => tab.evaluate(() => JSON.parse(localStorage["tcpscope.progress"]).progress.map(({ lesson }) => lesson).sort());
    // Both have looked up what was kept, before either reads.
    for (const tab of [page, second]) {
      await tab.bringToFront();
      await tab.keyboard.press("Shift+L");
      await tab.waitForSelector("#book .toc");
      await tab.click("#book [data-do='teach shut']");
    }
    await read(page, "header");
    await read(second, "sack");
    await second.waitForFunction(() => /header.*sack|sack.*header/s.test(localStorage["tcpscope.progress"]));
    await read(page, "paws");
    await page.waitForFunction(() => /paws/.test(localStorage["tcpscope.progress"]));
    assert.deepEqual(await kept(page), ["header", "paws", "sack"]);
    // The second tab has heard of it: its book shows it.
    await second.bringToFront();
    await second.keyboard.press("Shift+L");
    await second.click("#book [data-do='teach progress']");
    await second.waitForFunction(() => document.querySelectorAll("#book .review-kept").length === 1);
    await second.click("[data-do='teach erase']");
    await second.waitForFunction(() => !/paws/.test(localStorage["tcpscope.progress"]));
    await page.bringToFront();
    await read(page, "ecn");
    await page.waitForFunction(() => /ecn/.test(localStorage["tcpscope.progress"]));
    assert.deepEqual(await kept(page), ["ecn"], "what was erased does not come back");
    // What cannot be read, as a newer page may keep it, is put aside and not written over.
    await page.evaluate(() => (localStorage["tcpscope.progress"] = '{"format":7}'));
    await read(page, "urgent-data");
    await page.waitForFunction(() => /urgent-data/.test(localStorage["tcpscope.progress"]));
    assert.match(await page.evaluate(() => localStorage["tcpscope.progress.unread"]), /"format":7/);
    await second.close();
  }));
