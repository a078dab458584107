// Links that are long: packed, read again, said to be long when they are copied, saved as a file and opened.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { startHarness } from "./harness.mjs";

const harness = await startHarness();
after(() => harness.close());

const ADDRESS = "v=1&scenario=sliding-window&t=160000&lang=en";

/** Segments of the run that can be dropped, by name, each once and again. */
const edits = (count) =>
  Array.from({ length: count }, (_, at) => `&edit=delay,client:data:${1 + 1460 * at}+1460,${at * 7919 % 99_991}`).join("");

const link = (page) => page.evaluate(() => window.tcpscope.link());
const digest = (page) => page.evaluate(() => JSON.stringify(window.tcpscope.state()));

test("a link with many edits is packed, and opens the same run", async () => {
  const { page, problems, close } = await harness.openPage({ hash: ADDRESS + edits(20) });
  const packed = await link(page);
  assert.match(packed, /#v=2&z=[\w-]+&lang=en&theme=\w+$/);
  // The address follows by itself.
  await page.waitForFunction(() => location.hash.startsWith("#v=2&z="));
  const before = await digest(page);
  await page.reload();
  await page.waitForFunction(() => window.__tcpscopeReady === true);
  assert.equal(await digest(page), before);
  assert.equal(await link(page), packed);
  assert.deepEqual(problems(), []);
  await close();
});

test("a short link stays legible", async () => {
  const { page, close } = await harness.openPage({ hash: `${ADDRESS}&edit=drop,client:data:1+1460` });
  assert.match(await link(page), /#v=1&scenario=sliding-window&edit=drop,client:data:1\+1460&/);
  await close();
});

test("a lesson in which something was done is linked in a line, and opens as it was", async () => {
  const { page, problems, close } = await harness.openPage({ hash: ADDRESS, openAtMost: 120_000 });
  const all = await page.evaluate(async () => {
    const links = [];
    for (const { id, stops } of await window.tcpscope.lessons()) {
      await window.tcpscope.lesson(id, stops.at(-1));
      const { packet } = window.tcpscope.trace().find(({ kind }) => kind === "transmit");
      window.tcpscope.intervene({ kind: "delay", packet, by_us: 12_345 });
      links.push({ id, link: window.tcpscope.link().split("#")[1], digest: await window.tcpscope.digest() });
    }
    return links;
  });
  assert.ok(all.length > 50, `${all.length} lessons`);
  // A segment that a lesson forges is written out whole.
  const long = all.filter(({ link }) => link.length >= 300).map(({ id }) => id);
  assert.deepEqual(long, ["silly-window"]);
  const own = all.filter(({ link }) => link.includes("&run="));
  assert.ok(own.length > 20, `${own.length} with a run of the lesson's own`);
  for (const { link, digest } of [own[0], own.at(-1)]) {
    await page.evaluate((link) => (location.hash = link), link);
    await page.waitForFunction((link) => window.tcpscope.link().endsWith(link), link);
    assert.equal(await page.evaluate(() => window.tcpscope.digest()), digest);
  }
  await page.evaluate(() => (location.hash = "v=1&lesson=rack-tlp&run=nothing&t=0"));
  await page.waitForSelector(".notices [role=alert]:has-text('nothing')");
  assert.deepEqual(problems(), []);
  await close();
});

test("a link that was cut off or changed is told", async () => {
  for (const [hash, said] of [
    ["v=2&z=eNortFUz", /the end of the link is missing/],
    ["v=2&z=eN!rtFUz", /character 3 of the packed link is '!'/],
    ["v=2&scenario=lost-syn", /after v=2 stands z=/],
  ]) {
    const { page, close } = await harness.openPage({ hash });
    const alert = page.locator(".notices [role=alert]");
    await alert.locator("p").waitFor();
    assert.match(await alert.textContent(), said);
    await close();
  }
});

for (const [lang, long, save] of [
  ["en", /The link has \d+ characters: too long for many mail programs/, "Save as a file"],
  ["zh-CN", /链接共 \d+ 个字符/, "存成文件"],
]) {
  test(`a very long link is said to be so, and a file carries it (${lang})`, async () => {
    // Numbers without any pattern: packing helps little.
    const much = edits(1500).replace(/,(\d+)(?=&|$)/g, (_, n) => `,${(Number(n) * 48_271) % 2_147_483_647}`);
    const { page, problems, close } = await harness.openPage({ hash: `v=1&scenario=sliding-window&t=160000&lang=${lang}${much}` });
    await page.locator(".notices .notice button").last().click();
    const address = await link(page);
    assert.ok(address.length > 8000, `${address.length}`);
    const before = await digest(page);
    await page.locator("[data-do=copy-link]").click();
    const notice = page.locator(".notices [role=alert]");
    await notice.locator("a").waitFor();
    assert.match(await notice.textContent(), long);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      notice.getByRole("link", { name: save }).click(),
    ]);
    assert.equal(download.suggestedFilename(), "sliding-window.tcpscope.txt");
    const file = await download.path();
    assert.equal(await readFile(file, "utf8"), address);

    // Elsewhere, where something else is on the screen.
    await page.evaluate(() => window.tcpscope.load("lost-syn"));
    await page.evaluate(() => (document.querySelector("#tab-sandbox") ?? document.body).click());
    await page.locator("#link-file").setInputFiles(file);
    await page.waitForFunction((address) => window.tcpscope.link() === address, address);
    assert.equal(await digest(page), before);
    assert.deepEqual(problems(), []);
    await close();
  });
}

test("a link that would not open again is refused where it is copied", async () => {
  const { page, problems, close } = await harness.openPage({ hash: ADDRESS, openAtMost: 120_000 });
  page.setDefaultTimeout(60_000);
  // Texts without any pattern, up to the most that a link may have: with what the page adds it is more.
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  let drawn = 1;
  const draw = () => letters[((drawn = (drawn * 48_271) % 2_147_483_647) >> 8) & 63];
  const most = 1 << 20;
  let fragment = "v=1&scenario=lost-syn&t=0";
  for (let at = 5000; fragment.length < most - 400; at += 1000) {
    const act = (text) => {
      const segment = { from: "client", to: "server", seq: { next_of: "client" }, text };
      return `&edit=act,${encodeURIComponent(JSON.stringify({ at_us: at, host: "client", kind: "forge", segment })).replaceAll("%3A", ":")}`;
    };
    fragment += act(Array.from({ length: Math.min(60_000, most - 4 - fragment.length - act("").length) }, draw).join(""));
  }
  await page.click("#tab-sandbox");
  await page.locator("#link-file").setInputFiles({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from(fragment) });
  await page.waitForFunction(() => window.tcpscope.state().scenario === "lost-syn");
  await page.evaluate(() => {
    const sent = window.tcpscope.trace().filter(({ kind, retransmission }) => kind === "transmit" && !retransmission);
    for (const { packet } of sent.slice(0, 8)) window.tcpscope.intervene({ kind: "delay", packet, by_us: 12_345 });
  });
  await page.click("[data-do=copy-link]");
  const notice = page.locator(".notices [role=alert]");
  await notice.getByText(/This link would not open again: the link has \d+ octets; 1048576 is the most/).waitFor();
  assert.equal(await notice.locator("a[download]").count(), 0, "no file is offered that cannot be opened");
  assert.deepEqual(problems(), []);
  await close();
});

test("a scenario's file opens, and one that is neither is told", async () => {
  const { page, close } = await harness.openPage({ hash: ADDRESS });
  await page.evaluate(() => document.querySelector("#tab-sandbox").click());
  const open = (text) => page.locator("#link-file").setInputFiles({ name: "a.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await open(await readFile(new URL("../../scenarios/lost-syn.json", import.meta.url), "utf8"));
  await page.waitForFunction(() => document.title.startsWith("The SYN is lost"));
  assert.match(await link(page), /#v=2&z=/);
  const alert = page.locator(".notices [role=alert]");
  for (const [text, said] of [
    ["{", /./],
    ["hello", /does not begin with its version, v=1/],
    ["x".repeat(2_000_000), /too large to hold a link/],
  ]) {
    await open(text);
    await page.waitForFunction((source) => new RegExp(source).test(document.querySelector(".notices [role=alert]").textContent), said.source);
    assert.match(await alert.textContent(), said);
  }
  await close();
});
