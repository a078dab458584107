//! What a link does may change while it is in use.

use alloc::vec;
use alloc::vec::Vec;

use tcpscope_tcp::{Duration, Instant};

use super::{Bursts, Codel, Jitter, LinkSetup, Mtu, QueueLimit, Queueing, Reorder};
use crate::HostId;

/// A change of a link at an instant. It holds for what leaves from then on; what is under way goes
/// on as it is, unless the cable is pulled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LinkChange {
    /// When.
    pub at: Instant,
    /// Where the link begins.
    pub from: HostId,
    /// Where it ends; `None`: all links that begin there.
    pub toward: Option<HostId>,
    /// What is new.
    pub to: LinkProperty,
}

impl LinkChange {
    /// Whether it is this link that changes.
    #[must_use]
    pub fn is_of(&self, link: &LinkSetup) -> bool {
        link.from == self.from && self.toward.is_none_or(|toward| link.to == toward)
    }
}

/// One property of a link, and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkProperty {
    /// Whether the cable is in. What is under way when it is pulled is lost.
    Up(bool),
    /// The delay.
    Delay(Duration),
    /// How much longer a packet may take.
    Jitter(Option<Jitter>),
    /// Independent loss, in packets per million.
    Loss(u32),
    /// Loss in bursts.
    Bursts(Option<Bursts>),
    /// Packets per million that arrive twice.
    Duplicate(u32),
    /// Packets that are held back.
    Reorder(Option<Reorder>),
    /// Packets per million of which one bit is flipped.
    Corrupt(u32),
    /// Packets per million that are marked.
    Mark(u32),
    /// Bits per second.
    Rate(Option<u64>),
    /// How packets wait.
    Queue(Queueing),
    /// The longest packet in one piece.
    Mtu(Option<Mtu>),
}

/// Which property of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PropertyKind {
    /// Whether the cable is in.
    Up,
    /// The delay.
    Delay,
    /// How much longer a packet may take.
    Jitter,
    /// Independent loss.
    Loss,
    /// Loss in bursts.
    Bursts,
    /// Packets that arrive twice.
    Duplicate,
    /// Packets that are held back.
    Reorder,
    /// Packets of which a bit is flipped.
    Corrupt,
    /// Packets that are marked.
    Mark,
    /// The rate.
    Rate,
    /// How packets wait.
    Queue,
    /// The longest packet in one piece.
    Mtu,
}

impl PropertyKind {
    /// The name that interfaces use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Delay => "delay",
            Self::Jitter => "jitter",
            Self::Loss => "loss",
            Self::Bursts => "bursts",
            Self::Duplicate => "duplicate",
            Self::Reorder => "reorder",
            Self::Corrupt => "corrupt",
            Self::Mark => "mark",
            Self::Rate => "rate",
            Self::Queue => "queue",
            Self::Mtu => "mtu",
        }
    }
}

impl LinkProperty {
    /// Which property it is.
    #[must_use]
    pub const fn kind(&self) -> PropertyKind {
        match self {
            Self::Up(_) => PropertyKind::Up,
            Self::Delay(_) => PropertyKind::Delay,
            Self::Jitter(_) => PropertyKind::Jitter,
            Self::Loss(_) => PropertyKind::Loss,
            Self::Bursts(_) => PropertyKind::Bursts,
            Self::Duplicate(_) => PropertyKind::Duplicate,
            Self::Reorder(_) => PropertyKind::Reorder,
            Self::Corrupt(_) => PropertyKind::Corrupt,
            Self::Mark(_) => PropertyKind::Mark,
            Self::Rate(_) => PropertyKind::Rate,
            Self::Queue(_) => PropertyKind::Queue,
            Self::Mtu(_) => PropertyKind::Mtu,
        }
    }

    /// The name that interfaces use.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.kind().name()
    }

    /// Its figures, in the order of the fields; none, where there is no such thing on the link.
    #[must_use]
    pub fn numbers(&self) -> Vec<u64> {
        match *self {
            Self::Up(up) => vec![up.into()],
            Self::Delay(delay) => vec![delay.as_micros()],
            Self::Jitter(None)
            | Self::Bursts(None)
            | Self::Reorder(None)
            | Self::Rate(None)
            | Self::Mtu(None) => Vec::new(),
            Self::Jitter(Some(Jitter { up_to, overtaking })) => {
                vec![up_to.as_micros(), overtaking.into()]
            }
            Self::Loss(ppm) | Self::Duplicate(ppm) | Self::Corrupt(ppm) | Self::Mark(ppm) => {
                vec![ppm.into()]
            }
            Self::Bursts(Some(Bursts { slot, begin_ppm, end_ppm, loss_ppm })) => {
                vec![slot.as_micros(), begin_ppm.into(), end_ppm.into(), loss_ppm.into()]
            }
            Self::Reorder(Some(Reorder { ppm, by })) => vec![ppm.into(), by.as_micros()],
            Self::Rate(Some(rate)) => vec![rate],
            Self::Queue(Queueing { limit, mark_at, codel }) => {
                let [a, b] = limit_numbers(limit);
                let [c, d] = limit_numbers(mark_at);
                let mut numbers = vec![a, b, c, d];
                if let Some(Codel { target, interval, ecn }) = codel {
                    numbers.extend([target.as_micros(), interval.as_micros(), ecn.into()]);
                }
                numbers
            }
            Self::Mtu(Some(Mtu { octets, fragments })) => vec![octets.into(), fragments.into()],
        }
    }

    /// The property of this name with these figures, as [`Self::name`] and [`Self::numbers`] give
    /// them; `None` where there is none, or it is out of range.
    #[must_use]
    pub fn from_numbers(name: &str, numbers: &[u64]) -> Option<Self> {
        let span = Duration::from_micros;
        let ppm = |number: u64| u32::try_from(number).ok();
        let property = match (name, numbers) {
            ("up", [up]) => Self::Up(flag(*up)?),
            ("delay", [delay]) => Self::Delay(span(*delay)),
            ("jitter", []) => Self::Jitter(None),
            ("jitter", [up_to, overtaking]) => {
                Self::Jitter(Some(Jitter { up_to: span(*up_to), overtaking: flag(*overtaking)? }))
            }
            ("loss", [loss]) => Self::Loss(ppm(*loss)?),
            ("bursts", []) => Self::Bursts(None),
            ("bursts", [slot, begin, end, loss]) => Self::Bursts(Some(Bursts {
                slot: span(*slot),
                begin_ppm: ppm(*begin)?,
                end_ppm: ppm(*end)?,
                loss_ppm: ppm(*loss)?,
            })),
            ("duplicate", [share]) => Self::Duplicate(ppm(*share)?),
            ("reorder", []) => Self::Reorder(None),
            ("reorder", [share, by]) => {
                Self::Reorder(Some(Reorder { ppm: ppm(*share)?, by: span(*by) }))
            }
            ("corrupt", [share]) => Self::Corrupt(ppm(*share)?),
            ("mark", [share]) => Self::Mark(ppm(*share)?),
            ("rate", []) => Self::Rate(None),
            ("rate", [rate]) => Self::Rate(Some(*rate)),
            ("queue", [a, b, c, d, codel @ ..]) => Self::Queue(Queueing {
                limit: limit_from(*a, *b)?,
                mark_at: limit_from(*c, *d)?,
                codel: match codel {
                    [] => None,
                    [target, interval, ecn] => Some(Codel {
                        target: span(*target),
                        interval: span(*interval),
                        ecn: flag(*ecn)?,
                    }),
                    _ => return None,
                },
            }),
            ("mtu", []) => Self::Mtu(None),
            ("mtu", [octets, fragments]) => Self::Mtu(Some(Mtu {
                octets: u16::try_from(*octets).ok()?,
                fragments: flag(*fragments)?,
            })),
            _ => return None,
        };
        property.check().is_ok().then_some(property)
    }

    /// Gives a link this property.
    pub const fn apply(self, link: &mut LinkSetup) {
        match self {
            Self::Up(up) => link.up = up,
            Self::Delay(delay) => link.delay = delay,
            Self::Jitter(jitter) => link.jitter = jitter,
            Self::Loss(ppm) => link.loss_ppm = ppm,
            Self::Bursts(bursts) => link.bursts = bursts,
            Self::Duplicate(ppm) => link.duplicate_ppm = ppm,
            Self::Reorder(reorder) => link.reorder = reorder,
            Self::Corrupt(ppm) => link.corrupt_ppm = ppm,
            Self::Mark(ppm) => link.mark_ppm = ppm,
            Self::Rate(rate) => link.rate_bps = rate,
            Self::Queue(queue) => link.queue = queue,
            Self::Mtu(mtu) => link.mtu = mtu,
        }
    }

    /// Whether its figures are in range.
    ///
    /// # Errors
    /// The name of the property, if they are not.
    pub fn check(self) -> Result<(), &'static str> {
        let mut link = LinkSetup::new(HostId(0), HostId(1), Duration::ZERO);
        self.apply(&mut link);
        link.check()
    }
}

fn flag(number: u64) -> Option<bool> {
    match number {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}

/// A limit in two numbers: 0 for none, 1 for packets, 2 for octets; and how many.
fn limit_numbers(limit: Option<QueueLimit>) -> [u64; 2] {
    match limit {
        None => [0, 0],
        Some(QueueLimit::Packets(most)) => [1, most.into()],
        Some(QueueLimit::Octets(most)) => [2, most.into()],
    }
}

fn limit_from(kind: u64, most: u64) -> Option<Option<QueueLimit>> {
    let limit = u32::try_from(most).ok()?;
    match kind {
        0 => Some(None),
        1 => Some(Some(QueueLimit::Packets(limit))),
        2 => Some(Some(QueueLimit::Octets(limit))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_property_and_its_numbers_mean_the_same() {
        let ms = Duration::from_millis;
        let codel = Some(Codel::default());
        let (packets, octets) = (QueueLimit::Packets(20), QueueLimit::Octets(30_000));
        let properties = [
            LinkProperty::Up(false),
            LinkProperty::Delay(ms(5)),
            LinkProperty::Jitter(None),
            LinkProperty::Jitter(Some(Jitter { up_to: ms(3), overtaking: true })),
            LinkProperty::Loss(7),
            LinkProperty::Bursts(Some(Bursts {
                slot: ms(1),
                begin_ppm: 2,
                end_ppm: 3,
                loss_ppm: 4,
            })),
            LinkProperty::Duplicate(8),
            LinkProperty::Reorder(Some(Reorder { ppm: 9, by: ms(4) })),
            LinkProperty::Corrupt(10),
            LinkProperty::Mark(11),
            LinkProperty::Rate(None),
            LinkProperty::Rate(Some(1_000_000)),
            LinkProperty::Queue(Queueing::default()),
            LinkProperty::Queue(Queueing { limit: Some(packets), mark_at: Some(octets), codel }),
            LinkProperty::Mtu(Some(Mtu { octets: 1420, fragments: true })),
        ];
        for property in properties {
            let (name, numbers) = (property.name(), property.numbers());
            assert_eq!(LinkProperty::from_numbers(name, &numbers), Some(property), "{name}");
        }
        for (name, numbers) in [
            ("up", &[2][..]),
            ("loss", &[1_000_001]),
            ("mtu", &[67, 1]),
            ("rate", &[0]),
            ("x", &[]),
        ] {
            assert_eq!(LinkProperty::from_numbers(name, numbers), None, "{name}");
        }
    }
}
