// An hour of a run, played: nothing stays in memory, and nothing but the clock changes in the page
// with a frame.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startHarness } from "./harness.mjs";

const harness = await startHarness();
after(() => harness.close());

/** A frame of a screen. */
const FRAME_MS = 1000 / 60;

/** The least by which the memory of a module grows. */
const PAGE = 65_536;

/** In the page, before its scripts: frames come when the test says so, each a sixtieth of a second
 * after the one before; and the module's memory can be looked at. */
function takeOver() {
  let waiting = [];
  let now = 0;
  const request = window.requestAnimationFrame.bind(window);
  const cancel = window.cancelAnimationFrame.bind(window);
  // The page comes up by itself.
  window.__held = false;
  window.requestAnimationFrame = (callback) =>
    window.__held ? -waiting.push(callback) : request(callback);
  window.cancelAnimationFrame = (id) => (id < 0 ? delete waiting[-id - 1] : cancel(id));
  window.__frame = (elapsed) => {
    now += elapsed;
    const due = waiting;
    waiting = [];
    due.forEach((callback) => callback?.(now));
  };
  const memories = (window.__memories = []);
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name].bind(WebAssembly);
    WebAssembly[name] = async (...given) => {
      const made = await original(...given);
      // However the module was packed, its memory is among what it exports.
      const exported = Object.values((made.instance ?? made).exports);
      memories.push(...exported.filter((one) => one instanceof WebAssembly.Memory));
      return made;
    };
  }
}

async function opened() {
  const opened = await harness.openPage({
    reducedMotion: "no-preference",
    openAtMost: 600_000,
    init: takeOver,
  });
  await opened.page.evaluate(async () => {
    await tcpscope.load("sliding-window");
    window.__held = true;
  });
  return opened;
}

test("playing for an hour leaves nothing in memory", async () => {
  const { page, problems, close } = await opened();
  const protocol = await page.context().newCDPSession(page);
  /** Plays so many minutes of the run, over and over, and says what is in memory then. */
  const play = async (minutes) => {
    const loops = await page.evaluate(
      async ({ minutes, FRAME_MS }) => {
        const SPEED = 40;
        let [left, loops] = [(minutes * 60_000) / (FRAME_MS * SPEED), 0];
        for (; left > 0; left--) {
          if (!tcpscope.state().playing) {
            tcpscope.seek(0);
            tcpscope.play({ speed: SPEED });
            loops++;
          }
          window.__frame(FRAME_MS);
          // What the page does between frames is done.
          if (left % 64 < 1) await new Promise((done) => setTimeout(done));
        }
        tcpscope.pause();
        return loops;
      },
      { minutes, FRAME_MS },
    );
    await protocol.send("HeapProfiler.collectGarbage");
    const { usedSize } = await protocol.send("Runtime.getHeapUsage");
    const octets = await page.evaluate(() => window.__memories.map((memory) => memory.buffer.byteLength));
    return { usedSize, octets, loops };
  };
  // The first hour fills what is kept for good. A module's memory grows by pages and never shrinks:
  // once in the hours after it, a block may find no gap that fits. What stays would take page after
  // page: eight octets a frame are two in these hours.
  const before = await play(60);
  const later = await play(180);
  assert.ok(later.loops > 150, `${later.loops} loops`);
  assert.ok(before.octets.length > 0, "the module's memory was seen");
  const pages = (Math.max(...later.octets) - Math.max(...before.octets)) / PAGE;
  assert.ok(pages <= 1, `the module's memory grew by ${pages} pages`);
  const grown = later.usedSize - before.usedSize;
  assert.ok(grown < 200_000, `the heap grew by ${grown} octets`);
  assert.deepEqual(problems(), []);
  await close();
});

test("a frame changes the clock, the canvas and the map; all else is rendered with a record", async () => {
  const { page, problems, close } = await opened();
  const seen = await page.evaluate(
    async ({ FRAME_MS }) => {
      const changes = [];
      const observer = new MutationObserver((all) => changes.push(...all));
      observer.observe(document.documentElement, {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      });
      const settle = () => new Promise((done) => setTimeout(done));
      const element = (node) => (node instanceof Element ? node : node.parentElement);
      const isClock = ({ target }) => element(target)?.closest("#clock, .minimap, canvas") != null;
      tcpscope.play({ speed: 0.2 });
      await settle();
      let record = tcpscope.state().record;
      const counts = { frames: 0, quiet: 0, ticks: 0, records: 0, renders: 0, strays: [] };
      for (; counts.frames < 1_500; counts.frames++) {
        changes.length = 0;
        window.__frame(FRAME_MS);
        await settle();
        changes.push(...observer.takeRecords());
        const { record: now } = tcpscope.state();
        const others = changes.filter((change) => !isClock(change));
        counts.ticks += changes.length > others.length;
        if (now === record) {
          counts.quiet++;
          for (const { target, type, attributeName } of others) {
            const it = element(target);
            counts.strays.push(`${type} ${attributeName} of ${it?.id || it?.className}`);
          }
        } else {
          counts.records += now - record;
          counts.renders += others.length > 0;
        }
        record = now;
      }
      tcpscope.pause();
      return counts;
    },
    { FRAME_MS },
  );
  assert.deepEqual(seen.strays.slice(0, 5), [], "changed without a record");
  assert.ok(seen.quiet > 1_000 && seen.ticks > 1_000, `${seen.quiet} frames, ${seen.ticks} ticks`);
  assert.ok(seen.renders >= 3 && seen.renders <= seen.records, `${seen.renders} of ${seen.records}`);
  assert.deepEqual(problems(), []);
  await close();
});
