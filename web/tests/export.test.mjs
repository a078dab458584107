// The sheet "Export": its files are those of `tcpscope render`, octet for octet; the picture is the
// drawing; what moves plays, and stands still for those who want less motion.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { after, test } from "node:test";
import { startHarness } from "./harness.mjs";

const ROOT = resolve(import.meta.dirname, "../..");
const harness = await startHarness({ dist: process.env.TCPSCOPE_DIST });
after(() => harness.close());

const options = { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 26 };
const [program, ...before] = process.env.TCPSCOPE
  ? [process.env.TCPSCOPE]
  : ["cargo", "run", "--quiet", "--package", "tcpscope-cli", "--"];
// It may have to be built: no page waits for that.
execFileSync(program, [...before, "--version"], options);

/** What `tcpscope render` writes to standard output. */
function rendered(...args) {
  return execFileSync(program, [...before, "render", ...args], options);
}

/** Presses a button of the sheet, and reads the file that is saved. */
async function saved(page, ending) {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator(`[data-do="export save ${ending}"]`).click(),
  ]);
  return { name: download.suggestedFilename(), octets: readFileSync(await download.path()) };
}

async function opened(hash, more = {}) {
  const opened = await harness.openPage({ hash, ...more });
  await opened.page.locator("#tab-export").click();
  await opened.page.locator(".export-sheet").waitFor();
  return opened;
}

const LOST = "v=1&scenario=lost-syn&t=1020000&theme=light";

test("the page's files are the command line's, octet for octet", async () => {
  const { page, problems, close } = await opened(LOST);
  const link = await page.evaluate(() => window.tcpscope.link());
  const cases = [
    [".svg", "svg", "--view", "ladder"],
    [".mmd", "mermaid"],
    [".txt", "text"],
    [".csv", "csv"],
    [".json", "json"],
    ["-moving.svg", "svg", "--animated"],
  ];
  for (const [ending, format, ...more] of cases) {
    const { name, octets } = await saved(page, ending);
    assert.equal(name, `lost-syn${ending}`);
    assert.equal(octets.toString("utf8"), rendered(link, "--format", format, ...more), ending);
  }
  assert.deepEqual(problems(), []);
  await close();
});

test("every figure is the command line's, in Chinese and dark too", async () => {
  const { page, problems, close } = await opened(
    "v=1&scenario=sliding-window&t=160000&lang=zh-CN&theme=dark&numbers=absolute",
  );
  const link = await page.evaluate(() => window.tcpscope.link());
  const views = ["ladder", "all", "panels", "states", "plot:sequence", "plot:congestion"];
  for (const [place, view] of views.entries()) {
    await page.locator(`[data-do="export view ${place}"]`).click();
    const { octets } = await saved(page, ".svg");
    assert.equal(octets.toString("utf8"), rendered(link, "--view", view), view);
  }
  assert.deepEqual(problems(), []);
  await close();
});

test("the picture has two pixels for each of the drawing's, and is no blank sheet", async () => {
  const { page, problems, close } = await opened(LOST);
  const drawing = (await saved(page, ".svg")).octets.toString("utf8");
  const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(drawing).map(Number);
  const { name, octets } = await saved(page, ".png");
  assert.equal(name, "lost-syn.png");
  assert.equal(octets.toString("latin1", 1, 4), "PNG");
  assert.ok(Math.abs(octets.readUInt32BE(16) - 2 * width) <= 2);
  assert.ok(Math.abs(octets.readUInt32BE(20) - 2 * height) <= 2);
  assert.ok(octets.length > 20_000, `${octets.length} octets`);
  await page.getByRole("status").filter({ hasText: "lost-syn.png" }).waitFor();
  assert.deepEqual(problems(), []);
  await close();
});

test("what moves plays by itself, and stands still where less motion is wanted", async () => {
  const { page, close } = await opened(LOST);
  const svg = (await saved(page, "-moving.svg")).octets.toString("utf8");
  await close();
  for (const reducedMotion of ["no-preference", "reduce"]) {
    const shown = await harness.openPage({ reducedMotion });
    // A page of no policy: there the style sheet in the drawing counts, as in an image.
    const bare = await shown.page.context().newPage();
    await bare.setContent(svg);
    const motion = await bare.evaluate(() => {
      const playhead = document.querySelector(".playhead.moves");
      const all = document.getAnimations();
      const at = (part) => {
        for (const animation of all) {
          animation.pause();
          animation.currentTime = part * animation.effect.getTiming().duration;
        }
        return playhead.getBoundingClientRect().top;
      };
      const dots = document.querySelectorAll(".dot.moves").length;
      return { count: all.length, dots, top: at(0), middle: at(0.46), end: at(0.95) };
    });
    if (reducedMotion === "reduce") {
      assert.equal(motion.count, 0);
    } else {
      assert.equal(motion.count, motion.dots + 2, "each segment, the present and the veil");
      const [first, second] = [motion.middle - motion.top, motion.end - motion.middle];
      assert.ok(first > 50 && Math.abs(first - second) < 2, JSON.stringify(motion));
    }
    await shown.close();
  }
});
