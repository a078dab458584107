//! A sender in ESTABLISHED, and a peer that says what the test says. The sender's text begins at
//! 0, times are milliseconds since the connection was established, and segments have 1000 octets.

use bytes::Bytes;
use tcpscope_tcp::{
    Call, Config, Connection, Duration, Ecn, Effect, Effects, Flags, Instant, Isn, Opening,
    Options, Reason, Reply, SackBlocks, Segment, SeqNumber, State, Status, Timer, Timestamps,
};

/// The number of the first octet of text: in the tests it is 0.
pub(crate) const FIRST: SeqNumber = SeqNumber::new(u32::MAX - 2500);
/// The peer's numbers do not move: it sends no text.
const PEER: SeqNumber = SeqNumber::new(301);
/// The round trip of the handshake.
const HANDSHAKE: Duration = Duration::from_millis(100);

/// What an ACK of the peer's says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ack {
    pub(crate) ack: u32,
    pub(crate) wnd: u16,
    pub(crate) sack: Vec<(u32, u32)>,
    pub(crate) flags: Flags,
    pub(crate) echo: Option<u32>,
    pub(crate) text: &'static str,
}

/// An acknowledgment of all before `ack`.
pub(crate) fn ack(ack: u32) -> Ack {
    Ack { ack, wnd: 60_000, ..Ack::default() }
}

/// The same with SACK blocks.
pub(crate) fn sack(number: u32, blocks: &[(u32, u32)]) -> Ack {
    Ack { sack: blocks.to_vec(), ..ack(number) }
}

/// The same with a window.
pub(crate) fn window(number: u32, wnd: u16) -> Ack {
    Ack { wnd, ..ack(number) }
}

/// A connection that sends, and what it did since it was last asked.
pub(crate) struct Sender {
    pub(crate) connection: Connection,
    start: Instant,
    now: Instant,
    sent: Vec<(u64, Segment, Reason)>,
    pub(crate) reasons: Vec<Reason>,
}

impl Sender {
    /// Established by an active opening that took 100 ms; the peer agrees on what it is asked for
    /// and takes 1000 octets a segment.
    #[allow(clippy::needless_pass_by_value, reason = "tests read better so")]
    pub(crate) fn new(config: Config) -> Self {
        Self::with_window(&config, 60_000)
    }

    /// The same, where the peer's SYN,ACK announces another window.
    pub(crate) fn with_window(config: &Config, wnd: u16) -> Self {
        let mut sender = Self {
            connection: Connection::new(config.clone()),
            start: Instant::ZERO + HANDSHAKE,
            now: Instant::ZERO,
            sent: Vec::new(),
            reasons: Vec::new(),
        };
        sender.call(Call::Open(Opening::Active { isn: Isn::Given(FIRST - 1) }));
        sender.now = sender.start;
        let mss = if config.timestamps { 1012 } else { 1000 };
        sender.arrives(Segment {
            seq: PEER - 1,
            ack: Some(FIRST),
            flags: if config.ecn { Flags::SYN | Flags::ECE } else { Flags::SYN },
            wnd,
            options: Options {
                mss: Some(mss),
                sack_permitted: config.sack,
                timestamps: config.timestamps.then_some(Timestamps { value: 1, echo: 0 }),
                ..Options::NONE
            },
            ..Segment::default()
        });
        assert_eq!(sender.connection.state(), State::Established);
        sender.forget();
        sender
    }

    pub(crate) fn status(&self) -> Status {
        self.connection.status()
    }

    fn call(&mut self, call: Call) -> Reply {
        let mut effects = Effects::observed();
        let reply =
            self.connection.call(self.now, call, &mut effects).expect("the call is allowed");
        self.take(&mut effects);
        reply
    }

    /// SEND, pushed.
    pub(crate) fn write(&mut self, octets: u32) -> &mut Self {
        self.send(octets, true, false)
    }

    pub(crate) fn send(&mut self, octets: u32, push: bool, urgent: bool) -> &mut Self {
        let data = Bytes::from(vec![b'x'; octets as usize]);
        self.call(Call::Send { data, push, urgent });
        self
    }

    pub(crate) fn close(&mut self) -> &mut Self {
        self.call(Call::Close);
        self
    }

    fn arrives(&mut self, segment: Segment) {
        let mut effects = Effects::observed();
        self.connection.segment_arrives(self.now, segment, &mut effects);
        self.take(&mut effects);
    }

    /// Milliseconds since the beginning.
    pub(crate) fn millis(&self) -> u64 {
        self.now.since(self.start).as_micros() / 1000
    }

    /// The peer's ACK arrives.
    #[allow(clippy::needless_pass_by_value, reason = "tests read better so")]
    pub(crate) fn hear(&mut self, heard: Ack) -> &mut Self {
        self.hear_ahead(&heard, 0)
    }

    /// The same, with so many octets of the peer's text missing before it.
    pub(crate) fn hear_ahead(&mut self, heard: &Ack, missing: u32) -> &mut Self {
        let mut blocks = SackBlocks::NONE;
        for (left, right) in &heard.sack {
            blocks.push(FIRST + *left, FIRST + *right);
        }
        let status = self.status();
        let timestamps = status.agreed.timestamps.then(|| {
            let value = u32::try_from(self.now.as_micros() / 1000).expect("a short test") + 1;
            Timestamps { value, echo: heard.echo.unwrap_or_default() }
        });
        self.arrives(Segment {
            seq: PEER + missing,
            ack: Some(FIRST + heard.ack),
            flags: heard.flags,
            wnd: heard.wnd,
            options: Options { sack: blocks, timestamps, ..Options::NONE },
            payload: Bytes::from_static(heard.text.as_bytes()),
            ..Segment::default()
        });
        self
    }

    /// Time goes on to `millis`; timers run out on the way.
    pub(crate) fn until(&mut self, millis: u64) -> &mut Self {
        let end = self.start + Duration::from_millis(millis);
        while let Some((timer, at)) = self.connection.next_timeout()
            && at <= end
        {
            self.now = at;
            self.expire(timer);
        }
        self.now = end;
        self
    }

    /// The next timer runs out, if there is one.
    pub(crate) fn next(&mut self) -> bool {
        let Some((timer, at)) = self.connection.next_timeout() else { return false };
        self.now = self.now.max(at);
        self.expire(timer);
        true
    }

    fn expire(&mut self, timer: Timer) {
        let mut effects = Effects::observed();
        self.connection.timeout(self.now, timer, &mut effects);
        self.take(&mut effects);
    }

    fn take(&mut self, effects: &mut Effects) {
        let millis = self.now.since(self.start).as_micros() / 1000;
        for entry in effects.drain() {
            self.reasons.push(entry.reason);
            if let Effect::Transmit { segment, .. } = entry.effect {
                self.sent.push((millis, segment, entry.reason));
            }
        }
    }

    pub(crate) fn forget(&mut self) -> &mut Self {
        self.sent.clear();
        self.reasons.clear();
        self
    }

    /// What went out since the last time: first number, number after the last, rule.
    pub(crate) fn sent(&mut self) -> Vec<(u32, u32, &'static str)> {
        let sent = self.segments().into_iter();
        sent.map(|(_, from, to, rule)| (from, to, rule)).collect()
    }

    /// The same, each with its time.
    pub(crate) fn segments(&mut self) -> Vec<(u64, u32, u32, &'static str)> {
        let sent = core::mem::take(&mut self.sent);
        sent.iter()
            .map(|(at, segment, reason)| {
                let from = segment.seq.distance_from(FIRST);
                (*at, from, from.wrapping_add(segment.len()), reason.rule())
            })
            .collect()
    }

    /// The first numbers of what went out since the last time.
    pub(crate) fn starts(&mut self) -> Vec<u32> {
        self.sent().into_iter().map(|(from, _, _)| from).collect()
    }

    /// What went out, whole.
    pub(crate) fn raw(&mut self) -> Vec<Segment> {
        core::mem::take(&mut self.sent).into_iter().map(|(_, segment, _)| segment).collect()
    }

    /// Whether the rule was applied since the last time.
    pub(crate) fn applied(&self, rule: &str) -> bool {
        self.reasons.iter().any(|reason| reason.rule() == rule)
    }

    pub(crate) fn deadline(&self, timer: Timer) -> Option<u64> {
        let at = self.connection.deadline(timer)?;
        Some(at.since(self.start).as_micros() / 1000)
    }
}

/// Whether a segment travels as ECN-capable.
pub(crate) fn is_ect(segment: &Segment) -> bool {
    segment.ecn == Ecn::Ect0
}
