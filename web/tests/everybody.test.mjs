// The page for everybody: every sheet, in narrow and in enlarged windows, with forced colours, with
// other eyes, by keyboard alone.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import axe from "axe-core";
import { startHarness } from "./harness.mjs";

const harness = await startHarness();
after(() => harness.close());

/** Where sheets have something to show: in the middle of a run, a segment selected. */
const HASH = "v=1&scenario=lost-syn&t=1100000";

/** Opens each sheet of the drawer in turn. */
async function eachSheet(page, look) {
  const ids = await page.locator("[role=tab]").evaluateAll((tabs) => tabs.map(({ id }) => id));
  assert.ok(ids.length >= 5);
  await page.keyboard.press("n");
  for (const id of ids) {
    const shown = await page.getAttribute(`#${id}`, "aria-selected");
    if (shown !== "true") await sheet(page, id);
    await look(id);
  }
}

/** What opens, besides sheets: each with how it is opened, and closed again. */
const OPENED = {
  "the menu of a segment": [
    async (page) => {
      await page.keyboard.press("n");
      await page.keyboard.press("m");
      await page.waitForSelector("#packet-menu");
      await page.evaluate(() => document.querySelectorAll("#packet-menu details").forEach((it) => (it.open = true)));
    },
    (page) => page.keyboard.press("Escape"),
  ],
  "the menu of a host": [
    async (page) => {
      await page.keyboard.press("h");
      await page.waitForSelector("#host-menu");
      await page.evaluate(() => document.querySelectorAll("#host-menu details").forEach((it) => (it.open = true)));
    },
    (page) => page.keyboard.press("Escape"),
  ],
  "the menu of a link": [
    async (page) => {
      await page.keyboard.press("k");
      await page.waitForSelector("#link-menu");
      await page.evaluate(() => document.querySelectorAll("#link-menu details").forEach((it) => (it.open = true)));
    },
    (page) => page.keyboard.press("Escape"),
  ],
  "the sheet of keys": [
    async (page) => {
      await page.keyboard.press("?");
      await page.waitForSelector("dialog[open]");
    },
    (page) => page.keyboard.press("Escape"),
  ],
  "full labels": [
    (page) => labels(page, "full"),
    (page) => labels(page, "short"),
  ],
  "two runs compared": [
    async (page) => {
      await sheet(page, "tab-compare");
      await page.evaluate(() => document.querySelector("[data-do=keep]").click());
      await page.evaluate(() => window.tcpscope.intervene({ kind: "drop", packet: "client:syn:0" }));
      await page.waitForSelector(".parting");
    },
    (page) => page.evaluate(() => window.tcpscope.undo()),
  ],
  "a plot as a table": [
    async (page) => {
      await sheet(page, "tab-plots");
      await page.waitForSelector("[data-do=plot-table]");
      await page.evaluate(() => document.querySelector("[data-do=plot-table]").click());
      await page.waitForSelector(".plot-rows");
    },
    (page) => page.evaluate(() => document.querySelector("[data-do=plot-table]").click()),
  ],
  "the log, searched": [
    async (page) => {
      await sheet(page, "tab-log");
      await page.waitForSelector("#search");
      await page.fill("#search", "flags.syn");
    },
    (page) => page.fill("#search", ""),
  ],
  "a search that is not understood": [
    (page) => page.fill("#search", "flags.nothing = ("),
    (page) => page.fill("#search", ""),
  ],
};

async function eachOpened(page, look) {
  for (const [name, [open, close]] of Object.entries(OPENED)) {
    await open(page);
    await look(name);
    await close(page);
  }
}

/** Chooses how much is written along segments; where there is little room, the list is folded away. */
function labels(page, level) {
  return page.evaluate((level) => {
    const list = document.querySelector("#labels");
    if (!list) return;
    list.value = level;
    list.dispatchEvent(new Event("change", { bubbles: true }));
  }, level);
}

async function sheet(page, id) {
  await page.evaluate((id) => document.getElementById(id).click(), id);
  await page.waitForSelector(`[role=tabpanel][aria-labelledby=${id}]`);
}

/** What changes when a sheet or a menu opens: all else is looked at once. */
const PART = { include: [["#stage"], ["#details"], ["dialog"]] };

/** What axe finds in a part of the page, or in all of it. */
async function axeFinds(page, part = "html") {
  const { violations } = await page.evaluate((part) => window.axe.run(part), part);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  ${target.join(" ")}\n  ${failureSummary}`),
  );
}

for (const colorScheme of ["light", "dark"]) {
  for (const locale of ["en", "zh-CN"]) {
    test(`axe finds nothing in any sheet or menu, nor while presenting: ${colorScheme}, ${locale}`, async () => {
      const { page, close } = await harness.openPage({
        hash: HASH,
        colorScheme,
        locale,
        openAtMost: 240_000,
      });
      await page.evaluate(axe.source);
      const found = [];
      await eachSheet(page, async (id) => {
        found.push(...(await axeFinds(page, "#details")).map((text) => `${id}: ${text}`));
      });
      await eachOpened(page, async (name) => {
        found.push(...(await axeFinds(page, PART)).map((text) => `${name}: ${text}`));
      });
      // What was opened last may hold the focus, and a field takes every key.
      await page.evaluate(() => document.activeElement?.blur());
      await page.keyboard.press("f");
      await page.waitForSelector(".page[data-presenting]");
      found.push(...(await axeFinds(page)).map((text) => `presenting: ${text}`));
      assert.equal(found.length, 0, `\n${found.join("\n")}`);
      await close();
    });
  }
}

// 320 pixels is also 1280 at 400 %; 720 at twice the density is 1440 at 200 % (WCAG 1.4.10, 1.4.4).
for (const [width, height, deviceScaleFactor] of [
  [320, 640, 1],
  [390, 844, 3],
  [720, 450, 2],
  [844, 390, 3],
]) {
  for (const locale of ["en", "zh-CN"]) {
    test(`at ${width} pixels nothing lies beside the window, and targets are large enough: ${locale}`, async () => {
      const { page, problems, close } = await harness.openPage({
        hash: HASH,
        locale,
        viewport: { width, height },
        deviceScaleFactor,
      });
      const found = [];
      const measure = async (id) => {
        const { wide, small } = await page.evaluate(() => {
          const small = [];
          for (const it of document.querySelectorAll("button, select, summary, input, [role=tab]")) {
            // Who presses the words beside a box ticks it.
            const target = it.type === "checkbox" ? (it.closest("label") ?? it) : it;
            const { width, height } = target.getBoundingClientRect();
            // A cell of the bit diagram: its row in the table of fields does the same (equivalent).
            if (it.matches("[data-do^=field]")) continue;
            const hidden = width === 0 || it.closest("[hidden], .sr, dialog:not([open])");
            // Inline in a sentence, or as large as 24 by 24 (WCAG 2.5.8).
            const inline = it.closest("p, li") && getComputedStyle(it).display.startsWith("inline");
            if (!hidden && !inline && (width < 24 || height < 24)) {
              small.push(`${it.outerHTML.slice(0, 80)} ${width}x${height}`);
            }
          }
          return { wide: document.documentElement.scrollWidth - innerWidth, small };
        });
        if (wide > 0) found.push(`${id} is ${wide} pixels too wide`);
        found.push(...small.map((text) => `${id}: ${text}`));
      };
      await eachSheet(page, measure);
      await eachOpened(page, measure);
      assert.equal(found.length, 0, `\n${found.join("\n")}`);
      assert.deepEqual(problems(), []);
      await close();
    });
  }
}

test("with forced colours the ladder takes the reader's, and axe finds nothing in any sheet or menu", async () => {
  const { page, problems, close } = await harness.openPage({
    hash: HASH,
    forcedColors: "active",
    openAtMost: 240_000,
  });
  const { ink, canvas } = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement("i"));
    const resolve = (colour) => {
      probe.style.color = colour;
      return getComputedStyle(probe).color;
    };
    return { ink: resolve("var(--ink)"), canvas: resolve("CanvasText") };
  });
  assert.equal(ink, canvas);
  await page.evaluate(axe.source);
  const found = [];
  const look = async (name) => {
    found.push(...(await axeFinds(page, PART)).map((text) => `${name}: ${text}`));
  };
  await eachSheet(page, look);
  await eachOpened(page, look);
  assert.equal(found.length, 0, `\n${found.join("\n")}`);
  assert.deepEqual(problems(), []);
  await close();
});

// How protanopes, deuteranopes and tritanopes see a colour (Machado, Oliveira and Fernandes 2009, full
// severity, linear RGB).
const EYES = {
  protanope: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranope: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanope: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

/** A style sheet that was made smaller says `#fff` for `#ffffff`. */
const whole = (hex) => (hex.length === 4 ? hex.replace(/[0-9a-f]/gi, "$&$&") : hex);

const linear = (short) =>
  [1, 3, 5].map((at) => {
    const hex = whole(short);
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });

const seen = (rgb, m) =>
  [0, 3, 6].map((row) => Math.min(1, Math.max(0, m[row] * rgb[0] + m[row + 1] * rgb[1] + m[row + 2] * rgb[2])));

function oklab([r, g, b]) {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

const luminance = ([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
const contrast = (a, b) => {
  const [high, low] = [luminance(linear(a)), luminance(linear(b))].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};

for (const colorScheme of ["light", "dark"]) {
  test(`the colours of the kinds can be told apart by every eye, and read on the paper: ${colorScheme}`, async () => {
    const { page, close } = await harness.openPage({ colorScheme });
    const names = ["surface", "paper", "ink", "ink-2", "ink-3", "accent", "now", "syn", "data", "fin", "rst", "ack", "lost"];
    const tokens = await page.evaluate((names) => {
      const style = getComputedStyle(document.documentElement);
      return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
    }, names);
    for (const name of ["ink", "ink-2", "ink-3", "accent", "lost"]) {
      for (const under of ["surface", "paper"]) {
        assert.ok(contrast(tokens[name], tokens[under]) >= 4.5, `${name} on ${under}`);
      }
    }
    for (const name of ["now", "syn", "data", "fin", "rst", "ack"]) {
      assert.ok(contrast(tokens[name], tokens.surface) >= 3, `${name} on surface`);
    }
    // Each of these has a line and a glyph of its own as well: colour is never alone.
    const kinds = ["syn", "data", "fin", "rst"];
    const close_by = [];
    for (const [eye, matrix] of Object.entries(EYES)) {
      for (const [at, one] of kinds.entries()) {
        for (const other of kinds.slice(at + 1)) {
          const [a, b] = [one, other].map((name) => oklab(seen(linear(tokens[name]), matrix)));
          const apart = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
          if (apart < 0.05) close_by.push(`${eye}: ${one} and ${other} are ${apart.toFixed(3)} apart`);
        }
      }
    }
    assert.deepEqual(close_by, []);
    await close();
  });
}

test("by keyboard alone every control of the first picture is reached, in a sensible order, with its focus seen", async () => {
  const { page, close } = await harness.openPage({ hash: HASH });
  const reached = [];
  for (let press = 0; press < 120; press += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const it = document.activeElement;
      if (!it || it === document.body) return null;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(it);
      const seen = (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none";
      return { name: it.id || it.dataset.do || it.className || it.tagName, seen };
    });
    if (!at) break;
    reached.push(at);
  }
  const names = reached.map(({ name }) => name);
  for (const wanted of ["scenario", "play", "step-on", "scrubber", "tab-why"]) {
    assert.ok(names.includes(wanted), `${wanted} in ${names.join(", ")}`);
  }
  assert.ok(names.indexOf("scenario") < names.indexOf("play"));
  const unseen = reached.filter(({ seen }) => !seen).map(({ name }) => name);
  assert.deepEqual(unseen, []);
  await close();
});

test("on paper there is a clean figure: no controls, black on white", async () => {
  const { page, close } = await harness.openPage({ hash: HASH, colorScheme: "dark" });
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".transport:visible, .tabs:visible, .topbar button:visible").count(), 0);
  const paper = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--surface").trim());
  assert.match(paper, /^#fff(fff)?$/);
  const corner = await page.evaluate(() => {
    dispatchEvent(new Event("beforeprint"));
    const canvas = document.querySelector("canvas");
    const [red, green, blue] = canvas.getContext("2d").getImageData(2, 2, 1, 1).data;
    dispatchEvent(new Event("afterprint"));
    return [red, green, blue, document.documentElement.dataset.theme];
  });
  assert.deepEqual(corner, [255, 255, 255, "dark"]);
  await close();
});

test("lines, letters and words may be set wider apart, and nothing comes to lie beside the window", async () => {
  for (const width of [1440, 320]) {
    const { page, problems, close } = await harness.openPage({ hash: HASH, viewport: { width, height: 800 } });
    const found = [];
    await eachSheet(page, async (id) => {
      const wide = await page.evaluate(() => {
        for (const it of document.querySelectorAll("body *")) {
          // The least that text has to bear (WCAG 1.4.12).
          for (const [property, value] of [
            ["line-height", "1.5"],
            ["letter-spacing", "0.12em"],
            ["word-spacing", "0.16em"],
          ]) {
            it.style?.setProperty(property, value, "important");
          }
        }
        return document.documentElement.scrollWidth - innerWidth;
      });
      if (wide > 0) found.push(`${id} is ${wide} pixels too wide`);
    });
    assert.deepEqual(found, []);
    assert.deepEqual(problems(), []);
    await close();
  }
});

test("axe finds nothing in the speaker's window", async () => {
  const { page, close } = await harness.openPage({ hash: HASH });
  const opening = page.waitForEvent("popup");
  await page.keyboard.press("s");
  const notes = await opening;
  await notes.waitForSelector("h1");
  await notes.evaluate(axe.source);
  assert.deepEqual(await axeFinds(notes), []);
  await notes.close();
  await close();
});
