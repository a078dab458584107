// What the first load of the built page fetches, up to when the page is ready: one line a file,
// its size under brotli 11, its size, its path in dist/, with tabs between them.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { startHarness } from "./harness.mjs";

const harness = await startHarness();
try {
  const { page, problems } = await harness.openPage();
  await page.waitForLoadState("networkidle");
  if (problems().length) throw new Error(`The page complained:\n  ${problems().join("\n  ")}`);
  // Each file once: what is asked for twice is cached by any host that lets it be.
  for (const path of new Set(harness.requests)) {
    const bytes = readFileSync(join(harness.dist, path));
    const compressed = brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    });
    console.log(`${compressed.length}\t${bytes.length}\t${path}`);
  }
} finally {
  await harness.close();
}
