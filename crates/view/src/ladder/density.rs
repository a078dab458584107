//! Arrows that are too near to each other to be drawn one by one, as what they amount to.

use std::ops::Range;

use tcpscope_sim::{Fate, HostId, PacketKind, Trace};

use super::arrows::Sent;
use super::extents::Extents;
use super::zoom::Zoom;
use super::{Density, LadderLayout, Tense};
use crate::{Playhead, Point};

/// The height of a cell: in each, arrows are drawn one by one or together.
const CELL: f64 = 24.0;
/// As many arrows of a cell are drawn one by one: three pixels apart.
const MOST: usize = 8;
/// As many of those that are out of the ordinary: they have marks, and their marks need room.
const MOST_ODD: usize = 4;
/// From this zoom on no two arrows of a host are nearer than three pixels.
const ALL_APART: f64 = 0.2;
/// An arrow that is longer than so many flights is out of the ordinary.
const LONG: f64 = 4.0;

/// The arrows of a run by their senders and receivers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Streams(Vec<Stream>);

/// The arrows from one host to another.
#[derive(Clone, Debug, PartialEq)]
struct Stream {
    from: HostId,
    to: HostId,
    /// What goes its way.
    ordinary: Strand,
    /// What is lost, repeated, damaged, doubled or late: it is seen also where the rest is dense.
    odd: Strand,
}

/// Some arrows, from the top.
#[derive(Clone, Debug, PartialEq)]
struct Strand {
    /// Their places among all.
    places: Vec<usize>,
    extents: Extents,
    /// The height of the longest.
    longest: f64,
    /// Up to each, how many carry text, are lost, repeat.
    sums: Vec<[u32; 3]>,
}

impl Streams {
    /// The arrows of a run; `all` are in order, and are told how much room each has.
    pub(super) fn new(trace: &Trace, all: &mut [Sent], layout: &LadderLayout) -> Self {
        let hosts = trace.hosts().len();
        give_room(trace, all, hosts);
        let mut table: Vec<[Vec<usize>; 2]> = vec![[Vec::new(), Vec::new()]; hosts * hosts];
        for (place, sent) in all.iter().enumerate() {
            let packet = trace.packet(sent.arrow.packet);
            let cell = packet.id.from.index() * hosts + packet.to.index();
            let odd = usize::from(is_odd(sent, layout));
            if let Some(strands) = table.get_mut(cell) {
                strands[odd].push(place);
            }
        }
        let id = |host: usize| HostId(u8::try_from(host).unwrap_or(u8::MAX));
        let streams = table.into_iter().enumerate().filter_map(|(cell, [ordinary, odd])| {
            let any = !ordinary.is_empty() || !odd.is_empty();
            any.then(|| Stream {
                from: id(cell / hosts),
                to: id(cell % hosts),
                ordinary: Strand::new(all, ordinary),
                odd: Strand::new(all, odd),
            })
        });
        Self(streams.collect())
    }

    /// The places of the arrows to be drawn one by one, and what stands for the others.
    pub(super) fn shown(
        &self,
        all: &[Sent],
        zoom: &Zoom,
        visible: &Range<f64>,
        playhead: Playhead,
    ) -> (Vec<usize>, Vec<Density>) {
        let (mut places, mut densities) = (Vec::new(), Vec::new());
        let range = zoom.from(visible.start)..zoom.from(visible.end);
        for stream in &self.0 {
            for (strand, most) in [(&stream.ordinary, MOST), (&stream.odd, MOST_ODD)] {
                if zoom.factor() >= ALL_APART {
                    let near = strand.extents.near(range.clone());
                    places.extend(near.map(|place| strand.places[place]));
                    continue;
                }
                for cell in strand.cells(zoom, visible) {
                    if cell.len() > most {
                        densities.push(stream.amount(strand, cell, all, zoom, playhead));
                    } else {
                        let cell = strand.places[cell].iter().copied();
                        places.extend(cell.filter(|place| all[*place].arrow.to.y >= range.start));
                    }
                }
            }
        }
        (places, densities)
    }
}

impl Stream {
    /// What a cell amounts to.
    fn amount(
        &self,
        strand: &Strand,
        cell: Range<usize>,
        all: &[Sent],
        zoom: &Zoom,
        playhead: Playhead,
    ) -> Density {
        let arrow = |place: usize| &all[strand.places[place]].arrow;
        let place = |point: Point| Point::new(point.x, zoom.to(point.y));
        let first = arrow(cell.start);
        let last = arrow(cell.end - 1);
        // Cells that follow each other meet.
        let after = strand.places.get(cell.end).map(|next| &all[*next].arrow);
        let meets = |next: &&super::Arrow| zoom.to(next.from.y - last.from.y) < CELL / 2.0;
        let end = after.filter(meets).unwrap_or(last);
        let whole = |arrow: &super::Arrow, to: f64| Point::new(to, arrow.to.y);
        let across = [first, last].iter().find(|arrow| arrow.fate.arrives()).map_or(
            if last.to.x > last.from.x { f64::max } else { f64::min }(first.to.x, last.to.x),
            |arrow| arrow.to.x,
        );
        let [text, lost, repeats] = strand.counts(&cell);
        let count = u32::try_from(cell.len()).unwrap_or(u32::MAX);
        Density {
            from: self.from,
            to: self.to,
            begin: [place(first.from), place(whole(first, across))],
            end: [place(end.from), place(whole(end, across))],
            kind: if 2 * text >= count { PacketKind::Data } else { last.kind },
            count,
            lost,
            repeats,
            tense: if first.from.y <= playhead.y { Tense::Past } else { Tense::Future },
        }
    }
}

impl Strand {
    fn new(all: &[Sent], places: Vec<usize>) -> Self {
        let arrows = || places.iter().map(|place| &all[*place].arrow);
        let extents = Extents::new(arrows().map(|arrow| (arrow.from.y, arrow.to.y)));
        let longest = arrows().fold(0.0_f64, |most, arrow| most.max(arrow.to.y - arrow.from.y));
        let mut sums = vec![[0; 3]];
        for arrow in arrows() {
            let [text, lost, repeats] = sums[sums.len() - 1];
            sums.push([
                text + u32::from(arrow.kind == PacketKind::Data),
                lost + u32::from(arrow.fate.is_lost()),
                repeats + u32::from(arrow.retransmission),
            ]);
        }
        Self { places, extents, longest, sums }
    }

    fn counts(&self, cell: &Range<usize>) -> [u32; 3] {
        let (before, after) = (self.sums[cell.start], self.sums[cell.end]);
        [0, 1, 2].map(|place| after[place] - before[place])
    }

    /// The cells that may show, each as the arrows that begin in it; those that are empty are
    /// passed over.
    fn cells(
        &self,
        zoom: &Zoom,
        visible: &Range<f64>,
    ) -> impl Iterator<Item = Range<usize>> + use<> {
        let top = visible.start - self.longest * zoom.factor();
        let within = zoom.from(top)..zoom.from(visible.end);
        let begins = self.extents.beginning_in(&within);
        let mut cells = Vec::new();
        let mut next = begins.start;
        while next < begins.end {
            let cell = (zoom.to(self.extents.top(next)) / CELL).floor();
            let end = zoom.from((cell + 1.0) * CELL);
            let past = self.extents.beginning_in(&(f64::NEG_INFINITY..end)).end;
            // A cell is the same wherever the view begins: all of it, or it flickers.
            let first = self.extents.beginning_in(&(zoom.from(cell * CELL)..end)).start;
            let past = past.max(next + 1);
            cells.push(first.min(next)..past);
            next = past;
        }
        cells.into_iter()
    }
}

/// Whether an arrow is to be seen also where others are dense.
fn is_odd(sent: &Sent, layout: &LadderLayout) -> bool {
    let arrow = &sent.arrow;
    arrow.fate != Fate::Delivered
        || arrow.retransmission
        || arrow.is_copy
        || arrow.is_marked
        || arrow.is_forged
        || arrow.delayed.is_some()
        || arrow.to.y - arrow.from.y > LONG * layout.scale.flight
}

/// Tells each arrow how much room there is on one side of it at least: up to the one before of the
/// same sender, or to the next.
fn give_room(trace: &Trace, all: &mut [Sent], hosts: usize) {
    let mut before: Vec<Option<usize>> = vec![None; hosts];
    for place in 0..all.len() {
        let sender = trace.packet(all[place].arrow.packet).id.from.index();
        let Some(before) = before.get_mut(sender) else { continue };
        let y = all[place].arrow.from.y;
        let above = before.map_or(f64::INFINITY, |before| y - all[before].arrow.from.y);
        if let Some(before) = *before {
            all[before].room = all[before].room.max(above);
        }
        all[place].room = above;
        *before = Some(place);
    }
    for last in before.into_iter().flatten() {
        all[last].room = f64::INFINITY;
    }
}
