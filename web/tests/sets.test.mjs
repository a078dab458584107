// Sets: composed by a teacher, answered by a student from one link, and read from the codes that students
// send back; by keyboard, and without anything being sent or kept.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { fits, tabTo, violations } from "./checks.mjs";
import { startHarness } from "./harness.mjs";

const harness = await startHarness({ dist: process.env.TCPSCOPE_DIST });
after(() => harness.close());
const { withPage } = harness;

/** A set of version 1, as it was handed out: three stops of a lesson, a moment with two SYNs lost, and an
 * interview question. It is read for ever. */
const OLD =
  "s1-zm0g63t7-qcnjpp80-1k78g6yp-w35dsmp8-wss2ahv5-pavkmf4q-g6ttbee2-nt6awsec-43mazdzv-7hepefan-wbwpq8sg-sm8j3hrn-10g3009j-q8t3jcnz-jjtxv1f3-4ppgrbe3-chspgrb0-bcm1gcvv-39edt6a6-vg00dsq2-jvg125qx-6ay3m5n5-sq8rbmce-mx76sbjc-esjq41vx-kf5q2tr8-b3dc0h63-vk5f1t2k-twv5cxp8-pavkm798-hprtb5d1-st02e3pt-7mrjcwvb-3cnq62w7-k9dwyprm-vvkegpqe-6ybe4sjs-p8tbm7ns-j74vvg5h-hhprtb5y-dst3mwv1-sdrx30z7-hj4st3t8-c9g64r30-0c1g3daw-6gs90edq-jp6vvec5-gg56pae5-41mq6834-cdxsq88g-3mdxqjw5-08bexm64-jrv85nte-6jvb5e8s-112xv8fc-4pq8t3jp-cnjjtvk8-fegpq8x9-vf9n9qky-srx";

const press = async (page, command, key = "Enter") => {
  await tabTo(page, `[data-do='${command}']`);
  await page.keyboard.press(key);
};
const book = async (page) => {
  await page.keyboard.press("Shift+L");
  await page.click("[data-do='set open']");
  await page.waitForSelector("#set-items");
  await page.waitForSelector("[data-do='set lesson 0']");
};
const heading = (page, text) =>
  page.waitForFunction((text) => document.querySelector("#set-heading")?.textContent === text, text);
const code = (page) => page.locator("#set-results .interview-code code").textContent();
/** Answers all that is asked at a step, always by the first choice. */
const answerAll = async (page) => {
  for (let place = 0; place < (await page.locator("#set .ask").count()); place += 1) {
    if (await page.locator("#set .ask").nth(place).locator(".verdict").count()) continue;
    await press(page, `set answer ${place * 16}`);
    await page.locator("#set .ask").nth(place).locator(".verdict").waitFor();
  }
};

/** The address of the set that the first test composes. */
let composed;
const results = [];

test("a set is composed by keyboard, and one link carries it", () =>
  withPage({}, async (page) => {
    // A fault by hand goes into the set with its moment.
    await page.keyboard.press("n");
    await page.keyboard.press("n");
    await page.keyboard.press("d");
    await book(page);
    await tabTo(page, "#set-title");
    await page.keyboard.type("Monday");
    await press(page, "set add-moment");
    await page.waitForSelector(".set-items > li:nth-child(1)");
    await press(page, "set lesson 0");
    await page.waitForSelector(".set-items > li:nth-child(2) .set-stops");
    await press(page, "set question 256");
    await page.waitForSelector(".set-items > li:nth-child(3)");
    // The lesson comes first, and only its stops from the second on that ask something stay.
    await press(page, "set up 1");
    await page.waitForFunction(() => document.activeElement.id === "set-up-0" || document.activeElement.id === "set-up-1");
    const kinds = await page.locator(".set-items > li .set-title .label").allTextContents();
    assert.deepEqual(kinds, ["Lesson", "Moment", "Interview question"]);
    const before = await page.locator(".set-link code").textContent();
    await press(page, "set stop 0", "Space");
    await page.waitForFunction((before) => document.querySelector(".set-link code").textContent !== before, before);
    const link = await page.locator(".set-link code").textContent();
    assert.match(link, /#v=1&set=s1-[-0-9a-z]+$/);
    composed = link.split("#")[1];
    assert.match(await page.locator(".set-items > li:nth-child(2) .set-title").textContent(), /1 change to the run/);
  }));

for (const name of ["Ada", "Wang"]) {
  // What a worker keeps for later is fetched, not sent.
  test(`a student answers it from the link: ${name}`, () =>
    withPage({ hash: composed, init: () => delete Navigator.prototype.serviceWorker }, async (student) => {
      const sent = harness.requests.length;
      await student.waitForSelector("#set-before");
      assert.equal(await student.locator("#set-heading").textContent(), "Monday");
      let typed = false;
      await tabTo(student, "#set-name");
      await student.keyboard.type(name);
      await press(student, "set begin");
      for (;;) {
        await student.waitForSelector("#set-step");
        if (await student.locator("#set-own").count()) {
          await tabTo(student, "#set-own");
          await student.keyboard.type("both numbers n 1");
          await press(student, "set show");
          await student.waitForSelector("#interview-points");
          if (name === "Ada") await press(student, "set held");
        } else {
          // One of them types an answer that stands nowhere.
          if (name === "Wang" && !typed) {
            await tabTo(student, "#typed-set-0");
            await student.keyboard.type("last ack");
            await student.keyboard.press("Enter");
            await student.waitForSelector("#set .verdict");
            typed = true;
          }
          await answerAll(student);
        }
        const step = await student.locator("#set-heading").textContent();
        await press(student, "set next");
        await student.waitForFunction((step) => document.querySelector("#set-heading").textContent !== step, step);
        if (await student.locator("#set-results").count()) break;
      }
      results.push(await code(student));
      const asked = harness.requests.slice(sent).filter((path) => !/\.(json|txt|wasm|css|js)$/.test(path));
      assert.deepEqual(asked, [], "nothing is sent");
    }));
}

test("what students send back is read as a table, and what is wrong with a code is said", () =>
  withPage({ hash: composed }, async (page) => {
    await page.waitForSelector("#set-before");
    await press(page, "set change");
    await page.waitForSelector("#set-items");
    // Back to the teacher: both codes, one that is cut, one that is mistyped.
    const other = results[0][12] === "7" ? "8" : "7";
    const typo = results[0].slice(0, 12) + other + results[0].slice(13);
    await press(page, "set results");
    await tabTo(page, "#set-codes");
    const pasted = [results[0], results[1].slice(0, -12), results[1], typo].join("\n");
    await page.evaluate((text) => {
      document.querySelector("#set-codes").value = text;
    }, pasted);
    await press(page, "set read");
    await page.waitForSelector("#set-table table");
    const names = await page.locator("#set-table tbody th").evaluateAll((cells) => cells.map((cell) => cell.firstChild.textContent));
    assert.deepEqual(names, ["Ada", "Wang"]);
    const bad = await page.locator(".set-bad li").allTextContents();
    assert.equal(bad.length, 2);
    assert.match(bad[0], /^Line 2: .*cut off/);
    assert.match(bad[1], /^Line 4: .*symbols \d+ to \d+/);
    // Every answer of theirs is in the table, and the sum of each column is that of its cells.
    const cells = await page.locator("#set-table tbody tr").evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll("td[data-right]")].map((cell) => cell.dataset.right === "true")));
    const sums = await page.locator("#set-table tfoot td").allTextContents();
    for (let place = 0; place < cells[0].length; place += 1) {
      assert.equal(sums[place + 1], `${cells.filter((row) => row[place]).length}/2`);
    }
    assert.deepEqual(cells.map((row) => row.at(-1)), [true, false], "what students mark themselves");
    const first = await page.locator("#set-table tbody tr td[data-right]:nth-of-type(2)").allTextContents();
    assert.ok(/LAST-ACK/.test(first[1]) && !/LAST-ACK/.test(first[0]), `what was typed is read: ${first}`);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await press(page, "set copy-csv");
    await page.waitForFunction(() => navigator.clipboard.readText().then((text) => text.includes("Ada")));
    const csv = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(csv.trim().split("\r\n").length, 3);
  }));

test("what is said stays hidden until it is answered, and no later step opens before", () =>
  withPage({ hash: `v=1&set=${OLD}` }, async (page) => {
    await page.waitForSelector("#set-before");
    assert.equal(await page.locator("#set-heading").textContent(), "Week 3: opening");
    await page.click("[data-do='set begin']");
    await heading(page, "Step 1 of 5");
    assert.ok(await page.locator("#set .said p").count(), "a step that asks nothing says what it has to say");
    await page.keyboard.press("]");
    await heading(page, "Step 2 of 5");
    const hidden = await page.locator("#set .said").textContent();
    assert.match(hidden, /once you have answered/);
    assert.ok(await page.locator("[data-do='set step 2']").isDisabled());
    assert.ok(await page.locator("[data-do='set next']").isDisabled());
    await page.keyboard.press("]");
    assert.equal(await page.locator("#set-heading").textContent(), "Step 2 of 5");
    assert.equal(await page.locator("#lesson").count(), 0, "the lesson itself is not to be read ahead");
    await page.click("[data-do='set answer 0']");
    await page.waitForSelector("#set .verdict");
    await page.waitForFunction(() => !/once you have answered/.test(document.querySelector("#set .said").textContent));
    // The first answer counts.
    const first = await page.locator("#set .ask").first().locator("[aria-pressed=true]").textContent();
    await page.locator("[data-do='set answer 1']").first().dispatchEvent("click");
    assert.equal(await page.locator("#set .ask").first().locator("[aria-pressed=true]").textContent(), first);
    await page.keyboard.press("]");
    await heading(page, "Step 3 of 5");
    await answerAll(page);
    await page.keyboard.press("]");
    await heading(page, "Step 4 of 5");
    assert.match(await page.locator("#set-step").textContent(), /The second SYN is lost too/);
    const { scenario, edits } = await page.evaluate(() => window.tcpscope.state());
    assert.equal(scenario, "lost-syn");
    assert.equal(edits?.length ?? 1, 1);
    // Whoever goes elsewhere comes back by one control.
    await page.keyboard.press("Home");
    await page.click("[data-do='set back']");
    await page.waitForFunction(() => !document.querySelector("#set .away"));
    // The address still is the set's.
    await page.waitForFunction(() => location.hash.startsWith("#v=1&set=s1-"));
    await page.click("[data-do='set leave']");
    assert.equal(await page.locator("#set").count(), 0);
  }));

test("while a set asks, the run ends at its question, and nobody gives it up; a typed answer counts", () =>
  withPage({ hash: `v=1&set=${OLD}` }, async (page) => {
    const records = () => page.evaluate(() => window.tcpscope.state().record);
    await page.click("[data-do='set begin']");
    await heading(page, "Step 1 of 5");
    assert.equal(await page.locator("#veil").count(), 0, "nothing is asked here");
    await page.keyboard.press("]");
    await heading(page, "Step 2 of 5");
    const covered = async () => {
      const at = await records();
      assert.equal(await page.locator("#veil").count(), 1);
      assert.equal(await page.locator("#veil button").count(), 0, "a set wants its answers");
      await page.click("#tab-log");
      assert.equal(await page.locator(".log [data-later=true]").count(), 0);
      assert.equal(Number(await page.getAttribute(".rows", "aria-rowcount")) - 1, at + 1, "the log ends there");
      for (const key of ["ArrowRight", ".", "End"]) {
        await page.locator("#stage").focus();
        await page.keyboard.press(key);
        assert.equal(await records(), at, `${key} goes nowhere`);
      }
      await page.evaluate(() => window.tcpscope.step(1));
      assert.equal(await page.locator("#veil").count(), 1, "nor does a program give it up");
      assert.equal(await records(), at);
      await page.click("#tab-lesson");
    };
    await covered();
    // What cannot be understood counts as nothing; what can be stands among the choices from then on.
    const ask = page.locator("#set .ask").first();
    const choices = await ask.locator(".ask-choice").count();
    await page.fill("#typed-set-0", "???");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#set .typed-trouble");
    assert.equal(await page.locator("#set .verdict").count(), 0);
    await covered();
    await page.fill("#typed-set-0", "LAST-ACK");
    await page.keyboard.press("Enter");
    await ask.locator(".verdict").waitFor();
    assert.equal(await ask.locator(".ask-choice").count(), choices + 1, "it was none of the choices");
    const given = await ask.locator("[aria-pressed=true]").textContent();
    await page.waitForSelector("#veil", { state: "detached" });
    await page.keyboard.press("]");
    await heading(page, "Step 3 of 5");
    await covered();
    // Back at its step it is there as it was given.
    await page.keyboard.press("[");
    await heading(page, "Step 2 of 5");
    assert.equal(await ask.locator("[aria-pressed=true]").textContent(), given);
    assert.equal(await ask.locator(".verdict b").count(), 1, "it is told whether it was right");
    assert.equal(await page.locator("#veil").count(), 0);
    await page.keyboard.press("]");
    await heading(page, "Step 3 of 5");
    await covered();
    // In another language it stays hidden.
    await page.evaluate(() => window.tcpscope.locale("zh-CN"));
    await page.waitForFunction(() => document.documentElement.lang === "zh-CN");
    assert.equal(await page.locator("#veil").count(), 1);
    await page.evaluate(() => window.tcpscope.locale("en"));
    await heading(page, "Step 3 of 5");
    await page.click("[data-do='set leave']");
    await page.waitForSelector("#veil", { state: "detached" });
  }));

test("a code that is no set says what is wrong, and where", () =>
  withPage({ hash: `v=1&set=${OLD.slice(0, 60)}` }, async (page) => {
    await page.waitForSelector("[role=alert]");
    await page.waitForFunction(() => /cut off/.test(document.body.textContent));
    await book(page);
    for (const [typed, said] of [["hello", /begins with “h”/], [OLD.replace("zm0g", "zm0u"), /Symbol 6 is “u”/], [OLD, /^$/]]) {
      await page.fill("#set-code", typed);
      await page.click("[data-do='set load']");
      await page.waitForFunction((said) => new RegExp(said).test(document.querySelector("#set-trouble").textContent), said.source);
    }
    await page.waitForSelector(".set-items > li:nth-child(3)");
  }));

test("a set of a later version says so, in the language of the page", () =>
  withPage({ locale: "zh-CN", hash: `v=1&set=${OLD.replace("s1-", "s2-")}` }, async (page) => {
    await page.waitForFunction(() => /版本是“2”.*只认识版本 1/.test(document.querySelector(".notices")?.textContent));
    assert.equal(await page.locator("#set").count(), 0);
  }));

test("a set's link that is long is said to be so, and a file carries it; one that is too large is refused", async () => {
  // Delays without any pattern: packing helps little.
  const edits = Array.from({ length: 200 }, (_, at) => `&edit=delay,client:data:${1 + 1460 * at}+1460,${(at * 7919 * 48_271) % 2_147_483}`);
  let file;
  await withPage({ hash: `v=1&scenario=sliding-window&t=160000${edits.join("")}` }, async (page) => {
    await book(page);
    await page.fill("#set-title", "Long");
    const add = async () => {
      const count = await page.locator(".set-items > li").count();
      await page.click("[data-do='set add-moment']");
      await page.locator(`.set-items > li:nth-child(${count + 1})`).waitFor();
    };
    await add();
    assert.equal(await page.locator(".set-long").count(), 0, "one moment is no long link");
    for (let number = 0; number < 30 && !(await page.locator(".set-long").count()); number += 1) await add();
    const link = await page.locator(".set-link code").textContent();
    assert.ok(link.length > 8000, `${link.length} characters`);
    assert.match(await page.locator(".set-long").textContent(), new RegExp(`The link has ${link.length} characters: too long for many`));
    assert.deepEqual(await violations(page), []);
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#book a[download='set.tcpscope.txt']")]);
    file = readFileSync(await download.path(), "utf8");
    assert.equal(file, link);
    // More than a code may have: no link, and nothing of the draft is lost.
    for (let number = 0; number < 40 && (await page.locator(".set-link").count()); number += 1) await add();
    assert.match(await page.locator("#book [role=alert]:has-text('more than one link')").textContent(), /is the most/);
    assert.equal(await page.locator("[data-do='set copy-link'], #book a[download='set.tcpscope.txt']").count(), 0);
    const items = await page.locator(".set-items > li").count();
    await page.click(`[data-do='set remove ${items - 1}']`);
    await page.waitForSelector(".set-link");
  });
  await withPage({}, async (page) => {
    await page.click("#tab-sandbox");
    await page.locator("#link-file").setInputFiles({ name: "set.txt", mimeType: "text/plain", buffer: Buffer.from(file) });
    await page.waitForSelector("#set-before");
    assert.equal(await page.locator("#set-heading").textContent(), "Long");
  });
});

test("without storage a set is answered all the same", () =>
  withPage({ hash: `v=1&set=${OLD}` }, async (page) => {
    await page.evaluate(() => {
      Object.defineProperty(window, "localStorage", { get: () => { throw new Error("refused"); } });
    });
    await page.click("[data-do='set begin']");
    await heading(page, "Step 1 of 5");
  }));

for (const [colorScheme, locale] of [["light", "en"], ["dark", "zh-CN"]]) {
  test(`axe finds nothing where a set is composed and answered: ${colorScheme}, ${locale}`, () =>
    withPage({ colorScheme, locale, hash: `v=1&set=${OLD}` }, async (page) => {
      await page.waitForSelector("#set-before");
      assert.deepEqual(await violations(page), []);
      await page.click("[data-do='set begin']");
      await page.waitForSelector("#set-step");
      await page.click("[data-do='set next']");
      await page.click("[data-do='set answer 0']");
      assert.deepEqual(await violations(page), []);
      await page.click("[data-do='set leave']");
      await book(page);
      await page.fill("#set-code", OLD);
      await page.click("[data-do='set load']");
      await page.waitForSelector(".set-items > li:nth-child(3)");
      assert.deepEqual(await violations(page), []);
    }));
}

test("nothing is beside the screen at 320 pixels", () =>
  withPage({ viewport: { width: 320, height: 640 } }, async (page) => {
    await book(page);
    await page.fill("#set-code", OLD);
    await page.click("[data-do='set load']");
    await page.waitForSelector(".set-items > li:nth-child(3)");
    assert.ok(await fits(page));
    await page.click("[data-do='set try']");
    await page.waitForSelector("#set-before");
    assert.ok(await fits(page));
  }));
