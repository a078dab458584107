// Questions: while one is open no view tells what follows; any moment of any run can be asked about;
// answers can be typed; follow-ups of an interview question are drawn with a seed that a link holds.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { violations } from "./checks.mjs";
import { startHarness } from "./harness.mjs";

const harness = await startHarness({ dist: process.env.TCPSCOPE_DIST });
after(() => harness.close());
const { withPage } = harness;

const state = (page) => page.evaluate(() => window.tcpscope.state());
const trace = (page) => page.evaluate(() => window.tcpscope.trace());
const tab = async (page, name) => {
  if ((await page.getAttribute(`#tab-${name}`, "aria-selected")) !== "true") await page.click(`#tab-${name}`);
};
const rows = async (page) => Number(await page.getAttribute(".rows", "aria-rowcount")) - 1;

/** How many pixels of the ladder differ from what stands at the left of their line. */
const inked = (page) =>
  page.evaluate(() => {
    const { width, height } = document.querySelector(".stage-view > canvas");
    const ctx = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
    ctx.drawImage(document.querySelector(".stage-view > canvas"), 0, 0);
    const { data } = ctx.getImageData(0, 0, width, height);
    let inked = 0;
    for (let at = 0; at < data.length; at += 4) {
      const line = at - (at % (4 * width));
      if ([0, 1, 2].some((part) => Math.abs(data[at + part] - data[line + part]) > 24)) inked += 1;
    }
    return inked;
  });

/** Everything on the page that could tell what follows a moment. */
const hidden = async (page, at, reads = false) => {
  const whole = await trace(page);
  const { record } = await state(page);
  assert.equal(record, at);
  assert.ok(whole.length > record + 1, "something follows");
  await tab(page, "log");
  assert.equal(await rows(page), record + 1, "the log ends at the question's moment");
  assert.equal(await page.locator(".log [data-later=true]").count(), 0);
  await page.keyboard.press("/");
  // Until the field has the focus, letters are keys of the page.
  await page.waitForFunction(() => document.activeElement?.matches("input"));
  await page.keyboard.type("time >= 0 ms");
  const found = await page.locator(".log-sheet").textContent();
  assert.equal(await rows(page), record + 1, `no hit beyond it: ${found}`);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await tab(page, "table");
  const sent = whole.filter(({ kind, record: id }) => kind === "transmit" && id <= record).length;
  assert.equal(await rows(page), sent, "the table has no segment that is not sent yet");
  const gone = new Set(whole.filter(({ kind, record: id }) => ["arrive", "lost"].includes(kind) && id <= record).map(({ packet }) => packet));
  const open = whole.filter(({ kind, packet, record: id }) => kind === "transmit" && id <= record && !gone.has(packet)).length;
  assert.equal(await page.locator(".segments .row:has-text('under way')").count(), open, "nor what becomes of one under way");
  const [value, max] = await page.locator("#scrubber").evaluate((it) => [it.value, it.max]);
  assert.equal(value, max, "the scrubber ends there");
  for (const key of ["ArrowRight", "Shift+ArrowRight", ".", "End", "]"]) {
    // In a lesson it leads to the next stop, which has done with the question.
    if (key === "]" && reads) continue;
    await page.locator("#stage").focus();
    await page.keyboard.press(key);
    assert.equal((await state(page)).record, record, `${key} goes nowhere`);
  }
  assert.ok(await page.locator("[data-do='step-on']").isDisabled());
  const end = await page.locator(".readout .of").textContent();
  const last = whole.at(-1).at_us;
  if (last !== whole[record].at_us) assert.ok(!end.includes(String(last / 1000)), `${end} is not the run's end`);
  assert.equal(await page.locator("#veil").count(), 1);
  return whole;
};

const open = async (page, lesson, stop) => {
  await page.evaluate(([lesson, stop]) => window.tcpscope.lesson(lesson, stop), [lesson, stop]);
  await page.waitForSelector(".ask");
};

for (const [lesson, stop] of [["three-way-handshake", "syn"], ["sliding-window", undefined], ["lost-syn", undefined], ["why-three-not-two", undefined]]) {
  test(`${lesson}: while its question is open nothing tells what follows, and after the answer all of it shows`, () =>
    withPage({}, async (page) => {
      const sheet = JSON.parse(readFileSync(join(harness.dist, `lessons/${lesson}.en.json`), "utf8"));
      const asks = stop ?? sheet.stops.find((stop) => stop.asks)?.id;
      await open(page, lesson, asks);
      const { record } = await state(page);
      const whole = await hidden(page, record, true);
      const before = await inked(page);
      await tab(page, "lesson");
      for (let ask = 0; ask < (await page.locator(".ask").count()); ask += 1) {
        await page.locator(".ask").nth(ask).locator(".ask-choice").first().click();
      }
      await page.waitForSelector("#veil", { state: "detached" });
      assert.equal((await state(page)).record, record, "the reader is where the question was");
      // At a run's end hardly more is drawn.
      if (whole.length > record + 8) assert.ok((await inked(page)) > before, "the ladder shows what follows");
      await tab(page, "log");
      assert.equal(await rows(page), whole.length);
      await page.locator("#stage").focus();
      await page.keyboard.press("ArrowRight");
      assert.ok((await state(page)).record > record);
    }));
}

test("a question is given up by its button, and by a program that goes on", () =>
  withPage({}, async (page) => {
    await open(page, "three-way-handshake", "syn");
    const { record } = await state(page);
    await page.locator("#veil button").focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector("#veil", { state: "detached" });
    assert.equal(await page.locator(".ask-choice[data-right=true]").count(), 1);
    assert.equal(await page.locator(".ask-choice[aria-pressed=true]").count(), 0);
    assert.equal((await state(page)).record, record);
    await open(page, "three-way-handshake", "syn-ack");
    const here = (await state(page)).record;
    await page.evaluate(() => window.tcpscope.step(1));
    assert.equal((await state(page)).record, here + 1, "step() does what it says");
    assert.equal(await page.locator("#veil").count(), 0);
  }));

test("what the answer can be read off is hidden in the panels too, while it is asked for", () =>
  withPage({ hash: "#v=1&scenario=sliding-window&t=160000" }, async (page) => {
    const ask = async (pattern) => {
      await page.locator("#stage").focus();
      await page.keyboard.press("q");
      await page.waitForSelector(".pick");
      await page.locator(".pick", { hasText: pattern }).first().click();
      await page.waitForSelector("#ask-here .ask");
    };
    assert.ok((await page.locator(".timers li").count()) > 0 && (await page.locator(".ribbon svg").count()) === 4);
    await ask("which timer");
    assert.equal(await page.locator(".timers li").count(), 0);
    await page.click("#veil button");
    assert.ok((await page.locator(".timers li").count()) > 0);
    await page.click("[data-do='quiz close']");
    await ask(/^How many octets/);
    assert.equal(await page.locator(".ribbon svg").count(), 2, "the windows to receive stay");
    await page.locator("#ask-here .ask-choice").first().click();
    assert.equal(await page.locator(".ribbon svg").count(), 4);
  }));

for (const hash of ["#v=1&scenario=four-way-close&t=60000", "sandbox"]) {
  test(`any moment can be asked about, by keyboard: ${hash}`, () =>
    withPage({ hash: hash === "sandbox" ? "" : hash }, async (page) => {
      if (hash === "sandbox") {
        await tab(page, "sandbox");
        await page.click("[data-do='sandbox fresh']");
        await page.evaluate(() => window.tcpscope.step(3));
      }
      const kinds = async () => {
        await page.locator("#stage").focus();
        await page.keyboard.press("q");
        await page.waitForSelector("#ask-here");
        return page.locator(".pick").count();
      };
      const count = await kinds();
      assert.ok(count > 1, `${count} questions`);
      const { record } = await state(page);
      for (let place = 0; place < count; place += 1) {
        await kinds();
        const pick = page.locator(".pick").nth(place);
        const text = await pick.textContent();
        await pick.focus();
        await page.keyboard.press("Enter");
        await page.waitForSelector("#ask-here .ask");
        assert.equal(await page.locator("#ask-0").textContent(), text);
        if (place === 0) {
          await hidden(page, record);
          await tab(page, "ask");
        }
        const choice = page.locator("#ask-here .ask-choice").first();
        await choice.focus();
        await page.keyboard.press("Enter");
        await page.waitForSelector("#ask-here .verdict");
        assert.ok((await page.locator("#ask-here .ask-choice[data-right=true]").count()) === 1, text);
        assert.equal(await page.locator("#veil").count(), 0);
        assert.equal((await state(page)).record, record);
        await page.locator("[data-do='quiz close']").focus();
        await page.keyboard.press("Enter");
        await page.waitForSelector("#ask-here .ask", { state: "detached" });
      }
    }));
}

test("a typed answer is read leniently; what cannot be understood is told and counts as nothing", () =>
  withPage({ hash: "#v=1&scenario=three-way-handshake&t=20000" }, async (page) => {
    const pick = async () => {
      await page.locator("#stage").focus();
      await page.keyboard.press("q");
      await page.locator(".pick", { hasText: /segment does the server send next/ }).click();
      await page.waitForSelector("#typed-here");
    };
    for (const [text, right] of [["S. seq y ack x+1", true], ["syn ack seq=0 ack=1", true], ["SYN,ACK seq=1 ack=1", false]]) {
      await pick();
      await page.focus("#typed-here");
      await page.keyboard.type("SYNN seq=0");
      await page.keyboard.press("Enter");
      await page.waitForSelector(".typed-trouble");
      assert.match(await page.locator(".typed-trouble").textContent(), /SYNN/);
      assert.equal(await page.getAttribute("#typed-here", "aria-invalid"), "true");
      assert.equal(await page.locator("#ask-here .verdict").count(), 0);
      assert.equal(await page.locator("#veil").count(), 1, "the question is open still");
      assert.deepEqual(await violations(page), []);
      await page.fill("#typed-here", text);
      await page.keyboard.press("Enter");
      await page.waitForSelector("#ask-here .verdict");
      assert.equal(await page.getAttribute("#ask-here .verdict", "data-right"), String(right), text);
      assert.equal(await page.locator("#veil").count(), 0);
      await page.click("[data-do='quiz close']");
    }
  }));

test("follow-ups are those of the interview question, graded, and the same again by their link", async () => {
  const play = async (page) => {
    const asked = [];
    for (;;) {
      await page.waitForSelector("#follow-ups");
      await page.waitForFunction((count) => {
        const head = document.querySelector("#follow-ups b")?.textContent ?? "";
        return /right/.test(head) || Number(/\d+/.exec(head)?.[0]) > count;
      }, asked.length);
      if (!(await page.locator("#follow-ups .ask").count())) break;
      const question = await page.locator("#follow-ups #ask-0").textContent();
      const { scenario, record } = await state(page);
      assert.equal(await page.locator("#veil").count(), 1);
      await page.locator("#follow-ups .ask-choice").first().click();
      await page.waitForSelector("#follow-ups .verdict");
      const choices = await page.locator("#follow-ups .ask-choice > span:last-child").allTextContents();
      asked.push({ question, scenario, record, choices });
      await page.click("[data-do='quiz follow-next']");
    }
    return asked;
  };
  let link;
  let first;
  await withPage({ openAtMost: 120_000 }, async (page) => {
    await page.keyboard.press("Shift+L");
    await page.click("[data-do='teach interview']");
    await page.locator("#book .ask-title").first().click();
    assert.equal(await page.locator("#follow-ups").count(), 0, "not before the model answer");
    await page.click("[data-do='interview show']");
    await page.click("[data-do='quiz follow']");
    await page.waitForSelector("#follow-ups .ask");
    link = await page.evaluate(() => window.tcpscope.link());
    first = await play(page);
    assert.ok(first.length > 0);
    const text = readFileSync(join(harness.dist, "interviews/opening.en.txt"), "utf8");
    const runs = text.split("\nask\t")[1].split("\n").filter((line) => line.startsWith("point\t")).map((line) => line.split("\t")[1]);
    for (const { scenario } of first) assert.ok(runs.includes(scenario), `${scenario} is a run of the question's own: ${runs}`);
  });
  assert.match(link, /#v=1&follow=/);
  await withPage({ hash: link.slice(link.indexOf("#")), openAtMost: 120_000 }, async (page) => {
    await page.waitForSelector("#follow-ups .ask");
    assert.deepEqual(await play(page), first);
  });
});
