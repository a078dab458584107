// What a hand can do to segments, hosts and links: by the mouse, by a finger, by keys; and what the
// lists of edits and of calls say of it.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import axe from "axe-core";
import { startHarness } from "./harness.mjs";

const harness = await startHarness({ dist: process.env.TCPSCOPE_DIST });
after(() => harness.close());
const { withPage } = harness;

const RUN = "v=1&scenario=sliding-window&t=160000";
const state = (page) => page.evaluate(() => window.tcpscope.state());
const edits = (page) => page.evaluate(() => window.tcpscope.edits());
const digest = (page) => page.evaluate(() => window.tcpscope.digest());
const asked = (page, command) => page.click(`[data-do="${command}"]`);
const heading = (page) => page.textContent(".packet-menu h2");

/** The place of a segment under the pointer, in the middle of the ladder. */
async function findSegment(page) {
  const box = await page.locator("canvas[role=img]").boundingBox();
  const x = box.x + box.width / 2;
  for (let y = box.y + 60; y < box.y + box.height - 10; y += 5) {
    await page.mouse.move(x, y);
    if ((await page.getAttribute("canvas[role=img]", "data-over")) === "true") return { x, y };
  }
  throw new Error("no segment lies under the pointer");
}

test("a menu opens by the right button: of a segment, of a host's line, of the link between", () =>
  withPage({ hash: "v=1&scenario=three-way-handshake&t=20000" }, async (page) => {
    const box = await page.locator("canvas[role=img]").boundingBox();
    const { x, y } = await findSegment(page);
    await page.mouse.click(x, y, { button: "right" });
    await page.waitForSelector("#packet-menu");
    assert.match(await heading(page), /SYN/);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".packet-menu").count(), 0);
    // The present is crossed by the hosts' lines: a key opens the menu where its host's is.
    await page.keyboard.press("h");
    await page.waitForSelector("#host-menu");
    const at = await page.locator("#host-menu").boundingBox();
    await page.keyboard.press("Escape");
    await page.mouse.click(at.x - 12, box.y + 40, { button: "right" });
    await page.waitForSelector("#host-menu");
    assert.match(await heading(page), /^Client/);
    await page.keyboard.press("Escape");
    await page.mouse.click(x, box.y + 6, { button: "right" });
    await page.waitForSelector("#link-menu");
    assert.equal(await heading(page), "Client → Server");
    assert.deepEqual(await edits(page), []);
  }));

test("all of it by keys: menus open, arrows move, Escape closes and gives the focus back", () =>
  withPage({ hash: RUN }, async (page) => {
    await page.focus("#speed");
    await page.focus("[data-do=play]");
    const focused = () => page.evaluate(() => document.activeElement.dataset.do ?? document.activeElement.id);
    await page.keyboard.press("h");
    assert.match(await heading(page), /^Client · ESTABLISHED/);
    await page.keyboard.press("h");
    assert.match(await heading(page), /^Server/);
    assert.equal(await focused(), "host-menu");
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(), "send");
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(), "typed-send");
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".packet-menu").count(), 0);
    assert.equal(await focused(), "play");
    await page.keyboard.press("k");
    assert.equal(await heading(page), "Client → Server");
    await page.keyboard.press("k");
    assert.equal(await heading(page), "Server → Client");
    await page.keyboard.press("Escape");
    await page.keyboard.press("n");
    for (const key of ["m", "Shift+F10", "ContextMenu", "Enter"]) {
      await page.focus("#stage");
      await page.keyboard.press(key);
      assert.equal(await page.locator("#packet-menu").count(), 1, key);
      await page.keyboard.press("Escape");
    }
    // A slider's arrows are its own.
    await page.keyboard.press("k");
    await page.focus("#slide-delay");
    const { record } = await state(page);
    await page.keyboard.press("ArrowRight");
    assert.equal((await state(page)).record, record);
    assert.match((await edits(page)).join(), /^link,client,160\d+,delay,21000$/);
  }));

test("everything in the menu of a segment does what it says", () =>
  withPage({ hash: RUN }, async (page) => {
    await page.evaluate(() => window.tcpscope.select("server:data:4001+1000"));
    const menu = async (use) => {
      await page.focus("#stage");
      await page.keyboard.press("m");
      await use();
      assert.equal(await page.locator(".packet-menu").count(), 0, "the menu has closed");
      const [edit] = await edits(page);
      await page.keyboard.press("u");
      assert.deepEqual(await edits(page), []);
      return edit;
    };
    const data = "server:data:4001+1000";
    assert.equal(await menu(() => asked(page, "drop")), `drop,${data}`);
    assert.equal(await menu(() => asked(page, "delay 20000")), `delay,${data},20000`);
    assert.equal(
      await menu(async () => {
        await page.fill("#typed-delay", "12.5");
        await page.keyboard.press("Enter");
      }),
      `delay,${data},12500`,
    );
    assert.equal(await menu(() => asked(page, "duplicate")), `duplicate,${data},1000`);
    assert.equal(await menu(() => asked(page, "swap")), `swap,${data},server:data:5001+1000`);
    assert.equal(await menu(() => asked(page, "corrupt")), `corrupt,${data},320`);
    assert.equal(
      await menu(async () => {
        await page.selectOption("#typed-bit", { label: "the flag FIN" });
        await asked(page, "corrupt");
      }),
      `corrupt,${data},271`,
    );
    assert.match(await menu(() => asked(page, "hold")), /^hold,server:data:4001\+1000,11\d{5}$/);
    assert.equal(
      await menu(async () => {
        await page.fill("#typed-hold", "250");
        await asked(page, "hold");
      }),
      `hold,${data},250000`,
    );
  }));

test("what is done to a host is done now, and the present is when it is done", () =>
  withPage({ hash: RUN }, async (page) => {
    const plain = await digest(page);
    const deeds = [
      ["crash", /^crash,client,160001$/],
      ["restart", /^restart,client,160001,1$/],
      ["restart-idle", /^restart,client,160001,0$/],
      ["halt", /^halt,client,160001$/],
      ["resume", /^resume,client,160001$/],
      ["close", /^act,.*close/],
      ["abort", /^act,.*abort/],
      ["receive", /^act,.*receive/],
    ];
    for (const [command, edit] of deeds) {
      await page.evaluate(() => window.tcpscope.seek(160_000));
      await page.focus("#stage");
      await page.keyboard.press("h");
      await asked(page, command);
      const [text] = await edits(page);
      assert.match(decodeURIComponent(text).replace(/16000[01]/, "160001"), edit, command);
      assert.notEqual(await digest(page), plain, command);
      const { t_us, record } = await state(page);
      const done = await page.evaluate((at) => window.tcpscope.trace()[at].kind, record);
      assert.ok(t_us === 160_000 || t_us === 160_001);
      assert.ok(done !== undefined);
      await page.keyboard.press("u");
    }
    assert.equal(await digest(page), plain);
    await page.keyboard.press("h");
    await page.fill("#typed-send", "300");
    await page.keyboard.press("Enter");
    assert.match(decodeURIComponent((await edits(page))[0]), /300/);
  }));

test("a forged RST resets the connection", () =>
  withPage({ hash: RUN }, async (page) => {
    await page.focus("#stage");
    await page.keyboard.press("h");
    await page.click(".forge summary");
    await page.check("#forge-rst");
    await asked(page, "forge");
    const end = await page.evaluate(() => {
      window.tcpscope.seek(window.tcpscope.duration());
      return window.tcpscope.state().endpoints.map((it) => it.state);
    });
    assert.ok(end.includes("CLOSED"), `${end}`);
    const told = await page.evaluate(() =>
      window.tcpscope.trace().some((it) => it.notification === "reset"),
    );
    assert.ok(told);
  }));

test("knobs have live effect, one edit each, from now on or from the beginning", () =>
  withPage({ hash: RUN }, async (page) => {
    await page.focus("#stage");
    await page.keyboard.press("k");
    const slide = (id, values) =>
      page.evaluate(
        ([id, values]) => {
          const digests = [];
          for (const value of values) {
            const slider = document.getElementById(id);
            slider.value = value;
            slider.dispatchEvent(new Event("input", { bubbles: true }));
            digests.push(window.tcpscope.digest());
          }
          document.getElementById(id).dispatchEvent(new Event("change", { bubbles: true }));
          return digests;
        },
        [id, values],
      );
    const digests = await slide("slide-delay", [30, 45, 60]);
    assert.equal(new Set(digests).size, 3, "each value at once");
    assert.match((await edits(page)).join(), /^link,client,160\d+,delay,60000$/);
    assert.equal(await page.locator("#link-menu").count(), 1, "the menu stays under the hand");
    await page.selectOption("#since", "start");
    await slide("slide-loss", [2]);
    await slide("slide-rate", [1000]);
    await page.fill("#knob-mtu", "576");
    await page.keyboard.press("Tab");
    await page.check("#knob-fragments");
    await asked(page, "pull 0");
    const list = await edits(page);
    assert.deepEqual(list.slice(1), [
      "link-loss,client,20000",
      "link,client,0,rate,1000000",
      "link,client,0,mtu,576,0",
      "link,client,0,mtu,576,1",
      "link,client,0,up,0",
    ]);
    const link = await page.evaluate(() => window.tcpscope.link());
    const whole = await digest(page);
    const other = await harness.openPage({ hash: new URL(link).hash });
    assert.equal(await digest(other.page), whole, "the link holds all of it");
    await other.close();
  }));

test("a segment that is dragged down is delayed while one sees it; Escape puts it back", () =>
  withPage({ hash: "v=1&scenario=three-way-handshake&t=20000" }, async (page) => {
    const plain = await digest(page);
    const { x, y } = await findSegment(page);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y + 20, { steps: 4 });
    const [first] = await edits(page);
    assert.match(first, /^delay,client:syn:0,\d+$/);
    await page.mouse.move(x, y + 60, { steps: 4 });
    const list = await edits(page);
    assert.equal(list.length, 1);
    const by = (text) => Number(text.split(",")[2]);
    assert.ok(by(list[0]) > by(first));
    await page.keyboard.press("Escape");
    assert.deepEqual([await edits(page), await digest(page)], [[], plain]);
    await page.mouse.up();
    assert.deepEqual(await edits(page), []);
    const again = await findSegment(page);
    await page.mouse.move(again.x, again.y);
    await page.mouse.down();
    await page.mouse.move(again.x, again.y + 40, { steps: 4 });
    await page.mouse.up();
    assert.equal((await edits(page)).length, 1);
    assert.equal(await page.locator(".packet-menu").count(), 0, "to drag is not to click");
    await page.keyboard.press("u");
    assert.equal(await digest(page), plain);
  }));

test("the list of edits: read, gone to, moved, changed, removed, by buttons and by keys", () =>
  withPage({ hash: RUN }, async (page) => {
    await asked(page, "tab-edits");
    assert.match(await page.textContent(".edit-sheet"), /Nothing is changed/);
    await page.evaluate(() => {
      const { tcpscope } = window;
      tcpscope.intervene({ kind: "delay", packet: "server:data:1001+1000", by_us: 30_000 });
      tcpscope.edit("link,client,100000,rate,64000");
      tcpscope.edit("drop,client:data:9999+5");
    });
    const texts = () => page.locator(".edit-text").allTextContents();
    const [delay, rate, drop] = await texts();
    assert.match(delay, /^Delay .*seq=1001.* \(Server → Client\) by 30 ms$/);
    assert.match(rate, /^Client → Server: rate 64 kbit\/s, from 100 ms on$/);
    assert.match(drop, /client:data:9999\+5/);
    assert.match(await page.textContent(".edit-row[data-met=false]"), /no such segment in this run/);
    assert.ok(await page.isDisabled("[data-do='go-to-edit 2']"));
    await asked(page, "go-to-edit 1");
    assert.equal((await state(page)).t_us, 100_000);
    await page.fill("#edit-number-0", "45");
    await page.keyboard.press("Tab");
    assert.equal((await edits(page))[0], "delay,server:data:1001+1000,45000");
    await asked(page, "lower-edit 0");
    assert.match((await edits(page))[1], /^delay/);
    await page.focus("[data-do='go-to-edit 1']");
    await page.keyboard.press("Shift+ArrowUp");
    assert.match((await edits(page))[0], /^delay/);
    await page.focus("[data-do='remove-edit 2']");
    await page.keyboard.press("Delete");
    assert.equal((await edits(page)).length, 2);
    await asked(page, "clear-edits");
    assert.deepEqual(await edits(page), []);
    await page.keyboard.press("u");
    assert.equal((await edits(page)).length, 2);
    await page.keyboard.press("U");
    assert.deepEqual(await edits(page), []);
  }));

test("after an edit it is said what was done and what follows", () =>
  withPage({ hash: RUN }, async (page) => {
    const said = () => page.textContent("p.sr[role=status]");
    await page.evaluate(() =>
      window.tcpscope.intervene({ kind: "drop", packet: "server:data:4001+1000" }),
    );
    await page.waitForFunction(() =>
      /^Drop .*\. From .* on the run is another: /.test(
        document.querySelector("p.sr[role=status]").textContent,
      ),
    );
    await page.keyboard.press("u");
    await page.waitForFunction(() =>
      /taken back/.test(document.querySelector("p.sr[role=status]").textContent),
    );
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(
      () => !/taken back/.test(document.querySelector("p.sr[role=status]").textContent),
    );
    assert.ok(await said());
  }));

test("the console's calls give the same run at the same moment in a fresh page", async () => {
  const first = await harness.openPage({ hash: "v=1&scenario=sliding-window&t=0&r=0" });
  const { page } = first;
  for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight"]) {
    await page.keyboard.press(key);
  }
  await page.evaluate(() => window.tcpscope.select("server:data:1001+1000"));
  await page.keyboard.press("l");
  await page.keyboard.press("d");
  await page.keyboard.press("u");
  await page.evaluate(() => window.tcpscope.seek(170_000));
  await page.keyboard.press("h");
  await asked(page, "halt");
  await page.keyboard.press("k");
  await asked(page, "pull 0");
  await page.keyboard.press("Escape");
  await page.click(".network-menu summary");
  await page.waitForSelector("#delay-1");
  await page.evaluate(() => {
    const slider = document.getElementById("delay-1");
    for (const value of [25, 35]) {
      slider.value = value;
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    }
    slider.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await asked(page, "tab-edits");
  await asked(page, "raise-edit 3");
  await page.evaluate(() => window.tcpscope.theme("dark"));
  await page.keyboard.press("Shift+ArrowLeft");
  await asked(page, "tab-console");
  const calls = await page.locator(".calls code").allTextContents();
  const seen = (page) =>
    page.evaluate(() => [window.tcpscope.state(), window.tcpscope.trace(), window.tcpscope.edits()]);
  const before = await seen(page);
  assert.match(calls[0], /^await tcpscope.load\("sliding-window"\)$/);
  assert.ok(calls.some((call) => call.includes('kind: "delay", packet: "server:data:1001+1000"')));
  assert.ok(calls.includes("tcpscope.undo()"));
  assert.ok(calls.length < 20, "what makes up for what was before takes its place");
  await first.close();
  const second = await harness.openPage({});
  await second.page.evaluate(`(async () => { ${calls.join(";\n")} })()`);
  assert.deepEqual(await seen(second.page), before);
  await second.close();
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing in menus and sheets: ${colorScheme}`, () =>
    withPage({ hash: `${RUN}&theme=${colorScheme}`, colorScheme, locale: "zh-CN" }, async (page) => {
      await page.evaluate(axe.source);
      const holds = async (what) => {
        const { violations } = await page.evaluate(() => window.axe.run());
        const found = violations.flatMap(({ id, nodes }) =>
          nodes.map(({ target, failureSummary }) => `${id} ${target.join(" ")}\n  ${failureSummary}`),
        );
        assert.deepEqual(found, [], what);
      };
      await page.evaluate(() => {
        const { tcpscope } = window;
        tcpscope.intervene({ kind: "delay", packet: "server:data:1001+1000", by_us: 30_000 });
        tcpscope.edit("drop,client:data:9999+5");
        tcpscope.select("server:data:4001+1000");
      });
      await asked(page, "tab-edits");
      await page.keyboard.press("m");
      await holds("the menu of a segment, and the edits");
      await page.keyboard.press("h");
      await page.click(".forge summary");
      await asked(page, "tab-console");
      await holds("the menu of a host, and the console");
      await page.keyboard.press("k");
      await holds("the menu of a link");
    }));
}
