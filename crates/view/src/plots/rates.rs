//! Octets a second: what is sent, what arrives, what the application gets of it.

use tcpscope_sim::{RecordId, RecordKind, Trace};
use tcpscope_tcp::{Duration, Instant};

use super::scale::round_up;
use super::{PlotFlow, PlotPoint, Track, TrackKind, point};

/// Over how long a rate is taken: a twentieth of the time, or a little more.
pub(super) fn window((first, last): (Instant, Instant)) -> Duration {
    Duration::from_micros(round_up(last.since(first).as_micros() / 20).max(1_000))
}

/// What happened when, in octets.
type Happened = Vec<(Instant, RecordId, u32)>;

/// Bits a second over the last `window`, exact at each instant.
pub(super) fn tracks(trace: &Trace, flow: PlotFlow, window: Duration) -> Vec<Track> {
    let (mut sent, mut arrived, mut goodput) = (vec![], vec![], vec![]);
    for record in trace.records() {
        let Some(connection) = record.connection else { continue };
        let (happened, octets): (&mut Happened, u32) = match record.kind {
            RecordKind::Transmit { packet } if connection == flow.sender => {
                (&mut sent, trace.packet(packet).segment.text_len())
            }
            RecordKind::Arrive { packet } if Some(connection) == flow.receiver => {
                (&mut arrived, trace.packet(packet).segment.text_len())
            }
            RecordKind::Deliver { octets } if Some(connection) == flow.receiver => {
                (&mut goodput, octets)
            }
            RecordKind::Transmit { .. }
            | RecordKind::Arrive { .. }
            | RecordKind::Deliver { .. }
            | RecordKind::Call { .. }
            | RecordKind::Lost { .. }
            | RecordKind::Transition { .. }
            | RecordKind::Timer { .. }
            | RecordKind::Notify(_)
            | RecordKind::Impaired { .. }
            | RecordKind::Copy { .. }
            | RecordKind::LinkChanged { .. }
            | RecordKind::Act(_)
            | RecordKind::Icmp { .. }
            | RecordKind::ReassemblyTimeout { .. }
            | RecordKind::Intervention { .. } => continue,
        };
        if octets > 0 {
            happened.push((record.at, record.id, octets));
        }
    }
    let all =
        [(TrackKind::Sent, sent), (TrackKind::Arrived, arrived), (TrackKind::Goodput, goodput)];
    all.into_iter()
        .map(|(kind, happened)| Track {
            kind,
            flow: 0,
            ghost: false,
            points: rates(&happened, window),
        })
        .collect()
}

/// The sum over the window behind each instant, as bits a second: it changes where something comes
/// into the window, and where it leaves it.
fn rates(happened: &Happened, window: Duration) -> Vec<PlotPoint> {
    let mut points: Vec<PlotPoint> = Vec::new();
    let (mut inside, mut come, mut gone) = (0_u64, 0, 0);
    let Some((first, record, _)) = happened.first() else { return points };
    points.push(point(*first, *record, 0, None));
    while let Some((leaves, _, octets)) = happened.get(gone) {
        let leaves = *leaves + window;
        match happened.get(come) {
            Some((at, record, more)) if *at < leaves => {
                inside += u64::from(*more);
                come += 1;
                put(&mut points, *at, *record, inside, window);
            }
            Some(_) | None => {
                inside -= u64::from(*octets);
                gone += 1;
                let record = happened[come - 1].1;
                put(&mut points, leaves, record, inside, window);
            }
        }
    }
    points
}

fn put(points: &mut Vec<PlotPoint>, at: Instant, record: RecordId, octets: u64, window: Duration) {
    let bits = u128::from(octets) * 8_000_000 / u128::from(window.as_micros().max(1));
    let next = point(at, record, u64::try_from(bits).unwrap_or(u64::MAX), None);
    match points.last_mut() {
        Some(last) if last.at == at => *last = next,
        Some(_) | None => points.push(next),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_what_is_in_the_window_over_the_window() {
        let at = |ms| Instant::ZERO + Duration::from_millis(ms);
        let happened = vec![
            (at(10), RecordId(0), 100),
            (at(15), RecordId(1), 50),
            (at(20), RecordId(2), 25),
            (at(90), RecordId(3), 10),
        ];
        let rates = rates(&happened, Duration::from_millis(10));
        let shown: Vec<_> = rates.iter().map(|p| (p.at.as_micros() / 1000, p.high)).collect();
        // 100 octets in 10 ms are 80,000 bits a second; at 20 ms the first 100 have left.
        let expected = [
            (10, 80_000),
            (15, 120_000),
            (20, 60_000),
            (25, 20_000),
            (30, 0),
            (90, 8_000),
            (100, 0),
        ];
        assert_eq!(shown, expected);
    }
}
