// The inspector: fields and octets point at each other, keys go from field to field, layers are
// chosen, damage is shown, and nobody is left out.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import axe from "axe-core";
import { startHarness } from "./harness.mjs";

const harness = await startHarness();
after(() => harness.close());

const SYN = "v=1&scenario=three-way-handshake&t=20000&select=client:syn:0";
const DATA = "v=1&scenario=sliding-window&t=160000&select=client:data:1%2B18";
/** A bit of the window is flipped: the headers before it have 20 octets and 14. */
const DAMAGED = `${DATA}&edit=corrupt,client:data:1%2B18,275`;

async function withInspector(options, does) {
  const { page, problems, close } = await harness.openPage({ hash: SYN, ...options });
  await page.click("#tab-segment");
  await page.waitForSelector(".inspector .bits");
  await does(page);
  assert.deepEqual(problems(), []);
  await close();
}

const cell = (page, name) => page.locator(`.bits .cell[data-name="${name}"]`);
const marked = async (page) => {
  const octets = await page.locator(".hex .line > mark").allTextContents();
  return octets.map((text) => text.trim()).join(" ").replace(/ +/g, " ");
};
const title = (page) => page.locator(".bits").getAttribute("aria-label");

test("a field that is pointed at marks its octets, and octets mark their field", () =>
  withInspector({}, async (page) => {
    await cell(page, "Window").hover();
    await page.waitForFunction(() => document.querySelector(".field-title b").textContent === "Window");
    assert.equal(await marked(page), "ff ff");
    await page.locator(".hex .line > .ipv4", { hasText: /^40 $/ }).first().hover();
    await page.waitForFunction(() => document.querySelector(".field-title b").textContent !== "Window");
    // Pointing changes nothing for good: the header that was chosen stays.
    assert.match(await title(page), /^TCP header/);
    await page.locator(".hex .tcp", { hasText: "c0 00" }).first().hover();
    await page.waitForSelector('.bits .cell[data-name="Source Port"][data-lit=true]');
    await page.locator("#tab-segment").hover();
    await page.waitForSelector('.bits .cell[data-name="Sequence Number"][data-lit=true]');
  }));

test("a field that is pressed stays chosen", () =>
  withInspector({}, async (page) => {
    await cell(page, "SYN").click();
    await page.locator("#tab-segment").hover();
    await page.waitForSelector('.bits .cell[data-name="SYN"][aria-pressed=true][data-lit=true]');
    assert.equal(await marked(page), "02");
  }));

test("arrow keys go from field to field and leave the moment alone", () =>
  withInspector({}, async (page) => {
    const before = await page.evaluate(() => window.tcpscope.state().record);
    await cell(page, "Sequence Number").focus();
    for (const [key, name] of [
      ["ArrowDown", "Acknowledgment Number"],
      ["ArrowDown", "Data Offset"],
      ["ArrowRight", "Reserved"],
      ["End", "Maximum Segment Size"],
      ["ArrowUp", "Checksum"],
      ["Home", "Source Port"],
      ["ArrowUp", "Source Port"],
    ]) {
      await page.keyboard.press(key);
      await page.waitForFunction(
        (name) =>
          document.activeElement.dataset.name === name &&
          document.querySelector(".field-title b").textContent === name,
        name,
      );
    }
    assert.equal(await page.locator(".bits .cell[tabindex='0']").count(), 1);
    await page.locator(".hex").focus();
    await page.keyboard.press("ArrowLeft");
    await page.waitForFunction(
      () => document.querySelector(".field-title b").textContent === "Destination Address",
    );
    assert.match(await title(page), /^IPv4 header/);
    assert.equal(await page.evaluate(() => window.tcpscope.state().record), before);
  }));

test("a layer that is chosen shows its header", () =>
  withInspector({ hash: DATA }, async (page) => {
    const sizes = await page.locator(".envelopes .four .num").allTextContents();
    assert.deepEqual(sizes, ["18 octets", "38 octets", "58 octets", "76 octets"]);
    for (const [layer, header] of [
      ["ethernet", /^Ethernet header/],
      ["ipv4", /^IPv4 header/],
      ["tcp", /^TCP header/],
    ]) {
      await page.click(`.envelopes [data-layer=${layer}]`);
      await page.waitForSelector(`.envelopes [data-layer=${layer}][aria-pressed=true]`);
      assert.match(await title(page), header);
    }
    await page.click(".envelopes [data-layer=payload]");
    await page.waitForFunction(() => !document.querySelector(".bits"));
    assert.match(await page.textContent(".field-title"), /18 octets/);
  }));

test("a checksum is worked out when it is asked for", () =>
  withInspector({ hash: DATA }, async (page) => {
    assert.equal(await page.locator(".sum-body").count(), 0);
    await page.locator(".sums .sum-toggle").nth(1).click();
    const rows = page.locator(".sum-body tbody tr");
    await rows.first().waitFor();
    // Three headings, and 6 words of the pseudo-header, 10 of the header, 9 of the data.
    assert.equal(await rows.count(), 3 + 6 + 10 + 9);
    assert.match(await page.textContent(".sum-body .sum-outcome"), /the checksum is right/);
    assert.equal(await page.getAttribute(".sums .sum-toggle >> nth=1", "aria-expanded"), "true");
  }));

test("damage is shown bit by bit, and what the receiver makes of it", () =>
  withInspector({ hash: DAMAGED }, async (page) => {
    assert.match(await page.textContent(".inspector-head .damage"), /1 bit flipped.*RFC 9293 §3\.1/s);
    assert.equal(await page.locator(".bits .flipped").count(), 1);
    assert.equal(await page.locator(".hex [data-damaged=true]").count(), 2, "hexadecimal and text");
    await page.locator(".sums .sum-toggle").nth(1).click();
    await page.waitForSelector(".sum-body tr[data-damaged=true]");
    assert.match(await page.textContent(".sum-body tr[data-damaged=true]"), /Window.*0x1fa0.*sent as 0x0fa0/);
    assert.match(await page.textContent(".sum-body .sum-outcome"), /the checksum is wrong/);
    await page.locator(".sights .sight").first().click();
    await page.waitForFunction(() => !document.querySelector(".bits .flipped"));
    assert.equal(await page.locator(".verdict.good").count(), 2);
  }));

test("pointing renders the page only where the field is another", () =>
  withInspector({}, async (page) => {
    await cell(page, "Checksum").hover();
    await page.waitForSelector('.bits .cell[data-name="Checksum"][data-lit=true]');
    const changes = await page.evaluate(
      () =>
        new Promise((done) => {
          let changes = 0;
          const seen = new MutationObserver((list) => (changes += list.length));
          seen.observe(document.querySelector(".inspector"), { subtree: true, attributes: true });
          const cell = document.querySelector('.bits .cell[data-name="Checksum"]');
          for (let times = 0; times < 20; times += 1) {
            cell.dispatchEvent(new PointerEvent("pointermove", { bubbles: true, pointerType: "mouse" }));
          }
          requestAnimationFrame(() => requestAnimationFrame(() => done(changes)));
        }),
    );
    assert.equal(changes, 0);
  }));

for (const width of [1440, 390, 320]) {
  test(`at ${width} px the inspector does not scroll sideways`, () =>
    withInspector({ viewport: { width, height: 844 }, hash: DATA }, async (page) => {
      const over = await page.evaluate(() => {
        const panel = document.querySelector("#tab-panel");
        const page = document.documentElement.scrollWidth - innerWidth;
        return { page, panel: panel.scrollWidth - panel.clientWidth };
      });
      assert.deepEqual(over, { page: 0, panel: 0 });
    }));
}

for (const colorScheme of ["light", "dark"]) {
  for (const [locale, viewport] of [
    ["en", { width: 1440, height: 900 }],
    ["zh-CN", { width: 390, height: 844 }],
  ]) {
    test(`axe finds nothing in the inspector: ${colorScheme}, ${locale}`, () =>
      withInspector({ colorScheme, locale, viewport, hash: DAMAGED }, async (page) => {
        await page.locator(".sums .sum-toggle").nth(1).click();
        await page.waitForSelector(".sum-body");
        await page.evaluate(axe.source);
        const { violations } = await page.evaluate(() => window.axe.run(".inspector"));
        const found = violations.flatMap(({ id, nodes }) =>
          nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}\n  ${failureSummary}`),
        );
        assert.equal(found.length, 0, `\n${found.join("\n")}`);
      }));
  }
}
