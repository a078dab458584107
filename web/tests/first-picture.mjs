// What a first picture reaches, in a page that notes it: the numbers of places in the code, one a line.
// Of the page, or of a figure in a frame: `node first-picture.mjs page|figure`. In every look that it can
// have: both languages, light and dark, wide and narrow. And what answers the first sign of a reader,
// since the rest is on its way only then: a key, a step, also one that the page around it asks for. A
// pointer that moves waits for the rest (web/boot.js).

import { startHarness } from "./harness.mjs";

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const PAGE = [
  { viewport: WIDE, reducedMotion: "no-preference" },
  { viewport: WIDE, locale: "zh-CN", colorScheme: "dark" },
  { viewport: { width: 1024, height: 768 }, deviceScaleFactor: 2 },
  { viewport: PHONE, deviceScaleFactor: 3 },
  { viewport: PHONE, locale: "zh-CN" },
  // Languages as readers' browsers list them, several at a time.
  { languages: ["en-US", "en"] },
  { locale: "zh-CN", languages: ["zh-CN", "zh", "en"] },
  { languages: ["de-DE", "de", "fr", "it", "en-GB"] },
  { languages: [] },
];

/** As frames have them (web/embed/frame.js). */
const FIGURE = [
  { viewport: { width: 760, height: 520 }, reducedMotion: "no-preference" },
  { viewport: { width: 760, height: 520 }, locale: "zh-CN", deviceScaleFactor: 2 },
  { viewport: { width: 1280, height: 640 }, colorScheme: "dark" },
  { viewport: { width: 390, height: 560 }, locale: "zh-CN", colorScheme: "dark", deviceScaleFactor: 3 },
].map((look) => ({ ...look, query: "embed.html?scenario=three-way-handshake" }));

const LOOKS = { page: PAGE, figure: FIGURE }[process.argv[2]];
if (!LOOKS) throw new Error("usage: node first-picture.mjs page|figure");

const harness = await startHarness();
try {
  const all = new Set();
  for (const look of LOOKS) {
    // What waits for the rest does so here, too.
    const init = () => addEventListener("tcpscope:wants-rest", (event) => event.stopImmediatePropagation());
    const { page, problems } = await harness.openPage({ ...look, init });
    await page.waitForLoadState("networkidle");
    // The window may grow, or the reader's system change its theme, before anybody does anything.
    const { width, height } = page.viewportSize();
    for (const [wider, higher] of [[22, 100], [0, height], [0, 2400 - height]]) {
      await page.setViewportSize({ width: width + wider, height: height + higher });
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    }
    await page.emulateMedia({ colorScheme: look.colorScheme === "dark" ? "light" : "dark" });
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
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
