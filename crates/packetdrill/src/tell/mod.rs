//! One host's part in a run as a script: what reached it is what the peer sends, what it sent is
//! what is expected of us, and its application's calls are the calls.
//!
//! Numbers count from the initial ones, times from the event before. What is told is played before
//! it is handed out: a script that our own engine does not find true is none.

mod calls;
mod segments;

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddrV4;

use tcpscope_sim::{HostId, Record, RecordKind, Setup, Trace};
use tcpscope_tcp::{Instant, Notification};

use crate::{Call, Does, Event, Moment, Place, Returns, Script, Settings, When, play};
use segments::Numbers;

/// What a script cannot tell of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untellable {
    /// Why.
    pub why: String,
}

impl fmt::Display for Untellable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)
    }
}

impl std::error::Error for Untellable {}

fn untellable<T>(why: impl Into<String>) -> Result<T, Untellable> {
    Err(Untellable { why: why.into() })
}

/// A script of what `host` did, and what has to be said beside it.
///
/// # Errors
/// Why there is none: what happened to the host is more than a script can say.
pub fn tell(
    setup: &Setup,
    trace: &Trace,
    host: HostId,
) -> Result<(Script, Vec<String>), Untellable> {
    let numbers = Numbers::of(trace, host)?;
    let mut teller = Teller::new(setup, trace, host, numbers);
    let mut event = None;
    for record in trace.records() {
        if event != Some(record.event) {
            teller.take_ready();
            event = Some(record.event);
        }
        if record.host == Some(host) {
            teller.record(record)?;
        }
    }
    teller.take_ready();
    teller.finish()
}

/// A run on its way to a script.
struct Teller<'a> {
    setup: &'a Setup,
    trace: &'a Trace,
    host: HostId,
    numbers: Numbers,
    events: Vec<Event>,
    /// Which of the calls were refused in the RFC's words, so that C's have to be found out.
    refused: Vec<usize>,
    /// The moment of the last event.
    last: Instant,
    /// The next descriptor.
    next_fd: i64,
    /// A socket that has become nothing yet.
    fresh: Option<i64>,
    listens: Option<Listens>,
    connected: Option<i64>,
    /// Whether a connection has come of the passive OPEN, and is to be taken.
    is_ready: bool,
    /// The octets that each line has still to send.
    left: BTreeMap<usize, u64>,
    damaged: usize,
}

/// A listener.
#[derive(Clone, Copy)]
struct Listens {
    fd: i64,
    /// Whether it is a passive OPEN as RFC 9293 §3.10.1 has it: one connection comes of it.
    once: bool,
}

impl<'a> Teller<'a> {
    const fn new(setup: &'a Setup, trace: &'a Trace, host: HostId, numbers: Numbers) -> Self {
        Self {
            setup,
            trace,
            host,
            numbers,
            events: Vec::new(),
            refused: Vec::new(),
            last: Instant::ZERO,
            next_fd: 3,
            fresh: None,
            listens: None,
            connected: None,
            is_ready: false,
            left: BTreeMap::new(),
            damaged: 0,
        }
    }

    fn name(&self) -> &str {
        &self.trace.host(self.host).name
    }

    fn record(&mut self, record: &Record) -> Result<(), Untellable> {
        match &record.kind {
            RecordKind::Call { line, result } => self.call(record, *line, *result)?,
            RecordKind::Transmit { packet } => {
                let packet = self.trace.packet(*packet);
                let line = self.numbers.sent(packet);
                self.happens(record.at, Does::Packet(Box::new(line)));
            }
            RecordKind::Arrive { packet } => {
                let packet = self.trace.packet(*packet);
                if packet.flipped_bits().is_empty() {
                    let line = self.numbers.arrived(packet);
                    self.happens(record.at, Does::Packet(Box::new(line)));
                } else {
                    self.damaged += 1;
                }
            }
            RecordKind::Icmp { packet, error } => {
                let line = self.numbers.reported(self.trace.packet(*packet), *error);
                self.happens(record.at, Does::Icmp(line));
            }
            RecordKind::Notify(Notification::Connected) => {
                self.is_ready |= self.listens.is_some_and(|listens| listens.once);
            }
            RecordKind::Act(_) => {
                let what = "is crashed, started anew or meddled with while the run goes on";
                return untellable(format!(
                    "{} {what}: a script has one host, which nobody \
                     touches but by its calls",
                    self.name()
                ));
            }
            // What follows from these, and what befalls packets on their way.
            RecordKind::Transition { .. }
            | RecordKind::Timer { .. }
            | RecordKind::Deliver { .. }
            | RecordKind::Notify(_)
            | RecordKind::Lost { .. }
            | RecordKind::Impaired { .. }
            | RecordKind::Copy { .. }
            | RecordKind::LinkChanged { .. }
            | RecordKind::Intervention { .. }
            | RecordKind::ReassemblyTimeout { .. } => {}
        }
        Ok(())
    }

    /// Something happens, so long after what happened before.
    fn happens(&mut self, at: Instant, does: Does) {
        let is_relative = !self.events.is_empty();
        let from = if is_relative { self.last } else { Instant::ZERO };
        let moment = Moment { micros: at.since(from).as_micros(), is_relative };
        self.last = at;
        let place = Place { line: 1, column: 1 };
        self.events.push(Event { place, span: 0..0, when: When::At(moment), does });
    }

    fn calls(&mut self, at: Instant, call: Call, returns: i64) {
        self.happens(at, Does::Call(call, Returns::Number(returns)));
    }

    /// In a passive OPEN, the connection that is ready is the one, and nobody listens any more.
    fn take_ready(&mut self) {
        if !self.is_ready {
            return;
        }
        self.is_ready = false;
        if let Some(Listens { fd, .. }) = self.listens.take() {
            let own = self.new_fd();
            self.calls(self.last, Call::Accept { fd, is_nonblocking: true }, own);
            self.calls(self.last, Call::Close { fd }, 0);
            self.connected = Some(own);
        }
    }

    const fn new_fd(&mut self) -> i64 {
        let fd = self.next_fd;
        self.next_fd += 1;
        fd
    }

    fn finish(self) -> Result<(Script, Vec<String>), Untellable> {
        let host = &self.setup.hosts[self.host.index()];
        let (local, remote) = self.numbers.ends(host.address);
        let usual = Settings::default();
        let has_timestamps = host.config.timestamps;
        let settings = Settings {
            config: host.config.clone(),
            local: *local.ip(),
            remote: *remote.ip(),
            bind_port: local.port(),
            connect_port: if self.numbers.is_active() { remote.port() } else { usual.connect_port },
            tolerance: 0,
            timestamp_tick: has_timestamps.then_some(1_000),
        };
        let mut remarks = Vec::new();
        if self.damaged > 0 {
            remarks.push(format!(
                "{} that reached it damaged have no line: their checksums are wrong, and TCP never \
                 sees them",
                self.damaged
            ));
        }
        let name = self.name().to_owned();
        let script = Script { settings, events: self.events };
        hold(&script, &name, &self.refused).map(|script| (script, remarks))
    }
}

/// The script, once it is found true. Of calls that were refused in the RFC's words it is found out
/// what they return in C's.
fn hold(script: &Script, name: &str, refused: &[usize]) -> Result<Script, Untellable> {
    let text = script.to_string();
    let Ok(mut script) = Script::from_text(&text) else {
        return untellable(format!("what {name} did is more than a line can say"));
    };
    for _ in 0..=refused.len() {
        let Some(mismatch) = play(&script).mismatch else {
            return Ok(script);
        };
        let place = script.events.iter().position(|event| event.place == mismatch.place);
        let event =
            place.filter(|place| refused.contains(place)).map(|place| &mut script.events[place]);
        match (event, mismatch.returned) {
            (Some(Event { does: Does::Call(_, returns), .. }), Some(got)) => *returns = got,
            _ => {
                return untellable(format!(
                    "sockets cannot do all that {name} did: of the script, {mismatch}"
                ));
            }
        }
    }
    untellable(format!("sockets cannot do all that {name} did"))
}

/// The two ends of a host's connection.
type Ends = (SocketAddrV4, SocketAddrV4);
