//! A script run on a host of our own, in simulated time.
//!
//! At one instant what the script says comes first, line by line; a timer that runs out then goes
//! before a line only where an expected segment asks for it. So a script decides what a network and
//! a scheduler would.

mod apply;
mod calls;
mod compare;
mod report;

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddrV4;
use std::ops::Range;

use bytes::Bytes;
use tcpscope_tcp::{
    Fd, Flags, Host, HostConfig, HostEvent, Instant, Outbox, Outgoing, Segment, SeqNumber,
};

use crate::{Call, Direction, Does, Event, Moment, Place, Returns, Script, When};

pub use report::Mismatch;
pub(crate) use report::list;

/// What came of running a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Play {
    /// The events that happened as the script says, in order.
    pub matched: Vec<Matched>,
    /// The first that did not.
    pub mismatch: Option<Box<Mismatch>>,
}

/// An event that happened as the script says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matched {
    /// Where it stands.
    pub place: Place,
    /// Its octets in the script.
    pub span: Range<usize>,
    /// When it happened; a call that waited, when it returned.
    pub at: Instant,
}

/// Runs a script, up to the first event that does not happen as it says.
#[must_use]
pub fn play(script: &Script) -> Play {
    let mut player = Player::new(script);
    let mut mismatch = None;
    for (place, event) in script.events.iter().enumerate() {
        if let Err(found) = player.event(place, event) {
            mismatch = Some(found);
            break;
        }
    }
    if mismatch.is_none() {
        mismatch = player.end().err();
    }
    player.matched.sort_by_key(|matched| matched.span.start);
    Play { matched: player.matched, mismatch }
}

/// Nothing, or why the run ends here.
type Goes<T = ()> = Result<T, Box<Mismatch>>;

/// So many timers run out and segments are sent in a run, and so many segments wait to be sent: a
/// thousand connections that try again every microsecond need not be waited for.
const MOST: usize = 100_000;

/// What is sent, by whomever: what the octets are is nothing to TCP.
static ZEROS: [u8; 1 << 24] = [0; 1 << 24];

/// A run under way.
struct Player<'a> {
    script: &'a Script,
    host: Host,
    now: Instant,
    outbox: Outbox,
    /// How many timers have run out, and how many segments were sent.
    count: usize,
    /// What was sent and is not yet compared with the script.
    sent: VecDeque<Outgoing>,
    /// Sockets, by the script's numbers.
    sockets: BTreeMap<i64, Socket>,
    /// The connection that segments are of.
    ends: (SocketAddrV4, SocketAddrV4),
    /// All that went either way and was compared.
    seen: Vec<Outgoing>,
    timestamps: Timestamps,
    /// The call that waits.
    waiting: Option<Waiting>,
    /// What the host said of its doing since the peer, the network or the application last did
    /// something.
    reasons: Vec<HostEvent>,
    matched: Vec<Matched>,
    /// Octets for whoever sends some.
    zeros: Bytes,
}

/// A socket of the script's.
#[derive(Clone, Copy, Debug)]
struct Socket {
    fd: Fd,
    is_nonblocking: bool,
    port: u16,
}

/// A call that has not returned.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    event: usize,
    call: Call,
    returns: Returns,
    /// When it is to return.
    until: Instant,
    /// Octets that it has sent so far.
    sent: u32,
}

/// What TSval is in the script, and what it is in the run.
#[derive(Clone, Debug, Default)]
struct Timestamps {
    first: Option<(u32, u32)>,
    known: BTreeMap<u32, u32>,
}

impl<'a> Player<'a> {
    fn new(script: &'a Script) -> Self {
        let settings = &script.settings;
        // Our numbers begin where the script has them begin.
        let iss = script.events.iter().find_map(|event| match &event.does {
            Does::Packet(line)
                if line.direction == Direction::Expected && line.flags.contains(Flags::SYN) =>
            {
                Some(line.seq)
            }
            Does::Packet(_) | Does::Icmp(_) | Does::Call(..) => None,
        });
        let local = SocketAddrV4::new(settings.local, settings.bind_port);
        Self {
            script,
            host: Host::new(HostConfig {
                address: settings.local,
                iss: Some(SeqNumber::new(iss.unwrap_or(0))),
                connection: settings.config.clone(),
                draws_timestamp_offsets: false,
                ..HostConfig::default()
            }),
            now: Instant::ZERO,
            outbox: Outbox::observed(),
            count: 0,
            sent: VecDeque::new(),
            sockets: BTreeMap::new(),
            ends: (local, SocketAddrV4::new(settings.remote, apply::PEERS_PORT)),
            seen: Vec::new(),
            timestamps: Timestamps::default(),
            waiting: None,
            reasons: Vec::new(),
            matched: Vec::new(),
            zeros: Bytes::from_static(&ZEROS),
        }
    }

    /// One event, at its time.
    fn event(&mut self, place: usize, event: &Event) -> Goes {
        let from = self.now;
        let time = |moment: Moment| {
            let base = if moment.is_relative { from.as_micros() } else { 0 };
            Instant::from_micros(base.saturating_add(moment.micros))
        };
        match &event.does {
            Does::Packet(line) if line.direction == Direction::Expected => {
                let window = match event.when {
                    When::At(at) => Some((time(at), time(at))),
                    When::Between(first, last) | When::From(first, last) => {
                        Some((time(first), time(last)))
                    }
                    When::Any => None,
                };
                self.expect(event, line, window)?;
            }
            Does::Packet(line) => {
                self.go_to(event, event.when, time)?;
                self.reasons.clear();
                self.inject(line);
            }
            Does::Icmp(line) => {
                self.go_to(event, event.when, time)?;
                self.reasons.clear();
                self.report(*line);
            }
            Does::Call(call, returns) => {
                self.go_to(event, event.when, time)?;
                self.reasons.clear();
                let until = match event.when {
                    When::From(_, until) => Some(time(until)),
                    When::At(_) | When::Between(..) | When::Any => None,
                };
                return self.call(place, *call, *returns, until);
            }
        }
        self.happened(event);
        self.go_on_waiting()
    }

    /// The event happened as the script says.
    fn happened(&mut self, event: &Event) {
        let (place, span) = (event.place, event.span.clone());
        self.matched.push(Matched { place, span, at: self.now });
    }

    /// Up to the moment of an event: timers that run out by then do, but for those of that instant.
    fn go_to(&mut self, event: &Event, when: When, time: impl Fn(Moment) -> Instant) -> Goes {
        let at = match when {
            When::At(at) | When::Between(at, _) | When::From(at, _) => time(at),
            When::Any => self.now,
        };
        if at < self.now {
            // An expected segment may have come a little late.
            if self.now.since(at).as_micros() > self.script.settings.tolerance {
                let now = report::seconds(self.now);
                let what = format!("time runs backwards: it is {now} s already");
                return Err(self.mismatch(event, what));
            }
            return Ok(());
        }
        self.run_until(at, false)?;
        self.now = at;
        Ok(())
    }

    /// Lets timers run out up to `at`, those of that instant only where they are meant too.
    fn run_until(&mut self, at: Instant, is_included: bool) -> Goes {
        while let Some(due) = self.next_timeout(at).filter(|due| is_included || *due < at) {
            self.time_out(due)?;
        }
        if let Some(waiting) = self.waiting
            && at > self.late(waiting.until)
        {
            return Err(self.still_waits(waiting));
        }
        Ok(())
    }

    fn next_timeout(&mut self, until: Instant) -> Option<Instant> {
        self.host.next_timeout().filter(|due| *due <= until)
    }

    fn time_out(&mut self, at: Instant) -> Goes {
        if let Some(waiting) = self.waiting
            && at > self.late(waiting.until)
        {
            return Err(self.still_waits(waiting));
        }
        self.count += 1;
        if self.count > MOST {
            let what = format!(
                "over {MOST} timers have run out and segments were sent: nobody reads them all"
            );
            return Err(self.mismatch_at_last(what));
        }
        self.now = self.now.max(at);
        self.host.run_timers(self.now, &mut self.outbox);
        self.gather();
        self.go_on_waiting()
    }

    /// The last moment at which something may happen that is to happen `at`.
    fn late(&self, at: Instant) -> Instant {
        Instant::from_micros(at.as_micros().saturating_add(self.script.settings.tolerance))
    }

    /// What the host has sent and said.
    fn gather(&mut self) {
        self.count += self.outbox.packets.len();
        for packet in self.outbox.packets.drain(..) {
            // A SYN of ours begins a connection.
            if packet.segment.syn() && packet.segment.ack.is_none() {
                self.ends = (packet.source, packet.destination);
            }
            self.sent.push_back(packet);
        }
        self.reasons.extend(self.outbox.events.drain(..).filter(|it| !it.reason.is_routine()));
        self.outbox.clear();
    }

    /// The script is over: nothing may be left.
    fn end(&mut self) -> Goes {
        if let Some(waiting) = self.waiting {
            let until = self.late(waiting.until);
            self.run_until(until, true)?;
            if let Some(waiting) = self.waiting {
                return Err(self.still_waits(waiting));
            }
        }
        match self.sent.pop_front() {
            None => Ok(()),
            Some(packet) => Err(self.unexpected(&packet)),
        }
    }

    /// A segment that went one way, for those who look at all that went.
    fn see(&mut self, at: Instant, ends: (SocketAddrV4, SocketAddrV4), segment: Segment) {
        let (source, destination) = ends;
        self.seen.push(Outgoing { at, source, destination, segment, retransmission: false });
    }
}
