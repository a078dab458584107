// The example sites of the guides, as `cargo xtask examples` makes them: what is particular to each. What
// holds for every embed is in embed.test.mjs.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { CONTENT_SECURITY_POLICY, startHarness } from "./harness.mjs";
import { example, liveFrame, pressIn, stateOf, until, withSite } from "./sites.mjs";

const harness = await startHarness();
after(() => harness.close());

/** How many frames tcpscope has on a page. */
const frames = (page) => page.frames().filter((frame) => frame.url().includes("/embed.html")).length;

test("plain HTML: two figures under the page's own policy share one download, talk with it, and go", () =>
  withSite(harness, example("plain-html"), async (page, { requests }) => {
    const [still, yours] = await page.locator("tcp-scope").all();
    const frame = await liveFrame(still);
    await pressIn(frame, "ArrowRight");
    await until(still, ({ record }) => record === 1, "a key steps");
    await liveFrame(yours);
    const modules = requests.filter((path) => /tcpscope-(web|figure)-(?!rest).*\.wasm$/.test(path));
    assert.equal(modules.length, 1, modules.join());

    const before = await stateOf(yours);
    await page.click("#lose");
    await page.waitForFunction(() => document.querySelector("#client").value === "SYN-SENT");
    assert.ok((await stateOf(yours)).records > before.records, "the SYN is sent again");

    // The page leaves it to the system.
    await page.emulateMedia({ colorScheme: "dark" });
    await until(still, ({ theme }) => theme === "dark", "the system is dark");

    await yours.evaluate((element) => element.setAttribute("sandbox", "allow-scripts"));
    await liveFrame(yours);
    await yours.evaluate((element) => element.step(2));
    await until(yours, ({ record }) => record === 2, "in a sandbox, too");

    await page.evaluate(() => document.querySelectorAll("tcp-scope").forEach((element) => element.dispose()));
    await page.waitForFunction(() => frames.length === 0);
    assert.equal(await page.locator("tcp-scope").count(), 0);
  }));

test("mdBook: figures of chapters, also of those in folders, and of all on one page", () =>
  withSite(
    harness,
    example("mdbook", "book"),
    async (page, { url }) => {
      const figure = page.locator("tcp-scope").first();
      const frame = await liveFrame(figure);
      await pressIn(frame, "ArrowRight");
      await until(figure, ({ scenario, record }) => scenario === "three-way-handshake" && record === 1, "a key steps");
      await page.goto(`${url}loss/syn.html`);
      await liveFrame(figure);
      await until(figure, ({ scenario, t_us }) => scenario === "lost-syn" && t_us === 1_010_000, "the moment of the block");
      await page.goto(`${url}print.html`);
      for (const each of await page.locator("tcp-scope").all()) await liveFrame(each);
      assert.equal(await page.locator("tcp-scope").count(), 2);
    },
    { under: "/a/book/" },
  ));

test("VitePress: a figure follows the site's switch, and is gone with its page", () =>
  withSite(harness, example("vitepress", ".vitepress/dist"), async (page) => {
    const figure = page.locator("tcp-scope");
    const frame = await liveFrame(figure);
    await pressIn(frame, "ArrowRight");
    await until(figure, ({ record, theme }) => record === 1 && theme === "light", "a key steps");
    await page.locator(".VPSwitchAppearance").first().click();
    await until(figure, ({ theme }) => theme === "dark", "the site is dark");

    await page.getByRole("link", { name: "closes", exact: true }).click();
    await page.waitForURL("**/closing.html");
    await page.locator('tcp-scope[scenario="four-way-close"]').waitFor();
    await liveFrame(figure);
    await until(figure, ({ scenario, locale }) => scenario === "four-way-close" && locale === "zh-CN", "the next page");
    assert.equal(frames(page), 1, "the frame of the page before is gone");
    await page.getByRole("link", { name: "how it opens" }).click();
    await page.locator('tcp-scope[scenario="three-way-handshake"]').waitFor();
    await liveFrame(figure);
    await until(figure, ({ record, theme }) => record === 0 && theme === "dark", "and back, begun anew");
    assert.equal(frames(page), 1);
  }));

test("reveal.js: a figure goes on with its slide, and keys are the slides' until it is clicked", () =>
  withSite(
    harness,
    example("reveal", "site"),
    async (page) => {
      const figure = page.locator("tcp-scope");
      const at = (t_us) => until(figure, (state) => state.t_us === t_us, `at ${t_us}`);
      await page.waitForSelector(".reveal.ready");
      await page.keyboard.press("ArrowRight");
      const frame = await liveFrame(figure);
      await at(0);
      for (const t_us of [10_000, 1_010_000]) {
        await page.keyboard.press("ArrowRight");
        await at(t_us);
      }
      await page.keyboard.press("ArrowLeft");
      await at(10_000);
      const { record } = await stateOf(figure);
      await pressIn(frame, "ArrowRight");
      await until(figure, (state) => state.record === record + 1, "its own key");
      // The slide stays; the site writes its number some time after it is shown.
      await page.waitForURL(/#\/1/);
      await page.mouse.click(4, 4);
      await page.keyboard.press("ArrowRight");
      await at(1_010_000);
    },
    // Its theme holds its own fonts.
    { policy: `${CONTENT_SECURITY_POLICY}; font-src data:` },
  ));
