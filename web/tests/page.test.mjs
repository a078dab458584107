// The page opens, under a sub-path and a strict Content Security Policy, without a complaint.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startHarness } from "./harness.mjs";

const harness = await startHarness();
after(() => harness.close());

for (const locale of ["en", "zh-CN"]) {
  test(`the page opens in ${locale} without an error, a warning or a 404`, async () => {
    const { page, problems, close } = await harness.openPage({ locale });
    await page.waitForLoadState("networkidle");
    assert.deepEqual(problems(), []);
    assert.match(await page.title(), /tcpscope$/);
    const text = await page.evaluate(() => document.body.innerText.trim());
    assert.ok(text.length > 0, "the page is blank");
    await close();
  });
}

test("a page whose module cannot load says so in words", async () => {
  const { page, context, close } = await harness.openPage({ waitForReady: false });
  await context.route("**/*.wasm", (route) => route.abort());
  await page.reload();
  await page.waitForSelector("html[data-boot=failed]");
  const text = await page.evaluate(() => document.body.innerText);
  assert.match(text, /could not start/);
  assert.match(text, /无法启动/);
  await close();
});
