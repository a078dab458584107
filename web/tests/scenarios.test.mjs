// Each scenario in a real browser, through the page API: that it plays, that its numbers and states
// are the RFC's, that it survives the loss of any segment, and that the run is the very one that a
// native build computes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { startHarness } from "./harness.mjs";

const ROOT = join(import.meta.dirname, "../..");
const readJson = (path) => JSON.parse(readFileSync(join(ROOT, path), "utf8"));
const IDS = readJson("scenarios/index.json").scenarios.map(({ id }) => id);
/** What a native build gives: see crates/scenario/tests/digests.rs. */
const DIGESTS = readJson("crates/scenario/tests/digests.json");

const PASSIVE = ["LISTEN", "SYN-RECEIVED", "ESTABLISHED"];
const ACTIVE = ["SYN-SENT", "ESTABLISHED"];
const CLOSES_FIRST = ["FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT", "CLOSED"];
const CLOSES_SECOND = ["CLOSE-WAIT", "LAST-ACK", "CLOSED"];
/**
 * The states that each end goes through after CLOSED, where one connection is opened, used and
 * closed. What the others show is told in crates/scenario/tests/lessons.rs.
 */
const STATES = {
  "three-way-handshake": [[...ACTIVE, ...CLOSES_FIRST], [...PASSIVE, ...CLOSES_SECOND]],
  "four-way-close": [[...ACTIVE, ...CLOSES_FIRST], [...PASSIVE, ...CLOSES_SECOND]],
  "lost-syn": [[...ACTIVE, ...CLOSES_FIRST], [...PASSIVE, ...CLOSES_SECOND]],
  "lost-last-ack": [[...ACTIVE, ...CLOSES_FIRST], [...PASSIVE, ...CLOSES_SECOND]],
  "sliding-window": [[...ACTIVE, ...CLOSES_SECOND], [...PASSIVE, ...CLOSES_FIRST]],
  "simultaneous-open": [
    ["SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", ...CLOSES_FIRST],
    ["SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", ...CLOSES_SECOND],
  ],
};

const harness = await startHarness();
after(() => harness.close());

/** Opens the page with a scenario loaded, hands it to `use`, and holds it to having no complaint. */
async function withScenario(id, use) {
  const { page, problems, close } = await harness.openPage();
  await page.evaluate((id) => window.tcpscope.load(id), id);
  await use(page);
  assert.deepEqual(problems(), []);
  await close();
}

for (const id of Object.keys(STATES)) {
  test(`${id} steps to its end and back to its start through the states of the RFC`, () =>
    withScenario(id, async (page) => {
      const seen = await page.evaluate(() => {
        const { tcpscope } = window;
        const look = () => tcpscope.state().endpoints.map(({ state }) => state);
        const start = tcpscope.state();
        const forward = [look()];
        while (tcpscope.state().record < start.records - 1) {
          tcpscope.step();
          forward.push(look());
        }
        const end = tcpscope.state();
        tcpscope.step();
        const beyond = tcpscope.state();
        const back = [look()];
        while (tcpscope.state().record > 0) {
          tcpscope.step(-1);
          back.push(look());
        }
        const again = tcpscope.state();
        const transitions = tcpscope.trace().filter(({ kind }) => kind === "transition");
        const names = start.endpoints.map(({ name }) => name);
        return { start, end, beyond, again, forward, back, transitions, names };
      });
      assert.equal(seen.start.scenario, id);
      assert.deepEqual(seen.forward[0], ["CLOSED", "CLOSED"]);
      assert.deepEqual(seen.forward.at(-1), ["CLOSED", "CLOSED"]);
      assert.deepEqual(seen.back, seen.forward.toReversed());
      assert.deepEqual(seen.beyond, seen.end);
      assert.deepEqual(seen.again, seen.start);
      for (const [host, name] of seen.names.entries()) {
        const passed = seen.transitions.filter(({ endpoint }) => endpoint === name);
        assert.deepEqual(
          passed.map(({ to }) => to),
          STATES[id][host],
          name,
        );
        const froms = ["CLOSED", ...STATES[id][host].slice(0, -1)];
        assert.deepEqual(
          passed.map(({ from }) => from),
          froms,
        );
      }
    }));

  test(`${id} plays to its end`, () =>
    withScenario(id, async (page) => {
      const end = await page.evaluate(
        () =>
          new Promise((done) => {
            window.tcpscope.on("pause", done);
            window.tcpscope.play({ speed: 100 });
          }),
      );
      assert.equal(end.record, end.records - 1);
      assert.equal(end.playing, false);
      assert.deepEqual(
        end.endpoints.map(({ state }) => state),
        ["CLOSED", "CLOSED"],
      );
    }));
}

for (const id of IDS) {
  test(`${id} runs here as it runs natively, whichever segment is dropped, and ends well`, () =>
    withScenario(id, async (page) => {
      const found = await page.evaluate(() => {
        const { tcpscope } = window;
        const packets = () => [
          ...new Set(tcpscope.trace().flatMap(({ packet }) => (packet ? [packet] : []))),
        ];
        const delivered = (trace) => {
          const octets = {};
          for (const { kind, endpoint, octets: more } of trace) {
            if (kind === "deliver") octets[endpoint] = (octets[endpoint] ?? 0) + more;
          }
          return Object.entries(octets).sort();
        };
        const runs = { "as it is": tcpscope.digest() };
        const base = delivered(tcpscope.trace());
        const unwell = [];
        for (const packet of packets()) {
          tcpscope.intervene({ kind: "drop", packet });
          runs[`without ${packet}`] = tcpscope.digest();
          const trace = tcpscope.trace();
          tcpscope.step(trace.length);
          const closed = tcpscope.state().endpoints.every(({ state }) => state === "CLOSED");
          const all = JSON.stringify(delivered(trace)) === JSON.stringify(base);
          const told = trace.some(
            ({ kind, notification }) =>
              kind === "notify" && ["reset", "refused", "timed-out"].includes(notification),
          );
          if (!closed || !(all || told)) unwell.push(packet);
          tcpscope.undo();
        }
        runs.undone = tcpscope.digest();
        return { runs, unwell, base };
      });
      const { undone, ...runs } = found.runs;
      assert.deepEqual(runs, DIGESTS[id]);
      assert.equal(undone, DIGESTS[id]["as it is"]);
      if (!(id in STATES)) return;
      assert.deepEqual(found.unwell, []);
      assert.ok(found.base.every(([, octets]) => octets > 0));
    }));
}

test("in the three-way handshake each acknowledgment is the number plus one", () =>
  withScenario("three-way-handshake", async (page) => {
    const [syn, synAck, ack] = await page.evaluate(() => {
      const { tcpscope } = window;
      const sent = tcpscope.trace().filter(({ kind }) => kind === "transmit");
      return sent.slice(0, 3).map(({ at_us, packet }) => {
        tcpscope.seek(at_us);
        return tcpscope.state().in_flight.find((flying) => flying.packet === packet);
      });
    });
    assert.deepEqual([syn.flags, synAck.flags, ack.flags], ["SYN", "SYN ACK", "ACK"]);
    assert.equal(syn.ack, null);
    assert.equal(synAck.ack, (syn.seq + 1) >>> 0);
    assert.equal(ack.seq, (syn.seq + 1) >>> 0);
    assert.equal(ack.ack, (synAck.seq + 1) >>> 0);
    assert.notEqual(syn.seq, synAck.seq);
  }));

test("without the client's last ACK the server sends its FIN again and TIME-WAIT begins anew", () =>
  withScenario("four-way-close", async (page) => {
    const seen = await page.evaluate(() => {
      const { tcpscope } = window;
      const sent = tcpscope.trace().filter(({ kind }) => kind === "transmit");
      const last = sent.at(-1);
      tcpscope.intervene({ kind: "drop", packet: last.packet });
      const trace = tcpscope.trace();
      const after = trace.filter(({ record }) => record > last.record);
      const fin = after.find(({ kind, endpoint }) => kind === "transmit" && endpoint === "server");
      const ends = trace.map(({ record }) => {
        tcpscope.step(record - tcpscope.state().record);
        const { endpoints } = tcpscope.state();
        return endpoints[0].timers.find(({ name }) => name === "time-wait")?.at_us;
      });
      tcpscope.step(fin.record - tcpscope.state().record);
      const now = tcpscope.state();
      const flying = now.in_flight.find(({ packet }) => packet === fin.packet);
      return { last, fin, flying, server: now.endpoints[1].state, ends: [...new Set(ends)] };
    });
    assert.equal(seen.last.endpoint, "client");
    assert.equal(seen.server, "LAST-ACK");
    assert.equal(seen.flying.flags, "FIN ACK");
    assert.equal(seen.flying.retransmission, true);
    assert.equal(seen.fin.reason.rfc, "RFC 6298 §5");
    const [, first, second] = seen.ends;
    assert.ok(second > first, `TIME-WAIT ends at ${first}, then at ${second}`);
  }));
