// By keyboard, and by ear: what is reached, what is heard, what keys do while something is typed.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startHarness } from "./harness.mjs";

const harness = await startHarness();
after(() => harness.close());

const HASH = "v=1&scenario=lost-syn&t=1100000";

const withPage = (options, use) => harness.withPage({ openAtMost: 150_000, ...options }, use);

const state = (page) => page.evaluate(() => window.tcpscope.state());
const focused = (page) =>
  page.evaluate(() => {
    const it = document.activeElement;
    return it === document.body ? null : it.id || it.dataset.do || it.className || it.tagName;
  });
const tabs = (page) => page.locator("[role=tab]").evaluateAll((all) => all.map(({ id }) => id));

async function sheet(page, id) {
  const shows = await page.evaluate((id) => {
    const tab = document.getElementById(id);
    return tab.matches("[aria-controls][aria-selected=true]") && document.getElementById("tab-panel") !== null;
  }, id);
  if (!shows) await page.evaluate((id) => document.getElementById(id).click(), id);
  await page.waitForSelector(`[role=tabpanel][aria-labelledby=${id}]`);
}

/** The selected segment, as links name it. */
async function selection(page) {
  const { hash } = new URL(await page.evaluate(() => window.tcpscope.link()));
  return new URLSearchParams(hash.slice(1)).get("select");
}

/** All that a single key could do. */
async function whatKeysChange(page) {
  const { record, playing } = await state(page);
  const rest = await page.evaluate(() => ({
    edits: window.tcpscope.edits(),
    sheet: document.querySelector("[role=tab][aria-selected=true]").id,
    dialog: document.querySelectorAll("dialog[open]").length,
    presenting: document.querySelectorAll("[data-presenting]").length,
    menus: [...document.querySelectorAll(".packet-menu")].map(({ id }) => id),
    numbers: document.querySelector("#numbers").value,
  }));
  return { record, playing, selection: await selection(page), ...rest };
}

/** Each field that can be typed into or chosen from, and how it is come to. */
const FIELDS = {
  "#search": (page) => sheet(page, "tab-log"),
  "#note": (page) => sheet(page, "tab-why"),
  "#sandbox-name-0": (page) => sheet(page, "tab-sandbox"),
  "#sandbox-text-0-2": (page) => sheet(page, "tab-sandbox"),
  "#seed": async () => {},
  "#speed": async () => {},
  "#labels": async () => {},
  ".runs input": async (page) => {
    await sheet(page, "tab-compare");
    await page.evaluate(() => document.querySelector("[data-do=keep]").click());
  },
  "#typed-send": async (page) => {
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("h");
    await page.waitForSelector("#host-menu");
  },
};

test("while something is typed or chosen no key does anything else", () =>
  withPage({ hash: "v=1&scenario=three-way-handshake&t=60000" }, async (page) => {
    for (const [field, come] of Object.entries(FIELDS)) {
      await come(page);
      await page.locator(field).first().focus();
      const before = await whatKeysChange(page);
      for (const key of ["d", "n", "p", "a", "u", "i", "m", "l", "f", "?", "0", "9", ".", ","]) {
        // A list that is chosen from goes by letters to its entries: that is what they are for there.
        await page.keyboard.press(key);
      }
      assert.deepEqual(await whatKeysChange(page), before, field);
      // What was typed is not to be entered.
      if (field === "#typed-send") await page.keyboard.press("Escape");
    }
  }));

for (const [width, height] of [
  [1440, 900],
  [390, 844],
]) {
  test(`arrows go from tab to tab, and the one that has the focus is in sight: ${width} pixels`, () =>
    withPage({ hash: HASH, viewport: { width, height } }, async (page) => {
      const all = await tabs(page);
      await page.locator("[role=tab][aria-selected=true]").focus();
      const inSight = () =>
        page.evaluate(() => {
          const it = document.activeElement.getBoundingClientRect();
          const list = document.querySelector("[role=tablist]").getBoundingClientRect();
          return it.left >= list.left - 1 && it.right <= list.right + 1 && list.right <= innerWidth;
        });
      await page.keyboard.press("Home");
      for (const id of all) {
        assert.equal(await focused(page), id);
        assert.ok(await inSight(), `${id} is in sight`);
        assert.equal(await page.getAttribute(`#${id}`, "aria-selected"), "true");
        assert.equal(await page.locator("[role=tab][tabindex='0']").count(), 1, "one stop for all tabs");
        await page.keyboard.press("ArrowRight");
      }
      assert.equal(await focused(page), all[0], "after the last comes the first");
      await page.keyboard.press("ArrowLeft");
      assert.equal(await focused(page), all.at(-1));
      assert.ok(await inSight());
    }));
}

test("a sheet that is asked for by other means has its tab in sight, too", () =>
  withPage({ hash: HASH, viewport: { width: 390, height: 844 } }, async (page) => {
    for (const key of ["/", "i"]) {
      await page.evaluate(() => document.activeElement.blur());
      await page.keyboard.press("n");
      await page.keyboard.press(key);
      await page.waitForFunction(() => {
        const it = document.querySelector("[role=tab][aria-selected=true]").getBoundingClientRect();
        return it.left >= 0 && it.right <= innerWidth;
      });
    }
  }));

test("Tab enters each sheet and leaves it again, forwards and backwards", () =>
  withPage({ hash: HASH }, async (page) => {
    await page.keyboard.press("n");
    for (const id of await tabs(page)) {
      await sheet(page, id);
      await page.focus(`#${id}`);
      const inside = () => page.evaluate(() => document.activeElement.closest("#tab-panel") !== null);
      const walk = async (key) => {
        let entered = false;
        for (let press = 0; press < 200; press += 1) {
          await page.keyboard.press(key);
          const within = await inside();
          if (entered && !within) return true;
          entered ||= within;
        }
        return false;
      };
      assert.ok(await walk("Tab"), `${id}: Tab goes through it`);
      assert.ok(await walk("Shift+Tab"), `${id}: Shift and Tab go back through it`);
    }
  }));

test("the focus stays on a tab when its sheet is put away, and when the screen was dark", () =>
  withPage({ hash: HASH }, async (page) => {
    await page.focus("#tab-why");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#tab-panel", { state: "detached" });
    assert.equal(await focused(page), "tab-why");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#tab-panel");
    assert.equal(await focused(page), "tab-why");
    await page.keyboard.press("f");
    await page.waitForSelector(".page[data-presenting]");
    await page.focus("[data-do=play]");
    for (const shows of [true, false]) {
      await page.keyboard.press("b");
      await page.waitForSelector(".blank", { state: shows ? "attached" : "detached" });
      assert.equal(await focused(page), "play");
    }
  }));

test("what had the focus before a menu or the sheet of keys has it afterwards", () =>
  withPage({ hash: HASH }, async (page) => {
    await page.keyboard.press("n");
    for (const before of ["[data-do=play]", "[role=tab][aria-selected=true]", "#minimap"]) {
      for (const [key, opened] of [
        ["m", "#packet-menu"],
        ["h", "#host-menu"],
        ["k", "#link-menu"],
        ["?", "dialog[open]"],
      ]) {
        await page.focus(before);
        const had = await focused(page);
        await page.keyboard.press(key);
        await page.waitForSelector(opened);
        const within = await page.evaluate((opened) => document.querySelector(opened).contains(document.activeElement), opened);
        assert.ok(within, `${opened} has the focus`);
        await page.keyboard.press("Escape");
        await page.waitForSelector(opened, { state: "detached" });
        assert.equal(await focused(page), had, `${key} from ${before}`);
      }
    }
  }));

test("keys of one character can be turned off, and stay off; the others go on working", () =>
  withPage({ hash: HASH }, async (page) => {
    await page.keyboard.press("?");
    await page.uncheck("#single-keys");
    await page.keyboard.press("Escape");
    const before = await whatKeysChange(page);
    for (const key of ["n", "d", "f", "h", "k", "/", "?", "a", ">", "0"]) await page.keyboard.press(key);
    assert.deepEqual(await whatKeysChange(page), before);
    const { t_us } = await state(page);
    await page.keyboard.press("ArrowLeft");
    assert.ok((await state(page)).t_us < t_us);
    await page.reload();
    // Ready when the ladder is there, and the run with it.
    await page.waitForSelector("canvas[role=img]");
    await page.keyboard.press("n");
    assert.equal(await selection(page), null);
    await page.click(".topbar [data-do=keys]");
    await page.check("#single-keys");
    await page.keyboard.press("Escape");
    await page.keyboard.press("n");
    assert.notEqual(await selection(page), null);
  }));

for (const width of [1440, 390]) {
  test(`the ladder is a table as well: who sends what to whom, of many hosts: ${width} pixels`, () =>
    withPage({ hash: "v=1&scenario=many-clients&t=60000", viewport: { width, height: 844 } }, async (page) => {
      await sheet(page, "tab-table");
      const table = page.getByRole("table", { name: "The segments in the order in which they are sent" });
      assert.deepEqual(
        (await table.getByRole("columnheader").allTextContents()).slice(0, 4),
        ["Sent", "From → to", "Segment", "What becomes of it"],
      );
      const ways = await table.getByRole("row").evaluateAll((rows) =>
        rows.slice(1).map((row) => row.querySelectorAll("[role=cell]")[1].textContent),
      );
      assert.ok(ways.every((way) => / → /.test(way)), ways[0]);
      assert.ok(new Set(ways).size > 2, "more than one pair of hosts");
      assert.ok(await table.locator(".way").nth(1).isVisible());
    }));
}

test("each step is said in a sentence, and what has no words in it has a name and a value", () =>
  withPage({ hash: "v=1&scenario=three-way-handshake&t=0&r=0" }, async (page) => {
    const said = () => page.getByRole("status", { name: "What happens" }).textContent();
    const heard = [];
    for (let step = 0; step < 6; step += 1) {
      await page.keyboard.press("ArrowRight");
      heard.push(await said());
    }
    assert.ok(heard.every((text) => /\.\s*$/.test(text)), heard.join("\n"));
    assert.ok(new Set(heard).size >= 5, heard.join("\n"));
    const minimap = page.getByRole("slider", { name: /\S/ }).and(page.locator("#minimap"));
    assert.match(await minimap.getAttribute("aria-valuetext"), /\d.* – .*\d/);
    for (const role of ["button", "slider", "combobox", "textbox", "spinbutton", "checkbox", "tab"]) {
      const unnamed = await page.getByRole(role, { name: /^$/ }).count();
      const all = await page.getByRole(role).count();
      const named = await page.getByRole(role, { name: /\S/ }).count();
      assert.equal(named, all, `${role}: ${unnamed} without a name`);
    }
  }));

test("where motion is unwanted nothing is animated, and playing goes from record to record", () =>
  withPage({ hash: "v=1&scenario=three-way-handshake&t=0&r=0", reducedMotion: "reduce" }, async (page) => {
    const at = await page.evaluate(() => [...new Set(window.tcpscope.trace().map(({ at_us }) => at_us))]);
    await page.evaluate(() => {
      window.seen = [];
      const look = () => {
        window.seen.push([window.tcpscope.state().t_us, document.getAnimations().length]);
        window.frame = requestAnimationFrame(look);
      };
      look();
    });
    const speeds = await page.locator("#speed option").evaluateAll((all) => all.map(({ value }) => value));
    await page.selectOption("#speed", speeds.at(-1));
    await page.click("[data-do=play]");
    await page.waitForFunction(() => new Set(window.seen.map(([at]) => at)).size >= 4);
    const seen = await page.evaluate(() => window.seen);
    assert.deepEqual(seen.filter(([time]) => !at.includes(time)), []);
    assert.deepEqual(seen.filter(([, animations]) => animations > 0), []);
  }));
