//! How much of a stream a ribbon shows.

use tcpscope_sim::{AppCall, HostId, Packet, RecordId, Trace};
use tcpscope_tcp::SeqNumber;

use super::View;
use crate::End;
use crate::words::peer_of;

/// How a host's two ribbons are scaled in one run. To be made anew when the run changes.
///
/// A host's send ribbon and its peer's receive ribbon have the same scale: one above the other
/// they show the same numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct RibbonScale {
    pub(super) send: Track,
    pub(super) receive: Track,
}

/// The scale of one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Track {
    /// All numbers that the direction uses, SYN and FIN among them, and a little more.
    total: u32,
    /// As many numbers fit into the ribbon.
    span: u32,
}

/// A quarter of the circle: in more than that, before and after could be confused.
const MOST: u32 = 1 << 30;

impl RibbonScale {
    /// The scale for the ribbons of `host`, where it has one connection with its peer.
    #[must_use]
    pub fn new(trace: &Trace, host: HostId) -> Self {
        let track = |from| {
            let offers = trace.packets().iter().filter(|packet| packet.to == from);
            Track::new(planned(trace, from), offers.map(|packet| u32::from(packet.segment.wnd)))
        };
        Self { send: track(host), receive: track(peer_of(trace, host)) }
    }

    /// The scale for the ribbons of one end as it is once `record` has happened: where there are
    /// several connections, as this one used its numbers.
    #[must_use]
    pub fn of(end: End<'_>, record: RecordId) -> Self {
        let trace = end.trace();
        let Some(info) = end.info(record) else { return Self::new(trace, end.host()) };
        let alone = trace.hosts().len() == 2 && trace.connections().len() <= 3;
        if alone && end.fixed().is_none() {
            return Self::new(trace, end.host());
        }
        let sent =
            |packet: &&Packet| packet.source == info.local && packet.destination == info.remote;
        let come =
            |packet: &&Packet| packet.source == info.remote && packet.destination == info.local;
        let of = |these: &dyn Fn(&&Packet) -> bool| -> Vec<&Packet> {
            trace.packets().iter().filter(these).collect()
        };
        let (sent, come) = (of(&sent), of(&come));
        let (ours, theirs) = (shift(&sent), shift(&come));
        let shifts = ours.zip(theirs).unwrap_or_default();
        Self {
            send: Track::new(used(&sent), offers(&come, shifts.1)),
            receive: Track::new(used(&come), offers(&sent, shifts.0)),
        }
    }
}

/// How many numbers a host's script will use.
fn planned(trace: &Trace, from: HostId) -> u32 {
    let planned = trace.host(from).script.iter().map(|step| match &step.call {
        AppCall::Send(data) => u32::try_from(data.len()).unwrap_or(MOST),
        AppCall::Generate { octets } | AppCall::Type { octets, .. } => {
            u32::try_from(*octets).unwrap_or(MOST)
        }
        AppCall::Open { .. }
        | AppCall::Receive(_)
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
        | AppCall::SendTo { .. }
        | AppCall::Forge(_)
        | AppCall::Repeat { .. }
        | AppCall::Nothing => 0,
    });
    planned.fold(2, u32::saturating_add)
}

/// How many numbers these packets use, the SYN's the first of them.
fn used(packets: &[&Packet]) -> u32 {
    let first = packets.iter().find(|packet| packet.segment.syn()).map(|packet| packet.segment.seq);
    let Some(first) = first else { return 2 };
    let end = |packet: &&Packet| (packet.segment.seq + packet.segment.len()).distance_from(first);
    packets.iter().map(end).filter(|used| *used < MOST).max().unwrap_or(2)
}

/// The shift that the SYN offers, if it does.
fn shift(packets: &[&Packet]) -> Option<u8> {
    let syn = packets.iter().find(|packet| packet.segment.syn())?;
    syn.segment.options.window_scale.map(|shift| shift.min(14))
}

/// The windows that these packets offer. That of a SYN is never shifted (RFC 7323 §2.2).
fn offers(packets: &[&Packet], shift: u8) -> impl Iterator<Item = u32> {
    packets.iter().map(move |packet| {
        let shift = if packet.segment.syn() { 0 } else { shift };
        u32::from(packet.segment.wnd) << shift
    })
}

impl Track {
    /// The scale of a stream that uses so many numbers, under these windows.
    ///
    /// Where the whole stream fits beside the window, it is shown from its first number to its
    /// last, and the window slides along it; else the ribbon shows one and a half windows, and
    /// the stream slides through it.
    fn new(numbers: u32, offers: impl Iterator<Item = u32>) -> Self {
        let numbers = numbers.min(MOST / 2);
        let total = (numbers + numbers / 5).max(4);
        let widest = offers.max().filter(|wnd| *wnd > 0);
        let span = widest.map_or(total, |wnd| total.min(wnd.saturating_add(wnd / 2)));
        Self { total, span }
    }

    /// The ribbon of the numbers from `first` on, in which `present` is where things happen.
    pub(super) const fn view(&self, first: SeqNumber, present: SeqNumber) -> View {
        // A quarter of the ribbon shows what is behind; at either end of the stream it stops.
        let behind = present.distance_from(first).saturating_sub(self.span / 4);
        let most = self.total.saturating_sub(self.span);
        View { first, left: if behind < most { behind } else { most }, span: self.span }
    }
}
