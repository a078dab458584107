// The panels beside the ladder: octets that can be pointed at, the way through the states, the
// socket, and that nothing moves when numbers change.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startHarness } from "./harness.mjs";

const harness = await startHarness();
after(() => harness.close());
const { withPage } = harness;

const WINDOW = "v=1&scenario=sliding-window&t=160000";
const ribbon = (place, stream) => `[data-ribbon="${place} ${stream}"]`;
const value = (page, which) => page.getAttribute(which, "aria-valuetext");
const selected = async (page) => {
  const link = await page.evaluate(() => window.tcpscope.link());
  // In an address a plus is itself, not a space.
  const items = new URL(link).hash.slice(1).split("&").map((item) => item.split("="));
  return decodeURIComponent(Object.fromEntries(items).select);
};

test("arrow keys go along the octets of a ribbon, and Enter selects what carried them", () =>
  withPage({ hash: WINDOW }, async (page) => {
    const sent = ribbon(1, "sent");
    await page.focus(sent);
    const record = () => page.evaluate(() => window.tcpscope.state().record);
    const before = await record();
    await page.keyboard.press("Home");
    assert.match(await value(page, sent), /^0 to 0: acknowledged/);
    await page.keyboard.press("ArrowRight");
    assert.match(await value(page, sent), /^1 to 1000: acknowledged: octets from 0000000/);
    assert.equal(await page.getAttribute(sent, "aria-valuenow"), "1");
    await page.keyboard.press("Enter");
    assert.match(await selected(page), /^server:data:1\+1000/);
    await page.keyboard.press("End");
    assert.match(await value(page, sent), /^7001 to 30000: waits to be sent$/);
    await page.keyboard.press("ArrowLeft");
    assert.match(await value(page, sent), /^6001 to 7000: in flight/);
    assert.equal(await record(), before, "the arrows belong to the ribbon");
  }));

test("pointing at octets tells of them and moves nothing; a click selects their segment", () =>
  withPage({ hash: WINDOW, viewport: { width: 1440, height: 1700 } }, async (page) => {
    const place = () => page.locator(".side .tcb").first().boundingBox();
    const before = await place();
    const box = await page.locator(ribbon(0, "received")).boundingBox();
    await page.mouse.move(box.x + box.width * 0.2, box.y + 10);
    const told = page.locator(".octets-told");
    assert.match(await told.innerText(), /read/);
    assert.match(await told.locator(".octets-text").innerText(), /octets from/);
    assert.deepEqual(await place(), before);
    await page.mouse.click(box.x + box.width * 0.2, box.y + 10);
    assert.match(await selected(page), /^server:data:/);
    // In both ribbons of its direction its octets are marked, and what it acknowledges in the others.
    assert.equal(await page.locator('.selected-octets[data-kind="carries"]').count(), 2);
    assert.equal(await page.locator('.selected-octets[data-kind="acknowledges"]').count(), 2);
    // What is told stays while the focus is there.
    await page.evaluate(() => document.activeElement.blur());
    await page.mouse.move(700, 300);
    assert.equal(await told.count(), 0);
    assert.deepEqual(await place(), before);
  }));

test("the way through the states is drawn, numbered in the drawer, and said", () =>
  withPage({ hash: "v=1&scenario=three-way-handshake&t=0&r=0" }, async (page) => {
    const figure = page.locator(".side .small-states").first();
    assert.equal(await figure.getAttribute("aria-label"), "The way through the states: CLOSED");
    const texts = new Set();
    while (!(await page.isDisabled("[data-do=step-on]"))) {
      await page.click("[data-do=step-on]");
      texts.add(await page.locator(".side .last-way").first().innerText());
    }
    const all = [...texts].join("\n");
    assert.match(all, /SYN-SENT → ESTABLISHED\s+rcv SYN,ACK \/ snd ACK/);
    await page.click("#tab-states");
    const numbers = await page.locator(".diagram .order-first text").allInnerTexts();
    const taken = await page.locator(".journey").first().locator("li").count();
    assert.equal(numbers.length, taken);
  }));

test("the socket is shown as ss prints it when it is asked for", () =>
  withPage({ hash: WINDOW }, async (page) => {
    const opener = page.locator('[data-do="socket 1"]');
    assert.equal(await opener.getAttribute("aria-expanded"), "false");
    await opener.click();
    assert.equal(await opener.getAttribute("aria-expanded"), "true");
    const text = await page.locator(".socket").innerText();
    assert.match(text, /ESTAB/);
    assert.match(text, /rto:200 rtt:40\.\d+\/16\.\d+ mss:1000/);
    assert.match(text, /unacked:3/);
    await opener.click();
    assert.equal(await page.locator(".socket").count(), 0);
  }));

test("a blocked call is shown as blocked, with what it waits for", () =>
  withPage({ hash: WINDOW }, async (page) => {
    const line = page.locator('.side .program li[data-progress="blocked"]').first();
    assert.match(await line.innerText(), /recv\(buf, 12000\)/);
    assert.match(await line.locator(".value").innerText(), /7000/);
    const stands = await page.locator(".side .program-stands").first().innerText();
    assert.match(stands, /nothing to read yet/);
  }));

test("stepping through an open connection moves nothing in a panel", () =>
  withPage({ hash: WINDOW, viewport: { width: 1440, height: 1700 } }, async (page) => {
    const tops = () =>
      page.evaluate(() =>
        [...document.querySelectorAll(".side .block")].map((block) => block.offsetTop),
      );
    const before = await tops();
    for (let step = 0; step < 12; step += 1) {
      await page.click("[data-do=step-on]");
      assert.deepEqual(await tops(), before);
    }
  }));
