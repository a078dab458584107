// Lighthouse gives the page every point for accessibility and for best practices.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import lighthouse from "lighthouse";
import { startHarness } from "./harness.mjs";

const harness = await startHarness({ debugged: true });
after(() => harness.close());

for (const formFactor of ["desktop", "mobile"]) {
  test(`Lighthouse finds nothing: ${formFactor}`, async () => {
    const { lhr } = await lighthouse(harness.url, {
      port: harness.port(),
      onlyCategories: ["accessibility", "best-practices"],
      logLevel: "silent",
      formFactor,
      screenEmulation: {
        mobile: formFactor === "mobile",
        width: formFactor === "mobile" ? 390 : 1440,
        height: 844,
        deviceScaleFactor: 1,
        disabled: false,
      },
    });
    const found = Object.values(lhr.audits)
      .filter(({ score, scoreDisplayMode }) => scoreDisplayMode === "binary" && score === 0)
      .map(({ id, title }) => `${id}: ${title}`);
    for (const { id, score } of Object.values(lhr.categories)) {
      assert.equal(score, 1, `${id}\n${found.join("\n")}`);
    }
  });
}
