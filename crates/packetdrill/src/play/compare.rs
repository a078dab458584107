//! What is expected of us, and what we send.

use tcpscope_tcp::{Instant, Options, Outgoing, Segment};

use super::{Goes, Player, apply};
use crate::{Event, Listed, PacketLine};

impl Player<'_> {
    /// A segment is expected between two moments, or whenever.
    pub(super) fn expect(
        &mut self,
        event: &Event,
        line: &PacketLine,
        window: Option<(Instant, Instant)>,
    ) -> Goes {
        const DAY: u64 = 86_400_000_000;
        let last = window.map_or_else(
            || Instant::from_micros(self.now.as_micros().saturating_add(DAY)),
            |(_, last)| self.late(last),
        );
        while self.sent.is_empty()
            && let Some(due) = self.next_timeout(last)
        {
            self.time_out(due)?;
        }
        let Some(packet) = self.sent.pop_front() else {
            return Err(self.nothing_sent(event, line, window));
        };
        let mut differences = self.differences(line, &packet.segment);
        let is_of_others = (packet.source, packet.destination) != self.ends;
        if is_of_others {
            differences.push("it is of another connection than the script's".to_owned());
        }
        if let Some((first, last)) = window {
            let is_early = self.late(packet.at) < first;
            if is_early || packet.at > self.late(last) {
                differences.push(time_difference(packet.at, first, last));
            }
        }
        if !differences.is_empty() {
            let at = window.map_or(packet.at, |(first, _)| first);
            return Err(self.other_sent(event, line, packet, at, differences));
        }
        if let (Some(said), Some(stamps)) =
            (listed(line).timestamps, packet.segment.options.timestamps)
        {
            self.timestamps.learn(said.value, stamps.value);
        }
        self.now = self.now.max(packet.at);
        let Outgoing { at, source, destination, segment, .. } = packet;
        self.see(at, (source, destination), segment);
        Ok(())
    }

    /// How a segment differs from what a line expects, in words.
    fn differences(&self, line: &PacketLine, sent: &Segment) -> Vec<String> {
        let mut found = Vec::new();
        let mut differ = |what: &str, expected: String, got: String| {
            if expected != got {
                found.push(format!("{what}: expected {expected}, got {got}"));
            }
        };
        let said = self.segment(line, |_, echo| echo);
        differ("flags", flags(&said), flags(sent));
        differ("seq", said.seq.value().to_string(), sent.seq.value().to_string());
        differ("length", said.payload.len().to_string(), sent.payload.len().to_string());
        let ack = |segment: &Segment| {
            segment.ack.map_or("none".to_owned(), |ack| ack.value().to_string())
        };
        differ("ack", ack(&said), ack(sent));
        if line.wnd.is_some() {
            differ("win", said.wnd.to_string(), sent.wnd.to_string());
        }
        if line.urg.is_some() {
            differ("urg", said.urg.to_string(), sent.urg.to_string());
        }
        if line.ecn.is_some() {
            differ("ecn", format!("{:?}", said.ecn), format!("{:?}", sent.ecn));
        }
        if line.options != Listed::Any {
            let mut got = sent.options;
            self.translate(&said.options, &mut got);
            differ("options", words(&said.options), words(&got));
        }
        found
    }

    /// A TSval that is right is the script's own number.
    pub(super) fn translate(&self, said: &Options, got: &mut Options) {
        let settings = &self.script.settings;
        if let (Some(said), Some(got)) = (said.timestamps, &mut got.timestamps) {
            let is_right = settings.timestamp_tick.is_none_or(|tick| {
                self.timestamps.error(said.value, got.value, tick) <= settings.tolerance
            });
            if is_right {
                got.value = said.value;
            }
        }
    }
}

/// The options that a line lists.
pub(super) fn listed(line: &PacketLine) -> Options {
    match &line.options {
        Listed::These(list) => apply::options(list),
        Listed::Any => Options::NONE,
    }
}

fn time_difference(at: Instant, first: Instant, last: Instant) -> String {
    let seconds = super::report::seconds;
    let expected = if first == last {
        format!("{} s", seconds(first))
    } else {
        format!("{} s to {} s", seconds(first), seconds(last))
    };
    format!("time: expected {expected}, got {} s", seconds(at))
}

fn flags(segment: &Segment) -> String {
    let mut names: Vec<&str> = segment.flags.iter_names().map(|(name, _)| name).collect();
    if segment.ack.is_some() {
        names.push("ACK");
    }
    if names.is_empty() { "none".to_owned() } else { names.join(",") }
}

/// Options as scripts have them, in one order.
fn words(options: &Options) -> String {
    let list = super::report::list(options);
    let words: Vec<String> = list.iter().map(ToString::to_string).collect();
    format!("<{}>", words.join(","))
}
