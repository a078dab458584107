// Makes the example sites as their guides say: the commands of each guide are run in a copy of its
// folder, in a tree like the project's own. `cargo xtask examples` calls it, with mdbook and tcpscope
// in PATH: `node examples/build.mjs FOLDER [NAME…]`.

import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pack } from "../packages/npm/pack.mjs";

const ROOT = resolve(import.meta.dirname, "..");

/** Each example, and the guide that speaks of it. */
export const GUIDES = {
  "plain-html": "docs/guide-html.md",
  mdbook: "docs/mdbook.md",
  vitepress: "docs/guide-vitepress.md",
  reveal: "docs/guide-reveal.md",
};

/** What the same commands, called in an example's own folder, leave there. */
const MADE =
  "node_modules tcpscope lost-syn.svg book src/tcpscope public .vitepress/cache .vitepress/dist site/tcpscope site/reveal".split(" ");

/** The commands of a guide. */
function commands(guide) {
  const text = readFileSync(join(ROOT, guide), "utf8");
  return [...text.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block]) => block).join("");
}

/** Runs a guide's commands; rejects with what they said if one fails. */
function run(name, folder) {
  const begun = performance.now();
  const shell = spawn("sh", ["-euc", commands(GUIDES[name])], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [shell.stdout, shell.stderr]) stream.on("data", (text) => (said += text));
  return new Promise((is, never) => {
    shell.once("error", never);
    shell.once("exit", (code) => {
      if (code !== 0) return never(new Error(`${GUIDES[name]}, in ${folder}:\n${said}`));
      console.log(`  ${name}: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
      is();
    });
  });
}

/** Makes the sites in `out`. */
async function build(out, names) {
  rmSync(join(out, "dist"), { recursive: true, force: true });
  mkdirSync(join(out, "target/npm"), { recursive: true });
  cpSync(join(ROOT, "dist"), join(out, "dist"), { recursive: true });
  pack(join(out, "target/npm"));
  await Promise.all(
    names.map((name) => {
      const folder = join(out, "examples", name);
      rmSync(folder, { recursive: true, force: true });
      const source = join(ROOT, "examples", name);
      cpSync(source, folder, { recursive: true, filter: (path) => !MADE.includes(relative(source, path)) });
      return run(name, folder);
    }),
  );
}

const [out, ...names] = process.argv.slice(2);
if (!out) throw new Error("usage: node examples/build.mjs FOLDER [NAME…]");
await build(resolve(out), names.length ? names : Object.keys(GUIDES));
