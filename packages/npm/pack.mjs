// Puts the package together from the built page, and packs it: `node packages/npm/pack.mjs FOLDER`. It
// says where the package is. `cargo xtask pack-npm` builds the page first.

import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";

const HERE = import.meta.dirname;
const ROOT = resolve(HERE, "../..");

/** Makes the package of `dist` in `folder`. Gives the path of the tarball. */
export function pack(folder, dist = join(ROOT, "dist")) {
  const whole = join(folder, "tcpscope");
  rmSync(whole, { recursive: true, force: true });
  mkdirSync(whole, { recursive: true });
  cpSync(dist, join(whole, "dist"), { recursive: true, filter: (path) => !basename(path).startsWith(".") });
  copyFileSync(join(ROOT, "web/embed/tcpscope-embed.d.ts"), join(whole, "dist/tcpscope-embed.d.ts"));
  for (const name of ["package.json", "README.md", "files.mjs"]) copyFileSync(join(HERE, name), join(whole, name));
  for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) copyFileSync(join(ROOT, name), join(whole, name));
  const npm = spawnSync("npm", ["pack", "--json", "--pack-destination", folder], { cwd: whole, encoding: "utf8" });
  if (npm.status !== 0) throw new Error(`npm pack failed:\n${npm.stderr}`);
  const [{ filename }] = JSON.parse(npm.stdout);
  return join(folder, filename);
}

if (process.argv[1] === import.meta.filename) console.log(pack(resolve(process.argv[2] ?? join(ROOT, "target/npm"))));
