// Pictures of the built page, to look at while working on it:
//
//   node screenshot.mjs --out DIR [--hash …] [--width N --height N] [--theme light|dark] [--lang en|zh-CN]
//                       [--scale N] [--dist DIR] [--eval 'JS that runs in the page before the shot']
//
// Without a size, a theme or a language: each of them in turn. What the page complains about is printed.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startHarness } from "./harness.mjs";

const { values: options } = parseArgs({
  options: {
    out: { type: "string" },
    hash: { type: "string", default: "" },
    width: { type: "string" },
    height: { type: "string" },
    theme: { type: "string" },
    lang: { type: "string" },
    scale: { type: "string", default: "1" },
    dist: { type: "string" },
    eval: { type: "string" },
    "no-ready": { type: "boolean", default: false },
  },
});
if (!options.out) {
  console.error("usage: node screenshot.mjs --out DIR [options]; the file's head lists them");
  process.exit(2);
}

const sizes = options.width
  ? [[Number(options.width), Number(options.height ?? 900)]]
  : [
      [1440, 900],
      [1024, 768],
      [390, 844],
    ];
const themes = options.theme ? [options.theme] : ["light", "dark"];
const locales = options.lang ? [options.lang] : ["en", "zh-CN"];

mkdirSync(options.out, { recursive: true });
const harness = await startHarness({ dist: options.dist });
try {
  for (const [width, height] of sizes) {
    for (const colorScheme of themes) {
      for (const locale of locales) {
        const { page, problems, close } = await harness.openPage({
          hash: options.hash,
          locale,
          colorScheme,
          viewport: { width, height },
          deviceScaleFactor: Number(options.scale),
          waitForReady: !options["no-ready"],
        });
        await page.waitForLoadState("networkidle");
        if (options.eval) await page.evaluate(options.eval);
        // Two frames: what was asked for has been drawn.
        await page.evaluate(
          () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
        );
        const file = join(options.out, `${width}x${height}-${colorScheme}-${locale}.png`);
        await page.screenshot({ path: file });
        console.log(file);
        for (const problem of problems()) console.log(`  ${problem}`);
        await close();
      }
    }
  }
} finally {
  await harness.close();
}
