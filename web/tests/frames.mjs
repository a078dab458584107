// What a frame of the stage costs, and how soon a step, an edit and a seek show: prints the figures.
//
// A frame is what a reader sees of it: the time from one frame to the next. The stage plays and is
// scrolled for a few frames, then a bare canvas of its size and in its place draws as many labelled
// rectangles as segments are under way, then it is the stage's turn again: so whatever else runs on
// the machine slows both. What the work of a frame takes is measured besides, for people: the page's
// callbacks and the drawing that follows from them, which reading one pixel back brings to its end.
//
// What shows after a call has taken the call, all that it renders, and the next frame with its
// layout and its painting. Waiting for the screen is no part of it. Of a few tries the best counts:
// what else runs on the machine is no part of it either.

import { resolve } from "node:path";
import { startHarness } from "./harness.mjs";
import { bulk } from "./bulk.mjs";

const TURNS = 12;
const FRAMES_A_TURN = 25;
/** The first frames of a turn are still the other's. */
const SETTLING = 5;
const PLACES = 40;
const TRIES = 3;

/** Runs in the page before any of its scripts: measures every callback of a frame. */
function watch() {
  const request = window.requestAnimationFrame.bind(window);
  const channel = new MessageChannel();
  const meter = { frame: -1, began: 0, work: 0, finishes: false, request };
  /** Brings what was drawn on a canvas to its end. */
  meter.finish = (canvas) => meter.finishes && canvas?.getContext("2d").getImageData(0, 0, 1, 1);
  meter.stage = () => document.querySelector("canvas");
  /** A task of its own: after microtasks, and after the frame that is under way is painted. */
  meter.task = () =>
    new Promise((done) => {
      channel.port1.onmessage = () => done(performance.now());
      channel.port2.postMessage(0);
    });
  window.requestAnimationFrame = (callback) =>
    request((now) => {
      const begun = performance.now();
      if (meter.frame !== now) Object.assign(meter, { frame: now, began: begun, work: 0 });
      callback(now);
      meter.finish(meter.stage());
      meter.work += performance.now() - begun;
    });
  window.__meter = meter;
  const share = (place) => (place * 0.618034) % 1;
  window.__actions = {
    step: {
      // Over what happens, not over the time in which mostly nothing does.
      prepare: (place) => {
        const records = tcpscope.trace();
        tcpscope.seek(records[Math.floor(share(place) * records.length)].at_us);
      },
      action: () => tcpscope.step(1),
    },
    edit: {
      prepare: (place) => {
        tcpscope.undo();
        const sent = tcpscope.trace().filter((record) => record.kind === "transmit");
        return sent[Math.floor(share(place) * sent.length)].packet;
      },
      action: (_, packet) => tcpscope.intervene({ kind: "drop", packet }),
    },
    seek: {
      prepare: () => tcpscope.seek(0),
      action: (place) => tcpscope.seek(Math.round(share(place) * tcpscope.duration())),
    },
  };
}

const nth = (part) => (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length * part)];
const [half, p95] = [nth(0.5), nth(0.95)];

/** The frames of both, turn by turn; `finishes` says whether each frame's drawing is brought to its
 * end, and its work is what counts. */
async function framesOf(page, inFlight, finishes) {
  return page.evaluate(
    async ({ inFlight, finishes, TURNS, FRAMES_A_TURN, SETTLING }) => {
      const meter = window.__meter;
      const stage = meter.stage();
      const bare = document.createElement("canvas");
      Object.assign(bare, { width: stage.width, height: stage.height });
      const { left, top, width, height } = stage.getBoundingClientRect();
      bare.style.cssText = `position:fixed;left:${left}px;top:${top}px;width:${width}px;height:${height}px;z-index:9`;
      const ctx = bare.getContext("2d");
      const draw = (frame) => {
        ctx.fillStyle = "#fff";
        ctx.fillRect(0, 0, bare.width, bare.height);
        ctx.font = "11px monospace";
        ctx.textBaseline = "middle";
        for (let at = 0; at < inFlight; at++) {
          const x = (at * 37 + frame) % (bare.width - 60);
          const y = (at * 23 + frame * 2) % (bare.height - 16);
          ctx.fillStyle = at % 2 ? "#7aa2d8" : "#d8a27a";
          ctx.fillRect(x, y, 56, 14);
          ctx.fillStyle = "#111";
          ctx.fillText(`ACK ${at}`, x + 3, y + 7);
        }
      };
      const turn = async (each) => {
        let before = await new Promise(meter.request);
        const taken = [];
        for (let frame = 0; frame < FRAMES_A_TURN; frame++) {
          const worked = each(frame);
          const now = await new Promise(meter.request);
          const value = finishes ? worked() : now - before;
          if (frame >= SETTLING) taken.push(value);
          before = now;
        }
        return taken;
      };
      const wheel = (frame) => {
        const deltaY = frame % 24 < 12 ? 60 : -60;
        stage.dispatchEvent(new WheelEvent("wheel", { deltaY, bubbles: true, cancelable: true }));
        return () => meter.work;
      };
      const rectangles = (frame) => {
        const begun = performance.now();
        draw(frame);
        meter.finish(bare);
        const taken = performance.now() - begun;
        return () => taken;
      };
      tcpscope.seek(Math.round(tcpscope.duration() / 2));
      const underWay = tcpscope.state().in_flight.length;
      meter.finishes = finishes;
      const [ours, alone] = [[], []];
      for (let at = 0; at < TURNS; at++) {
        tcpscope.play({ speed: 0.3 });
        // Every other turn the view follows what plays; in between it is scrolled by hand.
        ours.push(...(await turn(at % 2 ? wheel : () => () => meter.work)));
        tcpscope.pause();
        document.body.append(bare);
        alone.push(...(await turn(rectangles)));
        bare.remove();
      }
      meter.finishes = false;
      return { underWay, ours, alone };
    },
    { inFlight, finishes, TURNS, FRAMES_A_TURN, SETTLING },
  );
}

/** How long `action` takes to show, at a few places of the run. */
async function shownAfter(page, what) {
  return page.evaluate(
    async ({ what, PLACES, TRIES }) => {
      const { prepare, action } = window.__actions[what];
      const meter = window.__meter;
      meter.finishes = true;
      const idle = async () => {
        for (let frame = 0; frame < 3; frame++) await new Promise(meter.request);
        await meter.task();
      };
      const taken = [];
      for (let place = 0; place < PLACES; place++) {
        let best = Infinity;
        for (let tried = 0; tried < TRIES; tried++) {
          const given = prepare(place);
          await idle();
          const begun = performance.now();
          action(place, given);
          const called = (await meter.task()) - begun;
          const shown = new Promise((done) => {
            meter.request((now) => {
              const began = meter.frame === now ? meter.began : performance.now();
              meter.task().then((end) => done(end - began));
            });
          });
          best = Math.min(best, called + (await shown));
        }
        taken.push(best);
      }
      meter.finishes = false;
      return taken;
    },
    { what, PLACES, TRIES },
  );
}

const dist = process.argv[2] ? resolve(process.argv[2]) : undefined;
const harness = await startHarness({ dist, measures: true });
try {
  const { page, problems } = await harness.openPage({
    reducedMotion: "no-preference",
    openAtMost: 400_000,
    init: watch,
  });
  const tell = async (what) => {
    const taken = await shownAfter(page, what);
    console.log(`# a ${what} shows after ${half(taken).toFixed(1)} ms, 95th percentile ${p95(taken).toFixed(1)} ms`);
    console.log(`stage.${what}_us ${Math.round(p95(taken) * 1000)}`);
  };
  await page.evaluate(() => tcpscope.load("sliding-window"));
  await tell("step");
  await tell("edit");

  console.log("#            from frame to frame, p95 (half)          work of a frame, p95 (half)");
  console.log("# under way  the stage        a bare canvas   ratio   the stage        a bare canvas    ratio, p95 (half)");
  for (const inFlight of [200, 1000]) {
    await page.evaluate((scenario) => tcpscope.load(scenario), bulk(inFlight));
    const { underWay, ours, alone } = await framesOf(page, inFlight, false);
    const work = await framesOf(page, inFlight, true);
    if (underWay < inFlight * 0.98) throw new Error(`only ${underWay} of ${inFlight} are under way`);
    const ratio = p95(ours) / p95(alone);
    const cell = (all) => `${p95(all).toFixed(1)} ms (${half(all).toFixed(1)})`.padEnd(15);
    const cells = [`${underWay}`.padStart(9), cell(ours), cell(alone), ratio.toFixed(2).padEnd(6)];
    const [most, usual] = [p95, half].map((of) => (of(work.ours) / of(work.alone)).toFixed(1));
    cells.push(cell(work.ours), cell(work.alone), `${most} (${usual})`);
    console.log(`# ${cells.join("  ")}`);
    console.log(`stage.frame_ratio.${inFlight} ${ratio.toFixed(3)}`);
  }
  await tell("seek");
  // That pixels are read back is our own doing.
  const complaints = problems().filter((problem) => !problem.includes("willReadFrequently"));
  if (complaints.length) throw new Error(`The page complained:\n  ${complaints.join("\n  ")}`);
} finally {
  await harness.close();
}
