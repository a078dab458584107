// What was missed is asked again when it is due; rounds against the clock.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { fits, violations } from "./checks.mjs";
import { startHarness } from "./harness.mjs";

const harness = await startHarness({ dist: process.env.TCPSCOPE_DIST });
after(() => harness.close());
const { withPage } = harness;

const NOON = new Date("2026-03-10T12:00:00").getTime();
const DAY = 86_400_000;
const day = (page, days) => page.clock.setFixedTime(NOON + days * DAY);

const questions = async (page) => {
  if (!(await page.locator("#book").count())) await page.keyboard.press("Shift+L");
  await page.click("#book [data-do='teach interview']");
  await page.waitForSelector("#book .ask-title");
};
const contents = async (page) => {
  await page.keyboard.press("Shift+L");
  await page.waitForSelector("#book .toc");
};
const progress = async (page) => {
  if (!(await page.locator("#book").count())) await page.keyboard.press("Shift+L");
  await page.click("#book [data-do='teach progress']");
  await page.waitForSelector(".review-kept");
};
const shut = (page) => page.click("#book [data-do='teach shut']");
const reviewed = (page) => page.evaluate(() => window.tcpscope.review());
/** Opens the question of this place, looks at its answer, and says whether one had it. */
const rate = async (page, place, had) => {
  await questions(page);
  await page.locator("#book .ask-title").nth(place).click();
  await page.click("[data-do='interview show']");
  await page.click(`[data-do='interview ${had ? "had" : "missed"}']`);
  await page.waitForSelector("#interview-noted:not(:empty)");
};
/** Tabs to what this selector means, and presses Enter. */
const enter = async (page, selector) => {
  for (let tabs = 0; tabs < 200; tabs += 1) {
    if (await page.evaluate((selector) => document.activeElement.matches(selector), selector)) return page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
  }
  assert.fail(`the Tab key does not come to ${selector}`);
};
/** Answers the question of the round; says whether it was right. */
const answer = async (page, place) => {
  await page.waitForSelector(".ask-choice:not([aria-disabled])");
  await page.locator(".ask-choice").nth(place).click();
  await page.waitForSelector(".verdict");
  return (await page.getAttribute(".verdict", "data-right")) === "true";
};

test("what was missed comes back on its day, by keyboard; what is known does not", () =>
  withPage({}, async (page) => {
    await day(page, 0);
    await rate(page, 0, false);
    await rate(page, 1, true);
    await rate(page, 3, false);
    assert.deepEqual((await reviewed(page)).due, [], "not on the same day");
    assert.equal((await reviewed(page)).items, 2);
    await questions(page);
    assert.match(await page.locator(".review-line").textContent(), /In 1 day: 2/);
    await shut(page);
    await page.reload();
    await page.waitForFunction(() => window.__tcpscopeReady);
    await day(page, 1);
    assert.equal((await reviewed(page)).due.length, 2, "kept on this device");
    await contents(page);
    assert.match(await page.locator(".review-line").textContent(), /To review: 2 today/);
    await enter(page, "[data-do='review begin']");
    const asks = await page.evaluate(async () => (await window.tcpscope.interviews()).map(({ id, ask }) => [`interview/${id}`, ask]));
    const { due } = await reviewed(page);
    assert.deepEqual(due.map(({ item }) => item).sort(), [asks[0][0], asks[3][0]].sort());
    for (const [place, had] of [[0, true], [1, false]]) {
      const [, ask] = asks.find(([item]) => item === due[place].item);
      await page.waitForFunction((ask) => document.querySelector("#interview h2")?.textContent === ask, ask);
      await page.waitForFunction(() => document.activeElement.id === "interview-answer");
      await enter(page, "[data-do='interview show']");
      await enter(page, `[data-do='interview ${had ? "had" : "missed"}']`);
      await page.waitForSelector(`#interview-noted:has-text('${had ? "in 2 days" : "tomorrow"}')`);
      await enter(page, "[data-do='review on']");
    }
    await page.waitForSelector(".review-marks");
    assert.match(await page.locator("#review-sheet").textContent(), /1 of 2/);
    await day(page, 2);
    await page.click("[data-do='review leave']");
    assert.deepEqual((await reviewed(page)).due.map(({ box }) => box), [1]);
    await day(page, 3);
    assert.deepEqual((await reviewed(page)).due.map(({ box }) => box), [1, 2]);
  }));

test("an interview is drawn with a seed, judged by who answers, and the same at its address", async () => {
  let link;
  const asked = [];
  const hold = async (page, each) => {
    for (let number = 0; number < 5; number += 1) {
      await page.waitForSelector("[data-do='interview show']");
      each(await page.locator("#interview h2").textContent());
      await page.click("[data-do='interview show']");
      await page.click(`[data-do='interview ${number % 2 ? "missed" : "had"}']`);
      await page.click("[data-do='review on']");
    }
    await page.waitForSelector(".review-marks");
  };
  await withPage({}, async (page) => {
    await questions(page);
    await page.click("[data-do='interview theme 1']");
    await page.click("[data-do='interview hold']");
    await page.waitForSelector("[data-do='interview show']");
    link = await page.evaluate(() => window.tcpscope.link());
    await hold(page, (ask) => asked.push(ask));
    assert.equal(new Set(asked).size, 5);
    assert.equal(await page.locator(".review-marks li[data-right=true]").count(), 3);
    assert.equal((await reviewed(page)).items, 2, "what was missed comes back");
  });
  await withPage({ hash: link.slice(link.indexOf("#")) }, async (page) => {
    const again = [];
    await hold(page, (ask) => again.push(ask));
    assert.deepEqual(again, asked);
    assert.deepEqual(await violations(page), []);
  });
  await withPage({ hash: `${link.slice(link.indexOf("#"), -2)}` }, async (page) => {
    await page.waitForSelector(".toast, [role=alert]:not(:empty)");
    assert.equal(await page.locator("#interview").count(), 0, "a code that was cut is told");
  });
});

test("a round's question and a lesson's are asked again as they were, and graded by the engine", () =>
  withPage({ openAtMost: 120_000 }, async (page) => {
    await day(page, 0);
    const heard = () => page.evaluate(() => window.heard);
    await page.evaluate(() => {
      window.heard = [];
      window.tcpscope.on("answer", ({ answer }) => window.heard.push(answer));
    });
    await questions(page);
    await page.click("[data-do='interview begin']");
    let round;
    for (;;) {
      await page.waitForSelector(".ask-choice:not([aria-disabled])");
      round = await page.locator("#ask-0").textContent();
      if (!(await answer(page, 0))) break;
      await page.click("[data-do='interview on']");
    }
    const [{ item, right }] = (await heard()).slice(-1);
    assert.match(item, /^round\/q1-/);
    assert.equal(right, false);
    await page.click("[data-do='interview leave']");
    // A lesson that asks.
    const lessons = await page.evaluate(() => window.tcpscope.lessons());
    let lesson;
    for (const { id, stops } of lessons) {
      if (lesson) break;
      for (const stop of stops) {
        await page.evaluate(([id, stop]) => window.tcpscope.lesson(id, stop), [id, stop]);
        await page.evaluate(() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen))));
        if (!(await page.locator(".ask").count())) continue;
        if (await answer(page, 0)) continue;
        lesson = `lesson/${id}/${stop}/0`;
        break;
      }
    }
    assert.equal((await heard()).at(-1).item, lesson);
    // The second try counts for nothing.
    await page.locator(".ask").first().locator(".ask-choice[data-right=true]").click();
    assert.equal((await heard()).at(-1).right, true);
    await page.evaluate(() => window.tcpscope.lesson(null));
    await day(page, 1);
    const { due } = await reviewed(page);
    assert.ok(due.some((each) => each.item === item) && due.some((each) => each.item === lesson));
    await questions(page);
    await page.click("[data-do='review begin']");
    for (const each of due) {
      await page.waitForSelector(".ask-choice:not([aria-disabled])");
      if (each.item === item) assert.equal(await page.locator("#ask-0").textContent(), round);
      await answer(page, 0);
      assert.equal((await heard()).at(-1).item, each.item);
      assert.ok((await page.locator(".verdict .reasons").textContent()).length > 0);
      await page.click("[data-do='review on']");
    }
    await page.waitForSelector(".review-marks");
  }));

test("what is given up was missed; in a review nothing tells what follows, and what was typed counts", () =>
  withPage({ openAtMost: 120_000 }, async (page) => {
    const lesson = "lesson/three-way-handshake/syn/0";
    const state = () => page.evaluate(() => window.tcpscope.state());
    await day(page, 0);
    await page.evaluate(() => {
      window.heard = [];
      window.tcpscope.on("answer", ({ answer }) => window.heard.push(answer));
    });
    const heard = () => page.evaluate(() => window.heard);
    await page.evaluate(() => window.tcpscope.lesson("three-way-handshake", "syn"));
    await page.click("#veil button");
    await page.waitForSelector("#lesson .verdict");
    assert.deepEqual(await heard(), [{ item: lesson, right: false }]);
    // Whoever knows by now what is right has missed it all the same.
    await page.locator("#lesson .ask-choice[data-right=true]").click();
    assert.equal((await reviewed(page)).items, 1);
    await questions(page);
    await page.click("[data-do='interview begin']");
    await page.waitForSelector("#round-question .ask");
    await page.click("#veil button");
    await page.waitForSelector("#round-question .verdict");
    const round = (await heard()).at(-1);
    assert.match(round.item, /^round\/q1-/);
    assert.equal(round.right, false);
    await page.click("[data-do='interview leave']");
    assert.deepEqual([(await reviewed(page)).items, (await reviewed(page)).due], [2, []]);
    await day(page, 1);
    await contents(page);
    const { due } = await reviewed(page);
    assert.deepEqual(due.map(({ item }) => item).sort(), [lesson, round.item].sort());
    await page.click("[data-do='review begin']");
    for (const { item } of due) {
      await page.waitForSelector("#review-sheet .ask");
      const { record } = await state();
      assert.equal(await page.locator("#veil").count(), 1);
      const [value, max] = await page.locator("#scrubber").evaluate((it) => [it.value, it.max]);
      assert.equal(value, max, "what follows is hidden");
      await page.click("#tab-log");
      assert.equal(Number(await page.getAttribute(".rows", "aria-rowcount")) - 1, record + 1);
      await page.click("#tab-lesson");
      if (item === lesson) {
        await page.fill("#typed-review", "nonsense");
        await page.keyboard.press("Enter");
        await page.waitForSelector(".typed-trouble");
        assert.equal(await page.locator("#veil").count(), 1, "it is open still");
        await page.fill("#typed-review", "syn received");
        await page.keyboard.press("Enter");
      } else {
        await page.click("#veil button");
      }
      await page.waitForSelector("#review-sheet .verdict");
      await page.waitForSelector("#veil", { state: "detached" });
      assert.equal(await page.getAttribute(".verdict", "data-right"), String(item === lesson));
      assert.deepEqual((await heard()).at(-1), { item, right: item === lesson });
      assert.match(await page.locator("#review-sheet").textContent(), item === lesson ? /in 2 days/ : /tomorrow/);
      await page.click("[data-do='review on']");
    }
    await page.waitForSelector(".review-marks");
    await day(page, 2);
    await page.click("[data-do='review leave']");
    assert.deepEqual((await reviewed(page)).due.map(({ item, box }) => [item, box]), [[round.item, 1]]);
    await day(page, 3);
    assert.deepEqual((await reviewed(page)).due.map(({ box }) => box).sort(), [1, 2]);
  }));

test("progress takes the review along: saved, erased, brought back, read again on another device", async () => {
  let file;
  await withPage({}, async (page) => {
    await day(page, 0);
    await rate(page, 0, false);
    await progress(page);
    const [download] = await Promise.all([page.waitForEvent("download"), page.click(".progress-acts a[download]")]);
    file = readFileSync(await download.path(), "utf8");
    assert.match(JSON.parse(file).review[0], /^tcpscope-review 1$/);
    await page.click("[data-do='teach erase']");
    assert.equal((await reviewed(page)).items, 0);
    await page.click("[data-do='teach unerase']");
    assert.equal((await reviewed(page)).items, 1);
    await page.click("[data-do='teach erase']");
  });
  const read = async (page, text) => {
    await page.setInputFiles("#progress-file", { name: "p.json", mimeType: "application/json", buffer: Buffer.from(text) });
    await page.waitForSelector(".progress [role=status]:not(:empty)");
  };
  await withPage({ locale: "zh-CN" }, async (page) => {
    await day(page, 1);
    await progress(page);
    await read(page, file);
    assert.equal((await reviewed(page)).due.length, 1);
    // A later version: said, and nothing changed.
    const later = { ...JSON.parse(file), review: ["tcpscope-review 2", "x"] };
    await read(page, JSON.stringify(later));
    await page.waitForFunction(() => /未作任何改动.*第 1 行/.test(document.querySelector(".progress > [role=status]")?.textContent ?? ""));
    assert.equal((await reviewed(page)).due.length, 1);
    // One that was cut, in the words of the page: where it ends, and nothing changed.
    const before = await page.evaluate(() => localStorage.getItem("tcpscope.progress"));
    await read(page, file.slice(0, -9));
    await page.waitForFunction(() => /未作任何改动.*line \d+, column \d+/.test(document.querySelector(".progress > [role=status]")?.textContent ?? ""));
    assert.equal(await page.evaluate(() => localStorage.getItem("tcpscope.progress")), before);
    // A line that is none: said, and kept.
    const broken = JSON.parse(file);
    broken.review.push("nonsense");
    await read(page, JSON.stringify(broken));
    await page.waitForSelector(".review-trouble");
    const kept = await page.evaluate(() => JSON.parse(localStorage.getItem("tcpscope.progress")).review);
    assert.ok(kept.includes("nonsense"));
    assert.equal((await reviewed(page)).due.length, 1);
  });
});

test("what is kept and cannot be read is put aside and told, never written over", () =>
  withPage({ init: () => localStorage.getItem("seen") || localStorage.setItem("tcpscope.progress", '{"format":9}') }, async (page) => {
    await page.evaluate(() => localStorage.setItem("seen", "1"));
    await day(page, 0);
    await rate(page, 0, false);
    await progress(page);
    const link = page.locator(".book-missing a[download]");
    assert.match(decodeURIComponent(await link.getAttribute("href")), /\{"format":9\}$/);
    assert.match(await page.locator(".book-missing").textContent(), /format/);
    await page.reload();
    await page.waitForFunction(() => window.__tcpscopeReady);
    assert.equal((await reviewed(page)).items, 1);
    await progress(page);
    assert.equal(await link.count(), 1, "still there at the next visit");
    await page.click("[data-do='teach erase']");
    assert.equal(await link.count(), 0);
    assert.equal(await page.evaluate(() => localStorage.getItem("tcpscope.progress.unread")), "");
  }));

test("without storage the review works, and says that it will not be remembered", () =>
  withPage(
    {
      init: () => {
        Storage.prototype.setItem = () => {
          throw new DOMException("no", "QuotaExceededError");
        };
      },
    },
    async (page) => {
      await day(page, 0);
      await rate(page, 0, false);
      assert.match(await page.locator("#interview-noted").textContent(), /not be remembered/);
      await day(page, 1);
      const { due, kept } = await reviewed(page);
      assert.deepEqual([due.length, kept], [1, false]);
    },
  ));

test("a round has no clock unless one is wanted; it can be stopped, lengthened and taken away", () =>
  withPage({}, async (page) => {
    await page.clock.install({ time: NOON });
    await questions(page);
    assert.equal(await page.inputValue("#round-minutes"), "0");
    await page.click("[data-do='interview begin']");
    await page.waitForSelector("#round-question .ask");
    assert.equal(await page.locator(".round-clock").count(), 0);
    await questions(page);
    await page.selectOption("#round-minutes", "3");
    await page.click("[data-do='interview begin']");
    await page.waitForSelector(".round-clock");
    const shown = () => page.locator("#round-time").textContent();
    assert.equal(await shown(), "3 min left");
    await page.clock.runFor(70_000);
    assert.equal(await shown(), "2 min left");
    await page.click("[data-do='interview pause']");
    await page.clock.runFor(600_000);
    assert.equal(await shown(), "2 min left");
    assert.match(await page.locator(".round-clock").textContent(), /stands still/);
    await page.click("[data-do='interview pause']");
    await page.click("[data-do='interview more']");
    assert.equal(await shown(), "7 min left");
    await page.clock.runFor(6 * 60_000);
    assert.match(await page.locator(".round-clock [role=status]").textContent(), /One minute/);
    await page.click("[data-do='interview untimed']");
    assert.equal(await page.locator(".round-clock").count(), 0);
    await page.clock.runFor(600_000);
    assert.equal(await page.locator("#round-results").count(), 0);
  }));

test("when the time is up the round ends with its results, and its code knows of no time", () =>
  withPage({}, async (page) => {
    await page.clock.install({ time: NOON });
    await questions(page);
    await page.selectOption("#round-minutes", "3");
    await page.click("[data-do='interview begin']");
    await answer(page, 0);
    await page.click("[data-do='interview on']");
    await page.waitForSelector(".ask-choice:not([aria-disabled])");
    await page.clock.runFor(181_000);
    await page.waitForSelector("#round-results");
    assert.match(await page.locator("#round-results").textContent(), /Time is up.*1 of 8/);
    assert.equal(await page.locator("#round-results li[data-right]").count(), 1);
    const code = await page.locator(".interview-code").textContent();
    await page.click("[data-do='interview leave']");
    await questions(page);
    await page.fill("#round-code", code);
    await page.click("[data-do='interview code']");
    await page.waitForSelector("#round-results");
    assert.equal(await page.locator(".interview-code").textContent(), code);
    assert.equal(await page.locator(".round-clock").count(), 0);
  }));

test("an interview that is spoken has the same clock, where one is wanted, and ends when the time is up", () =>
  withPage({}, async (page) => {
    await page.clock.install({ time: NOON });
    await questions(page);
    await page.selectOption("#round-minutes", "3");
    await page.click("[data-do='interview hold']");
    await page.waitForSelector(".round-clock");
    await page.waitForSelector("#interview-answer");
    assert.equal(await page.locator("#round-time").textContent(), "3 min left");
    await page.click("[data-do='interview show']");
    await page.click("[data-do='interview had']");
    await page.click("[data-do='review on']");
    await page.waitForFunction(() => /2/.test(document.querySelector(".lesson-foot .num")?.textContent));
    await page.clock.runFor(181_000);
    await page.waitForSelector(".review-marks");
    assert.match(await page.locator("#review-sheet").textContent(), /Time is up.*1 of 5 questions/);
    assert.equal(await page.locator(".round-clock").count(), 0);
    // One that comes to its end has no clock any more.
    await page.click("[data-do='review leave']");
    await questions(page);
    await page.click("[data-do='interview hold']");
    await page.waitForSelector(".round-clock");
    for (let number = 0; number < 5; number += 1) await page.click("[data-do='review on']");
    await page.waitForSelector(".review-marks", { state: "attached" });
    await page.locator("#stage").focus();
    await page.clock.runFor(200_000);
    assert.equal(await page.evaluate(() => document.activeElement.id), "stage", "the focus stays where it is");
    assert.doesNotMatch(await page.locator("#review-sheet").textContent(), /Time is up/);
  }));

for (const colorScheme of ["light", "dark"]) {
  for (const locale of ["en", "zh-CN"]) {
    test(`axe finds nothing in the review, its end and a clock: ${colorScheme}, ${locale}`, () =>
      withPage({ colorScheme, locale }, async (page) => {
        await day(page, 0);
        await rate(page, 0, false);
        assert.deepEqual(await violations(page), []);
        await day(page, 1);
        await progress(page);
        assert.deepEqual(await violations(page), []);
        await page.click("[data-do='review begin']");
        await page.waitForSelector("#interview-answer");
        await page.click("[data-do='interview show']");
        await page.click("[data-do='interview had']");
        await page.click("[data-do='review on']");
        await page.waitForSelector(".review-marks");
        assert.deepEqual(await violations(page), []);
        await questions(page);
        assert.deepEqual(await violations(page), []);
        await page.selectOption("#round-minutes", "5");
        await page.click("[data-do='interview begin']");
        await page.waitForSelector(".round-clock");
        assert.deepEqual(await violations(page), []);
      }));
  }
}

test("nothing is beside the screen at 320 pixels", () =>
  withPage({ viewport: { width: 320, height: 640 } }, async (page) => {
    await day(page, 0);
    await rate(page, 0, false);
    await day(page, 1);
    await progress(page);
    assert.ok(await fits(page), "progress");
    await page.click("[data-do='review begin']");
    await page.waitForSelector("#interview-answer");
    await page.click("[data-do='interview show']");
    assert.ok(await fits(page), "review");
    // Where the focus goes is shown whole: its heading lies under nothing.
    await page.waitForFunction(() => document.activeElement.id === "interview-points");
    await page.waitForFunction(() => {
      const { left, top, bottom } = document.querySelector("#interview-points h3").getBoundingClientRect();
      return [top + 1, bottom - 1].every((y) => document.elementFromPoint(left + 4, y)?.closest("#interview-points"));
    });
    await questions(page);
    await page.click("[data-do='interview crib']");
    await page.waitForSelector(".crib-preview .crib-sheet");
    assert.ok(await fits(page), "crib sheet");
    await questions(page);
    await page.selectOption("#round-minutes", "30");
    await page.click("[data-do='interview begin']");
    await page.waitForSelector(".round-clock");
    assert.ok(await fits(page), "a round's clock");
  }));
