//! What did not happen as the script says, in words.

use std::fmt;

use tcpscope_capture::Tcpdump;
use tcpscope_tcp::{Citation, Instant, Options, Outgoing};
use tcpscope_wire::encode;

use super::compare::listed;
use super::{Player, Waiting};
use crate::{Event, HeaderOption, Listed, PacketLine, Place, Returns};

/// The first event that did not happen as the script says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// Where it stands in the script.
    pub place: Place,
    /// When.
    pub at: Instant,
    /// What is wrong.
    pub what: String,
    /// What was expected: a segment as tcpdump prints it, or what a call returns.
    pub expected: Option<String>,
    /// What came instead.
    pub got: Option<String>,
    /// What the call returned, where it should have returned something else.
    pub returned: Option<Returns>,
    /// In what these differ.
    pub differences: Vec<String>,
    /// The rules by which the host has acted since something last reached it, the last of them last.
    pub why: Vec<(&'static str, Citation)>,
}

/// So many rules are told.
const MOST_RULES: usize = 6;

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: at {} s {}", self.place, seconds(self.at), self.what)?;
        if let Some(expected) = &self.expected {
            write!(f, "\n  expected  {expected}")?;
        }
        if let Some(got) = &self.got {
            write!(f, "\n  got       {got}")?;
        }
        for difference in &self.differences {
            write!(f, "\n  {difference}")?;
        }
        for (rule, citation) in &self.why {
            write!(f, "\n  why       {rule} [{citation}]")?;
        }
        Ok(())
    }
}

impl std::error::Error for Mismatch {}

impl Player<'_> {
    pub(super) fn mismatch(&self, event: &Event, what: String) -> Box<Mismatch> {
        self.mismatch_at(event.place, what)
    }

    /// The same at the last event that happened.
    pub(super) fn mismatch_at_last(&self, what: String) -> Box<Mismatch> {
        let last = self.matched.last().map(|matched| matched.place);
        self.mismatch_at(last.unwrap_or(Place { line: 1, column: 1 }), what)
    }

    fn mismatch_at(&self, place: Place, what: String) -> Box<Mismatch> {
        let mut why: Vec<(&'static str, Citation)> = Vec::new();
        for told in self.reasons.iter().rev() {
            let rule = (told.reason.rule(), told.reason.citation());
            if why.len() < MOST_RULES && !why.contains(&rule) {
                why.insert(0, rule);
            }
        }
        Box::new(Mismatch {
            place,
            at: self.now,
            what,
            expected: None,
            got: None,
            returned: None,
            differences: Vec::new(),
            why,
        })
    }

    pub(super) fn still_waits(&self, waiting: Waiting) -> Box<Mismatch> {
        let event = &self.script.events[waiting.event];
        let until = seconds(waiting.until);
        self.mismatch(event, format!("the call still waits; it is to return at {until} s"))
    }

    pub(super) fn other_returned(
        &self,
        event: &Event,
        said: Returns,
        got: Returns,
    ) -> Box<Mismatch> {
        Box::new(Mismatch {
            expected: Some(said.to_string()),
            got: Some(got.to_string()),
            returned: Some(got),
            ..*self.mismatch(event, "the call returns something else".to_owned())
        })
    }

    /// Nothing was sent by the time by which a segment is expected. What is sent next is told.
    pub(super) fn nothing_sent(
        &self,
        event: &Event,
        line: &PacketLine,
        window: Option<(Instant, Instant)>,
    ) -> Box<Mismatch> {
        let at = window.map_or(self.now, |(first, _)| first);
        let (mut host, mut outbox) = (self.host.clone(), tcpscope_tcp::Outbox::unobserved());
        // A connection that is idle may have a hundred timers before it sends something.
        for _ in 0..100 {
            let Some(due) = host.next_timeout().filter(|_| outbox.packets.is_empty()) else {
                break;
            };
            host.run_timers(due.max(self.now), &mut outbox);
        }
        let next = outbox.packets.first();
        let got = match next {
            Some(packet) => format!("nothing; the next is\n            {}", self.line(packet)),
            None => "nothing, and nothing will be sent any more by itself".to_owned(),
        };
        let expected = self.expected(line, next, at);
        Box::new(Mismatch {
            at,
            expected: Some(expected),
            got: Some(got),
            ..*self.mismatch(event, "our TCP sends nothing".to_owned())
        })
    }

    /// Something else was sent.
    pub(super) fn other_sent(
        &self,
        event: &Event,
        line: &PacketLine,
        packet: Outgoing,
        at: Instant,
        differences: Vec<String>,
    ) -> Box<Mismatch> {
        let what = match &differences[..] {
            [one] if one.starts_with("time") => "our TCP sends this at another time",
            _ => "our TCP sends something else",
        };
        Box::new(Mismatch {
            at: packet.at,
            expected: Some(self.expected(line, Some(&packet), at)),
            got: Some(self.line(&self.in_the_scripts_time(line, packet))),
            differences,
            ..*self.mismatch(event, what.to_owned())
        })
    }

    /// The script is over, and this was sent.
    pub(super) fn unexpected(&self, packet: &Outgoing) -> Box<Mismatch> {
        let what = "the script ends, and our TCP has sent something that no line expects";
        Box::new(Mismatch {
            at: packet.at,
            got: Some(self.line(packet)),
            ..*self.mismatch_at_last(what.to_owned())
        })
    }

    /// A TSval that is right is told as the script has it, so that it does not look different.
    fn in_the_scripts_time(&self, line: &PacketLine, mut packet: Outgoing) -> Outgoing {
        self.translate(&listed(line), &mut packet.segment.options);
        packet
    }

    /// The line that tcpdump would print of what is expected. What the script does not say is as it
    /// came.
    fn expected(&self, line: &PacketLine, got: Option<&Outgoing>, at: Instant) -> String {
        let mut segment = self.segment(line, |_, echo| echo);
        let (source, destination) = self.ends;
        if let Some(got) = got {
            if line.wnd.is_none() {
                segment.wnd = got.segment.wnd;
            }
            if line.options == Listed::Any {
                segment.options = got.segment.options;
            }
        }
        self.line(&Outgoing { at, source, destination, segment, retransmission: false })
    }

    /// The line that tcpdump would print of a packet, after all that went before.
    fn line(&self, packet: &Outgoing) -> String {
        let mut tcpdump = Tcpdump::default();
        let mut line = String::new();
        for Outgoing { at, source, destination, segment, .. } in self.seen.iter().chain([packet]) {
            if let Ok(octets) = encode(*source, *destination, segment) {
                line = tcpdump.line(*at, &octets);
            }
        }
        line
    }
}

/// The options of a segment as a script lists them, without padding.
pub(crate) fn list(options: &Options) -> Vec<HeaderOption> {
    let Options { mss, window_scale, sack_permitted, sack, timestamps, fast_open } = options;
    let blocks = sack.blocks().iter().map(|(left, right)| (left.value(), right.value()));
    let blocks: Vec<_> = blocks.collect();
    let all = [
        mss.map(HeaderOption::Mss),
        sack_permitted.then_some(HeaderOption::SackPermitted),
        timestamps.map(|it| HeaderOption::Timestamps { value: it.value, echo: it.echo }),
        window_scale.map(HeaderOption::WindowScale),
        (!blocks.is_empty()).then_some(HeaderOption::Sack(blocks)),
        fast_open.map(|cookie| HeaderOption::FastOpen(cookie.octets().to_vec())),
    ];
    all.into_iter().flatten().collect()
}

/// `0.1`
pub(super) fn seconds(at: Instant) -> String {
    crate::Moment { micros: at.as_micros(), is_relative: false }.to_string()
}
