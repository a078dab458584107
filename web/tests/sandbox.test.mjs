// The sandbox: what is put together there runs at once, and is in the link.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startHarness } from "./harness.mjs";

const harness = await startHarness();
after(() => harness.close());

const state = (page) => page.evaluate(() => window.tcpscope.state());

async function open() {
  const opened = await harness.openPage();
  await opened.page.click("#tab-sandbox");
  await opened.page.waitForSelector(".sandbox");
  return opened;
}

test("two new hosts, a third, an application, an option, a link: all of it runs and is in the link", async () => {
  const { page, problems, close } = await open();
  await page.click("[data-do='sandbox fresh']");
  await page.waitForFunction(() => window.tcpscope.state().scenario === "sandbox");
  await page.click("[data-do='sandbox add-host']");
  await page.waitForFunction(() => window.tcpscope.state().endpoints.length === 3);
  await page.click("[data-do='sandbox host 2']");
  await page.fill("#sandbox-name-2", "printer");
  await page.press("#sandbox-name-2", "Tab");
  await page.waitForFunction(() => window.tcpscope.state().endpoints[2].name === "printer");
  await page.click("[data-do='sandbox host 0']");
  await page.check("#sandbox-switch-0-0");
  await page.click("[data-do='sandbox link 0']");
  await page.fill("#sandbox-link-0-0", "80");
  await page.press("#sandbox-link-0-0", "Tab");
  await page.waitForFunction(() => {
    const syn = window.tcpscope.trace().find(({ kind }) => kind === "arrive");
    return syn.at_us >= 80_000;
  });
  const link = await page.evaluate(() => window.tcpscope.link());
  const there = await harness.openPage({ hash: new URL(link).hash });
  assert.deepEqual((await state(there.page)).endpoints, (await state(page)).endpoints);
  assert.deepEqual([...problems(), ...there.problems()], []);
  await there.close();
  await close();
});

test("a line of a script is changed by its form; ends of lines stay; the change can be taken back", async () => {
  const { page, problems, close } = await open();
  const sent = () => page.locator(".endpoint").first().innerText();
  const before = await page.inputValue("#sandbox-text-0-2");
  assert.equal(before, "QUIT\\r\\n");
  await page.fill("#sandbox-text-0-2", "HELP\\r\\n");
  await page.press("#sandbox-text-0-2", "Tab");
  await page.waitForFunction(() => window.tcpscope.state().scenario === "sandbox");
  assert.match(await sent(), /send\("HELP\\r\\n", 6\)/);
  await page.click("[data-do='sandbox back']");
  await page.waitForFunction(() => window.tcpscope.state().scenario === "three-way-handshake");
  assert.match(await sent(), /QUIT/);
  assert.deepEqual(problems(), []);
  await close();
});

test("what could not be run is refused with its reason, and nothing has changed", async () => {
  const { page, close } = await open();
  await page.fill("#sandbox-name-0", "server");
  await page.press("#sandbox-name-0", "Tab");
  const alert = page.locator("[role=alert] .notice");
  await alert.waitFor();
  assert.match(await alert.innerText(), /server/);
  assert.equal((await state(page)).endpoints[0].name, "client");
  await close();
});
