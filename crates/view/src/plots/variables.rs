//! The sender's variables with time: windows, what is under way, round trips.

use tcpscope_sim::{Record, RecordKind, TimerEvent, Trace, Why};
use tcpscope_tcp::{Duration, Reason, Status, Timer};

use super::ends::{Ends, each_step};
use super::{PlotFlow, PlotPoint, Track, TrackKind, Writer, point};

/// cwnd and ssthresh, with what makes them fall.
pub(super) fn congestion(trace: &Trace, flow: PlotFlow) -> Vec<Track> {
    let kinds = [TrackKind::Ssthresh, TrackKind::Cwnd, TrackKind::Recovery, TrackKind::Timeout];
    let mut before = Status::default();
    steps(trace, flow, &kinds, &mut |tracks, records, last, status| {
        let mut add = |kind, value: u32| {
            tracks.add(kind, point(last.at, last.id, value.into(), packet_of(records)));
        };
        add(TrackKind::Cwnd, status.cwnd);
        // Before the first loss it is as high as can be (RFC 5681 §3.1).
        if status.ssthresh < u32::MAX {
            add(TrackKind::Ssthresh, status.ssthresh);
        }
        if records.iter().any(expires) {
            add(TrackKind::Timeout, before.cwnd.max(status.cwnd));
        } else if before.recover.is_none() && status.recover.is_some() {
            add(TrackKind::Recovery, before.cwnd.max(status.cwnd));
        }
        before = *status;
    })
}

/// What is sent and not acknowledged, and what of it is taken to be under way.
pub(super) fn flight(trace: &Trace, flow: PlotFlow) -> Vec<Track> {
    let kinds = [TrackKind::Flight, TrackKind::Pipe];
    let mut differ = false;
    let mut tracks = steps(trace, flow, &kinds, &mut |tracks, records, last, status| {
        let packet = packet_of(records);
        let mut add = |kind, value: u32| {
            tracks.add(kind, point(last.at, last.id, value.into(), packet));
        };
        add(TrackKind::Flight, status.flight);
        add(TrackKind::Pipe, status.pipe);
        differ |= status.pipe != status.flight;
    });
    // Where nothing is lost they are the same.
    tracks.retain(|track| differ || track.kind != TrackKind::Pipe);
    tracks
}

/// Round trips, and what RFC 6298 makes of them. In microseconds.
pub(super) fn round_trip(trace: &Trace, flow: PlotFlow) -> Vec<Track> {
    let kinds = [
        TrackKind::RttVariation,
        TrackKind::Rto,
        TrackKind::Srtt,
        TrackKind::Rtt,
        TrackKind::Timeout,
    ];
    steps(trace, flow, &kinds, &mut |tracks, records, last, status| {
        let packet = packet_of(records);
        for record in records {
            for why in trace.whys(record.id) {
                if let Why::Tcp(Reason::RttMeasured { rtt, .. }) = why {
                    let measured = point(record.at, record.id, rtt.as_micros(), packet);
                    tracks.add(TrackKind::Rtt, measured);
                }
            }
        }
        let mut add = |kind, value: Duration| {
            tracks.add(kind, point(last.at, last.id, value.as_micros(), packet));
        };
        add(TrackKind::Rto, status.rto);
        if records.iter().any(expires) {
            add(TrackKind::Timeout, status.rto);
        }
        if let Some(srtt) = status.srtt {
            add(TrackKind::Srtt, srtt);
            if let Some(rttvar) = status.rttvar {
                let (srtt, rttvar) = (srtt.as_micros(), rttvar.as_micros());
                let (low, high) = (srtt.saturating_sub(rttvar), srtt + rttvar);
                let band = PlotPoint { at: last.at, record: last.id, low, high, packet };
                tracks.add(TrackKind::RttVariation, band);
            }
        }
    })
}

type Add<'a> = dyn FnMut(&mut Writer, &[Record], &Record, &Status) + 'a;

/// The variables of a flow's sender after each step, while it has numbers.
fn steps(trace: &Trace, flow: PlotFlow, kinds: &[TrackKind], add: &mut Add<'_>) -> Vec<Track> {
    let mut tracks = Writer::new(kinds);
    let Ends { at, record } = each_step(trace, flow.sender, &mut |records, status| {
        if let (Some(last), Some(_)) = (records.last(), status.iss) {
            add(&mut tracks, records, last, status);
        }
    });
    tracks.end(at, record)
}

/// The segment that a step is about.
fn packet_of(records: &[Record]) -> Option<tcpscope_sim::PacketIndex> {
    records.iter().find_map(|record| record.kind.packet())
}

fn expires(record: &Record) -> bool {
    matches!(
        record.kind,
        RecordKind::Timer { timer: Timer::Retransmission, event: TimerEvent::Expired }
    )
}
