// docs/serving.md says what holds: its policy is the one that all browser tests run under, and its
// configurations are served from, where their programs are there.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";
import { CONTENT_SECURITY_POLICY, startHarness } from "./harness.mjs";

const harness = await startHarness();
after(() => harness.close());

const doc = readFileSync(resolve(import.meta.dirname, "../../docs/serving.md"), "utf8");
const block = (language) => new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "s").exec(doc)[1];
const policy = (text) => text.split(";").map((part) => part.trim()).filter(Boolean);

const has = (program) => !spawnSync(program, ["-v"]).error;

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

test("the policy of the documentation is the one that the page is tested under", () => {
  assert.deepEqual(policy(block("text")), policy(CONTENT_SECURITY_POLICY));
  for (const language of ["nginx", "text,caddy"]) {
    const [, said] = /Content-Security-Policy "([^"]+)"/.exec(block(language));
    assert.deepEqual(policy(said), policy(CONTENT_SECURITY_POLICY), language);
  }
});

/** What every host has to say with these files. */
async function holds(url) {
  const files = readdirSync(harness.dist);
  const find = (pattern) => files.find((file) => pattern.test(file));
  const lasting = "public, max-age=31536000, immutable";
  const all = [
    ["", /^text\/html/, "no-cache"],
    ["embed.html", /^text\/html/, "no-cache"],
    [find(/^tcpscope-web-.*\.wasm$/), /^application\/wasm/, lasting],
    [find(/^tcpscope-web-.*\.js$/), /^text\/javascript/, lasting],
    [find(/^style-[0-9a-f]+\.css$/), /^text\/css/, lasting],
    ["tcpscope-embed.js", /^text\/javascript/, "no-cache"],
    ["sw.js", /^text\/javascript/, "no-cache"],
    ["scenarios/index.json", /^application\/json/, "no-cache"],
    ["manifest.webmanifest", /^application\/manifest\+json/, "no-cache"],
  ];
  for (const [path, type, cache] of all) {
    const { status, headers } = await fetch(url + path);
    assert.equal(status, 200, path);
    assert.match(headers.get("content-type"), type, path);
    assert.equal(headers.get("cache-control"), cache, path);
    assert.equal(headers.get("access-control-allow-origin"), "*", path);
    assert.deepEqual(policy(headers.get("content-security-policy")), policy(CONTENT_SECURITY_POLICY), path);
  }
  assert.equal((await fetch(`${url}nothing`)).status, 404);
  const context = await harness.browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(() => addEventListener("tcpscope:ready", () => (window.__ready = true)));
  await page.goto(`${url}#v=1&scenario=lost-syn&t=0`);
  await page.waitForFunction(() => window.__ready);
  await context.close();
}

/** Runs a program until `use` has seen what it serves. */
async function served(command, args, url, use) {
  const program = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  program.stderr.on("data", (text) => (said += text));
  const ended = new Promise((is) => program.once("exit", is));
  try {
    for (let tries = 0; ; tries++) {
      try {
        await fetch(url);
        break;
      } catch (error) {
        if (tries > 100 || program.exitCode !== null) throw new Error(`${command} does not answer:\n${said}`, { cause: error });
        await new Promise((is) => setTimeout(is, 100));
      }
    }
    await use(url);
  } finally {
    program.kill();
    await ended;
  }
}

test("nginx serves it so", { skip: !has("nginx") && "nginx is not installed" }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "tcpscope-nginx-"));
  const port = await freePort();
  const site = block("nginx").replace("listen 80", `listen 127.0.0.1:${port}`).replace("/srv/tcpscope", harness.dist);
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`).join("\n");
  const own = process.getuid?.() === 0 ? "user root;" : "";
  writeFileSync(join(folder, "nginx.conf"), `${own} daemon off; pid ${folder}/pid; error_log stderr; events {}\nhttp { access_log off;\n${paths}\n${site} }`);
  const args = ["-p", folder, "-c", join(folder, "nginx.conf")];
  const checked = spawnSync("nginx", ["-t", ...args], { encoding: "utf8" });
  assert.equal(checked.status, 0, checked.stderr);
  await served("nginx", args, `http://127.0.0.1:${port}/`, holds);
  rmSync(folder, { recursive: true });
});

test("Caddy serves it so", { skip: !has("caddy") && "Caddy is not installed" }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "tcpscope-caddy-"));
  const port = await freePort();
  const site = block("text,caddy").replace("http://tcpscope.example", `http://127.0.0.1:${port}`).replace("/srv/tcpscope", harness.dist);
  const file = join(folder, "Caddyfile");
  writeFileSync(file, `{\n\tadmin off\n\tstorage file_system ${folder}\n}\n\n${site}`);
  const checked = spawnSync("caddy", ["validate", "--config", file, "--adapter", "caddyfile"], { encoding: "utf8" });
  assert.equal(checked.status, 0, checked.stderr);
  await served("caddy", ["run", "--config", file, "--adapter", "caddyfile"], `http://127.0.0.1:${port}/`, holds);
  rmSync(folder, { recursive: true });
});
