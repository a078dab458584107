// The plots show the run's own numbers, can be zoomed and pointed at, and are linked with the rest.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import axe from "axe-core";
import { startHarness } from "./harness.mjs";

const harness = await startHarness({ dist: process.env.DIST });
after(() => harness.close());

const SCENARIOS = join(import.meta.dirname, "../../crates/capture/tests/scenarios");
const bulk = (id, octets) => {
  const scenario = JSON.parse(readFileSync(join(SCENARIOS, `${id}.json`), "utf8"));
  scenario.hosts[1].script[2].octets = octets;
  return scenario;
};

async function withPlots(options, use) {
  const { scenario, ...rest } = options;
  const opened = await harness.openPage({ hash: "v=1&scenario=sliding-window&t=160000", ...rest });
  const { page, problems, close } = opened;
  if (scenario) await page.evaluate((object) => window.tcpscope.load(object), scenario);
  await page.click("#tab-plots");
  await page.waitForSelector("#plot svg .plot-line");
  await use(page, opened);
  assert.deepEqual(problems(), []);
  await close();
}

const state = (page) => page.evaluate(() => window.tcpscope.state());
const choose = (page, id, value) => page.selectOption(`#${id}`, value);
const times = (page) => page.$$eval("#plot .plot-tick[text-anchor=middle]", (ticks) => ticks.map((t) => t.textContent));
/** Where the present is drawn at a time, once it is rendered; and where on the ladder. */
const nowAt = (page, t) =>
  page.evaluate(async (t) => {
    window.tcpscope.seek(t);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const now = document.getElementById("plot-now").getBoundingClientRect().left;
    return [now, Number(document.getElementById("scrubber").value)];
  }, t);
const readout = (page) => page.textContent("#plot-readout");

/** Where the middle of the first mark of a kind is on the screen. */
const placeOf = (page, selector, move = 0) =>
  page.$eval(
    selector,
    (path, move) => {
      const [, x, y] = /M([\d.-]+) ([\d.-]+)/.exec(path.getAttribute("d"));
      const corner = document.getElementById("plot").getBoundingClientRect();
      return { x: corner.left + Number(x) + move, y: corner.top + Number(y) };
    },
    move,
  );

test("each plot has lines, axes with units, and names beside its lines", () =>
  withPlots({ scenario: bulk("modern-loss", 200_000) }, async (page) => {
    const expected = {
      sequence: ["SND.UNA", "UNA+WND", "segments"],
      congestion: ["cwnd", "ssthresh"],
      flight: ["flight", "pipe"],
      "round-trip": ["RTO", "SRTT", "measured RTT", "± RTTVAR"],
      throughput: ["arrives", "goodput", "sent"],
      queue: ["waiting"],
    };
    for (const [kind, names] of Object.entries(expected)) {
      await choose(page, "plot-kind", kind);
      const labels = await page.$$eval("#plot .plot-label", (all) => all.map((it) => it.textContent));
      assert.deepEqual(labels.toSorted(), names.toSorted(), kind);
      assert.equal((await page.$$("#plot .plot-title")).length, 2);
      assert.ok((await times(page)).length >= 2, kind);
    }
  }));

test("the present moves along with time, and the figure is not drawn anew for it", () =>
  withPlots({}, async (page) => {
    await page.evaluate(() => (window.figure = document.querySelector("#plot svg")));
    const places = [];
    for (const t of [100_000, 101_000, 600_000, 1_200_000]) places.push((await nowAt(page, t))[0]);
    assert.deepEqual(places, places.toSorted((a, b) => a - b));
    // On even time, half as late is half as far.
    const [a, b] = [places[2] - places[0], places[3] - places[2]];
    assert.ok(Math.abs(a / 500 - b / 600) < 0.01, `${a} for 500 ms, ${b} for 600 ms`);
    assert.ok(await page.evaluate(() => window.figure === document.querySelector("#plot svg")));
  }));

test("the ladder's clock folds what the ladder folds", () =>
  withPlots({}, async (page) => {
    assert.equal((await page.$$("#plot .plot-fold")).length, 0);
    await choose(page, "plot-clock", "ladder");
    assert.ok((await page.$$("#plot .plot-fold")).length > 0);
    // Equal ways on the ladder are equal ways on the plot.
    const pairs = [];
    for (const t of [100_000, 300_000, 900_000]) pairs.push(await nowAt(page, t));
    const slope = (a, b) => (b[0] - a[0]) / (b[1] - a[1]);
    const [first, second] = [slope(pairs[0], pairs[1]), slope(pairs[1], pairs[2])];
    assert.ok(Math.abs(first - second) < 0.02 * first, `${first} and ${second}`);
  }));

test("wheel, keys, buttons and dragging zoom; the whole comes back", () =>
  withPlots({}, async (page) => {
    const whole = await times(page);
    const box = await (await page.$("#plot")).boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.wheel(0, -300);
    await page.waitForFunction((n) => document.querySelector("#plot .plot-tick[text-anchor=middle]").textContent !== n, whole[0]);
    assert.notDeepEqual(await times(page), whole);
    await page.focus("#plot");
    await page.keyboard.press("0");
    assert.deepEqual(await times(page), whole);
    const before = await state(page);
    await page.keyboard.press("+");
    const closer = await times(page);
    assert.notDeepEqual(closer, whole);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    assert.notDeepEqual(await times(page), closer);
    // These keys mean the plot while it has the focus, and nothing else.
    const after = await state(page);
    assert.deepEqual([after.record, after.speed], [before.record, before.speed]);
    await page.click("[data-do=plot-whole]");
    assert.deepEqual(await times(page), whole);
    await page.mouse.move(box.x + box.width * 0.3, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.4, box.y + 120, { steps: 4 });
    assert.ok(await page.isVisible("#plot-range"));
    await page.mouse.up();
    assert.ok(!(await page.isVisible("#plot-range")));
    assert.notDeepEqual(await times(page), whole);
    await page.click("[data-do=plot-whole]");
    await page.click("[data-do=plot-in]");
    await page.click("[data-do=plot-out]");
    assert.deepEqual(await times(page), whole);
  }));

test("pointing says a point's values, and a click goes there and selects its segment", () =>
  withPlots({ scenario: bulk("modern-loss", 200_000) }, async (page) => {
    const place = await placeOf(page, "#plot path.plot-glyph.of-lost");
    await page.mouse.move(place.x, place.y);
    assert.match(await readout(page), /ms · (lost|segments) [\d\u202f]+–[\d\u202f]+$/);
    await page.mouse.click(place.x, place.y);
    const selected = await page.evaluate(() => new URLSearchParams(window.tcpscope.link().split("#")[1]).get("sel"));
    const { record } = await state(page);
    const records = await page.evaluate(() => window.tcpscope.trace());
    const gone = records[record];
    assert.equal(gone.kind, "transmit");
    assert.ok(records.some(({ kind, packet }) => kind === "lost" && packet === gone.packet));
    if (selected) assert.equal(selected, gone.packet);
    assert.ok((await page.$$("#plot .plot-lit")).length > 0, "the segment is lit");
  }));

test("the keyboard goes from point to point", () =>
  withPlots({ scenario: bulk("modern-loss", 200_000) }, async (page) => {
    await choose(page, "plot-kind", "congestion");
    await page.focus("#plot");
    const said = new Set();
    for (let n = 0; n < 8; n++) {
      await page.keyboard.press("]");
      said.add(await readout(page));
    }
    assert.equal(said.size, 8);
    for (const text of said) assert.match(text, / · cwnd [\d\u202f]+$/);
    await page.keyboard.press("Enter");
    const { t_us, endpoints } = await state(page);
    const [time, cwnd] = [...said].at(-1).split(" · cwnd ");
    assert.equal(`${t_us / 1000} ms`, time);
    assert.equal(endpoints[1].cwnd, Number(cwnd.replaceAll("\u202f", "")));
  }));

test("the same as a table: real, windowed, and as CSV", () =>
  withPlots({ scenario: bulk("modern-loss", 200_000) }, async (page, { context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.click("[data-do=plot-table]");
    const table = await page.$(".plot-rows[role=table]");
    const all = Number(await table.getAttribute("aria-rowcount")) - 1;
    const rows = await page.$$(".plot-rows .row");
    assert.ok(all > 300 && rows.length < 60, `${rows.length} of ${all}`);
    await page.click("[data-do=plot-csv]");
    await page.waitForFunction(() => document.querySelector(".plots-bar [role=status]").textContent !== "");
    const csv = await page.evaluate(() => navigator.clipboard.readText());
    const lines = csv.trim().split(/\r?\n/);
    assert.equal(lines.length, all + 1);
    assert.equal(lines[0], "time_us,flow,series,run,from,to,segment");
    await page.click(".plot-rows .row:nth-child(12) .row-button");
    const first = await page.textContent(".plot-rows .row:nth-child(12) [role=cell]");
    assert.ok(first.length > 0);
  }));

test("the run before the last change lies under the present one", () =>
  withPlots({}, async (page) => {
    assert.equal((await page.$$("#plot .ghost")).length, 0);
    await page.evaluate(() => window.tcpscope.intervene({ kind: "drop", packet: "server:data:5001+1000" }));
    await page.waitForSelector("#plot .plot-line.ghost");
    await page.click("[data-do=plot-before]");
    assert.equal((await page.$$("#plot .ghost")).length, 0);
  }));

test("a long run is drawn with few elements", () =>
  withPlots({ scenario: bulk("modern-bulk", 9_000_000) }, async (page) => {
    for (const kind of ["sequence", "congestion", "flight", "round-trip", "throughput", "queue"]) {
      await choose(page, "plot-kind", kind);
      const many = await page.$$eval("#plot *", (all) => all.length);
      assert.ok(many < 300, `${kind}: ${many} elements`);
    }
  }));

test("two fingers zoom", async () => {
  await withPlots({ viewport: { width: 390, height: 844 } }, async (page) => {
    const whole = await times(page);
    await page.$eval("#plot", (figure) => {
      const box = figure.getBoundingClientRect();
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      figure.setPointerCapture = () => {};
      const send = (type, pointerId, dx) =>
        figure.dispatchEvent(
          new PointerEvent(type, { pointerId, pointerType: "touch", clientX: x + dx, clientY: y, bubbles: true, button: 0 }),
        );
      send("pointerdown", 11, -20);
      send("pointerdown", 12, 20);
      send("pointermove", 11, -80);
      send("pointermove", 12, 80);
      send("pointerup", 11, -80);
      send("pointerup", 12, 80);
    });
    await page.waitForTimeout(0);
    assert.notDeepEqual(await times(page), whole);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert.ok(!wide, "nothing is wider than the phone");
  });
});

test("axe finds nothing, in both themes and languages", async () => {
  for (const [colorScheme, locale] of [
    ["light", "en"],
    ["dark", "zh-CN"],
  ]) {
    await withPlots({ colorScheme, locale }, async (page) => {
      await page.evaluate(axe.source);
      const look = async () => {
        const { violations } = await page.evaluate(() => window.axe.run());
        return violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
      };
      assert.deepEqual(await look(), []);
      await page.click("[data-do=plot-table]");
      assert.deepEqual(await look(), []);
    });
  }
});
