// What the first picture reaches, in a page that notes it: the numbers of places in the code, one a line.
// In every look that a first picture can have: both languages, light and dark, wide and narrow. And
// what answers the first sign of a reader, since the rest is on its way only then: a movement, a key, a
// step, also one that the page around it asks for.

import { startHarness } from "./harness.mjs";

const LOOKS = [
  { viewport: { width: 1440, height: 900 }, reducedMotion: "no-preference" },
  { viewport: { width: 1440, height: 900 }, locale: "zh-CN", colorScheme: "dark" },
  { viewport: { width: 1024, height: 768 }, deviceScaleFactor: 2 },
  { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3 },
  { viewport: { width: 390, height: 844 }, locale: "zh-CN" },
  // Languages as readers' browsers list them, several at a time.
  { languages: ["en-US", "en"] },
  { locale: "zh-CN", languages: ["zh-CN", "zh", "en"] },
  { languages: ["de-DE", "de", "fr", "it", "en-GB"] },
];

const harness = await startHarness();
try {
  const all = new Set();
  for (const look of LOOKS) {
    const { page, problems } = await harness.openPage(look);
    await page.waitForLoadState("networkidle");
    // The window may change its size, or the reader's system its theme, before anybody does anything.
    for (const [width, height] of [[1440, 2400], [412, 823], [700, 700]]) {
      await page.setViewportSize({ width, height });
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    }
    await page.emulateMedia({ colorScheme: look.colorScheme === "dark" ? "light" : "dark" });
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    await page.mouse.move(350, 300);
    await page.mouse.move(200, 500);
    await page.mouse.wheel(0, 40);
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    await page.evaluate(() => window.tcpscope.step(1));
    if (problems().length) throw new Error(`The page complained:\n  ${problems().join("\n  ")}`);
    for (const place of await page.evaluate(() => [...globalThis.tcpscopeReached])) all.add(place);
  }
  console.log([...all].sort((a, b) => a - b).join("\n"));
} finally {
  await harness.close();
}
