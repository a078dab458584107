// The page API keeps its contract: shapes, and that a call is seen in the very next statement.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startHarness } from "./harness.mjs";

const harness = await startHarness();
after(() => harness.close());
const { withPage } = harness;

/** Opens the page, hands it to `use`, and holds it to having no complaint. */
/** The kind of each member, as the contract writes it. */
const shape = (value) =>
  Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      member === null ? "null" : Array.isArray(member) ? "array" : typeof member,
    ]),
  );

test("the object has every member of the contract", () =>
  withPage({}, async (page) => {
    const members = await page.evaluate(() =>
      Object.fromEntries(Object.entries(window.tcpscope).map(([name, it]) => [name, typeof it])),
    );
    const functions =
      "scenarios load duration step seek play pause intervene undo redo locale theme link state trace on digest";
    for (const name of functions.split(" ")) assert.equal(members[name], "function", name);
    assert.equal(members.version, "string");
  }));

test("state(), trace() and scenarios() have the shapes of the contract", () =>
  withPage({}, async (page) => {
    const { state, flight, trace, scenarios, duration } = await page.evaluate(async () => {
      const { tcpscope } = window;
      await tcpscope.load("three-way-handshake");
      const state = tcpscope.state();
      while (tcpscope.state().in_flight.length === 0) tcpscope.step();
      return {
        state,
        flight: tcpscope.state(),
        trace: tcpscope.trace(),
        scenarios: tcpscope.scenarios(),
        duration: tcpscope.duration(),
      };
    });
    assert.deepEqual(shape(state), {
      scenario: "string",
      seed: "number",
      t_us: "number",
      record: "number",
      records: "number",
      playing: "boolean",
      speed: "number",
      locale: "string",
      theme: "string",
      endpoints: "array",
      in_flight: "array",
      reason: state.reason === null ? "null" : "object",
    });
    assert.deepEqual([state.t_us, state.record, state.playing, state.speed], [0, 0, false, 1]);
    assert.equal(state.records, trace.length);
    const [client, server] = state.endpoints;
    assert.deepEqual([client.name, client.state], ["client", "CLOSED"]);
    assert.deepEqual([server.name, server.state], ["server", "CLOSED"]);
    for (const name of ["una", "nxt", "wnd"]) assert.equal(typeof client.snd[name], "number");
    for (const name of ["nxt", "wnd"]) assert.equal(typeof client.rcv[name], "number");
    for (const name of ["mss", "cwnd", "ssthresh", "flight", "rto_us"]) {
      assert.equal(typeof client[name], "number", name);
    }
    assert.deepEqual(shape(flight.in_flight[0]), {
      packet: "string",
      from: "string",
      to: "string",
      flags: "string",
      seq: "number",
      ack: "null",
      wnd: "number",
      len: "number",
      sent_us: "number",
      arrives_us: "number",
      fate: "string",
      retransmission: "boolean",
    });
    assert.equal(flight.in_flight[0].flags, "SYN");
    const timer = flight.endpoints[0].timers.find(({ name }) => name === "retransmission");
    assert.ok(!timer || timer.at_us > flight.t_us);
    assert.equal(duration, trace.at(-1).at_us);
    const kinds = new Set(
      "transmit arrive lost transition timer call deliver notify intervention".split(" "),
    );
    for (const [index, record] of trace.entries()) {
      assert.equal(record.record, index);
      assert.ok(kinds.has(record.kind), record.kind);
      assert.ok(record.cause === null || record.cause < index);
      if (record.reason) assert.match(record.reason.rfc, /^RFC \d+ §[\d.]+$/);
    }
    for (const { id, title } of scenarios) assert.ok(id && title);
  }));

test("a call is seen in the very next statement", () =>
  withPage({}, async (page) => {
    const seen = await page.evaluate(() => {
      const { tcpscope } = window;
      const moment = () => [tcpscope.state().record, tcpscope.state().t_us];
      const trace = tcpscope.trace();
      const steps = [];
      tcpscope.step();
      steps.push(moment());
      tcpscope.step(5);
      steps.push(moment());
      tcpscope.step(-2);
      steps.push(moment());
      tcpscope.step(-100);
      steps.push(moment());
      tcpscope.seek(trace.at(-1).at_us + 1);
      steps.push(moment());
      const middle = Math.floor(trace.at(-1).at_us / 2);
      tcpscope.seek(middle);
      const halfway = tcpscope.state();
      return { steps, middle, halfway, trace };
    });
    const at = (record) => [record, seen.trace[record].at_us];
    const last = seen.trace.length - 1;
    assert.deepEqual(seen.steps, [at(1), at(6), at(4), at(0), at(last)]);
    assert.equal(seen.halfway.t_us, seen.middle);
    const past = seen.trace.filter(({ at_us }) => at_us <= seen.middle);
    assert.equal(seen.halfway.record, past.at(-1).record);
  }));

test("an edit changes the run, undo takes it back, redo makes it again", () =>
  withPage({}, async (page) => {
    const seen = await page.evaluate(async () => {
      const { tcpscope } = window;
      await tcpscope.load("four-way-close");
      const packet = tcpscope.trace().find(({ kind }) => kind === "transmit").packet;
      const digests = [tcpscope.digest()];
      const edit = (act) => {
        act();
        digests.push(tcpscope.digest());
      };
      edit(() => tcpscope.intervene({ kind: "drop", packet }));
      edit(() => tcpscope.undo());
      edit(() => tcpscope.redo());
      edit(() => tcpscope.undo());
      edit(() => tcpscope.intervene({ kind: "delay", packet, by_us: 5000 }));
      const late = tcpscope.trace().find(({ kind }) => kind === "arrive").at_us;
      edit(() => tcpscope.undo());
      const usual = tcpscope.trace().find(({ kind }) => kind === "arrive").at_us;
      return { digests, late, usual };
    });
    const [base, dropped, undone, redone, again, delayed, end] = seen.digests;
    assert.notEqual(dropped, base);
    assert.notEqual(delayed, base);
    assert.deepEqual([undone, redone, again, end], [base, dropped, base, base]);
    assert.equal(seen.late - seen.usual, 5000);
  }));

test("whoever listens hears what happens, until they do not want to; one who throws harms nobody", async () => {
  const { page, problems, close } = await harness.openPage({});
  const heard = await page.evaluate(async () => {
    const { tcpscope } = window;
    const heard = [];
    const stops = ["step", "play", "pause", "load", "edit"].map((event) =>
      tcpscope.on(event, (state) => heard.push([event, state.record])),
    );
    tcpscope.on("step", () => {
      throw new Error("on purpose");
    });
    await tcpscope.load("lost-syn");
    tcpscope.step();
    tcpscope.play();
    tcpscope.pause();
    tcpscope.intervene({ kind: "drop", packet: tcpscope.trace().find((it) => it.packet).packet });
    for (const stop of stops) stop();
    tcpscope.step();
    let ready = 0;
    tcpscope.on("ready", () => (ready += 1));
    return { heard, ready };
  });
  assert.deepEqual(
    heard.heard.map(([event]) => event),
    ["load", "step", "play", "pause", "edit"],
  );
  assert.equal(heard.heard[1][1], 1);
  assert.equal(heard.ready, 1, "who comes late hears of ready at once");
  const complaints = problems().filter((problem) => !problem.includes("a listener of tcpscope threw"));
  assert.deepEqual(complaints, []);
  await close();
});

test("link() reproduces exactly what is on the screen", async () => {
  const first = await harness.openPage({});
  const { link, state, digest } = await first.page.evaluate(async () => {
    const { tcpscope } = window;
    await tcpscope.load("sliding-window", { seed: 99 });
    tcpscope.intervene({ kind: "drop", packet: tcpscope.trace().filter((it) => it.packet)[20].packet });
    tcpscope.intervene({ kind: "delay", packet: tcpscope.trace().filter((it) => it.packet)[30].packet, by_us: 12345 });
    tcpscope.locale("zh-CN");
    tcpscope.theme("dark");
    tcpscope.step(57);
    // The words of another language than the first are fetched now.
    while (!/[一-鿿]/.test(tcpscope.state().reason.text)) await new Promise((go) => setTimeout(go, 10));
    return { link: tcpscope.link(), state: tcpscope.state(), digest: tcpscope.digest() };
  });
  assert.deepEqual(first.problems(), []);
  await first.close();
  const second = await harness.openPage({ hash: new URL(link).hash });
  const again = await second.page.evaluate(() => ({
    link: window.tcpscope.link(),
    state: window.tcpscope.state(),
    digest: window.tcpscope.digest(),
  }));
  assert.deepEqual(again, { link, state, digest });
  assert.deepEqual(second.problems(), []);
  await second.close();
});

test("the address bar holds the link, and a new address is shown", () =>
  withPage({}, async (page) => {
    await page.evaluate(() => window.tcpscope.step(12));
    await page.waitForFunction(() => location.href === window.tcpscope.link());
    await page.evaluate(() => {
      location.hash = "#v=1&scenario=lost-syn&t=0";
    });
    await page.waitForFunction(() => window.tcpscope.state().scenario === "lost-syn");
    assert.equal(await page.evaluate(() => window.tcpscope.state().t_us), 0);
  }));

test("of two loads that overlap the later one counts", () =>
  withPage({}, async (page) => {
    const { outcomes, scenario } = await page.evaluate(async () => {
      const { tcpscope } = window;
      const loads = [tcpscope.load("lost-syn"), tcpscope.load("simultaneous-open")];
      const outcomes = (await Promise.allSettled(loads)).map(({ status }) => status);
      return { outcomes, scenario: tcpscope.state().scenario };
    });
    assert.deepEqual(outcomes, ["rejected", "fulfilled"]);
    assert.equal(scenario, "simultaneous-open");
  }));

test("a scenario given as an object is run, and its link brings it along", async () => {
  const first = await harness.openPage({});
  const { link, digest, id } = await first.page.evaluate(async () => {
    const { tcpscope } = window;
    const scenario = await (await fetch("scenarios/lost-syn.json")).json();
    scenario.id = "mine";
    scenario.title = { en: "My own", "zh-CN": "我的" };
    await tcpscope.load(scenario);
    return { link: tcpscope.link(), digest: tcpscope.digest(), id: tcpscope.state().scenario };
  });
  assert.equal(id, "mine");
  assert.match(await first.page.title(), /My own/);
  await first.close();
  const second = await harness.openPage({ hash: new URL(link).hash });
  assert.equal(await second.page.evaluate(() => window.tcpscope.digest()), digest);
  await second.close();
});
