//! Where a selected segment shows in a ribbon.

use tcpscope_sim::{PacketIndex, RecordId};
use tcpscope_tcp::SeqNumber;

use super::{Ribbon, Stream};
use crate::End;

/// A part of a ribbon that a segment is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Highlight {
    /// What the segment has to do with it.
    pub kind: HighlightKind,
    /// Where it begins: 0 is the ribbon's left end.
    pub x0: f64,
    /// Where it ends: 1 is the ribbon's right end. A number alone has no width.
    pub x1: f64,
}

/// What a segment has to do with numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HighlightKind {
    /// It carries them.
    Carries,
    /// It acknowledges all before this one.
    Acknowledges,
    /// Its SACK option says that they have arrived.
    Sacks,
}

impl HighlightKind {
    /// The name that style sheets use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Carries => "carries",
            Self::Acknowledges => "acknowledges",
            Self::Sacks => "sacks",
        }
    }
}

/// Where a segment shows in the ribbon of one stream: what it carries in the two ribbons of its own
/// direction, what it acknowledges in the other two.
#[must_use]
pub fn highlights(
    end: End<'_>,
    record: RecordId,
    stream: Stream,
    ribbon: &Ribbon,
    packet: PacketIndex,
) -> Vec<Highlight> {
    let (Some(info), Some(packet)) =
        (end.info(record), end.trace().packets().get(packet.0 as usize))
    else {
        return Vec::new();
    };
    let ours = packet.source == info.local && packet.destination == info.remote;
    let theirs = packet.source == info.remote && packet.destination == info.local;
    let carries = match stream {
        Stream::Sent => ours,
        Stream::Received => theirs,
    };
    let segment = &packet.segment;
    let mut found = Vec::new();
    let mut add = |kind, from: SeqNumber, to: SeqNumber| {
        if let Some((x0, x1)) = ribbon.place(from, to) {
            found.push(Highlight { kind, x0, x1 });
        }
    };
    if carries && !segment.is_empty() {
        add(HighlightKind::Carries, segment.seq, segment.seq + segment.len());
    } else if !carries && (ours || theirs) {
        if let Some(ack) = segment.ack {
            add(HighlightKind::Acknowledges, ack, ack);
        }
        for (left, right) in segment.options.sack.blocks() {
            add(HighlightKind::Sacks, *left, *right);
        }
    }
    found
}

impl Ribbon {
    /// Where numbers lie, as far as the ribbon shows them.
    #[must_use]
    pub fn place(&self, from: SeqNumber, to: SeqNumber) -> Option<(f64, f64)> {
        self.spans.first()?;
        let (x0, x1) = (self.view.x(from), self.view.x(to));
        (x0 <= 1.0 && x1 >= 0.0).then(|| (x0.max(0.0), x1.min(1.0)))
    }
}
