//! The one number of an edit, as a field shows it and takes it.

use tcpscope_sim::{
    Act, Edit, Intervention, Jitter, LinkChange, LinkProperty, Mtu, QueueLimit, Queueing, Reorder,
};
use tcpscope_tcp::{Duration, Instant};

/// What a number of an edit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Milliseconds.
    Milliseconds,
    /// Percent.
    Percent,
    /// Kilobits per second.
    Kilobits,
    /// Octets.
    Octets,
    /// Packets.
    Packets,
    /// Bits, from the first of the packet on.
    Bit,
}

impl Unit {
    /// How many of what an edit holds are one of it.
    pub(crate) const fn parts(self) -> u64 {
        match self {
            Self::Milliseconds | Self::Kilobits => 1000,
            Self::Percent => 10_000,
            Self::Octets | Self::Packets | Self::Bit => 1,
        }
    }
}

/// The number of an edit, in parts of its unit; none where it has none.
pub(crate) fn number_of(edit: &Edit) -> Option<(u64, Unit)> {
    let span = |span: Duration| Some((span.as_micros(), Unit::Milliseconds));
    let share = |ppm: u32| Some((u64::from(ppm), Unit::Percent));
    match edit {
        Edit::Packet(Intervention::Drop(_) | Intervention::Swap { .. }) => None,
        Edit::Packet(Intervention::Delay { by, .. } | Intervention::Duplicate { by, .. }) => {
            span(*by)
        }
        Edit::Packet(Intervention::Corrupt { bit, .. }) => Some((u64::from(*bit), Unit::Bit)),
        Edit::Packet(Intervention::Hold { until: at, .. }) | Edit::Act(Act { at, .. }) => {
            span(at.since(Instant::ZERO))
        }
        Edit::LinkDelay { delay, .. } => span(*delay),
        Edit::LinkLoss { loss_ppm, .. } => share(*loss_ppm),
        Edit::Link(LinkChange { to, at, .. }) => match to {
            LinkProperty::Delay(delay) => span(*delay),
            LinkProperty::Jitter(Some(jitter)) => span(jitter.up_to),
            LinkProperty::Loss(ppm)
            | LinkProperty::Duplicate(ppm)
            | LinkProperty::Corrupt(ppm)
            | LinkProperty::Mark(ppm)
            | LinkProperty::Reorder(Some(Reorder { ppm, .. })) => share(*ppm),
            LinkProperty::Rate(Some(bits)) => Some((*bits, Unit::Kilobits)),
            LinkProperty::Queue(Queueing { limit: Some(QueueLimit::Packets(most)), .. }) => {
                Some((u64::from(*most), Unit::Packets))
            }
            LinkProperty::Queue(Queueing { limit: Some(QueueLimit::Octets(most)), .. }) => {
                Some((u64::from(*most), Unit::Octets))
            }
            LinkProperty::Mtu(Some(mtu)) => Some((u64::from(mtu.octets), Unit::Octets)),
            // What is only there or not: its number is when.
            LinkProperty::Up(_) => span(at.since(Instant::ZERO)),
            LinkProperty::Jitter(None)
            | LinkProperty::Bursts(_)
            | LinkProperty::Reorder(None)
            | LinkProperty::Rate(None)
            | LinkProperty::Queue(Queueing { limit: None, .. })
            | LinkProperty::Mtu(None) => None,
        },
    }
}

/// The same edit with another number, in parts of its unit; none where it has no number, or this
/// one is too large for it.
pub(crate) fn with_number(edit: &Edit, parts: u64) -> Option<Edit> {
    let span = Duration::from_micros(parts);
    let instant = Instant::from_micros(parts);
    let small = u32::try_from(parts);
    Some(match edit {
        Edit::Packet(intervention) => Edit::Packet(match *intervention {
            Intervention::Drop(_) | Intervention::Swap { .. } => return None,
            Intervention::Delay { packet, .. } => Intervention::Delay { packet, by: span },
            Intervention::Duplicate { packet, .. } => Intervention::Duplicate { packet, by: span },
            Intervention::Corrupt { packet, .. } => {
                Intervention::Corrupt { packet, bit: small.ok()? }
            }
            Intervention::Hold { packet, .. } => Intervention::Hold { packet, until: instant },
        }),
        Edit::Act(act) => Edit::Act(Act { at: instant, ..act.clone() }),
        Edit::LinkDelay { from, .. } => Edit::LinkDelay { from: *from, delay: span },
        Edit::LinkLoss { from, .. } => Edit::LinkLoss { from: *from, loss_ppm: small.ok()? },
        Edit::Link(change) => {
            let to = match change.to {
                LinkProperty::Up(_) => {
                    return Some(Edit::Link(LinkChange { at: instant, ..*change }));
                }
                LinkProperty::Delay(_) => LinkProperty::Delay(span),
                LinkProperty::Jitter(Some(jitter)) => {
                    LinkProperty::Jitter(Some(Jitter { up_to: span, ..jitter }))
                }
                LinkProperty::Loss(_) => LinkProperty::Loss(small.ok()?),
                LinkProperty::Duplicate(_) => LinkProperty::Duplicate(small.ok()?),
                LinkProperty::Corrupt(_) => LinkProperty::Corrupt(small.ok()?),
                LinkProperty::Mark(_) => LinkProperty::Mark(small.ok()?),
                LinkProperty::Reorder(Some(reorder)) => {
                    LinkProperty::Reorder(Some(Reorder { ppm: small.ok()?, ..reorder }))
                }
                LinkProperty::Rate(Some(_)) => LinkProperty::Rate(Some(parts)),
                LinkProperty::Queue(queue) => {
                    let limit = match queue.limit? {
                        QueueLimit::Packets(_) => QueueLimit::Packets(small.ok()?),
                        QueueLimit::Octets(_) => QueueLimit::Octets(small.ok()?),
                    };
                    LinkProperty::Queue(Queueing { limit: Some(limit), ..queue })
                }
                LinkProperty::Mtu(Some(mtu)) => {
                    LinkProperty::Mtu(Some(Mtu { octets: u16::try_from(parts).ok()?, ..mtu }))
                }
                LinkProperty::Jitter(None)
                | LinkProperty::Bursts(_)
                | LinkProperty::Reorder(None)
                | LinkProperty::Rate(None)
                | LinkProperty::Mtu(None) => return None,
            };
            Edit::Link(LinkChange { to, ..*change })
        }
    })
}

#[cfg(test)]
mod tests {
    use tcpscope_sim::{Deed, HostId};

    use super::*;

    #[test]
    fn a_number_is_given_back_and_taken() {
        let change = |to| {
            let at = Instant::from_micros(5);
            Edit::Link(LinkChange { at, from: HostId(0), toward: None, to })
        };
        let deed = Deed::Crash;
        let edits = [
            Edit::LinkDelay { from: HostId(0), delay: Duration::from_millis(3) },
            Edit::LinkLoss { from: HostId(1), loss_ppm: 50_000 },
            Edit::Act(Act { at: Instant::from_micros(7), host: HostId(0), deed }),
            change(LinkProperty::Up(false)),
            change(LinkProperty::Rate(Some(64_000))),
            change(LinkProperty::Mtu(Some(Mtu { octets: 576, fragments: true }))),
            change(LinkProperty::Reorder(Some(Reorder { ppm: 5, by: Duration::ZERO }))),
        ];
        for edit in edits {
            let (parts, _) = number_of(&edit).expect("it has a number");
            assert_eq!(with_number(&edit, parts), Some(edit.clone()));
            let other = with_number(&edit, parts + 100).expect("it takes another");
            assert_eq!(number_of(&other).map(|(parts, _)| parts), Some(parts + 100), "{edit:?}");
        }
        assert_eq!(with_number(&change(LinkProperty::Rate(None)), 5), None);
    }
}
