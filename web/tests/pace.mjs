// How fast runs are simulated, sought and replayed in Chromium: prints the figures of the module in
// the folder that is named (`cargo xtask bench` builds it from crates/pace), and on lines that begin
// with "#" how cost grows with records.

import { resolve } from "node:path";
import { startHarness } from "./harness.mjs";

const harness = await startHarness({ dist: resolve(process.argv[2]), measures: true });
try {
  const { page, problems } = await harness.openPage({ waitForReady: false, openAtMost: 300_000 });
  const measure = async (records) => {
    // Each in a document of its own: the memory of a module never shrinks.
    await page.reload();
    return page.evaluate(async (records) => {
      const module = await import("./tcpscope_pace.js");
      await module.default();
      const timed = (what) => {
        const begun = performance.now();
        const result = what();
        return [performance.now() - begun, result];
      };
      const [simulated, made] = timed(() => module.simulate(records));
      const looks = [];
      for (let nth = 1; nth <= 10_000; nth++) {
        // The low bits of a multiplicative generator: any moments will do.
        const share = Math.imul(nth, 2654435769) >>> 0;
        looks.push(timed(() => module.look(share))[0]);
      }
      looks.sort((a, b) => a - b);
      const memory = module.octets() / made;
      const replays = [];
      for (let nth = 0; nth < 5; nth++) {
        const [replayed, left] = timed(() => module.replay());
        if (!left) throw new Error("there was nothing to drop");
        replays.push(replayed);
        module.undo();
      }
      replays.sort((a, b) => a - b);
      const sought = looks[Math.floor(looks.length * 0.99)];
      // The best of five: what else runs on the machine is no part of it.
      return { made, simulated, sought, replayed: replays[0], memory };
    }, records);
  };
  console.log("# records  simulated  a record  sought p99  replayed from the middle  memory a record");
  for (const records of [1000, 10_000, 100_000, 1_000_000]) {
    const { made, simulated, sought, replayed, memory } = await measure(records);
    const cells = [
      `${made}`.padStart(7),
      `${simulated.toFixed(1)} ms`.padStart(9),
      `${((simulated / made) * 1e6).toFixed(0)} ns`.padStart(8),
      `${(sought * 1000).toFixed(0)} µs`.padStart(10),
      `${replayed.toFixed(1)} ms`.padStart(24),
      `${memory.toFixed(0)} B`.padStart(15),
    ];
    console.log(`# ${cells.join("  ")}`);
    if (records === 100_000) console.log(`timeline.replay_us.wasm ${Math.round(replayed * 1000)}`);
    if (records === 1_000_000) console.log(`timeline.seek_p99_us.wasm ${Math.round(sought * 1000)}`);
  }
  if (problems().length) throw new Error(`The page complained:\n  ${problems().join("\n  ")}`);
} finally {
  await harness.close();
}
