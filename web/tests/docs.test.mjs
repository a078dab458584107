// Every script and every piece of HTML in the documents about pages runs, as it stands there, in the page
// or in a page of somebody else.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { after, test } from "node:test";
import { startHarness, watch } from "./harness.mjs";
import { ICON, hostPolicy, startHost } from "./hosts.mjs";

const harness = await startHarness();
after(() => harness.close());

/** The fenced blocks of a document in a language. */
function blocks(document, language) {
  const text = readFileSync(resolve(import.meta.dirname, "../..", document), "utf8");
  const all = [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(([, block]) => block);
  assert.notEqual(all.length, 0, `${document} has no ${language}`);
  return all;
}

/** Where documents say that tcpscope's files are, they are for once where they are. */
const here = (text) => text.replaceAll("https://tcpscope.example/", harness.url).replaceAll('"/tcpscope/', `"${harness.url}`);

test("what the page API and the README show runs in the page", () =>
  harness.withPage({}, async (page) => {
    const wrong = [];
    page.on("console", (message) => message.type() === "assert" && wrong.push(message.text()));
    for (const block of [...blocks("docs/page-api.md", "js"), ...blocks("README.md", "js")]) {
      // As the console runs it: with names of its own, and with await.
      await page.evaluate((block) => new (Object.getPrototypeOf(async () => {}).constructor)(block)(), block).catch((error) => {
        wrong.push(`${error.message}\n${block}`);
      });
    }
    assert.deepEqual(wrong, []);
  }));

test("what the documents show of pages runs on a page of somebody else, under the policy that they name", async () => {
  const html = ["docs/embedding.md", "README.md", "packages/npm/README.md"].flatMap((document) => blocks(document, "html")).map(here);
  const [script, ...more] = blocks("docs/embedding.md", "js");
  assert.deepEqual(more, [], "one script");
  const [, ofPackage] = [...blocks("packages/npm/README.md", "js"), ""].reverse();
  const imported = ofPackage.replace('"tcpscope"', `"${harness.url}tcpscope-embed.js"`).replace('"#figure"', '"#packed"');
  const host = await startHost(
    {
      "/": `<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title><div id="figure"></div><div id="packed"></div>
        <script type="module" src="/script.js"></script><script type="module" src="/packed.js"></script>${html.join("")}`,
      "/script.js": `${here(script)}\nwindow.told = endpoints.map(({ name }) => name).join();`,
      "/packed.js": `${here(imported)}\nwindow.packed = await figure.state();`,
      "/lost-syn.svg": ICON,
    },
    hostPolicy(new URL(harness.url).origin),
  );
  const context = await harness.browser.newContext({ reducedMotion: "reduce" });
  try {
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    const problems = watch(page);
    await page.goto(host.url);
    await page.waitForFunction(() => window.told && window.packed).catch(() => assert.fail(problems.join("\n")));
    assert.equal(await page.evaluate(() => window.told), "client,server");
    assert.equal(await page.evaluate(() => window.packed.scenario), "lost-syn");
    assert.equal(await page.locator("#figure tcp-scope").count(), 0, "it is disposed of at the end");

    // Each element shows its figure, each frame its page.
    for (const element of await page.locator("tcp-scope").all()) {
      await element.scrollIntoViewIfNeeded();
      await element.locator("iframe").contentFrame().locator("html[data-live]").waitFor();
    }
    const frames = await page.locator("body > iframe").all();
    assert.equal(frames.length, 2);
    for (const frame of frames) {
      await frame.scrollIntoViewIfNeeded();
      await frame.contentFrame().locator(".stage-view").waitFor();
    }
    assert.deepEqual(problems, []);
  } finally {
    await context.close();
    await host.close();
  }
});
