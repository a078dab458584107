// intervene(), and the list of edits: what a hand can do to a run can be done by a call.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startHarness } from "./harness.mjs";

const harness = await startHarness({ dist: process.env.TCPSCOPE_DIST });
after(() => harness.close());
const { withPage } = harness;

const RUN = "v=1&scenario=sliding-window&t=0&r=0";

test("each kind does to a packet what it says, and undo takes it back", () =>
  withPage({ hash: RUN }, async (page) => {
    const done = await page.evaluate(() => {
      const { tcpscope } = window;
      const packets = () => [
        ...new Set(tcpscope.trace().flatMap((it) => (it.kind === "transmit" ? [it.packet] : []))),
      ];
      const data = packets().filter((it) => it.includes(":data:"))[3];
      const times = (kind, packet) =>
        tcpscope.trace().flatMap((it) => (it.kind === kind && it.packet === packet ? [it.at_us] : []));
      const [usual] = times("arrive", data);
      const before = tcpscope.digest();
      const seen = {};
      for (const what of [
        { kind: "drop" },
        { kind: "delay", by_us: 7000 },
        { kind: "duplicate" },
        { kind: "duplicate", by_us: 20_000 },
        { kind: "corrupt" },
        { kind: "corrupt", bit: 300 },
        { kind: "hold" },
        { kind: "hold", until_us: usual + 12_345 },
      ]) {
        tcpscope.intervene({ ...what, packet: data });
        const copies = tcpscope.trace().filter((it) => it.packet?.startsWith(`${data}*`));
        seen[JSON.stringify(what)] = {
          lost: times("lost", data).length,
          arrives: times("arrive", data).map((at) => at - usual),
          copies: copies.filter((it) => it.kind === "arrive").map((it) => it.at_us - usual),
          rules: tcpscope
            .trace()
            .filter((it) => it.packet === data && it.reason)
            .map((it) => it.reason.rule),
          edits: tcpscope.edits(),
          moment: tcpscope.state().record,
        };
        tcpscope.undo();
        if (tcpscope.digest() !== before) throw new Error(`${what.kind}: not undone`);
      }
      return { data, seen, usual };
    });
    const { data, seen, usual } = done;
    const of = (what) => seen[JSON.stringify(what)];
    assert.equal(of({ kind: "drop" }).lost, 1);
    assert.deepEqual(of({ kind: "drop" }).edits, [`drop,${data}`]);
    assert.deepEqual(of({ kind: "delay", by_us: 7000 }).arrives, [7000]);
    assert.deepEqual(of({ kind: "duplicate" }).copies, [1000], "a copy follows after 1 ms");
    assert.deepEqual(of({ kind: "duplicate", by_us: 20_000 }).copies, [20_000]);
    assert.ok(
      of({ kind: "corrupt" }).rules.some((rule) => /checksum/i.test(rule)),
      `a checksum tells: ${of({ kind: "corrupt" }).rules}`,
    );
    assert.deepEqual(of({ kind: "corrupt", bit: 300 }).edits, [`corrupt,${data},300`]);
    assert.deepEqual(of({ kind: "hold" }).arrives, [1_000_000], "held for a second");
    assert.deepEqual(of({ kind: "hold", until_us: usual + 12_345 }).arrives, [12_345]);
    for (const [what, { moment }] of Object.entries(seen)) assert.equal(moment, 0, what);
  }));

test("the past can be changed as well as the future, and the moment stays", () =>
  withPage({ hash: RUN }, async (page) => {
    const seen = await page.evaluate(() => {
      const { tcpscope } = window;
      const sent = tcpscope.trace().filter((it) => it.kind === "transmit");
      const middle = sent[Math.floor(sent.length / 2)].at_us;
      return [sent[2].packet, sent.at(-2).packet].map((packet) => {
        tcpscope.seek(middle);
        const before = tcpscope.state().t_us;
        const digest = tcpscope.digest();
        tcpscope.intervene({ kind: "corrupt", packet });
        return [tcpscope.state().t_us === before, tcpscope.digest() !== digest];
      });
    });
    assert.deepEqual(seen, [
      [true, true],
      [true, true],
    ]);
  }));

test("a wrong argument is named, with what would be right, and changes nothing", () =>
  withPage({ hash: RUN }, async (page) => {
    const told = await page.evaluate(() => {
      const { tcpscope } = window;
      const { packet } = tcpscope.trace().find((it) => it.kind === "transmit");
      tcpscope.intervene({ kind: "delay", packet, by_us: 5 });
      const before = [tcpscope.digest(), JSON.stringify(tcpscope.state()), tcpscope.link()];
      const cases = {
        nothing: () => tcpscope.intervene(),
        text: () => tcpscope.intervene("drop"),
        kind: () => tcpscope.intervene({ kind: "lose", packet }),
        noKind: () => tcpscope.intervene({ packet }),
        packet: () => tcpscope.intervene({ kind: "hold", packet: "client:syn:7" }),
        noPacket: () => tcpscope.intervene({ kind: "duplicate" }),
        by: () => tcpscope.intervene({ kind: "delay", packet }),
        byText: () => tcpscope.intervene({ kind: "delay", packet, by_us: "5" }),
        byNegative: () => tcpscope.intervene({ kind: "duplicate", packet, by_us: -1 }),
        bit: () => tcpscope.intervene({ kind: "corrupt", packet, bit: 1e6 }),
        bitHalf: () => tcpscope.intervene({ kind: "corrupt", packet, bit: 0.5 }),
        until: () => tcpscope.intervene({ kind: "hold", packet, until_us: NaN }),
        edit: () => tcpscope.edit("drop"),
        editPacket: () => tcpscope.edit("drop,nobody:syn:0"),
        editType: () => tcpscope.edit({}),
        remove: () => tcpscope.remove_edit(1),
        move: () => tcpscope.move_edit(0, 3),
        replace: () => tcpscope.replace_edit(0, "hold,client:syn:0"),
      };
      const told = {};
      for (const [name, call] of Object.entries(cases)) {
        try {
          call();
          told[name] = "no error";
        } catch (error) {
          told[name] = error instanceof Error ? error.message : "no Error";
        }
      }
      const after = [tcpscope.digest(), JSON.stringify(tcpscope.state()), tcpscope.link()];
      return { told, same: before.every((it, place) => it === after[place]) };
    });
    assert.ok(told.same, "nothing has changed");
    const names = {
      nothing: /intervene: what is undefined; it should be an object/,
      text: /intervene: what is "drop"; it should be an object/,
      kind: /kind is "lose"; .*"drop", "delay", "duplicate", "corrupt" or "hold"/,
      noKind: /intervene: kind is undefined/,
      packet: /packet is "client:syn:7"; it should be the name of a packet of this run/,
      noPacket: /intervene: packet is undefined/,
      by: /intervene: by_us is undefined; it should be a whole number from 0 on/,
      byText: /intervene: by_us is "5"/,
      byNegative: /intervene: by_us is -1/,
      bit: /intervene: bit is 1000000; it should be a bit of the packet, a whole number from 0 to \d+/,
      bitHalf: /intervene: bit is 0.5/,
      until: /intervene: until_us is NaN/,
      edit: /edit: text: .*drop/,
      editPacket: /edit: text: .*nobody/,
      editType: /edit: text is {}; it should be an edit as a link has it/,
      remove: /remove_edit: i is 1; it should be the place of an edit, from 0 to 0/,
      move: /move_edit: to is 3/,
      replace: /replace_edit: text: .*hold/,
    };
    for (const [name, message] of Object.entries(names)) assert.match(told.told[name], message, name);
  }));

test("the list of edits can be read, added to, moved, changed and emptied", () =>
  withPage({ hash: RUN }, async (page) => {
    const seen = await page.evaluate(() => {
      const { tcpscope } = window;
      const lists = [];
      const note = () => lists.push(tcpscope.edits());
      const plain = tcpscope.digest();
      note();
      tcpscope.edit("drop,client:data:1+1000");
      tcpscope.edit("link-delay,server,30000");
      tcpscope.edit("link,client,100000,up,0");
      note();
      tcpscope.move_edit(2, 0);
      note();
      tcpscope.replace_edit(2, "link-delay,server,50000");
      tcpscope.remove_edit(1);
      note();
      tcpscope.undo();
      note();
      tcpscope.clear_edits();
      note();
      const same = tcpscope.digest() === plain;
      tcpscope.undo();
      note();
      return { lists, same };
    });
    const [drop, delay, slow, pull] = [
      "drop,client:data:1+1000",
      "link-delay,server,30000",
      "link-delay,server,50000",
      "link,client,100000,up,0",
    ];
    assert.deepEqual(seen.lists, [
      [],
      [drop, delay, pull],
      [pull, drop, delay],
      [pull, slow],
      [pull, drop, slow],
      [],
      [pull, drop, slow],
    ]);
    assert.ok(seen.same);
  }));
