// Why something happened: the numbers, the chain of causes, notes, and the ways from record to record.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startHarness } from "./harness.mjs";

const harness = await startHarness();
after(() => harness.close());
const { withPage } = harness;

const state = (page) => page.evaluate(() => window.tcpscope.state());
const record = async (page) => (await state(page)).record;

test("the chain of causes leads to the causes that the trace has, and back to what began it", () =>
  withPage({ hash: "v=1&scenario=lost-syn&t=1100000" }, async (page) => {
    for (let steps = 0; steps < 40; steps += 1) {
      const { cause, at } = await page.evaluate(() => {
        const { tcpscope } = window;
        const at = tcpscope.state().record;
        return { at, cause: tcpscope.trace()[at].cause };
      });
      if (cause === null) {
        assert.equal(await page.locator(".chain .before").count(), 0);
        assert.ok(steps > 1, "nothing was followed");
        return;
      }
      const go = page.locator(".chain .before button").first();
      assert.equal(await go.getAttribute("data-do"), `record ${cause}`);
      await go.click();
      assert.equal(await record(page), cause, `the cause of ${at}`);
    }
    assert.fail("the chain has no end");
  }));

test("what a record caused leads back to it", () =>
  withPage({ hash: "v=1&scenario=three-way-handshake&t=0&r=0" }, async (page) => {
    await page.evaluate(() => {
      const sends = window.tcpscope.trace().find(({ kind }) => kind === "transmit");
      window.tcpscope.step(sends.record);
    });
    const at = await record(page);
    await page.locator(".chain .after button").first().click();
    const cause = await page.evaluate(() => {
      const { tcpscope } = window;
      return tcpscope.trace()[tcpscope.state().record].cause;
    });
    assert.equal(cause, at);
  }));

test("the present rule shows its name, its RFC and the numbers put into it", () =>
  withPage({ hash: "v=1&scenario=three-way-handshake&t=0&r=0" }, async (page) => {
    const at = await page.evaluate(() => {
      const advances = window.tcpscope.trace().find(({ reason }) => reason?.rule === "ack-advances");
      window.tcpscope.step(advances.record);
      return advances.record;
    });
    assert.equal(await record(page), at);
    const present = page.locator(".why [aria-current]");
    assert.match(await present.textContent(), /ack-advances/);
    const una = await present.locator(".numbers div", { hasText: "SND.UNA" }).first().textContent();
    const [, from, to] = una.match(/^SND\.UNA(\d+) → (\d+)$/);
    const moves = `moves from ${from} to ${to}`;
    assert.ok((await present.textContent()).includes(moves), moves);
    assert.match(await present.locator(".rule a").first().getAttribute("href"), /rfc9293#section-/);
  }));

test("a long chain is folded in the middle, and unfolds", () =>
  withPage({ hash: "v=1&scenario=sliding-window&t=160000" }, async (page) => {
    const lines = () => page.locator(".chain .before").count();
    const folded = await lines();
    await page.click(".chain .fold button");
    assert.ok((await lines()) > folded + 1);
    assert.equal(await page.locator(".chain .fold").count(), 0);
    await page.click(".causes > section > [data-do=unfold]");
    assert.equal(await lines(), folded);
  }));

test("a note stays with its segment through an edit, is gone to and deleted", () =>
  withPage({ hash: "v=1&scenario=four-way-close&t=100000&select=client:syn:0" }, async (page) => {
    await page.fill("#note", "the first segment");
    await page.keyboard.press("Enter");
    assert.equal(await page.inputValue("#note"), "");
    assert.match(await page.textContent(".note-list"), /the first segment/);
    await page.click(".note-field .toggle");
    await page.fill("#note", "this moment");
    await page.click("[data-do=add-note]");
    assert.equal(await page.locator(".note-list li").count(), 2);
    await page.evaluate(() =>
      window.tcpscope.intervene({ kind: "delay", packet: "client:syn:0", by_us: 30000 }),
    );
    assert.equal(await page.locator(".note-list button.note-button").count(), 2);
    await page.locator(".note-list .note-button").first().click();
    const sent = await page.evaluate(() => {
      const { tcpscope } = window;
      return tcpscope.trace()[tcpscope.state().record];
    });
    assert.deepEqual([sent.kind, sent.packet], ["transmit", "client:syn:0"]);
    await page.click("#tab-log");
    assert.equal(await page.locator(".log .noted").count(), 2);
    await page.click("#tab-why");
    await page.locator(".note-list [data-do='remove-note 0']").click();
    assert.doesNotMatch(await page.textContent(".note-list"), /the first segment/);
  }));

test("the next and the previous record of a kind, by buttons, keys and the page API", () =>
  withPage({ hash: "v=1&scenario=lost-syn&t=0&r=0" }, async (page) => {
    const kind = async () =>
      page.evaluate(() => window.tcpscope.trace()[window.tcpscope.state().record].kind);
    await page.click("#transport [data-do='seek-on 0']");
    assert.equal(await kind(), "transition");
    const first = await record(page);
    await page.keyboard.press("]");
    assert.equal(await kind(), "transition");
    assert.ok((await record(page)) > first);
    await page.keyboard.press("[");
    assert.equal(await record(page), first);
    await page.selectOption("#goal", "retransmission");
    await page.locator("#transport [data-do='seek-on 2']").click();
    assert.equal(await kind(), "transmit");
    const faults = ["lost", "intervention"];
    while (await page.evaluate(() => window.tcpscope.seek_previous("fault"))) {
      assert.ok(faults.includes(await kind()));
    }
    const earlier = await page.evaluate((faults) => {
      const { tcpscope } = window;
      const before = tcpscope.trace().slice(0, tcpscope.state().record);
      return before.filter(({ kind }) => faults.includes(kind)).length;
    }, faults);
    assert.equal(earlier, 0, "none is passed over");
    const error = await page.evaluate(() => {
      try {
        window.tcpscope.seek_next("miracle");
      } catch (error) {
        return error.message;
      }
    });
    assert.match(error, /seek_next: kind is "miracle"; it should be state, fault, retransmission/);
  }));
