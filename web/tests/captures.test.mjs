// Captures in the page: chosen or dropped, read piece by piece, listed, drawn as a ladder and as plots;
// damaged and cancelled ones; by keyboard alone, in both languages and themes, and on a phone.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { after, test } from "node:test";
import { fits, tabTo, violations } from "./checks.mjs";
import { startHarness } from "./harness.mjs";

const CAPTURES = resolve(import.meta.dirname, "../../crates/dissect/tests/captures");
const harness = await startHarness({ dist: process.env.TCPSCOPE_DIST });
after(() => harness.close());

const named = (name) => resolve(CAPTURES, name);

/** Waits until an element says so. */
const says = (page, selector, text) =>
  page.waitForFunction(
    ([selector, text]) => document.querySelector(selector)?.textContent.includes(text),
    [selector, text],
  );

/** Opens the dialog by its key, and a capture in it. */
async function choose(page, file) {
  await page.locator("body").press("o");
  await page.locator("#capture[open]").waitFor();
  await page.locator("#capture-file").setInputFiles(file);
}

/** Opens a conversation of the list. */
async function open(page, number) {
  await page.locator(`#conversation-${number}`).click();
  await page.locator("#captured-0").waitFor();
}

/** Drops a file on the page, as a hand does. */
async function drop(page, name, octets) {
  await page.evaluate(
    ([name, octets]) => {
      const file = new File([Uint8Array.from(atob(octets), (it) => it.charCodeAt(0))], name);
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(file);
      for (const kind of ["dragover", "drop"]) {
        const event = new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event);
        if (!event.defaultPrevented) throw new Error(`${kind}: the browser would leave the page`);
      }
    },
    [name, octets.toString("base64")],
  );
}

test("a capture is chosen, its conversations are listed, and one is a ladder with what shows of it", async () => {
  await harness.withPage({ hash: "v=1&scenario=three-way-handshake" }, async (page) => {
    const requests = [];
    // The run is in the middle of something.
    await page.evaluate(() => {
      window.tcpscope.intervene({ kind: "drop", packet: "client:syn:0" });
      window.tcpscope.step(4);
    });
    const before = await page.evaluate(() => window.tcpscope.link());
    await choose(page, named("loss-client.pcap"));
    await page.locator("#capture-list").waitFor();
    page.on("request", (request) => requests.push(request.url()));
    const row = page.locator("#conversation-1");
    assert.match(await row.textContent(), /10\.1\.0\.1.*60000.*SYN.*sent again or overtaken/s);
    assert.deepEqual(await violations(page), []);
    await open(page, 1);
    // What dissect finds stands at the lines; that of a segment that is chosen, in sentences.
    await says(page, ".capture-segments", "duplicate ACK 2");
    assert.ok((await page.locator(".captured .band").count()) > 2, "the states have no bands");
    await page.locator("#capture-segments").press("ArrowDown");
    await page.locator('#captured-1[aria-selected="true"]').waitFor();
    await says(page, ".capture-chosen", "SYN,ACK");
    await says(page, ".capture-chosen", "SYN-SENT or ESTABLISHED");
    await says(page, ".capture-about", "is not known");
    await page.keyboard.press("End");
    await says(page, ".capture-segments", "sent again");
    assert.deepEqual(await violations(page), []);
    for (const [place, line] of [
      [1, ".of-ack"],
      [2, ".of-flight"],
    ]) {
      await page.locator(`[data-do="capture view ${place}"]`).click();
      await page.locator(`.capture-plot ${line}`).first().waitFor();
      assert.deepEqual(await violations(page), []);
    }
    // The page's address says nothing of it, and nothing left the device.
    assert.doesNotMatch(page.url(), /loss-client|10\.1\.0/);
    assert.deepEqual(requests.filter((url) => !url.startsWith("blob:")), []);
    // One key, and the run is there as it was; another, and so is the capture.
    await page.keyboard.press("Escape");
    await page.locator("#capture").waitFor({ state: "detached" });
    assert.equal(await page.evaluate(() => window.tcpscope.state().scenario), "three-way-handshake");
    await page.locator("body").press("o");
    await page.locator(".capture-plot .of-flight").first().waitFor();
    // The same application on our TCP; one action leads back to the capture and its place, and one to the
    // run that was there, with its edits and its moment.
    await page.locator('[data-do="capture replay"]').click();
    await page.locator("#capture").waitFor({ state: "detached" });
    await page.waitForFunction(() => window.tcpscope.state().scenario === "captured");
    await says(page, ".notice", "loss-client.pcap");
    assert.deepEqual(await violations(page), []);
    await page.locator('.notice [data-do="capture show"]').click();
    await page.locator(".capture-plot .of-flight").first().waitFor();
    await page.locator('#capture [data-do="capture replay"]').click();
    await page.locator('.notice [data-do="capture before"]').click();
    await page.waitForFunction((before) => window.tcpscope.link() === before, before);
    await page.locator(".notice").waitFor({ state: "detached" });
    const packets = () => window.tcpscope.trace().length;
    const edited = await page.evaluate(packets);
    await page.evaluate(() => window.tcpscope.undo());
    await page.waitForFunction((edited) => window.tcpscope.trace().length !== edited, edited);
    await page.locator("body").press("o");
    await page.locator(".capture-plot .of-flight").first().waitFor();
    assert.equal(await page.locator('#capture [data-do="capture before"]').count(), 0);
  });
});

test("a retransmission leads to what it repeats, and back", async () => {
  await harness.withPage({ hash: "v=1&scenario=three-way-handshake" }, async (page) => {
    await choose(page, named("tail-server.pcap"));
    await open(page, 1);
    await page.locator(".captured .tie").first().waitFor();
    await says(page, ".capture-segments", "as in frame 14");
    await page.locator("#captured-16").click();
    await says(page, ".capture-chosen", "sequence numbers of frame 14 again");
    await page.locator('.capture-ties [data-do="capture segment 13"]').click();
    await says(page, ".capture-chosen h3", "frame 14");
    await says(page, ".capture-chosen", "sent again in frame 17");
    await page.locator('.capture-ties [data-do="capture segment 7"]').click();
    await says(page, ".capture-chosen h3", "frame 8");
    await page.waitForFunction(() => {
      const chosen = document.querySelector('.capture-segment[aria-selected="true"]');
      const [its, view] = [chosen, document.querySelector("#capture-scroll")].map((it) => it?.getBoundingClientRect());
      return its && its.top >= view.top && its.bottom <= view.bottom;
    });
    assert.deepEqual(await violations(page), []);
  });
});

test("one that is dropped is read up to its damage, by keyboard alone, in Chinese and dark, on a phone", async () => {
  const phone = { width: 390, height: 844 };
  const options = { hash: "v=1&scenario=three-way-handshake", locale: "zh-CN", colorScheme: "dark", viewport: phone };
  await harness.withPage(options, async (page) => {
    const whole = readFileSync(named("window-client.pcap"));
    await drop(page, "cut.pcap", whole.subarray(0, whole.length - 7));
    await page.locator("#capture-list").waitFor();
    await says(page, '#capture [role="alert"]', "损坏");
    assert.ok(await fits(page), "the page is wider than the phone");
    assert.deepEqual(await violations(page), []);
    await page.waitForFunction(() => document.activeElement.id === "capture-list");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement.id === "capture-segments");
    await page.keyboard.press("End");
    const last = page.locator('.capture-segment[aria-selected="true"]');
    await last.waitFor();
    await page.waitForFunction(() => {
      const chosen = document.querySelector('.capture-segment[aria-selected="true"]');
      const [its, view] = [chosen, document.querySelector("#capture-scroll")].map((it) => it?.getBoundingClientRect());
      return its && its.top >= view.top && its.bottom <= view.bottom;
    });
    assert.ok(await fits(page), "the page is wider than the phone");
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press("Backspace");
    await page.waitForFunction(() => document.activeElement.id === "capture-list");
    // What is none is told to be none.
    await drop(page, "none.pcap", Buffer.from("not a capture"));
    await says(page, '#capture [role="alert"]', "第 0 字节");
    await page.keyboard.press("Escape");
    await page.locator("#capture").waitFor({ state: "detached" });
  });
});

test("reading can be cancelled, and what was read till then is listed", async () => {
  await harness.withPage({ hash: "v=1&scenario=three-way-handshake" }, async (page) => {
    // Pieces come as a test lets them.
    await page.evaluate(() => {
      const whole = Blob.prototype.arrayBuffer;
      window.pieces = 0;
      Blob.prototype.arrayBuffer = async function () {
        window.pieces += 1;
        if (window.pieces > 2) await new Promise((go) => (window.go = go));
        return whole.call(this);
      };
    });
    // Longer than one piece: the same frames again and again behind one header.
    const one = readFileSync(named("loss-client.pcap"));
    const frames = one.subarray(24);
    const count = Math.ceil(9_000_000 / frames.length);
    const large = Buffer.concat([one.subarray(0, 24), ...Array(count).fill(frames)]);
    await page.locator("body").press("o");
    await page.locator("#capture-file").waitFor({ state: "attached" });
    await page
      .locator("#capture-file")
      .setInputFiles({ name: "large.pcap", mimeType: "application/octet-stream", buffer: large });
    await page.waitForFunction(() => window.go);
    await tabTo(page, "#capture-cancel");
    assert.ok(Number(await page.locator("#capture progress").getAttribute("value")) > 0);
    await page.keyboard.press("Enter");
    await page.evaluate(() => window.go());
    await page.locator("#capture-list").waitFor();
    await says(page, '#capture [role="alert"]', "stopped");
    // A conversation of many segments is looked at a while at a time: as long a while as a test lets it. It
    // gives the page its turn by a promise, so what is called later is what resolves one.
    await page.evaluate(() => {
      window.pieces = Number.NEGATIVE_INFINITY;
      const later = window.setTimeout;
      let now = Date.now();
      Date.now = () => (now += 50);
      window.waiting = [];
      window.setTimeout = (then, wait, ...rest) =>
        `${then}`.includes("[native code]") && !window.goOn
          ? -window.waiting.push(then)
          : later(then, wait, ...rest);
    });
    await page.locator("#conversation-1").click();
    await says(page, ".capture-empty", "Looking at each segment");
    assert.ok(Number(await page.locator("#capture progress").getAttribute("value")) > 0);
    await tabTo(page, "#capture-cancel");
    await page.keyboard.press("Enter");
    await page.evaluate(() => {
      window.goOn = true;
      for (const then of window.waiting) then();
    });
    await page.locator("#capture-list").waitFor();
    await page.locator("#conversation-1").click();
    await page.locator("#captured-0").waitFor();
  });
});
