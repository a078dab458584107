// A transfer of which a thousand segments, or two hundred, are under way at any time: what the stage
// is measured with.

/** So many records has the run. */
export const RECORDS = 100_000;

/** How long a round trip takes, in microseconds. */
const ROUND_TRIP = 1_000_000;
const TEXT = 100;
/** IPv4, TCP, timestamps. */
const HEADERS = 52;

/** A scenario with so many segments under way: half of them text, half of them what acknowledges it.
 * The link takes them one after another, at equal distances. */
export function bulk(inFlight) {
  const bitsOfOne = 8 * (TEXT + HEADERS);
  const rate = Math.round((bitsOfOne * inFlight * 1e6) / ROUND_TRIP);
  const room = inFlight * TEXT;
  const tcp = {
    base: "modern",
    mss: TEXT + 12,
    congestion: "none",
    nagle: false,
    delayed_ack_us: 0,
    receive_buffer: room,
    send_buffer: 4 * room,
  };
  const octets = RECORDS * TEXT;
  return {
    format: 1,
    id: "bulk",
    title: { en: "Bulk", "zh-CN": "大量数据" },
    summary: { en: "A transfer to measure with.", "zh-CN": "用来测量的传输。" },
    seed: 1,
    hosts: [
      {
        name: "client",
        address: "192.0.2.1:49152",
        tcp,
        script: [
          { call: "open", mode: "active" },
          { when: "connected", call: "send", octets },
        ],
      },
      {
        name: "server",
        address: "198.51.100.1:7",
        tcp,
        script: [{ call: "open", mode: "passive" }, { call: "receive", all: true }],
      },
    ],
    links: [
      { from: "client", to: "server", delay_us: ROUND_TRIP / 2, rate_bps: rate },
      { from: "server", to: "client", delay_us: ROUND_TRIP / 2 },
    ],
    limits: { records: RECORDS, until_us: 3_600_000_000 },
  };
}
