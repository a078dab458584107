//! A connection in each state, reached as the RFC has it, with numbers that tests can name.

#![allow(dead_code, reason = "each test file uses a part of it")]

use bytes::Bytes;
use tcpscope_tcp::{
    Call, Config, Connection, Duration, Effect, Effects, Flags, Instant, Isn, Notification,
    Opening, Options, Segment, SeqNumber, State, Timer,
};

/// Our initial sequence number: so our SYN is 100 and our first octet 101.
pub(crate) const ISS: SeqNumber = SeqNumber::new(100);
/// The peer's initial sequence number: its SYN is 300 and its first octet 301.
pub(crate) const IRS: SeqNumber = SeqNumber::new(300);
/// The time of everything here.
pub(crate) const NOW: Instant = Instant::from_micros(1_000_000);

pub(crate) const ACTIVE: Call = Call::Open(Opening::Active { isn: Isn::Given(ISS) });
pub(crate) const PASSIVE: Call = Call::Open(Opening::Passive { isn: Isn::Given(ISS) });

/// A connection, and what followed from the last event.
pub(crate) struct Probe {
    pub(crate) connection: Connection,
    pub(crate) effects: Vec<Effect>,
    pub(crate) rules: Vec<&'static str>,
    /// The present time: it moves with `expires` and `passes` alone.
    pub(crate) now: Instant,
}

/// How a connection came into its state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opened {
    Actively,
    Passively,
}

impl Probe {
    pub(crate) fn new(config: Config) -> Self {
        Self {
            connection: Connection::new(config),
            effects: Vec::new(),
            rules: Vec::new(),
            now: NOW,
        }
    }

    pub(crate) fn call(
        &mut self,
        call: Call,
    ) -> Result<tcpscope_tcp::Reply, tcpscope_tcp::CallError> {
        let mut effects = Effects::observed();
        let result = self.connection.call(self.now, call, &mut effects);
        self.take(effects);
        result
    }

    pub(crate) fn arrives(&mut self, segment: Segment) -> &mut Self {
        let mut effects = Effects::observed();
        self.connection.segment_arrives(self.now, segment, &mut effects);
        self.take(effects);
        self
    }

    /// Lets `timer` run out.
    pub(crate) fn expires(&mut self, timer: Timer) -> &mut Self {
        let mut effects = Effects::observed();
        let at = self.connection.deadline(timer).expect("the timer is running");
        self.now = self.now.max(at);
        self.connection.timeout(at, timer, &mut effects);
        self.take(effects);
        self
    }

    /// Lets time pass: every timer that runs out in it does, at its time. Says what was sent, each
    /// with the milliseconds since the beginning of this.
    pub(crate) fn passes(&mut self, span: Duration) -> Vec<(u64, String)> {
        let (begin, end) = (self.now, self.now + span);
        let mut sent = Vec::new();
        let mut effects = Vec::new();
        let mut rules = Vec::new();
        while let Some((timer, at)) = self.connection.next_timeout().filter(|(_, at)| *at <= end) {
            self.expires(timer);
            let millis = at.since(begin).as_micros() / 1000;
            sent.extend(self.sent_in_words().into_iter().map(|words| (millis, words)));
            effects.append(&mut self.effects);
            rules.append(&mut self.rules);
        }
        self.now = end;
        self.effects = effects;
        self.rules = rules;
        sent
    }

    /// Does something to the connection that is neither call, segment nor timeout.
    pub(crate) fn does(
        &mut self,
        what: impl FnOnce(&mut Connection, Instant, &mut Effects),
    ) -> &mut Self {
        let mut effects = Effects::observed();
        what(&mut self.connection, self.now, &mut effects);
        self.take(effects);
        self
    }

    /// What the application was told.
    pub(crate) fn told(&self) -> Vec<Notification> {
        self.effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Notify(what) => Some(*what),
                _ => None,
            })
            .collect()
    }

    fn take(&mut self, mut effects: Effects) {
        let entries: Vec<_> = effects.drain().collect();
        self.rules = entries.iter().map(|entry| entry.reason.rule()).collect();
        self.effects = entries.into_iter().map(|entry| entry.effect).collect();
    }

    pub(crate) fn state(&self) -> State {
        self.connection.state()
    }

    /// The segments that went out.
    pub(crate) fn sent(&self) -> Vec<&Segment> {
        self.effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Transmit { segment, .. } => Some(segment),
                _ => None,
            })
            .collect()
    }

    /// The segments that went out, as `<SEQ=101><ACK=301><CTL=ACK>` is written in the RFC.
    pub(crate) fn sent_in_words(&self) -> Vec<String> {
        self.sent().into_iter().map(words).collect()
    }
}

fn words(segment: &Segment) -> String {
    let mut controls: Vec<&str> =
        segment.flags.iter_names().map(|(name, _)| name).filter(|name| *name != "PSH").collect();
    let ack = segment.ack.map_or(String::new(), |ack| format!("<ACK={ack}>"));
    if segment.ack.is_some() {
        controls.push("ACK");
    }
    format!("<SEQ={}>{ack}<CTL={}>", segment.seq, controls.join(","))
}

/// A segment from the peer.
pub(crate) fn segment(flags: Flags, seq: u32, ack: Option<u32>, text: &[u8]) -> Segment {
    Segment {
        seq: SeqNumber::new(seq),
        ack: ack.map(SeqNumber::new),
        flags,
        wnd: 8000,
        options: Options { mss: flags.contains(Flags::SYN).then_some(1000), ..Options::NONE },
        payload: Bytes::copy_from_slice(text),
        ..Segment::default()
    }
}

/// A connection in `state`, with `config`. Nothing is in flight but what the state implies; the
/// peer's next number is 301, or 302 once its FIN was taken; ours is 101, or 102 after our FIN.
pub(crate) fn in_state(state: State, opened: Opened, config: Config) -> Probe {
    let mut probe = Probe::new(config);
    let none = Flags::empty();
    match state {
        State::Closed => return probe,
        State::Listen => {
            probe.call(PASSIVE).expect("the call is allowed here");
            return probe;
        }
        State::SynSent => {
            probe.call(ACTIVE).expect("the call is allowed here");
            return probe;
        }
        _ => {}
    }
    match opened {
        Opened::Passively => {
            probe.call(PASSIVE).expect("the call is allowed here");
            probe.arrives(segment(Flags::SYN, 300, None, b""));
        }
        Opened::Actively if state == State::SynReceived => {
            probe.call(ACTIVE).expect("the call is allowed here");
            probe.arrives(segment(Flags::SYN, 300, None, b""));
        }
        Opened::Actively => {
            probe.call(ACTIVE).expect("the call is allowed here");
            probe.arrives(segment(Flags::SYN, 300, Some(101), b""));
        }
    }
    if state == State::SynReceived {
        assert_eq!(probe.state(), state);
        return probe;
    }
    if opened == Opened::Passively {
        probe.arrives(segment(none, 301, Some(101), b""));
    }
    match state {
        State::FinWait1 => {
            probe.call(Call::Close).expect("the call is allowed here");
        }
        State::FinWait2 => {
            probe.call(Call::Close).expect("the call is allowed here");
            probe.arrives(segment(none, 301, Some(102), b""));
        }
        State::CloseWait => {
            probe.arrives(segment(Flags::FIN, 301, Some(101), b""));
        }
        State::LastAck => {
            probe.arrives(segment(Flags::FIN, 301, Some(101), b""));
            probe.call(Call::Close).expect("the call is allowed here");
        }
        State::Closing => {
            probe.call(Call::Close).expect("the call is allowed here");
            probe.arrives(segment(Flags::FIN, 301, Some(101), b""));
        }
        State::TimeWait => {
            probe.call(Call::Close).expect("the call is allowed here");
            probe.arrives(segment(Flags::FIN, 301, Some(102), b""));
        }
        State::Closed
        | State::Listen
        | State::SynSent
        | State::SynReceived
        | State::Established => {}
    }
    assert_eq!(probe.state(), state);
    probe
}
