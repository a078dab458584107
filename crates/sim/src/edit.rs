//! Changes to a run: to one packet, to a link, or at an instant.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use tcpscope_tcp::{Duration, Instant};

use crate::world::Plan;
use crate::{Act, HostId, LinkChange, LinkSetup, PacketId, Setup, SetupError};

/// Something done to one packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Intervention {
    /// It never arrives.
    Drop(PacketId),
    /// It is under way for longer.
    Delay {
        /// Which packet.
        packet: PacketId,
        /// By how much.
        by: Duration,
    },
    /// It arrives twice.
    Duplicate {
        /// Which packet.
        packet: PacketId,
        /// How much later the copy comes.
        by: Duration,
    },
    /// A bit of it is flipped; another one by another intervention.
    Corrupt {
        /// Which packet.
        packet: PacketId,
        /// Which bit, from the first of the IPv4 header on.
        bit: u32,
    },
    /// It is held at the end of its way.
    Hold {
        /// Which packet.
        packet: PacketId,
        /// When it is let go; it arrives at once.
        until: Instant,
    },
    /// Of the two, the one that leaves first waits at the end of its way for the other, and
    /// arrives right after it. It waits for no longer than [`Self::PATIENCE`].
    Swap {
        /// Which packet.
        packet: PacketId,
        /// Which other.
        with: PacketId,
    },
}

impl Intervention {
    /// As long as one of two waits for the other that may never be sent.
    pub const PATIENCE: Duration = Duration::from_secs(1);

    /// The packet that it is done to; the first of two.
    #[must_use]
    pub const fn packet(&self) -> PacketId {
        match self {
            Self::Drop(packet)
            | Self::Delay { packet, .. }
            | Self::Duplicate { packet, .. }
            | Self::Corrupt { packet, .. }
            | Self::Hold { packet, .. }
            | Self::Swap { packet, .. } => *packet,
        }
    }

    /// The other of the two packets that it is done to, if there are two.
    #[must_use]
    pub const fn other_packet(&self) -> Option<PacketId> {
        match self {
            Self::Swap { with, .. } => Some(*with),
            Self::Drop(_)
            | Self::Delay { .. }
            | Self::Duplicate { .. }
            | Self::Corrupt { .. }
            | Self::Hold { .. } => None,
        }
    }
}

/// A change that a person makes to a run. It can be undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Something is done to one packet.
    Packet(Intervention),
    /// A link has another delay, from the beginning.
    LinkDelay {
        /// Where the link begins.
        from: HostId,
        /// Its delay.
        delay: Duration,
    },
    /// A link has another loss, from the beginning.
    LinkLoss {
        /// Where the link begins.
        from: HostId,
        /// Packets per million.
        loss_ppm: u32,
    },
    /// A link becomes another at an instant.
    Link(LinkChange),
    /// Something is done to a host at an instant, after what is done there already.
    Act(Act),
}

/// The first of what an edit changes: a replay begins before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Touched {
    /// The beginning: the setup itself is another.
    Beginning,
    /// A packet's sending, if it is sent at all.
    Packet(PacketId),
    /// The same for two packets: whichever comes first.
    Packets(PacketId, PacketId),
    /// An instant, where the world is told by the plan what to do. What it does may be kept in no
    /// queue of the world's: a snapshot from before would do it still when the plan no longer says.
    Instant(Instant),
}

/// What an edit is to the rest of the crate. A new kind of edit is a variant, and an arm in each of
/// these.
impl Edit {
    /// The first of what it changes.
    pub(crate) const fn touches(&self) -> Touched {
        match self {
            Self::Packet(Intervention::Swap { packet, with }) => Touched::Packets(*packet, *with),
            Self::Packet(intervention) => Touched::Packet(intervention.packet()),
            Self::Link(change) => Touched::Instant(change.at),
            Self::LinkDelay { .. } | Self::LinkLoss { .. } => Touched::Beginning,
            Self::Act(act) => Touched::Instant(act.at),
        }
    }

    /// Whether it can be made on a run of this setup. A packet need not be sent: it may be once
    /// other edits are made.
    pub(crate) fn check(&self, setup: &Setup) -> Result<(), EditError> {
        match *self {
            Self::Act(ref act) => setup.may_act(act).map_err(EditError::Act),
            Self::Packet(intervention) => {
                let packets = [Some(intervention.packet()), intervention.other_packet()];
                let is_nobodys = |id: &PacketId| id.from.index() >= setup.hosts.len();
                let Some(packet) = packets.into_iter().flatten().find(is_nobodys) else {
                    return Ok(());
                };
                let names = setup.hosts.iter().map(|host| host.name.as_str());
                Err(EditError::UnknownPacket { packet: packet.to_text(names) })
            }
            Self::Link(change) => {
                change.to.check().map_err(|property| EditError::OutOfRange { property })?;
                let is_there = setup.links.iter().any(|link| change.is_of(link));
                if is_there { Ok(()) } else { Err(EditError::UnknownLink { from: change.from }) }
            }
            Self::LinkDelay { from, .. } => check_link(setup, from),
            Self::LinkLoss { loss_ppm, .. } if loss_ppm > 1_000_000 => {
                Err(EditError::LossAboveAll { loss_ppm })
            }
            Self::LinkLoss { from, .. } => check_link(setup, from),
        }
    }

    /// Writes it into a plan, after those that come before it in the list.
    fn apply(&self, plan: &mut Plan) {
        match *self {
            Self::Act(ref act) => {
                let acts = &mut plan.setup.acts;
                let place = acts.partition_point(|other| other.at <= act.at);
                acts.insert(place, act.clone());
            }
            Self::Packet(intervention) => plan.interventions.push(intervention),
            Self::Link(change) => plan.add_change(change),
            Self::LinkDelay { from, delay } => plan.link(from, |link| link.delay = delay),
            Self::LinkLoss { from, loss_ppm } => plan.link(from, |link| link.loss_ppm = loss_ppm),
        }
    }
}

impl Plan {
    /// The setup with the edits in it.
    pub(crate) fn new(setup: &Setup, edits: &[Edit]) -> Self {
        let mut plan = Self {
            setup: setup.clone(),
            interventions: setup.interventions.clone(),
            changes: Vec::new(),
        };
        for change in &setup.link_changes {
            plan.add_change(*change);
        }
        for edit in edits {
            edit.apply(&mut plan);
        }
        plan
    }

    /// Puts a change after those of the same instant.
    fn add_change(&mut self, change: LinkChange) {
        let place = self.changes.partition_point(|before| before.at <= change.at);
        self.changes.insert(place, change);
    }

    fn link(&mut self, from: HostId, change: impl FnMut(&mut LinkSetup)) {
        self.setup.links.iter_mut().filter(|link| link.from == from).for_each(change);
    }
}

fn check_link(setup: &Setup, from: HostId) -> Result<(), EditError> {
    if setup.links.iter().any(|link| link.from == from) {
        Ok(())
    } else {
        Err(EditError::UnknownLink { from })
    }
}

/// Why an edit was refused; the run is unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    /// No host of this run can send such a packet.
    UnknownPacket {
        /// The packet, in words.
        packet: String,
    },
    /// No link begins there.
    UnknownLink {
        /// Where it would begin.
        from: HostId,
    },
    /// More than all packets cannot be lost.
    LossAboveAll {
        /// What was asked for.
        loss_ppm: u32,
    },
    /// A link cannot have this property.
    OutOfRange {
        /// Its name.
        property: &'static str,
    },
    /// What is to be done cannot be.
    Act(SetupError),
    /// The list has no such place.
    NoSuchEdit {
        /// The place asked for.
        place: usize,
        /// How many edits there are.
        edits: usize,
    },
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownPacket { packet } => {
                write!(f, "no host of this run can send a packet \"{packet}\"")
            }
            Self::UnknownLink { from } => write!(f, "no link begins at host {}", from.0),
            Self::LossAboveAll { loss_ppm } => {
                write!(f, "a loss of {loss_ppm} in a million is more than all")
            }
            Self::OutOfRange { property } => write!(f, "the link's {property} is out of range"),
            Self::Act(error) => error.fmt(f),
            Self::NoSuchEdit { place, edits } => {
                write!(f, "there is no edit {place} in a list of {edits}")
            }
        }
    }
}

impl core::error::Error for EditError {}
