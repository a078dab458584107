// What the worker fetches at the first visit, so that the page works without a network: one line a file,
// its size under brotli 11, its size, its path in dist/, with tabs between them.

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

/** What the worker of a built page keeps. */
export function kept(dist) {
  const [, list] = /const KEPT = (\{.*\});/.exec(readFileSync(join(dist, "sw.js"), "utf8"));
  return JSON.parse(list);
}

/** The files that it fetches, with their sizes. */
export function weighed(dist) {
  const { files, bundle } = kept(dist);
  return [...Object.keys(files), bundle.file, "sw.js"].map((path) => {
    const octets = readFileSync(join(dist, path));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: octets.length };
    return { path, octets: octets.length, brotli: brotliCompressSync(octets, { params }).length };
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const dist = resolve(import.meta.dirname, "../../dist");
  for (const { path, octets, brotli } of weighed(dist)) console.log(`${brotli}\t${octets}\t${path}`);
}
