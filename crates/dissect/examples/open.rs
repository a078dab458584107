//! How long it takes to look at the longest conversation that is looked at, and how much memory at most:
//! `cargo run --profile fast -p tcpscope-dissect --example open`.
//!
//! Three conversations: a download with losses, one of which one direction alone was captured, and one
//! that sends the same again and again and is never acknowledged.

use std::fs;
use std::time::Instant;

use tcpscope_dissect::{
    CapturedLadder, End, Gather, Gathered, Look, MOST_SEGMENTS, Observed, Reader, captured_plot,
};
use tcpscope_view::{Locale, PlotKind};

/// The octets of a frame without text: Ethernet, IPv4, TCP.
const HEADERS: u32 = 54;
const TEXT: u32 = 1_000;

fn main() {
    let kinds = [("download", download as fn(u32) -> Sent), ("one_way", one_way), ("again", again)];
    for (name, of) in kinds {
        let file = generate(of);
        let (mut reader, mut gather) = (Reader::new(), Gather::new(0));
        let _ = reader.read(&file, &mut |frame| gather.note(frame));
        drop(file);
        let Some(gathered) = gather.finish() else { return };
        let begun = Instant::now();
        let observed = Observed::of(&gathered);
        let ladder = CapturedLadder::new(&gathered, &observed, 900.0);
        println!("capture.open_s.{name} {:.3}", begun.elapsed().as_secs_f64());
        println!("capture.open_mb.{name} {:.1}", peak());
        figures(&gathered, &observed, &ladder);
    }
}

/// How long a screen of it takes, and each of its plots.
fn figures(gathered: &Gathered, observed: &Observed, ladder: &CapturedLadder) {
    let look = Look { gathered, observed, selected: Some(0), locale: Locale::En };
    let begun = Instant::now();
    let middle = ladder.height() / 2.0;
    let scene = ladder.scene(&look, middle..middle + 2_000.0);
    println!("  {} segments drawn in {:?}", scene.ladder.arrows.len(), begun.elapsed());
    for kind in [PlotKind::Sequence, PlotKind::Flight] {
        let begun = Instant::now();
        let _ = captured_plot(&look, End::Server, kind, (900.0, 600.0));
        println!("  {kind:?} drawn in {:?}", begun.elapsed());
    }
}

/// A segment: whether the server sends it, its number, what it acknowledges, its text.
struct Sent(bool, u32, u32, u32);

/// Two segments, then an ACK. Each thousandth never comes, as an earlier one is sent again.
fn download(number: u32) -> Sent {
    let (round, step) = (number / 3, number % 3);
    let seq = |place: u32| 1 + place * TEXT;
    if step == 2 {
        return Sent(false, 1, seq(round.saturating_sub(20) * 2), 0);
    }
    let place = round * 2 + step;
    let place = if place % 1_000 == 40 { place - 40 } else { place };
    Sent(true, seq(place), 1, TEXT)
}

fn one_way(number: u32) -> Sent {
    Sent(true, 1 + number * TEXT, 1, TEXT)
}

fn again(number: u32) -> Sent {
    Sent(true, 1 + (number.wrapping_mul(2_654_435_761) % 8_192) * TEXT, 1, TEXT)
}

fn generate(of: fn(u32) -> Sent) -> Vec<u8> {
    let head = [0xa1b2_c3d4_u32, 0x0004_0002, 0, 0, 262_144, 1];
    let mut file = head.map(u32::to_le_bytes).concat();
    for number in 0..u32::try_from(MOST_SEGMENTS).unwrap_or_default() {
        let Sent(from_server, seq, ack, text) = of(number);
        let at = [1_700_000_000 + number / 5_000, number % 5_000 * 200];
        let record = [at[0], at[1], HEADERS, HEADERS + text];
        file.extend(record.map(u32::to_le_bytes).concat());
        let mut frame = [0; HEADERS as usize];
        frame[12] = 8;
        frame[14] = 0x45;
        frame[16..18].copy_from_slice(&u16::try_from(40 + text).unwrap_or_default().to_be_bytes());
        frame[22..24].copy_from_slice(&[64, 6]);
        let mut ends = [([10, 0, 0, 1], 40_000_u16), ([10, 0, 0, 2], 80)];
        if from_server {
            ends.swap(0, 1);
        }
        let [from, to] = ends;
        frame[26..30].copy_from_slice(&from.0);
        frame[30..34].copy_from_slice(&to.0);
        frame[34..36].copy_from_slice(&from.1.to_be_bytes());
        frame[36..38].copy_from_slice(&to.1.to_be_bytes());
        frame[38..42].copy_from_slice(&seq.to_be_bytes());
        frame[42..46].copy_from_slice(&ack.to_be_bytes());
        frame[46..50].copy_from_slice(&[0x50, 0x10, 0xff, 0xff]);
        file.extend(frame);
    }
    file
}

/// The most memory that this program had so far, in megabytes, where the system says.
fn peak() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kibibytes.unwrap_or(f64::NAN) * 1024.0 / 1e6
}
