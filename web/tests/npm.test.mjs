// The npm package: it is packed, installed into a project of its own, and used from there.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";
import { pack } from "../../packages/npm/pack.mjs";
import { serve, startHarness } from "./harness.mjs";
import { article, hostPolicy, startHost } from "./hosts.mjs";

const harness = await startHarness();
const folder = mkdtempSync(join(tmpdir(), "tcpscope-npm-"));
after(() => {
  rmSync(folder, { recursive: true });
  return harness.close();
});

const run = (command, args) => {
  const ran = spawnSync(command, args, { cwd: folder, encoding: "utf8" });
  assert.equal(ran.status, 0, `${command} ${args.join(" ")}:\n${ran.stdout}${ran.stderr}`);
  return ran.stdout;
};
writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }');
run("npm", ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", pack(folder, harness.dist)]);
const installed = join(folder, "node_modules/tcpscope");

test("it has the version of the project", () => {
  const cargo = readFileSync(resolve(import.meta.dirname, "../../Cargo.toml"), "utf8");
  const [, version] = /\[workspace\.package\]\s*version = "([^"]+)"/.exec(cargo);
  assert.equal(JSON.parse(readFileSync(join(installed, "package.json"), "utf8")).version, version);
});

test("where there is no browser, importing it does no harm", () => {
  writeFileSync(join(folder, "import.mjs"), 'import * as all from "tcpscope"; console.log(Object.keys(all).sort().join());');
  assert.equal(run("node", ["import.mjs"]).trim(), "TcpScope,create");
});

test("the types name just what the element has", () => {
  const types = readFileSync(join(installed, "dist/tcpscope-embed.d.ts"), "utf8");
  const [, body] = /class TcpScope extends HTMLElement \{(.*?)\n\}/s.exec(types);
  const named = [...body.matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name);
  assert.deepEqual(named, "play pause step seek load intervene state on dispose".split(" "));
  const module = readFileSync(join(installed, "dist/tcpscope-embed.js"), "utf8");
  for (const name of named) assert.match(module, new RegExp(`^${name}\\(`, "m"), name);
  // Each attribute that the element looks at is an option.
  const [, options] = /interface Options \{(.*?)\n\}/s.exec(types);
  const [, said] = /const SAID = \[(.*?)\]/.exec(module);
  const [, more] = /observedAttributes = \[\.\.\.SAID, (.*?)\]/.exec(module);
  for (const [, name] of `${said},${more}`.matchAll(/"(\w+)"/g)) assert.match(options, new RegExp(`^ {2}${name}\\?:`, "m"), name);
});

test("the compiler takes what the documents show, and refuses what is wrong", () => {
  const example = (document) => /^```js\n(.*?)^```/ms.exec(readFileSync(resolve(import.meta.dirname, "../..", document), "utf8"))[1];
  writeFileSync(join(folder, "readme.mjs"), example("packages/npm/README.md"));
  writeFileSync(join(folder, "embedding.mjs"), example("docs/embedding.md").replace("https://tcpscope.example/tcpscope-embed.js", "tcpscope"));
  writeFileSync(
    join(folder, "use.mts"),
    `import { create, TcpScope, type Options, type State } from "tcpscope";
const options: Options = { lesson: "handshake", stop: "syn", lang: "zh-CN", steps: [0, 12], theme: "auto" };
const figure: TcpScope = create(document.body, options);
const off: () => void = figure.on("answer", ({ endpoints, reason }: State) => console.log(endpoints[0]?.snd.nxt, reason?.rfc));
await document.querySelector("tcp-scope")?.intervene({ kind: "delay", packet: "client:syn:0", by_us: 1000 });
off();
// @ts-expect-error there is no such theme
create("#figure", { theme: "blue" });
// @ts-expect-error there is no such event
figure.on("stop", () => {});
// @ts-expect-error a packet has to be named
await figure.intervene({ kind: "drop" });
`,
  );
  const options = "--noEmit --strict --skipDefaultLibCheck --allowJs --checkJs --target es2022 --module nodenext --lib es2022,dom".split(" ");
  run("node", [join(import.meta.dirname, "node_modules/typescript/bin/tsc"), ...options, "readme.mjs", "embedding.mjs", "use.mts"]);
});

test("its files, copied to where a site has its own, show a figure there", async () => {
  run("node", [join(installed, "files.mjs"), "public/tcpscope"]);
  assert.ok(existsSync(join(folder, "public/tcpscope/embed.html")));
  const server = await serve(join(folder, "public/tcpscope"));
  const host = await startHost({ "/": article(server.url, '<tcp-scope scenario="three-way-handshake"></tcp-scope>', { style: false }), "/icon.svg": "<svg/>" }, hostPolicy(new URL(server.url).origin));
  const page = await harness.browser.newPage();
  await page.goto(host.url);
  await page.waitForFunction(() => customElements.get("tcp-scope"));
  const state = await page.locator("tcp-scope").evaluate(async (element) => {
    await element.step(4);
    return element.state();
  });
  assert.equal(state.record, 4);
  // What is told is what the types say.
  const types = readFileSync(join(installed, "dist/tcpscope-embed.d.ts"), "utf8");
  const fields = (name) => [...new RegExp(`interface ${name} \\{(.*?)\\n\\}`, "s").exec(types)[1].matchAll(/^ {2}(\w+)\??:/gm)].map(([, field]) => field);
  for (const [name, told] of Object.entries({ State: state, Endpoint: state.endpoints[0], Packet: state.in_flight[0], Reason: state.reason })) {
    assert.deepEqual(Object.keys(told).sort(), fields(name).sort(), name);
  }
  await page.close();
  await host.close();
  await server.close();
});
