//! Plots: how the numbers of a connection go with time, every one of them from the trace.
//!
//! A [`Plot`] holds the points, in whole numbers; a [`PlotScene`] is what of them is drawn in a
//! window of time, as many as its pixels can show.

mod ends;
mod extent;
mod flows;
mod labels;
mod near;
mod queue;
mod rates;
mod rows;
mod scale;
mod scene;
mod sequence;
mod thin;
mod variables;

use tcpscope_sim::{PacketIndex, RecordId, Trace};
use tcpscope_tcp::{Duration, Instant};

pub use flows::{PlotFlow, flow_title, plot_flows, same_flow};
pub use near::PlotSpot;
pub use rows::{PlotRow, plot_csv, plot_row, plot_rows, spot_text};
pub use scale::{PlotClock, PlotTick};
pub use scene::{GlyphKind, PlotGlyphs, PlotLabel, PlotScene, PlotStroke, PlotView};

/// What is plotted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum PlotKind {
    /// Sequence numbers, as Stevens and tcptrace draw them.
    #[default]
    Sequence,
    /// cwnd and ssthresh.
    Congestion,
    /// What is under way.
    Flight,
    /// Round trips, and what is made of them.
    RoundTrip,
    /// Octets a second.
    Throughput,
    /// What waits at the links.
    Queue,
}

impl PlotKind {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Sequence,
        Self::Congestion,
        Self::Flight,
        Self::RoundTrip,
        Self::Throughput,
        Self::Queue,
    ];

    /// The name that interfaces use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sequence => "sequence",
            Self::Congestion => "congestion",
            Self::Flight => "flight",
            Self::RoundTrip => "round-trip",
            Self::Throughput => "throughput",
            Self::Queue => "queue",
        }
    }
}

/// What the points of a track are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TrackKind {
    /// A segment, from its first number to the one after its last.
    Segment,
    /// A segment of which all was sent before.
    Retransmission,
    /// A segment that does not arrive.
    Lost,
    /// A segment with SYN.
    Syn,
    /// A segment with FIN.
    Fin,
    /// A segment with RST.
    Rst,
    /// SND.UNA: up to where the peer has acknowledged.
    Ack,
    /// SND.UNA + SND.WND: up to where may be sent.
    Window,
    /// A block that the peer says it has (RFC 2018).
    Sack,
    /// A duplicate ACK (RFC 5681 §2).
    Duplicate,
    /// An ACK that leaves no window.
    ZeroWindow,
    /// cwnd.
    Cwnd,
    /// ssthresh.
    Ssthresh,
    /// Recovery begins.
    Recovery,
    /// The retransmission timer runs out.
    Timeout,
    /// Octets sent and not acknowledged.
    Flight,
    /// Octets taken to be in the network (RFC 6675 §2).
    Pipe,
    /// A measured round trip.
    Rtt,
    /// SRTT.
    Srtt,
    /// RTTVAR, on both sides of SRTT.
    RttVariation,
    /// RTO.
    Rto,
    /// Text handed to the network, again and again.
    Sent,
    /// Text that came to the receiver, also what it had.
    Arrived,
    /// Text that became readable, in order, once.
    Goodput,
    /// What waits at a link, in packets.
    Waiting,
    /// A packet that a queue dropped.
    QueueDrop,
    /// A packet that was marked "Congestion Experienced" (RFC 3168 §5).
    QueueMark,
}

/// How a track is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TrackShape {
    /// Upright bars from `low` to `high`.
    Bars,
    /// A value that stays until the next.
    Steps,
    /// What lies between two values, each of which stays until the next.
    Band,
    /// A mark for each.
    Glyphs(GlyphKind),
}

impl TrackKind {
    /// How it is drawn.
    #[must_use]
    pub const fn shape(self) -> TrackShape {
        match self {
            Self::Segment | Self::Retransmission | Self::Sack => TrackShape::Bars,
            Self::Ack
            | Self::Window
            | Self::Cwnd
            | Self::Ssthresh
            | Self::Flight
            | Self::Pipe
            | Self::Srtt
            | Self::Rto
            | Self::Sent
            | Self::Arrived
            | Self::Goodput
            | Self::Waiting => TrackShape::Steps,
            Self::RttVariation => TrackShape::Band,
            Self::Lost | Self::QueueDrop | Self::Rst => TrackShape::Glyphs(GlyphKind::Cross),
            Self::Syn => TrackShape::Glyphs(GlyphKind::Diamond),
            Self::Fin => TrackShape::Glyphs(GlyphKind::Square),
            Self::Duplicate => TrackShape::Glyphs(GlyphKind::Tick),
            Self::ZeroWindow => TrackShape::Glyphs(GlyphKind::Stop),
            Self::Recovery => TrackShape::Glyphs(GlyphKind::Down),
            Self::Timeout => TrackShape::Glyphs(GlyphKind::Bang),
            Self::Rtt => TrackShape::Glyphs(GlyphKind::Dot),
            Self::QueueMark => TrackShape::Glyphs(GlyphKind::Diamond),
        }
    }

    /// The name that style sheets use.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Segment => "segment",
            Self::Retransmission => "again",
            Self::Lost => "lost",
            Self::Syn => "syn",
            Self::Fin => "fin",
            Self::Rst => "rst",
            Self::Ack => "ack",
            Self::Window => "window",
            Self::Sack => "sack",
            Self::Duplicate => "duplicate",
            Self::ZeroWindow => "zero",
            Self::Cwnd => "cwnd",
            Self::Ssthresh => "ssthresh",
            Self::Recovery => "recovery",
            Self::Timeout => "timeout",
            Self::Flight => "flight",
            Self::Pipe => "pipe",
            Self::Rtt => "rtt",
            Self::Srtt => "srtt",
            Self::RttVariation => "rttvar",
            Self::Rto => "rto",
            Self::Sent => "sent",
            Self::Arrived => "arrived",
            Self::Goodput => "goodput",
            Self::Waiting => "waiting",
            Self::QueueDrop => "drop",
            Self::QueueMark => "mark",
        }
    }

    /// Whether it tells of a flow by itself: where there are several flows, and in the run before
    /// the last change, it alone is drawn.
    #[must_use]
    pub const fn is_main(self) -> bool {
        matches!(
            self,
            Self::Ack | Self::Cwnd | Self::Flight | Self::Srtt | Self::Goodput | Self::Waiting
        )
    }
}

/// A point of a track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlotPoint {
    /// When.
    pub at: Instant,
    /// The record by which it is so.
    pub record: RecordId,
    /// Where a bar or a band begins; else as `high`.
    pub low: u64,
    /// The value.
    pub high: u64,
    /// The segment that it is about, or that brought it about.
    pub packet: Option<PacketIndex>,
}

/// Points of one kind, in order of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    /// What they are.
    pub kind: TrackKind,
    /// Of which flow of the plot; in a plot of queues, of which link.
    pub flow: usize,
    /// Whether they are of the run before the last change.
    pub ghost: bool,
    /// The points.
    pub points: Vec<PlotPoint>,
}

/// All points of a plot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plot {
    /// What is plotted.
    pub kind: PlotKind,
    /// The tracks, those that lie below first.
    pub tracks: Vec<Track>,
    /// From when to when its flows send and receive.
    pub busy: (Instant, Instant),
    /// Of a throughput: over how long it is taken.
    pub window: Duration,
    /// What relative numbers are counted from, in a plot of one flow.
    pub iss: u32,
    /// Of a plot of queues: from where to where each link goes, in words of the trace's.
    pub links: Vec<(tcpscope_sim::HostId, tcpscope_sim::HostId)>,
}

impl Plot {
    /// The plot of these flows of a run: all of one, or what is main of several.
    #[must_use]
    pub fn new(trace: &Trace, kind: PlotKind, flows: &[PlotFlow]) -> Self {
        let busy = flows::busy(trace, flows);
        let mut plot = Self {
            kind,
            tracks: Vec::new(),
            busy,
            window: rates::window(busy),
            iss: 0,
            links: Vec::new(),
        };
        for (place, flow) in flows.iter().enumerate() {
            let tracks = match kind {
                PlotKind::Sequence => {
                    let (iss, tracks) = sequence::tracks(trace, *flow);
                    plot.iss = iss;
                    tracks
                }
                PlotKind::Congestion => variables::congestion(trace, *flow),
                PlotKind::Flight => variables::flight(trace, *flow),
                PlotKind::RoundTrip => variables::round_trip(trace, *flow),
                PlotKind::Throughput => rates::tracks(trace, *flow, plot.window),
                PlotKind::Queue => Vec::new(),
            };
            let alone = flows.len() == 1;
            let shown = tracks.into_iter().filter(|track| alone || track.kind.is_main());
            plot.tracks.extend(shown.map(|track| Track { flow: place, ..track }));
        }
        if kind == PlotKind::Queue {
            (plot.links, plot.tracks) = queue::tracks(trace, flows);
        }
        if flows.len() != 1 {
            plot.iss = 0;
        }
        plot.tracks.retain(|track| !track.points.is_empty());
        plot
    }

    /// Lays what is main of another run under this one.
    pub fn add_ghost(&mut self, ghost: Self) {
        let ghosts = ghost.tracks.into_iter().filter(|track| track.kind.is_main());
        let mut tracks: Vec<_> = ghosts.map(|track| Track { ghost: true, ..track }).collect();
        tracks.append(&mut self.tracks);
        self.tracks = tracks;
        self.busy.1 = self.busy.1.max(ghost.busy.1);
    }

    /// How many points there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tracks.iter().map(|track| track.points.len()).sum()
    }

    /// Whether there is no point.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Tracks that are being written.
struct Writer(Vec<Track>);

impl Writer {
    /// Tracks of these kinds, in this order.
    fn new(kinds: &[TrackKind]) -> Self {
        let track = |kind: &TrackKind| Track { kind: *kind, flow: 0, ghost: false, points: vec![] };
        Self(kinds.iter().map(track).collect())
    }

    /// Adds a point. A value that stays is written once.
    fn add(&mut self, kind: TrackKind, point: PlotPoint) {
        let Some(track) = self.0.iter_mut().find(|track| track.kind == kind) else { return };
        if let (TrackShape::Steps | TrackShape::Band, Some(last)) =
            (kind.shape(), track.points.last_mut())
        {
            if (last.low, last.high) == (point.low, point.high) {
                return;
            }
            // Of what is so for no time only the last shows.
            if last.at == point.at {
                *last = point;
                return;
            }
        }
        track.points.push(point);
    }

    /// Ends each line at its last value.
    fn end(mut self, at: Instant, record: RecordId) -> Vec<Track> {
        for track in &mut self.0 {
            let stays = matches!(track.kind.shape(), TrackShape::Steps | TrackShape::Band);
            if let (true, Some(last)) = (stays, track.points.last().copied())
                && last.at < at
            {
                track.points.push(PlotPoint { at, record, packet: None, ..last });
            }
        }
        self.0
    }
}

/// A point of one value.
const fn point(
    at: Instant,
    record: RecordId,
    value: u64,
    packet: Option<PacketIndex>,
) -> PlotPoint {
    PlotPoint { at, record, low: value, high: value, packet }
}
