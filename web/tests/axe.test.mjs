// axe finds no violation on the page, in either theme.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { violations } from "./checks.mjs";
import { startHarness } from "./harness.mjs";

const harness = await startHarness();
after(() => harness.close());

for (const colorScheme of ["light", "dark"]) {
  for (const locale of ["en", "zh-CN"]) {
    test(`axe finds nothing: ${colorScheme}, ${locale}`, async () => {
      const { page, close } = await harness.openPage({ colorScheme, locale });
      const found = await violations(page);
      assert.equal(found.length, 0, `\n${found.join("\n")}`);
      await close();
    });
  }
}
