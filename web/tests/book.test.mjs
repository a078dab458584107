// The book of docs/, as `cargo xtask book` makes it: its figures run, its links lead somewhere, and
// paper shows the stills.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { after, test } from "node:test";
import { startHarness } from "./harness.mjs";
import { book, liveFrame, pressIn, until, withSite } from "./sites.mjs";

const BOOK = book();
const harness = await startHarness();
after(() => harness.close());

/** The pages of the book; not those of tcpscope in it. */
const pages = readdirSync(BOOK).filter((name) => name.endsWith(".html"));

test("every link and every anchor leads somewhere", () => {
  const text = new Map(pages.map((page) => [page, readFileSync(join(BOOK, page), "utf8")]));
  const wrong = [];
  let links = 0;
  for (const [page, html] of text) {
    // Code shows addresses that lead nowhere.
    const shown = html.replace(/<code\b.*?<\/code>/gs, "");
    for (const [, address] of shown.matchAll(/<(?:a|link|img|script)\b[^>]*?\s(?:href|src)="([^"]*)"/g)) {
      if (/^(https?:|mailto:|data:)/.test(address)) continue;
      links += 1;
      const [path, anchor] = decodeURI(address).split("#");
      const file = path === "" ? join(BOOK, page) : join(BOOK, dirname(page), path.split("?")[0]);
      if (!existsSync(file)) wrong.push(`${page}: ${address}`);
      // The page itself reads its fragment as a link.
      else if (anchor && !/^v=\d/.test(anchor)) {
        const there = text.get(relative(BOOK, file)) ?? readFileSync(file, "utf8");
        const ids = [...there.matchAll(/\s(?:id|name)="([^"]*)"/g)].map(([, id]) => id);
        if (!ids.includes(anchor)) wrong.push(`${page}: ${address}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(links > 300, `only ${links} links`);
});

test("its figures run, on every page, and follow the theme that the reader chooses", () =>
  withSite(harness, BOOK, async (page, site) => {
    const first = page.locator("tcp-scope").first();
    const frame = await liveFrame(first);
    await pressIn(frame, "ArrowRight");
    await until(first, ({ record, theme }) => record === 1 && theme === "light", "a key steps");
    await page.evaluate(() => {
      document.documentElement.classList.remove("light");
      document.documentElement.classList.add("navy");
    });
    await until(first, ({ theme }) => theme === "dark", "the book is dark");
    let figures = 0;
    for (const name of pages.filter((name) => !["print.html", "404.html", "toc.html"].includes(name))) {
      await page.goto(site.url + name);
      for (const element of await page.locator("tcp-scope").all()) {
        await liveFrame(element);
        figures += 1;
      }
    }
    assert.ok(figures > 5, `only ${figures} figures`);
  }, { under: "/a/book/" }));

test("on paper, the stills stand in their places", () =>
  withSite(harness, BOOK, async (page, site) => {
    await liveFrame(page.locator("tcp-scope").first());
    const shown = () =>
      page.locator("tcp-scope").evaluateAll((all) =>
        all.map((element) => {
          const image = element.querySelector("img");
          const frame = element.shadowRoot.querySelector("iframe");
          return {
            still: image.checkVisibility() && image.naturalWidth > 0 && image.offsetHeight > 80,
            // The whole of it, and on one sheet.
            fits: element.offsetHeight >= image.offsetHeight && image.offsetHeight <= innerHeight * 0.8,
            frame: Boolean(frame?.checkVisibility()),
          };
        }),
      );
    const onPaper = { still: true, fits: true, frame: false };
    assert.equal((await shown())[0].frame, true, "on the screen it is the frame");
    await page.emulateMedia({ media: "print" });
    assert.deepEqual(await shown(), (await shown()).map(() => onPaper));
    // All chapters on one page: what mdBook's printer button opens.
    await page.goto(`${site.url}print.html`);
    await page.waitForFunction(() => [...document.querySelectorAll("tcp-scope")].every((it) => it.shadowRoot?.querySelector("[data-still]")));
    const all = await shown();
    assert.ok(all.length > 5, `only ${all.length} figures`);
    assert.deepEqual(all, all.map(() => onPaper));
  }));
