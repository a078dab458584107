//! The numbers of a captured conversation with time: all times are those of the place of the capture.

use tcpscope_sim::{PacketIndex, RecordId};
use tcpscope_tcp::{Duration, Instant};
use tcpscope_view::{
    Numbers, Plot, PlotClock, PlotKind, PlotPoint, PlotScene, PlotView, Track, TrackKind, messages,
};

use crate::conversations::End;
use crate::counted::Counted;
use crate::gather::Seen;
use crate::observe::{Finding, Marks};

use super::Look;
use super::scene::{began, instant};
use super::words::{has_windows, is_again};

/// A plot of a captured conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct CapturedPlot {
    /// The plot; `None` where nothing was sent that way, or no times are known.
    pub scene: Option<PlotScene>,
    /// How it is to be read: a sentence each.
    pub key: Vec<String>,
}

/// Below what lies above.
const KINDS: [TrackKind; 11] = [
    TrackKind::Window,
    TrackKind::Ack,
    TrackKind::Flight,
    TrackKind::Sack,
    TrackKind::Segment,
    TrackKind::Retransmission,
    TrackKind::Duplicate,
    TrackKind::ZeroWindow,
    TrackKind::Syn,
    TrackKind::Fin,
    TrackKind::Rst,
];

/// The plot of what an end sends: its numbers, or what it has in flight and may send.
#[must_use]
pub fn captured_plot(
    look: &Look<'_>,
    sender: End,
    kind: PlotKind,
    (width, height): (f64, f64),
) -> CapturedPlot {
    let plot = tracks(look, sender, kind);
    let sends = look.gathered.segments.iter().any(|seen| seen.from == sender && seen.text_len > 0);
    let view = PlotView {
        clock: PlotClock::Even,
        domain: None,
        width,
        height,
        locale: look.locale,
        numbers: Numbers::Relative,
        selection: look.selected.map(index),
        titles: &[],
    };
    let scene = (sends && !plot.is_empty()).then(|| PlotScene::new(&plot, &view));
    let scene = scene.map(|mut scene| {
        // What a sender's variables are in a run is here what passed.
        for label in &mut scene.labels {
            label.text = match (label.kind, kind) {
                (TrackKind::Window, PlotKind::Flight) => "SEG.WND".to_owned(),
                (TrackKind::Window, _) => "ACK+WND".to_owned(),
                (TrackKind::Ack, _) => "SEG.ACK".to_owned(),
                _ => continue,
            };
        }
        scene
    });
    CapturedPlot { scene, key: captured_plot_key(look, sender, kind) }
}

/// How the plot of what an end sends is to be read: a sentence each.
#[must_use]
pub fn captured_plot_key(look: &Look<'_>, sender: End, kind: PlotKind) -> Vec<String> {
    let words = &messages(look.locale).capture_view;
    let mut key = vec![words.key.sequence.to_owned()];
    if kind == PlotKind::Flight {
        key.push(words.key.flight.to_owned());
    }
    let receiver = sender.other();
    let announced = look.gathered.segments.iter().zip(&look.observed.findings);
    let announced = announced.filter(|(seen, _)| seen.from == receiver && !seen.rst());
    let most = announced.filter_map(|(_, finding)| finding.window).max();
    if let (true, Some(most), PlotKind::Flight) = (has_windows(look.observed, receiver), most, kind)
    {
        key.push(words.key.window_most.fill([&most.to_string()]));
    }
    if !has_windows(look.observed, receiver) {
        key.push(words.key.window_unknown.to_owned());
    }
    key
}

fn index(place: usize) -> PacketIndex {
    PacketIndex(u32::try_from(place).unwrap_or(u32::MAX))
}

/// The tracks as they are written: at what time by now, and by which segment.
struct Writer {
    tracks: Vec<Track>,
    at: Instant,
    place: usize,
}

impl Writer {
    fn add(&mut self, kind: TrackKind, low: u64, high: u64) {
        let (at, place) = (self.at, index(self.place));
        let point = PlotPoint { at, record: RecordId(place.0), low, high, packet: Some(place) };
        let track = self.tracks.iter_mut().find(|track| track.kind == kind);
        track.into_iter().for_each(|track| track.points.push(point));
    }
}

fn tracks(look: &Look<'_>, sender: End, kind: PlotKind) -> Plot {
    let track = |kind: &TrackKind| Track { kind: *kind, flow: 0, ghost: false, points: Vec::new() };
    let mut writer =
        Writer { tracks: KINDS.iter().map(track).collect(), at: Instant::ZERO, place: 0 };
    let began = began(look.gathered);
    let mut way = Way { sender, kind, counted: Counted::default(), una: 0, next: 0 };
    for (place, (seen, finding)) in
        look.gathered.segments.iter().zip(&look.observed.findings).enumerate()
    {
        let since = seen.at.zip(began).map(|(at, began)| instant(at.since(began)));
        // A clock that is set back would draw lines back in time.
        let Some(at) = since.map(|at| at.max(writer.at)) else { continue };
        (writer.at, writer.place) = (at, place);
        way.pass(look, seen, finding, &mut writer);
    }
    let end = writer.at;
    let mut tracks = writer.tracks;
    for track in &mut tracks {
        if let Some(last) = track.points.last().copied().filter(|last| last.at < end)
            && matches!(track.kind, TrackKind::Ack | TrackKind::Window | TrackKind::Flight)
        {
            track.points.push(PlotPoint { at: end, packet: None, ..last });
        }
    }
    tracks.retain(|track| !track.points.is_empty());
    Plot {
        kind,
        tracks,
        busy: (Instant::ZERO, end),
        window: Duration::ZERO,
        iss: 0,
        links: Vec::new(),
    }
}

/// What passes of one end's stream.
struct Way {
    sender: End,
    kind: PlotKind,
    counted: Counted,
    una: u64,
    next: u64,
}

impl Way {
    fn pass(&mut self, look: &Look<'_>, seen: &Seen, finding: &Finding, to: &mut Writer) {
        let relative = |number| look.observed.relative(self.sender, number);
        if seen.from == self.sender {
            let low = self.counted.of(relative(seen.seq));
            let high = low + u64::from(seen.len());
            self.counted.reach(relative(seen.end()));
            self.next = self.next.max(high);
            if self.kind == PlotKind::Sequence {
                sent(seen, finding, low, high, to);
            }
        } else if let Some(ack) = seen.ack {
            let una = self.counted.of(relative(ack));
            if una > self.una {
                (self.una, self.next) = (una, self.next.max(una));
            }
            let window = finding.window.map(u64::from).filter(|_| !seen.rst());
            if self.kind == PlotKind::Sequence {
                to.add(TrackKind::Ack, self.una, self.una);
                for (left, right) in seen.options.sack.blocks() {
                    let ends = [left, right].map(|end| self.counted.of(relative(*end)));
                    to.add(TrackKind::Sack, ends[0], ends[1]);
                }
                let marks = [
                    (Marks::DUPLICATE_ACK, TrackKind::Duplicate),
                    (Marks::ZERO_WINDOW, TrackKind::ZeroWindow),
                ];
                for (_, kind) in marks.iter().filter(|(mark, _)| finding.marks.contains(*mark)) {
                    to.add(*kind, una, una);
                }
            }
            let edge = if self.kind == PlotKind::Sequence { self.una } else { 0 };
            if let Some(window) = window {
                to.add(TrackKind::Window, edge + window, edge + window);
            }
        }
        if self.kind == PlotKind::Flight {
            let flight = self.next.saturating_sub(self.una.max(1));
            to.add(TrackKind::Flight, flight, flight);
        }
    }
}

fn sent(seen: &Seen, finding: &Finding, low: u64, high: u64, to: &mut Writer) {
    if !seen.is_empty() {
        let again = is_again(finding.repeat);
        let kind = if again { TrackKind::Retransmission } else { TrackKind::Segment };
        to.add(kind, low, high);
    }
    let marks =
        [(seen.syn(), TrackKind::Syn), (seen.fin(), TrackKind::Fin), (seen.rst(), TrackKind::Rst)];
    for (_, kind) in marks.into_iter().filter(|(is, _)| *is) {
        to.add(kind, low, high);
    }
}
