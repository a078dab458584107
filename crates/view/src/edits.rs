//! What was done to a run, edit by edit, in words.

use tcpscope_sim::{
    Act, AppCall, Deed, Edit, Forgery, HostId, Intervention, LinkChange, LinkProperty, PacketId,
    QueueLimit, Queueing, Trace, Want,
};
use tcpscope_tcp::{Duration, Instant, Segment};

use crate::words::{EditWords, host_title};
use crate::{
    Detail, Locale, Numbers, Phrase, duration_text, flags_text, messages, percent_text,
    segment_label,
};

/// An edit in words, as an item of a list: no stop at its end.
#[must_use]
pub fn edit_in_words(locale: Locale, edit: &Edit, trace: &Trace, numbers: Numbers) -> String {
    let teller = Teller { locale, words: &messages(locale).edit_words, trace, numbers };
    match edit {
        Edit::Packet(intervention) => teller.intervention(intervention),
        Edit::LinkDelay { from, delay } => {
            teller.link(*from, None, Instant::ZERO, &LinkProperty::Delay(*delay))
        }
        Edit::LinkLoss { from, loss_ppm } => {
            teller.link(*from, None, Instant::ZERO, &LinkProperty::Loss(*loss_ppm))
        }
        Edit::Link(LinkChange { at, from, toward, to }) => teller.link(*from, *toward, *at, to),
        Edit::Act(act) => teller.act(act),
    }
}

/// A property of a link, and its value, in words.
#[must_use]
pub fn property_in_words(locale: Locale, property: &LinkProperty) -> String {
    property_text(&messages(locale).edit_words, property)
}

/// Bits per second as people say them: `1.5 Mbit/s`.
#[must_use]
pub fn rate_text(bits: u64) -> String {
    const KILO: u64 = 1_000;
    const MEGA: u64 = 1_000_000;
    let (unit, name) = match bits {
        0..KILO => (1, "bit/s"),
        KILO..MEGA => (KILO, "kbit/s"),
        MEGA.. => (MEGA, "Mbit/s"),
    };
    let (whole, rest) = (bits / unit, bits % unit);
    if rest == 0 {
        return format!("{whole} {name}");
    }
    // The sum's leading 1 keeps the zeros after the point.
    let digits = (unit + rest).to_string();
    format!("{whole}.{} {name}", digits[1..].trim_end_matches('0'))
}

struct Teller<'a> {
    locale: Locale,
    words: &'static EditWords,
    trace: &'a Trace,
    numbers: Numbers,
}

impl Teller<'_> {
    fn intervention(&self, what: &Intervention) -> String {
        let words = self.words;
        let segment = self.segment(what.packet());
        let way = self.way_of(what.packet());
        let with = |phrase: &Phrase<3>, number: &str| phrase.fill([&segment, &way, number]);
        match *what {
            Intervention::Drop(_) => words.drop.fill([&segment, &way]),
            Intervention::Delay { by, .. } => with(&words.delay, &duration_text(by)),
            Intervention::Duplicate { by, .. } => with(&words.duplicate, &duration_text(by)),
            Intervention::Corrupt { bit, .. } => with(&words.corrupt, &bit.to_string()),
            Intervention::Hold { until, .. } => with(&words.hold, &time(until)),
            Intervention::Swap { with: other, .. } => with(&words.swap, &self.segment(other)),
        }
    }

    /// A segment as its arrow has it; its name, where this run never sends it.
    fn segment(&self, id: PacketId) -> String {
        match self.trace.find_packet(id) {
            Some(packet) => segment_label(self.trace, packet, self.numbers, Detail::Short),
            None => {
                let names = self.trace.hosts().iter().map(|host| host.name.as_str());
                id.to_text(names)
            }
        }
    }

    fn way_of(&self, id: PacketId) -> String {
        let sent = self.trace.find_packet(id).map(|packet| self.trace.packet(packet).to);
        // Where it is never sent: its usual way (`Setup::peer_of`).
        let usual = HostId(u8::from(id.from == HostId(0)));
        self.way(id.from, Some(sent.or(id.flow.to).unwrap_or(usual)))
    }

    fn way(&self, from: HostId, to: Option<HostId>) -> String {
        // Between two hosts it goes but one way.
        let only = (self.trace.hosts().len() == 2).then_some(HostId(u8::from(from == HostId(0))));
        let from = self.title(from);
        match to.or(only) {
            Some(to) => self.words.way.fill([&from, &self.title(to)]),
            None => self.words.every_way.fill([&from]),
        }
    }

    /// What stands above a host. A router has its number.
    fn title(&self, place: HostId) -> String {
        match self.trace.hosts().get(place.index()) {
            Some(host) => host_title(self.locale, &host.name),
            None => format!("R{}", place.index() + 1 - self.trace.hosts().len()),
        }
    }

    fn link(&self, from: HostId, toward: Option<HostId>, at: Instant, to: &LinkProperty) -> String {
        let since = match at {
            Instant::ZERO => self.words.from_start.to_owned(),
            at => self.words.from_then.fill([&time(at)]),
        };
        let property = property_text(self.words, to);
        self.words.link.fill([&self.way(from, toward), &since, &property])
    }

    fn act(&self, act: &Act) -> String {
        let words = self.words;
        let deed = match &act.deed {
            Deed::Crash => words.crash.to_owned(),
            Deed::Restart { scripts: true } => words.restart.to_owned(),
            Deed::Restart { scripts: false } => words.restart_idle.to_owned(),
            Deed::Halt { halted: true } => words.halt.to_owned(),
            Deed::Halt { halted: false } => words.resume.to_owned(),
            Deed::Call(call) => match octets_of(call) {
                Some(octets) => words.call_octets.fill([call.name(), &octets.to_string()]),
                None => words.call.fill([call.name()]),
            },
            Deed::Forge(forgery) => words.forge.fill([&flags_of(forgery), &self.target(forgery)]),
            Deed::Replay(packet) => words.replay.fill([&self.segment(*packet)]),
        };
        words.act.fill([&self.title(act.host), &time(act.at), &deed])
    }

    /// Whom a forged segment is for.
    fn target(&self, forgery: &Forgery) -> String {
        let to = forgery.destination;
        let host = self.trace.hosts().iter().find(|host| host.address.ip() == to.ip());
        host.map_or_else(|| to.to_string(), |host| host_title(self.locale, &host.name))
    }
}

fn property_text(words: &EditWords, property: &LinkProperty) -> String {
    let span = |span: Duration| duration_text(span);
    match *property {
        LinkProperty::Up(true) => words.up.to_owned(),
        LinkProperty::Up(false) => words.down.to_owned(),
        LinkProperty::Delay(delay) => words.link_delay.fill([&span(delay)]),
        LinkProperty::Jitter(Some(jitter)) if jitter.overtaking => {
            words.overtaking.fill([&span(jitter.up_to)])
        }
        LinkProperty::Jitter(Some(jitter)) => words.jitter.fill([&span(jitter.up_to)]),
        LinkProperty::Jitter(None) => words.no_jitter.to_owned(),
        LinkProperty::Loss(ppm) => words.loss.fill([&percent_text(ppm)]),
        LinkProperty::Bursts(Some(bursts)) => {
            let lasts = bursts.slot.times(1_000_000 / u64::from(bursts.end_ppm.max(1)));
            words.bursts.fill([&span(lasts), &percent_text(bursts.loss_ppm)])
        }
        LinkProperty::Bursts(None) => words.no_bursts.to_owned(),
        LinkProperty::Duplicate(ppm) => words.duplicated.fill([&percent_text(ppm)]),
        LinkProperty::Reorder(Some(reorder)) => {
            words.reordered.fill([&percent_text(reorder.ppm), &span(reorder.by)])
        }
        LinkProperty::Reorder(None) => words.no_reordering.to_owned(),
        LinkProperty::Corrupt(ppm) => words.corrupted.fill([&percent_text(ppm)]),
        LinkProperty::Mark(ppm) => words.marked.fill([&percent_text(ppm)]),
        LinkProperty::Rate(Some(bits)) => words.rate.fill([&rate_text(bits)]),
        LinkProperty::Rate(None) => words.no_rate.to_owned(),
        LinkProperty::Queue(queue) => queue_text(words, queue),
        LinkProperty::Mtu(Some(mtu)) if mtu.fragments => {
            words.mtu_fragments.fill([&mtu.octets.to_string()])
        }
        LinkProperty::Mtu(Some(mtu)) => words.mtu.fill([&mtu.octets.to_string()]),
        LinkProperty::Mtu(None) => words.no_mtu.to_owned(),
    }
}

fn queue_text(words: &EditWords, queue: Queueing) -> String {
    let limit_text = |limit: QueueLimit| match limit {
        QueueLimit::Packets(most) => words.queue_packets.fill([&most.to_string()]),
        QueueLimit::Octets(most) => words.queue_octets.fill([&most.to_string()]),
    };
    let mut text = match queue.limit {
        Some(limit) => words.queue.fill([&limit_text(limit)]),
        None => words.no_queue.to_owned(),
    };
    let marks = queue.mark_at.map(|at| words.queue_marks.fill([&limit_text(at)]));
    let codel = queue.codel.map(|codel| words.codel.fill([&duration_text(codel.target)]));
    for more in marks.into_iter().chain(codel) {
        text.push_str(" · ");
        text.push_str(&more);
    }
    text
}

/// How many octets a call is about, where that is said.
fn octets_of(call: &AppCall) -> Option<u64> {
    match call {
        AppCall::Send(data) => u64::try_from(data.len()).ok(),
        AppCall::Generate { octets } | AppCall::Type { octets, .. } => Some(*octets),
        AppCall::Receive(Want::Octets(octets)) => Some(*octets),
        AppCall::SendTo { octets, .. } => Some(u64::from(*octets)),
        AppCall::Receive(Want::All)
        | AppCall::Open { .. }
        | AppCall::Close
        | AppCall::Abort
        | AppCall::Connect(_)
        | AppCall::Bind { .. }
        | AppCall::Listen { .. }
        | AppCall::Accept
        | AppCall::Serve { .. }
        | AppCall::Set(_)
        | AppCall::Shutdown(_)
        | AppCall::Release
        | AppCall::Exit
        | AppCall::Repeat { .. }
        | AppCall::Forge(_)
        | AppCall::Nothing => None,
    }
}

fn flags_of(forgery: &Forgery) -> String {
    let segment = Segment {
        flags: forgery.flags,
        ack: forgery.ack.map(|_| tcpscope_tcp::SeqNumber::default()),
        ..Segment::default()
    };
    flags_text(&segment)
}

fn time(at: Instant) -> String {
    duration_text(at.since(Instant::ZERO))
}

#[cfg(test)]
mod tests;
