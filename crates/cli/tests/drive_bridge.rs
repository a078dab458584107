//! Two hosts that talk to each other, each over its own `tcpscope drive`, by nothing but the
//! protocol: over a link that is perfect, and over one that loses, delays and repeats.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tcpscope_cli::drive::Session;

const ADDRESSES: [&str; 2] = ["192.0.2.1", "192.0.2.2"];

/// One host, and the application on it: it sends `data` and reads until the end.
struct Side {
    session: Session,
    listener: Option<u64>,
    fd: Option<u64>,
    data: Vec<u8>,
    taken: usize,
    shut: bool,
    read: Vec<u8>,
    ended: bool,
    next_timer: Option<u64>,
    /// Packets that left, and when.
    sent: Vec<(u64, String)>,
}

impl Side {
    fn new(address: &str, config: &Value, data: Vec<u8>) -> Self {
        let mut side = Self {
            session: Session::default(),
            listener: None,
            fd: None,
            data,
            taken: 0,
            shut: false,
            read: Vec::new(),
            ended: false,
            next_timer: None,
            sent: Vec::new(),
        };
        let mut config = config.clone();
        config["address"] = json!(address);
        side.ask(&json!({"op": "init", "config": config}));
        side
    }

    /// Asks, and keeps what was sent. The last timer told of is a promise: unless a call or a
    /// packet makes it, nothing leaves before.
    fn ask(&mut self, request: &Value) -> Value {
        let mut reply = Vec::new();
        self.session.answer(request.to_string().as_bytes(), &mut reply);
        let reply: Value = serde_json::from_slice(&reply).expect("a reply is JSON");
        assert_ne!(reply["error"], "bad-request", "{request}: {reply}");
        for packet in reply["tx"].as_array().expect("a list") {
            let at = packet["t_us"].as_u64().expect("a time");
            assert!(at <= reply["t_us"].as_u64().expect("a time"), "{reply}");
            if request["op"] == "advance" {
                let promised = self.next_timer.expect("nothing was to leave");
                assert!(at >= promised, "left at {at}, before {promised}");
            }
            self.sent.push((at, packet["packet"].as_str().expect("digits").to_owned()));
        }
        self.next_timer = reply["next_timer_us"].as_u64();
        reply
    }

    fn call(&mut self, name: &str, fd: u64, mut arguments: Value) -> Value {
        arguments["op"] = json!("call");
        arguments["fn"] = json!(name);
        arguments["fd"] = json!(fd);
        self.ask(&arguments)
    }

    fn socket(&mut self) -> u64 {
        self.ask(&json!({"op": "call", "fn": "socket"}))["fd"].as_u64().expect("a descriptor")
    }

    /// Lets the application do all that it can do now.
    fn run(&mut self) {
        if let (None, Some(listener)) = (self.fd, self.listener) {
            self.fd = self.call("accept", listener, json!({}))["fd"].as_u64();
        }
        let Some(fd) = self.fd else { return };
        while self.taken < self.data.len() {
            let end = self.data.len().min(self.taken + 10_000);
            let data = hex(&self.data[self.taken..end]);
            let reply = self.call("send", fd, json!({ "data": data }));
            match reply["n"].as_u64() {
                Some(octets) => self.taken += usize::try_from(octets).expect("a few"),
                None => {
                    assert_eq!(reply["error"], "EAGAIN");
                    break;
                }
            }
        }
        if self.taken == self.data.len() && !self.shut {
            self.shut = true;
            assert_eq!(self.call("shutdown", fd, json!({"how": "write"}))["ok"], true);
        }
        while !self.ended {
            let reply = self.call("recv", fd, json!({"max": 7_000}));
            let Some(data) = reply["data"].as_str() else {
                assert_eq!(reply["error"], "EAGAIN");
                break;
            };
            self.ended = data.is_empty();
            let octet =
                |pair: &[u8]| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap();
            self.read.extend(data.as_bytes().chunks(2).map(octet));
        }
    }

    fn done(&self) -> bool {
        self.shut && self.ended
    }
}

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

/// Numbers that are the same every time (Knuth's constants).
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn percent(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }
}

/// What the link does to packets, in per cent.
#[derive(Clone, Copy, Debug, Default)]
struct Link {
    loss: u64,
    reordering: u64,
    duplication: u64,
}

/// Connects the first to the second, lets both send `octets` and close, and says when all was
/// over.
fn transfer(config: &Value, link: Link, octets: u64, seed: u64) -> u64 {
    const DELAY: u64 = 10_000;
    let mut draw = Draw(seed);
    let mut data = || (0..octets).map(|_| draw.next().to_le_bytes()[0]).collect::<Vec<u8>>();
    let given = [data(), data()];
    let [mut client, mut server] =
        [0, 1].map(|side| Side::new(ADDRESSES[side], config, given[side].clone()));

    let listener = server.socket();
    server.call("bind", listener, json!({"port": 80}));
    server.call("listen", listener, json!({"backlog": 1}));
    server.listener = Some(listener);
    let fd = client.socket();
    let to = format!("{}:80", ADDRESSES[1]);
    assert_eq!(client.call("connect", fd, json!({ "to": to }))["error"], "EINPROGRESS");
    client.fd = Some(fd);

    let mut sides = [client, server];
    // Packets on their way, by the instant at which they arrive and the order of their sending.
    let mut on_the_way = BTreeMap::new();
    let mut sent = 0_u64;
    while !sides.iter().all(Side::done) {
        for (from, side) in sides.iter_mut().enumerate() {
            for (at, packet) in side.sent.drain(..) {
                for _ in 0..=u8::from(draw.percent(link.duplication)) {
                    let late = if draw.percent(link.reordering) { DELAY / 2 } else { 0 };
                    sent += 1;
                    if !draw.percent(link.loss) {
                        on_the_way.insert((at + DELAY + late, sent), (1 - from, packet.clone()));
                    }
                }
            }
        }
        let arrival = on_the_way.first_key_value().map(|((at, _), _)| *at);
        let timers = sides.iter().filter_map(|side| side.next_timer);
        let now = timers.chain(arrival).min().unwrap_or_else(|| {
            panic!("all wait: {config} {link:?} seed {seed}");
        });
        assert!(now < 3_600_000_000, "an hour is too long: {config} {link:?} seed {seed}");
        for side in &mut sides {
            side.ask(&json!({"op": "advance", "to_us": now}));
        }
        while let Some(entry) = on_the_way.first_entry().filter(|entry| entry.key().0 <= now) {
            let (to, packet) = entry.remove();
            sides[to].ask(&json!({"op": "rx", "packet": packet}));
        }
        sides.iter_mut().for_each(Side::run);
    }
    let over = sides.iter().map(|side| side.next_timer.unwrap_or_default()).max();
    assert!(sides[0].read == given[1], "the client read something else");
    assert!(sides[1].read == given[0], "the server read something else");
    over.unwrap_or_default()
}

fn configs() -> [Value; 6] {
    [
        json!({}),
        json!({"sack": false, "timestamps": false, "window_scale": null, "congestion": "newreno"}),
        json!({"ecn": true, "rack_tlp": false, "prr": false, "f_rto": false}),
        json!({"receive_buffer": 3000, "send_buffer": 5000, "delayed_ack_us": 0}),
        json!({"congestion": "none", "nagle": false, "mtu": 300, "iss": 4_294_960_000_u32}),
        json!({"receive_buffer": 1_000_000, "send_buffer": 1_000_000, "mtu": 9000, "rfc5961": false}),
    ]
}

#[test]
fn a_perfect_link_carries_everything() {
    for config in configs() {
        transfer(&config, Link::default(), 80_000, 1);
    }
}

#[test]
fn a_lossy_link_carries_everything() {
    for config in configs() {
        for (seed, loss) in [1, 3, 10].into_iter().enumerate() {
            let link = Link { loss, ..Link::default() };
            transfer(&config, link, 40_000, seed as u64);
        }
    }
}

#[test]
fn a_bad_link_carries_everything() {
    for config in configs() {
        for seed in 0..3 {
            let link = Link { loss: 5, reordering: 10, duplication: 5 };
            transfer(&config, link, 30_000, seed);
        }
    }
}
