// Lessons: the contents, reading from stop to stop, the glossary, what was read; all by keyboard, with
// and without storage.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fits, tabTo, violations } from "./checks.mjs";
import { startHarness } from "./harness.mjs";

const harness = await startHarness({ dist: process.env.TCPSCOPE_DIST });
after(() => harness.close());
const { withPage } = harness;

const index = (tag) => JSON.parse(readFileSync(join(harness.dist, `lessons/index.${tag}.json`), "utf8"));
const { lessons, ways } = index("en");
const [first] = lessons;

const state = (page) => page.evaluate(() => window.tcpscope.state());
const here = async (page) => {
  const { lesson, stop } = await state(page);
  return [lesson, stop];
};
const open = async (page, id = first.id, stop) => {
  await page.evaluate(([id, stop]) => window.tcpscope.lesson(id, stop), [id, stop]);
  await page.waitForSelector("#lesson");
};
const contents = async (page) => {
  await page.keyboard.press("Shift+L");
  await page.waitForSelector("#book .toc");
};

test("nothing of the lessons is fetched before somebody asks for them", () =>
  withPage({}, async (page) => {
    const before = harness.requests.length;
    await page.keyboard.press("n");
    await page.waitForTimeout(0);
    assert.ok(!harness.requests.some((path) => path.startsWith("lessons/")));
    await contents(page);
    assert.ok(harness.requests.slice(before).includes("lessons/index.en.json"));
  }));

/** From the contents, however long they are, to the first of these stops: by keyboard alone. */
const enter = async (page, { id, title }) => {
  await contents(page);
  await tabTo(page, "#book-filter");
  await page.keyboard.type(title);
  await tabTo(page, `#book .toc a[href$="lesson=${id}"]`);
  await page.keyboard.press("Enter");
  await page.waitForSelector("#lesson");
  await page.waitForFunction(() => !document.querySelector("#book"));
};

/** From stop to stop to the end, and one back. */
const readOn = async (page, { id, stops }) => {
  for (const [place, stop] of stops.entries()) {
    // The page is there at once; what shows follows with its next drawing.
    await page.waitForSelector(`.step[aria-current=step][data-do='teach stop ${place}']`);
    assert.deepEqual(await here(page), [id, stop]);
    await page.waitForSelector(".said p >> nth=0");
    assert.equal(await page.locator(".away").count(), 0, `${stop}: the figure is there`);
    assert.ok(!(await page.locator(".said").textContent()).includes("{"), stop);
    await page.keyboard.press("]");
  }
  assert.deepEqual(await here(page), [id, null]);
  await page.keyboard.press("[");
  assert.deepEqual(await here(page), [id, stops.at(-1)]);
  const read = await page.evaluate(() => window.tcpscope.lessons());
  assert.equal(read.find((lesson) => lesson.id === id).done, true);
};

// A part in one sitting, as somebody reads it: a page for each lesson takes four times as long.
for (const part of new Set(lessons.map(({ part }) => part))) {
  test(`the lessons of ${part} are read from the contents to their ends by keyboard alone`, (t) =>
    withPage({ openAtMost: 120_000 }, async (page) => {
      for (const lesson of lessons.filter((lesson) => lesson.part === part)) {
        await t.test(lesson.id, async () => {
          await enter(page, lesson);
          await readOn(page, lesson);
        });
      }
    }));
}

test("the contents go by parts and along ways, are filtered, and say what was read", () =>
  withPage({}, async (page) => {
    await contents(page);
    assert.equal(await page.locator("#book .toc > li").count(), lessons.length);
    assert.ok((await page.locator("#book h3").count()) >= 1);
    await page.getByRole("button", { name: ways[0].title }).click();
    assert.equal(await page.locator("#book .toc > li").count(), ways[0].lessons.length);
    await page.click("[data-do='teach all']");
    await page.fill("#book-filter", first.title);
    await page.waitForFunction(() => document.querySelectorAll("#book .toc > li").length === 1);
    await page.fill("#book-filter", "no such thing");
    await page.waitForSelector("#book [role=status]:has-text('no such thing')");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector("#book"));
    await open(page);
    await contents(page);
    assert.match(await page.locator("#book .toc > li .standing").first().textContent(), /1 of/);
  }));

test("whoever leaves a stop is told so, and is brought back by one press", () =>
  withPage({}, async (page) => {
    await open(page, first.id, first.stops[1]);
    const { record } = await state(page);
    // Back: the way on may wait for an answer.
    await page.keyboard.press("ArrowLeft");
    await page.waitForSelector(".away");
    await page.click("[data-do='teach back']");
    assert.equal((await state(page)).record, record);
    assert.equal(await page.locator(".away").count(), 0);
    await page.evaluate(() => window.tcpscope.intervene({ kind: "drop", packet: "client:syn:0" }));
    await page.waitForSelector(".away");
    await page.click("[data-do='teach back']");
    assert.equal((await state(page)).record, record);
    await page.keyboard.press("Control+z");
    await page.waitForSelector(".away");
  }));

test("what is spoken of is outlined, and only that", () =>
  withPage({}, async (page) => {
    await open(page, "three-way-handshake", "client-established");
    const led = await page.locator("[data-led]").allTextContents();
    assert.equal(led.length, 3);
    assert.ok(led.includes("ESTABLISHED") && led.some((text) => text.startsWith("SND.UNA")), led.join());
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.locator("[data-led]").count(), 0);
    await page.click("[data-do='teach leave']");
    assert.equal(await page.locator("#lesson, #tab-lesson").count(), 0);
  }));

test("what is spoken of is in sight at its stop: variables below their state, the header under the words", () =>
  withPage({ viewport: { width: 1440, height: 900 } }, async (page) => {
    await open(page, "three-way-handshake", "client-established");
    // The chip, SND.UNA and RCV.NXT, each at a place where nothing lies over it.
    await page.waitForFunction(() => {
      const led = [...document.querySelectorAll("[data-led]")];
      const seen = (one) => {
        const { x, y, width, height } = one.getBoundingClientRect();
        const there = document.elementFromPoint(x + width / 2, y + height / 2);
        return there !== null && (one.contains(there) || there.contains(one));
      };
      return led.length === 3 && led.every(seen);
    });
    await open(page, "header", "syn");
    await page.waitForSelector("#lesson .excerpt .bits .cell[data-led][data-name='Source Port']");
    await page.click("#lesson .excerpt .cell[data-name='Window']");
    await page.waitForSelector("#lesson .excerpt .field-meaning:has-text('Window')");
    await open(page, "header", "four-tuple");
    await page.waitForFunction(() => !document.querySelector("#lesson .excerpt"));
  }));

/** A question of some lesson that is answered by choosing. */
const sheets = lessons.map(({ id }) => JSON.parse(readFileSync(join(harness.dist, `lessons/${id}.en.json`), "utf8")));
const asking = sheets.flatMap(({ id, stops }) => stops.filter((stop) => stop.asks).map((stop) => [id, stop.id]));

/** Chooses every answer to the first question of a stop, one after another, and reads what is said to
 * each; nothing where the run cannot answer what is asked (while a loss is made good, say). */
const answersAt = (page, lesson, stop) =>
  page.evaluate(
    async ([lesson, stop]) => {
      // What was done is shown a moment later, without a picture in between.
      const until = async (shows) => {
        for (let tries = 0; tries < 2_000; tries += 1) {
          if (shows()) return true;
          await new Promise((next) => setTimeout(next));
        }
        return false;
      };
      const here = () => window.tcpscope.state();
      // The stop before is gone: what shows then is this one, whole.
      await window.tcpscope.lesson(null);
      await until(() => !document.querySelector("#lesson"));
      await window.tcpscope.lesson(lesson, stop);
      await until(() => document.querySelector("#lesson .step[aria-current=step]"));
      const ask = () => document.querySelector("#lesson .ask");
      const verdicts = [];
      for (let place = 0; ask() && place < ask().querySelectorAll(".ask-choice").length; place += 1) {
        ask().querySelectorAll(".ask-choice")[place].click();
        const chosen = () => ask().querySelectorAll(".ask-choice")[place].getAttribute("aria-pressed") === "true";
        if (!(await until(chosen))) return { verdicts, stuck: place };
        const verdict = ask().querySelector(".verdict");
        verdicts.push([verdict.dataset.right, verdict.querySelector(".reasons").textContent.length > 0]);
      }
      const see = document.querySelector("#lesson .verdict [data-do^='teach see']");
      const before = here().record;
      see?.click();
      return { verdicts, moved: here().record !== before };
    },
    [lesson, stop],
  );

test("each question of a stop is asked, one choice is right, the others are answered with the rule", () =>
  withPage({ openAtMost: 120_000 }, async (page) => {
    let [asked, moved] = [0, 0];
    for (const [lesson, stop] of asking) {
      const at = await answersAt(page, lesson, stop);
      assert.equal(at.stuck, undefined, `${lesson} ${stop}: a choice does nothing`);
      if (at.verdicts.length === 0) continue;
      asked += 1;
      assert.equal(at.verdicts.filter(([right]) => right === "true").length, 1, `${lesson} ${stop}: ${at.verdicts}`);
      assert.ok(at.verdicts.every(([, reasons]) => reasons), `${lesson} ${stop}: a rule to each`);
      // Some answers show at the stop itself: a timer that runs was set there.
      moved += at.moved ? 1 : 0;
    }
    assert.ok(asked > 0 && moved > 0, `${asked} asked, ${moved} seen elsewhere`);
  }));

test("a question is answered by keyboard, wrongly and then rightly", () =>
  withPage({}, async (page) => {
    const [lesson, stop] = asking[0];
    await open(page, lesson, stop);
    const choices = page.locator(".ask").first().locator(".ask-choice");
    for (let place = 0; place < (await choices.count()); place += 1) {
      await choices.nth(place).focus();
      await page.keyboard.press("Enter");
      await page.locator(".ask").first().locator(`.choices > li:nth-child(${place + 1}) [aria-pressed=true]`).waitFor();
      assert.ok((await page.locator(".ask").first().locator(".reasons").textContent()).length > 0);
    }
  }));

/** Whether all that is outlined is in sight, nothing over it. */
const inSight = () =>
  [...document.querySelectorAll("[data-led]")].every((led) => {
    const { x, y, width, height } = led.getBoundingClientRect();
    const there = document.elementFromPoint(x + width / 2, y + height / 2);
    return there !== null && (led.contains(there) || there.contains(led));
  });

test("what is spoken of is in sight, the state above what stands far below it; plots stand beneath the words", () =>
  withPage({}, async (page) => {
    await open(page, "lost-syn", "established");
    await page.waitForFunction(() => document.querySelectorAll("[data-led]").length === 4);
    await page.waitForFunction(inSight);
    await open(page, "bufferbloat", "half-a-second");
    // A line straight down has no width: to a selector it is hidden.
    await page.waitForSelector(".lesson-figure:nth-of-type(2) .present", { state: "attached" });
    assert.equal(await page.locator(".lesson-figure").count(), 2, "queue and round trips");
    assert.equal(await page.locator(".lesson-ghost").count(), 2, "and the run beside under both");
    await page.locator(".lesson-plot").first().click();
    await page.waitForSelector("#plot .plot");
    assert.equal(await page.locator("#plot-kind").inputValue(), "queue");
  }));

test("a link holds lesson and stop, and opens them; one written by hand does", async () => {
  const stop = first.stops.at(-1);
  let link;
  await withPage({}, async (page) => {
    await open(page, first.id, stop);
    link = await page.evaluate(() => window.tcpscope.link());
  });
  const hash = link.slice(link.indexOf("#"));
  for (const address of [hash, `#v=1&lesson=${first.id}&stop=${stop}`]) {
    await withPage({ hash: address }, async (page) => {
      await page.waitForSelector("#lesson");
      assert.deepEqual(await here(page), [first.id, stop]);
      assert.equal(await page.locator(".away").count(), 0);
    });
  }
});

test("what a link asks for and is not there is told, and the page goes on", async () => {
  for (const [hash, told] of [
    ["#v=1&lesson=no-such-lesson", "no-such-lesson"],
    [`#v=1&lesson=${first.id}&stop=no-such-stop`, "no-such-stop"],
  ]) {
    await withPage({ hash }, async (page) => {
      await page.waitForSelector(`.notice:has-text("${told}")`);
      assert.ok((await state(page)).records > 0);
    });
  }
  const { page, close } = await harness.openPage({});
  await page.route("**/lessons/*.json", (route) => route.abort());
  await page.keyboard.press("Shift+L");
  await page.waitForSelector(".book-missing");
  await page.unroute("**/lessons/*.json");
  await page.click("[data-do='teach again']");
  await page.waitForSelector("#book .toc");
  await close();
});

test("a definition opens and closes by keyboard, and gives the focus back", () =>
  withPage({}, async (page) => {
    await open(page);
    const term = page.locator("#lesson .term").first();
    await term.focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector("#term-card b");
    await page.waitForFunction(() => document.activeElement.id === "term-card");
    assert.equal(await term.getAttribute("aria-expanded"), "true");
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("#term-card").count(), 0);
    await page.waitForFunction((it) => it === document.activeElement, await term.elementHandle());
    await page.keyboard.press("Shift+L");
    await page.click("[data-do='teach glossary']");
    await page.waitForSelector(".glossary dt");
    const all = await page.locator(".glossary dt").count();
    await page.fill("#book-filter", "window");
    await page.waitForFunction((all) => document.querySelectorAll(".glossary dt").length < all, all);
  }));

test("what was read is saved, erased, brought back, and read from a file", () =>
  withPage({}, async (page) => {
    await open(page);
    await page.keyboard.press("Shift+L");
    await page.click("[data-do='teach progress']");
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("[download]")]);
    const file = join(tmpdir(), `tcpscope-progress-${process.pid}.json`);
    await download.saveAs(file);
    assert.equal(JSON.parse(readFileSync(file, "utf8")).progress[0].lesson, first.id);
    const kept = () => page.evaluate(() => localStorage.getItem("tcpscope.progress"));
    assert.ok((await kept()).includes(first.stops[0]));
    await page.click("[data-do='teach erase']");
    assert.ok(!(await kept()).includes(first.stops[0]));
    await page.click("[data-do='teach unerase']");
    assert.ok((await kept()).includes(first.stops[0]));
    await page.click("[data-do='teach erase']");
    await page.setInputFiles("#progress-file", file);
    await page.waitForFunction(() => localStorage.getItem("tcpscope.progress").includes("stops"));
    assert.ok((await kept()).includes(first.stops[0]));
    writeFileSync(file, "no progress");
    await page.setInputFiles("#progress-file", file);
    await page.waitForSelector("#book [role=status]:has-text('no progress')");
    assert.ok((await kept()).includes(first.stops[0]), "nothing has changed");
  }));

test("without storage everything works, and the page says that it will not be remembered", () =>
  withPage(
    {
      init: () => {
        Object.defineProperty(window, "localStorage", {
          get() {
            throw new DOMException("denied", "SecurityError");
          },
        });
      },
    },
    async (page) => {
      await open(page);
      await page.keyboard.press("]");
      assert.deepEqual(await here(page), [first.id, first.stops[1]]);
      await page.keyboard.press("Shift+L");
      await page.click("[data-do='teach progress']");
      await page.waitForSelector(".progress:has-text('not be remembered')");
    },
  ));

test("another language: the same stop in other words", () =>
  withPage({}, async (page) => {
    await open(page, first.id, first.stops[1]);
    await page.evaluate(() => window.tcpscope.locale("zh-CN"));
    const title = index("zh-CN").lessons[0].title;
    await page.waitForSelector(`#lesson h2:has-text("${title}")`);
    assert.deepEqual(await here(page), [first.id, first.stops[1]]);
    assert.equal(await page.locator(".away").count(), 0);
  }));

test("shown to a class, a remote's keys go from stop to stop", () =>
  withPage({}, async (page) => {
    await open(page);
    await page.keyboard.press("f");
    await page.waitForSelector(".page[data-presenting]");
    await page.keyboard.press("PageDown");
    assert.deepEqual(await here(page), [first.id, first.stops[1]]);
    await page.keyboard.press("PageUp");
    assert.deepEqual(await here(page), [first.id, first.stops[0]]);
  }));

for (const colorScheme of ["light", "dark"]) {
  for (const locale of ["en", "zh-CN"]) {
    test(`axe finds nothing in the book and in a lesson: ${colorScheme}, ${locale}`, () =>
      withPage({ colorScheme, locale }, async (page) => {
        await contents(page);
        assert.deepEqual(await violations(page), []);
        for (const name of ["glossary", "progress"]) {
          await page.click(`[data-do='teach ${name}']`);
          await page.waitForSelector(`#book .${name}`);
          assert.deepEqual(await violations(page), []);
        }
        await page.keyboard.press("Escape");
        await open(page);
        assert.deepEqual(await violations(page), []);
        await page.locator("#lesson .term").first().click();
        await page.waitForSelector("#term-card b");
        assert.deepEqual(await violations(page), []);
        await page.click(`[data-do='teach stop ${first.stops.length}']`);
        assert.deepEqual(await violations(page), []);
      }));
  }
}

test("nothing is beside the screen at 320 pixels", () =>
  withPage({ viewport: { width: 320, height: 640 } }, async (page) => {
    await contents(page);
    assert.ok(await fits(page));
    for (const name of ["glossary", "progress"]) {
      await page.click(`[data-do='teach ${name}']`);
      await page.waitForSelector(`#book .${name}`);
      assert.ok(await fits(page), name);
    }
    await page.keyboard.press("Escape");
    await open(page);
    for (let stop = 0; stop <= first.stops.length; stop += 1) {
      await page.click(`[data-do='teach stop ${stop}']`);
      assert.ok(await fits(page), `stop ${stop}`);
    }
  }));
