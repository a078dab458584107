//! What a line is answered.
//!
//! The fields stand in the order of the structures here.

use std::net::SocketAddrV4;

use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq, Serializer};
use tcpscope_tcp::{Citation, Duration, Instant, SeqNumber, State, Status, Timer};
use tcpscope_tcp::{Fd, HostEvent};

/// One reply: what all have, and what was asked for.
#[derive(Serialize)]
pub(super) struct Reply<'a> {
    pub(super) ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) detail: Option<&'a str>,
    #[serde(serialize_with = "micros")]
    pub(super) t_us: Instant,
    pub(super) tx: &'a [Sent],
    pub(super) next_timer_us: Option<u64>,
    pub(super) events: Events<'a>,
    #[serde(flatten)]
    pub(super) answer: Answer,
}

/// A packet that left.
#[derive(Serialize)]
pub(super) struct Sent {
    #[serde(serialize_with = "micros")]
    pub(super) t_us: Instant,
    /// Hexadecimal digits.
    pub(super) packet: String,
}

/// What one request is answered beside what all are.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Answer {
    Nothing {},
    Socket {
        #[serde(serialize_with = "number")]
        fd: Fd,
    },
    Accepted {
        #[serde(serialize_with = "number")]
        fd: Fd,
        peer: SocketAddrV4,
    },
    Taken {
        n: u32,
    },
    Read {
        /// Hexadecimal digits.
        data: String,
    },
    Error {
        so_error: Option<&'static str>,
    },
    Info(Box<Info>),
    Connections {
        connections: Vec<Connection>,
    },
}

/// A connection's variables.
#[derive(Serialize)]
pub(super) struct Info {
    state: &'static str,
    iss: Option<u32>,
    irs: Option<u32>,
    snd_una: u32,
    snd_nxt: u32,
    snd_wnd: u32,
    rcv_nxt: u32,
    rcv_wnd: u32,
    mss: u32,
    cwnd: u32,
    ssthresh: u32,
    flight: u32,
    srtt_us: Option<u64>,
    rttvar_us: Option<u64>,
    rto_us: u64,
    timers: Timers,
}

impl From<&Status> for Info {
    fn from(status: &Status) -> Self {
        Self {
            state: status.state.name(),
            iss: status.iss.map(SeqNumber::value),
            irs: status.irs.map(SeqNumber::value),
            snd_una: status.snd_una.value(),
            snd_nxt: status.snd_nxt.value(),
            snd_wnd: status.snd_wnd,
            rcv_nxt: status.rcv_nxt.value(),
            rcv_wnd: status.rcv_wnd,
            mss: status.mss,
            cwnd: status.cwnd,
            ssthresh: status.ssthresh,
            flight: status.flight,
            srtt_us: status.srtt.map(Duration::as_micros),
            rttvar_us: status.rttvar.map(Duration::as_micros),
            rto_us: status.rto.as_micros(),
            timers: Timers(Timer::ALL.map(|timer| status.timer(timer))),
        }
    }
}

/// The timers that run, by name.
struct Timers([Option<Instant>; Timer::ALL.len()]);

impl Serialize for Timers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (timer, at) in Timer::ALL.into_iter().zip(self.0) {
            if let Some(at) = at {
                map.serialize_entry(timer.name(), &at.as_micros())?;
            }
        }
        map.end()
    }
}

/// A connection in the list of all.
#[derive(Serialize)]
pub(super) struct Connection {
    pub(super) fd: Option<u32>,
    pub(super) local: SocketAddrV4,
    pub(super) remote: SocketAddrV4,
    pub(super) state: &'static str,
}

/// What is explained: first what became of the packet before a connection saw it, then the host's.
pub(super) struct Events<'a> {
    pub(super) dropped: &'a [Dropped],
    pub(super) host: &'a [HostEvent],
}

/// A rule that was applied to a packet's octets.
pub(super) struct Dropped {
    pub(super) at: Instant,
    pub(super) rule: &'static str,
    pub(super) citation: Citation,
}

#[derive(Serialize)]
struct Event {
    #[serde(serialize_with = "micros")]
    t_us: Instant,
    fd: Option<u32>,
    rule: &'static str,
    #[serde(serialize_with = "text")]
    rfc: Citation,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'static str>,
}

impl From<&Dropped> for Event {
    fn from(&Dropped { at, rule, citation }: &Dropped) -> Self {
        Self { t_us: at, fd: None, rule, rfc: citation, from: None, to: None }
    }
}

impl From<&HostEvent> for Event {
    fn from(&HostEvent { at, fd, reason, transition }: &HostEvent) -> Self {
        let (from, to) = transition.unzip();
        Self {
            t_us: at,
            fd: fd.map(Fd::number),
            rule: reason.rule(),
            rfc: reason.citation(),
            from: from.map(State::name),
            to: to.map(State::name),
        }
    }
}

impl Serialize for Events<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.dropped.len() + self.host.len()))?;
        for dropped in self.dropped {
            list.serialize_element(&Event::from(dropped))?;
        }
        for event in self.host {
            list.serialize_element(&Event::from(event))?;
        }
        list.end()
    }
}

fn micros<S: Serializer>(at: &Instant, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(at.as_micros())
}

fn number<S: Serializer>(fd: &Fd, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u32(fd.number())
}

fn text<S: Serializer>(citation: &Citation, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(citation)
}
