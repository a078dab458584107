// The log is searched: what matches is shown, counted and gone to; what cannot be understood is said.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startHarness } from "./harness.mjs";

const harness = await startHarness();
after(() => harness.close());
const { withPage } = harness;

const state = (page) => page.evaluate(() => window.tcpscope.state());
const present = async (page) =>
  page.evaluate(() => window.tcpscope.trace()[window.tcpscope.state().record]);

test("`/` goes to the field, what is typed filters the log, and Enter goes from match to match", () =>
  withPage({ hash: "v=1&scenario=four-way-close&t=0&r=0" }, async (page) => {
    await page.keyboard.press("/");
    await page.waitForFunction(() => document.activeElement?.id === "search");
    await page.keyboard.type("state");
    const expected = await page.evaluate(
      () => window.tcpscope.trace().filter(({ kind }) => kind === "transition").length,
    );
    const { records, playing } = await state(page);
    assert.equal(playing, false, "what is typed is no key");
    assert.equal(await page.textContent("#search-outcome"), `${expected} of ${records}`);
    assert.equal(await page.locator(".log [role=rowgroup] .row").count(), expected);
    await page.keyboard.press("Enter");
    assert.equal((await present(page)).kind, "transition");
    const first = (await present(page)).record;
    await page.keyboard.press("Enter");
    assert.ok((await present(page)).record > first);
    await page.keyboard.press("Shift+Enter");
    assert.equal((await present(page)).record, first);
    await page.locator(".log").focus();
    await page.keyboard.press("n");
    assert.ok((await present(page)).record > first);
    await page.keyboard.press("Shift+N");
    assert.equal((await present(page)).record, first);
  }));

test("other records are shown again, with the matches marked", () =>
  withPage({ hash: "v=1&scenario=lost-syn&t=0&r=0" }, async (page) => {
    await page.click("#tab-log");
    await page.fill("#search", "lost");
    const matches = await page.locator(".log [role=rowgroup] .row").count();
    await page.click("[data-do=other-records]");
    assert.ok((await page.locator(".log [role=rowgroup] .row").count()) > matches);
    assert.equal(await page.locator(".log .hit").count(), matches);
  }));

test("what is typed on the way to a query is wrong for a while, and the field keeps the focus", () =>
  withPage({ hash: "v=1&scenario=four-way-close&t=0&r=0" }, async (page) => {
    await page.click("#tab-log");
    await page.click("#search");
    await page.keyboard.type("len");
    assert.equal(await page.locator(".complaint").count(), 0);
    await page.keyboard.type(" >");
    await page.waitForSelector(".complaint");
    await page.keyboard.type(" 0");
    await page.waitForSelector(".complaint", { state: "detached" });
    assert.equal(await page.inputValue("#search"), "len > 0");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "search");
  }));

test("a query that cannot be understood is answered with its place and what would be right", () =>
  withPage({ hash: "v=1&scenario=lost-syn&t=0&r=0" }, async (page) => {
    await page.click("#tab-log");
    await page.fill("#search", "state == ESTABLISH");
    assert.equal(await page.getAttribute("#search", "aria-invalid"), "true");
    assert.equal(await page.textContent(".complaint mark"), "ESTABLISH");
    assert.match(await page.textContent(".complaint"), /It may be: CLOSED, LISTEN/);
    await page.focus("#search");
    await page.keyboard.press("Escape");
    assert.equal(await page.inputValue("#search"), "");
    assert.equal(await page.locator(".complaint").count(), 0);
  }));

test("words are looked for in the language that is shown", () =>
  withPage({ hash: "v=1&scenario=lost-syn&t=0&r=0", locale: "zh-CN" }, async (page) => {
    await page.click("#tab-log");
    await page.fill("#search", "重传计时器");
    const rows = await page.locator(".log [role=rowgroup] .row").allTextContents();
    assert.ok(rows.length > 0);
    await page.evaluate(() => window.tcpscope.locale("en"));
    assert.equal(await page.locator(".log [role=rowgroup] .row").count(), 0);
  }));

test("the examples are understood and find something to say", () =>
  withPage({ hash: "v=1&scenario=lost-syn&t=0&r=0" }, async (page) => {
    await page.click("#tab-log");
    await page.click(".search-help summary");
    const examples = await page.locator(".examples button").count();
    assert.ok(examples > 5);
    for (let place = 0; place < examples; place += 1) {
      await page.locator(`.examples [data-do='example ${place}']`).click();
      assert.equal(await page.locator(".complaint").count(), 0, `example ${place}`);
      assert.ok((await page.textContent("#search-outcome")).length > 0);
    }
  }));

test("a search follows an edit", () =>
  withPage({ hash: "v=1&scenario=four-way-close&t=0&r=0" }, async (page) => {
    await page.click("#tab-log");
    await page.fill("#search", "lost");
    assert.equal(await page.locator(".log [role=rowgroup] .row").count(), 0);
    await page.evaluate(() => window.tcpscope.intervene({ kind: "drop", packet: "client:syn:0" }));
    assert.equal(await page.locator(".log [role=rowgroup] .row").count(), 1);
  }));
