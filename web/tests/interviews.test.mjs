// Interviews: the questions in the book, a good answer in points, each of which opens its moment; all by
// keyboard.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { fits, tabTo, violations } from "./checks.mjs";
import { startHarness } from "./harness.mjs";

const harness = await startHarness({ dist: process.env.TCPSCOPE_DIST });
after(() => harness.close());
const { withPage } = harness;

const THEMES = ["opening", "closing", "loss", "flow", "congestion", "failures", "everything"];

/** The questions of a theme, as the page fetches them. */
const questions = (theme, tag = "en") => {
  const text = readFileSync(join(harness.dist, `interviews/${theme}.${tag}.txt`), "utf8");
  const all = [];
  for (const line of text.split("\n")) {
    const [what, ...fields] = line.split("\t");
    if (what === "ask") all.push({ id: fields[0], level: fields[1], ask: fields[3], points: [] });
    // A lesson's run has the lesson's name.
    if (what === "point") all.at(-1).points.push({ scenario: fields[0].split("/")[0], say: fields[4] });
  }
  return all;
};
const all = THEMES.flatMap((theme) => questions(theme));

const state = (page) => page.evaluate(() => window.tcpscope.state());
const contents = async (page) => {
  await page.keyboard.press("Shift+L");
  await page.click("[data-do='teach interview']");
  await page.waitForSelector("#book .ask-title");
};

test("nothing of the interviews is fetched before somebody asks for them", () =>
  withPage({}, async (page) => {
    const before = harness.requests.length;
    await page.keyboard.press("n");
    assert.ok(!harness.requests.slice(before).some((path) => path.startsWith("interviews/")));
    await contents(page);
    assert.ok(harness.requests.slice(before).includes("interviews/opening.en.txt"));
  }));

test("the questions are shown by theme and level", () =>
  withPage({}, async (page) => {
    await contents(page);
    const count = () => page.locator("#book .ask-title").count();
    assert.equal(await count(), all.length);
    await page.click("[data-do='interview level 0']");
    assert.equal(await count(), all.filter(({ level }) => level === "basic").length);
    await page.click("[data-do='interview level 2']");
    await page.click("[data-do='interview theme 2']");
    assert.equal(await count(), questions("closing").length);
  }));

test("a question is opened, answered for oneself, and each point opened, by keyboard alone", () =>
  withPage({}, async (page) => {
    await contents(page);
    await tabTo(page, "#book .ask-title");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#interview");
    await page.waitForFunction(() => !document.querySelector("#book"));
    const [{ ask, points }] = all;
    assert.equal(await page.locator("#interview h2").textContent(), ask);
    await page.waitForFunction(() => document.activeElement.id === "interview-answer");
    const { record } = await state(page);
    await page.keyboard.type("next 1 2 n");
    assert.equal((await state(page)).record, record, "what is typed is no command");
    assert.equal(await page.locator(".interview-points").count(), 0);
    await tabTo(page, "[data-do='interview show']");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".interview-points");
    assert.equal(await page.locator(".interview-points > li").count(), points.length);
    for (const [place, { scenario, say }] of points.entries()) {
      const item = page.locator(".interview-points > li").nth(place);
      assert.equal(await item.locator("p").first().textContent(), say);
      await tabTo(page, `[data-do='interview point ${place}']`);
      await page.keyboard.press("Enter");
      await item.locator(".interview-moment").waitFor();
      assert.equal((await state(page)).scenario, scenario);
      assert.ok((await item.locator(".interview-moment").textContent()).length > 10);
      assert.equal(await page.inputValue("#interview-answer"), "next 1 2 n");
    }
    // Whoever goes elsewhere comes back by the same control.
    await page.keyboard.press("ArrowLeft");
    assert.equal(await page.locator(".interview-moment").count(), 0);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".interview-moment");
    await page.click("[data-do='interview next']");
    assert.equal(await page.locator("#interview h2").textContent(), all[1].ask);
    assert.equal(await page.inputValue("#interview-answer"), "");
    await page.click("[data-do='interview leave']");
    assert.equal(await page.locator("#interview, #tab-lesson").count(), 0);
  }));

test("each point of each question opens the moment of a run", () =>
  withPage({ openAtMost: 120_000 }, async (page) => {
    await contents(page);
    await page.locator("#book .ask-title").first().click();
    for (const { ask, points } of all) {
      await page.waitForFunction((ask) => document.querySelector("#interview h2")?.textContent === ask, ask);
      await page.click("[data-do='interview show']");
      for (const [place, { scenario }] of points.entries()) {
        await page.click(`[data-do='interview point ${place}']`);
        await page.locator(".interview-points > li").nth(place).locator(".interview-moment").waitFor();
        assert.equal((await state(page)).scenario, scenario, ask);
      }
      if (ask !== all.at(-1).ask) await page.click("[data-do='interview next']");
    }
    assert.ok(await page.locator("[data-do='interview next']").isDisabled());
  }));

test("another language: the same question in other words", () =>
  withPage({}, async (page) => {
    await contents(page);
    await page.locator("#book .ask-title").first().click();
    await page.evaluate(() => window.tcpscope.locale("zh-CN"));
    const [{ ask }] = questions("opening", "zh-CN");
    await page.waitForSelector(`#interview h2:has-text("${ask}")`);
  }));

/** Answers the questions of a round by keyboard; gives back what was asked and what would be right. */
const play = async (page, choose) => {
  const asked = [];
  for (let number = 1; ; number += 1) {
    await page.waitForFunction((number) => document.querySelector("#interview h2")?.textContent.startsWith(`Question ${number} of`), number);
    await page.waitForSelector(".ask-choice");
    const question = await page.locator("#ask-0").textContent();
    const choices = await page.locator(".ask-choice > span:last-child").allTextContents();
    assert.ok(await page.locator("[data-do='interview on']").isDisabled());
    await tabTo(page, `[data-do='interview answer ${choose(number - 1, choices)}']`);
    await page.keyboard.press("Enter");
    const verdict = page.locator(".verdict");
    await verdict.waitFor();
    assert.ok((await verdict.locator(".reasons").textContent()).length > 0, question);
    const right = await page.locator(".ask-choice[data-right=true] > span:last-child").textContent();
    asked.push({ question, right, was: (await verdict.getAttribute("data-right")) === "true" });
    // The first answer counts.
    await page.locator(".ask-choice").nth(choices.length - 1).evaluate((it) => it.click());
    assert.equal((await verdict.getAttribute("data-right")) === "true", asked.at(-1).was);
    const see = page.locator("[data-do='interview see']");
    if (await see.count()) await see.click();
    const of = Number((await page.locator("#interview h2").textContent()).split(" ").at(-1));
    await tabTo(page, "[data-do='interview on']");
    await page.keyboard.press("Enter");
    if (number === of) return asked;
  }
};

test("a round by keyboard: wrong and right answers, the same again by its link, results as a code", async () => {
  let link;
  let first;
  let code;
  await withPage({ openAtMost: 120_000 }, async (page) => {
    await contents(page);
    await tabTo(page, "[data-do='interview begin']");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#round-question .ask");
    link = await page.evaluate(() => window.tcpscope.link());
    first = await play(page, () => 0);
    await page.waitForSelector("#round-results");
    const items = page.locator("#round-results .interview-points > li");
    assert.equal(await items.count(), first.length);
    assert.equal(await page.locator("#round-results li[data-right=true]").count(), first.filter(({ was }) => was).length);
  });
  await withPage({ hash: link.slice(link.indexOf("#")), openAtMost: 120_000 }, async (page) => {
    const again = await play(page, (place, choices) => choices.indexOf(first[place].right));
    assert.deepEqual(again, first.map((asked) => ({ ...asked, was: true })));
    await page.waitForSelector("#round-results");
    code = await page.locator(".interview-code").textContent();
  });
  await withPage({ locale: "zh-CN", openAtMost: 120_000 }, async (page) => {
    await contents(page);
    await page.fill("#round-code", code.slice(0, -3));
    await page.click("[data-do='interview code']");
    assert.ok((await page.locator("#round-trouble").textContent()).length > 0, "a code that was cut is told");
    await page.fill("#round-code", code);
    await page.click("[data-do='interview code']");
    await page.waitForSelector("#round-results");
    assert.equal(await page.locator("#round-results li[data-right=true]").count(), first.length);
    assert.equal(await page.locator(".interview-code").textContent(), code);
    assert.deepEqual(await violations(page), []);
  });
});

for (const colorScheme of ["light", "dark"]) {
  for (const locale of ["en", "zh-CN"]) {
    test(`axe finds nothing among the questions and in one of them: ${colorScheme}, ${locale}`, () =>
      withPage({ colorScheme, locale }, async (page) => {
        await contents(page);
        assert.deepEqual(await violations(page), []);
        await page.locator("#book .ask-title").first().click();
        await page.click("[data-do='interview show']");
        await page.click("[data-do='interview point 0']");
        await page.waitForSelector(".interview-moment");
        assert.deepEqual(await violations(page), []);
      }));
  }
}

test("nothing is beside the screen at 320 pixels", () =>
  withPage({ viewport: { width: 320, height: 640 } }, async (page) => {
    await contents(page);
    assert.ok(await fits(page));
    await page.locator("#book .ask-title").first().click();
    await page.click("[data-do='interview show']");
    await page.click("[data-do='interview point 0']");
    await page.waitForSelector(".interview-moment");
    assert.ok(await fits(page));
  }));
