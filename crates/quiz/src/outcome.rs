//! What follows if a packet is lost: the run is made again without its arrival.

use tcpscope_sim::{
    CallResult, Edit, HostId, Intervention, Packet, PacketId, PacketIndex, PacketKind, Record,
    RecordId, RecordKind, Trace,
};
use tcpscope_tcp::{Instant, Notification, State};

use crate::Quiz;
use crate::span::time_text;

/// What follows from a loss.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Outcome {
    /// The first packet that is sent again because of it; `None`: nothing is.
    pub repair: Option<Repair>,
    /// Whose application is told of a failure because of it, if one is.
    pub told: Option<HostId>,
    /// The states of both ends of its connection when the run is over, in the hosts' order.
    pub ends: [(HostId, State); 2],
}

/// What is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Repair {
    /// Who sends it.
    pub host: HostId,
    /// What kind of packet it is.
    pub kind: PacketKind,
    /// The first number that it carries, from the sender's ISS on; of a bare ACK the number that it
    /// acknowledges.
    pub seq: u32,
    /// Its octets of text.
    pub len: u32,
    /// When.
    pub at: Instant,
}

impl Outcome {
    /// Whether both say the same: times are the same where they are written alike.
    #[must_use]
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        let said = |outcome: &Self| {
            outcome.repair.map(|repair| (repair.host, repair.label(), repair.time()))
        };
        (self.told, self.ends) == (other.told, other.ends) && said(self) == said(other)
    }
}

impl Repair {
    /// The packet as it is written: `SYN seq=0`, `seq=1 len=100`, `ACK ack=101`.
    #[must_use]
    pub fn label(&self) -> String {
        let Self { kind, seq, len, .. } = *self;
        let flags = match kind {
            PacketKind::Syn => "SYN ",
            PacketKind::Fin => "FIN ",
            PacketKind::Rst => "RST ",
            PacketKind::Data | PacketKind::Udp => "",
            PacketKind::Ack => return format!("ACK ack={seq}"),
        };
        let len = if len == 0 { String::new() } else { format!(" len={len}") };
        format!("{flags}seq={seq}{len}")
    }

    /// When, as it is written.
    #[must_use]
    pub fn time(&self) -> String {
        time_text(self.at)
    }
}

/// Where a loss shows in the run that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    /// The change that makes that run.
    pub(crate) edit: Edit,
    /// The record to look at.
    pub(crate) record: RecordId,
    /// The rules behind it.
    pub(crate) whys: Vec<tcpscope_sim::Why>,
}

/// What follows if this packet is lost, and where it shows; `None` if the run cannot be made.
pub(crate) fn outcome(quiz: &Quiz<'_>, packet: PacketIndex) -> Option<(Outcome, Shown)> {
    let before = quiz.trace();
    let packet = before.packet(packet);
    let edit = Edit::Packet(Intervention::Drop(packet.id));
    let mut branch = quiz.timeline().clone();
    branch.edit(edit.clone()).ok()?;
    let trace = branch.trace();
    let again = sent_again(before, trace, packet);
    let outcome = Outcome {
        repair: again.map(|packet| Repair {
            host: packet.id.from,
            kind: packet.id.kind,
            seq: packet.id.seq,
            len: packet.id.len,
            at: packet.sent,
        }),
        told: told(before, trace),
        ends: ends(trace, packet),
    };
    let lost = || {
        let lost = trace.find_packet(packet.id)?;
        let records = trace.records().iter();
        let is_it = |record: &&Record| matches!(record.kind, RecordKind::Lost { packet, .. } if packet == lost);
        records.filter(is_it).map(|record| record.id).next()
    };
    let record = again.map(|packet| packet.sent_by).or_else(lost)?;
    let shown = Shown { edit, record, whys: trace.whys(record).to_vec() };
    Some((outcome, shown))
}

/// The first packet that repeats another and that the run without the loss does not have, or has
/// at another time.
fn sent_again<'a>(before: &Trace, trace: &'a Trace, lost: &Packet) -> Option<&'a Packet> {
    let is_new = |id: PacketId, sent: Instant| {
        before.find_packet(id).is_none_or(|other| before.packet(other).sent != sent)
    };
    let later = trace.packets().iter().filter(|packet| packet.sent_by > lost.sent_by);
    later.filter(|packet| packet.retransmission).find(|packet| is_new(packet.id, packet.sent))
}

/// The first application that is told of a failure that it is not told of without the loss.
fn told(before: &Trace, trace: &Trace) -> Option<HostId> {
    let count = |trace: &Trace, host| {
        trace
            .records()
            .iter()
            .filter(|record| record.host == Some(host) && is_failure(record))
            .count()
    };
    let hosts = u8::try_from(trace.hosts().len()).unwrap_or(u8::MAX);
    (0..hosts).map(HostId).find(|host| count(trace, *host) > count(before, *host))
}

/// Whether an application learns of a failure.
fn is_failure(record: &Record) -> bool {
    match record.kind {
        RecordKind::Notify(told) => match told {
            Notification::Reset | Notification::Refused | Notification::TimedOut => true,
            Notification::Connected
            | Notification::PeerClosed
            | Notification::CloseAcknowledged
            | Notification::Unresponsive
            | Notification::Urgent => false,
        },
        RecordKind::Call { result, .. } => {
            matches!(result, CallResult::Refused(_) | CallResult::Failed(_))
        }
        _ => false,
    }
}

/// How both ends of the packet's connection stand when the run is over.
fn ends(trace: &Trace, packet: &Packet) -> [(HostId, State); 2] {
    let last = RecordId(u32::try_from(trace.records().len()).unwrap_or(u32::MAX).saturating_sub(1));
    let at_end = |host: HostId, local, remote| {
        let all = (0..).map(tcpscope_sim::ConnectionId).zip(trace.connections());
        let is_it = |info: &tcpscope_sim::ConnectionInfo| {
            info.host == host && (info.local, info.remote) == (local, remote)
        };
        all.filter(|(_, info)| is_it(info))
            .last()
            .map_or(trace.status(host, last).state, |(id, _)| trace.status_of(id, last).state)
    };
    let (here, there) = (packet.source, packet.destination);
    let at_end = |host, local, remote| (host, at_end(host, local, remote));
    let mut ends = [at_end(packet.id.from, here, there), at_end(packet.to, there, here)];
    ends.sort_by_key(|(host, _)| *host);
    ends
}
