//! Time and sequence numbers, as the sender sees them: Stevens's figure with what tcptrace adds.

use tcpscope_sim::{Fate, Record, RecordKind, Trace};
use tcpscope_tcp::{SeqNumber, Status};

use super::ends::{Ends, each_step};
use super::{PlotFlow, PlotPoint, Track, TrackKind, Writer, point};

/// Below what lies above.
const KINDS: [TrackKind; 11] = [
    TrackKind::Window,
    TrackKind::Ack,
    TrackKind::Sack,
    TrackKind::Segment,
    TrackKind::Retransmission,
    TrackKind::Duplicate,
    TrackKind::ZeroWindow,
    TrackKind::Syn,
    TrackKind::Fin,
    TrackKind::Rst,
    TrackKind::Lost,
];

/// The numbers of one direction, counted on from the ISS for as long as it takes: they do not wrap.
struct Counted {
    iss: SeqNumber,
    una: SeqNumber,
    /// How far `una` is from the ISS.
    far: u64,
}

impl Counted {
    fn of(&self, seq: SeqNumber) -> u64 {
        let on = seq.distance_from(self.una);
        let back = self.una.distance_from(seq);
        if on <= back { self.far + u64::from(on) } else { self.far.saturating_sub(back.into()) }
    }

    fn move_to(&mut self, una: SeqNumber) {
        (self.far, self.una) = (self.of(una), una);
    }
}

/// The ISS, and all that is drawn of a flow.
pub(super) fn tracks(trace: &Trace, flow: PlotFlow) -> (u32, Vec<Track>) {
    let mut tracks = Writer::new(&KINDS);
    let mut counted: Option<Counted> = None;
    let mut before = Status::default();
    let Ends { at, record } = each_step(trace, flow.sender, &mut |records, status| {
        if let (None, Some(iss)) = (&counted, status.iss) {
            counted = Some(Counted { iss, una: iss, far: 0 });
        }
        let Some(counted) = &mut counted else { return };
        for record in records {
            moved(&mut tracks, trace, record, counted);
        }
        let (Some(last), Some(_)) = (records.last(), status.iss) else { return };
        counted.move_to(status.snd_una);
        let una = counted.far;
        let brought = records.iter().find_map(|record| {
            if let RecordKind::Arrive { packet } = record.kind { Some(packet) } else { None }
        });
        let mut add = |kind, value| tracks.add(kind, point(last.at, last.id, value, brought));
        add(TrackKind::Ack, una);
        if status.irs.is_some() {
            add(TrackKind::Window, una + u64::from(status.snd_wnd));
            if brought.is_some() && status.snd_wnd == 0 {
                add(TrackKind::ZeroWindow, una);
            }
        }
        if brought.is_some() && status.duplicates > before.duplicates {
            add(TrackKind::Duplicate, una);
        }
        before = *status;
    });
    (counted.map_or(0, |counted| counted.iss.value()), tracks.end(at, record))
}

/// What is sent, and what the peer says that it has beyond what it acknowledges.
fn moved(tracks: &mut Writer, trace: &Trace, record: &Record, counted: &Counted) {
    if let RecordKind::Transmit { packet: index } = record.kind {
        let packet = trace.packet(index);
        let segment = &packet.segment;
        let low = counted.of(segment.seq);
        let high = low + u64::from(segment.len());
        let bar = PlotPoint { at: record.at, record: record.id, low, high, packet: Some(index) };
        if !segment.is_empty() {
            let again = packet.retransmission;
            let kind = if again { TrackKind::Retransmission } else { TrackKind::Segment };
            tracks.add(kind, bar);
        }
        let marks = [
            (segment.syn(), TrackKind::Syn),
            (segment.fin(), TrackKind::Fin),
            (segment.rst(), TrackKind::Rst),
        ];
        for (_, kind) in marks.into_iter().filter(|(is_there, _)| *is_there) {
            tracks.add(kind, bar);
        }
        if !segment.is_empty() && packet.fate.is_lost() {
            tracks.add(TrackKind::Lost, bar);
        }
    }
    if let RecordKind::Arrive { packet: index } = record.kind
        && trace.packet(index).fate != Fate::Corrupted
    {
        for (left, right) in trace.packet(index).segment.options.sack.blocks() {
            let (low, high) = (counted.of(*left), counted.of(*right));
            let (at, record) = (record.at, record.id);
            let block = PlotPoint { at, record, low, high, packet: Some(index) };
            tracks.add(TrackKind::Sack, block);
        }
    }
}
