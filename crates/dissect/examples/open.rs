//! How long it takes to look at the longest conversation that is looked at, and how much memory at most:
//! `cargo run --profile fast -p tcpscope-dissect --example open`.
//!
//! Three conversations: a download with losses, one of which only one direction was captured, and one
//! that sends the same again and again.

use std::fs;
use std::time::Instant;

use tcpscope_dissect::{
    CapturedLadder, CapturedView, End, Gather, Look, MOST_SEGMENTS, Observed, Reader, captured_plot,
};
use tcpscope_view::{Locale, PlotKind};

/// The octets of a frame without text: Ethernet, IPv4, TCP.
const HEADERS: u32 = 54;
const TEXT: u32 = 1_000;

fn main() {
    let _ = CapturedView::Ladder;
    for (name, of) in
        [("download", download as fn(u32) -> Sent), ("one-way", one_way), ("again", again)]
    {
        let file = generate(of);
        let begun = Instant::now();
        let (mut reader, mut gather) = (Reader::new(), Gather::new(0));
        let _ = reader.read(&file, &mut |frame| gather.note(frame));
        let gathered = gather.finish().expect("there is one");
        println!("{name}: {} segments, gathered in {:?}", gathered.segments.len(), begun.elapsed());
        let begun = Instant::now();
        let observed = Observed::of(&gathered);
        println!("  looked at in {:?}", begun.elapsed());
        let begun = Instant::now();
        let ladder = CapturedLadder::new(&gathered, &observed, 900.0);
        println!("  laid out in {:?}", begun.elapsed());
        let look = Look {
            gathered: &gathered,
            observed: &observed,
            selected: Some(0),
            locale: Locale::En,
        };
        let begun = Instant::now();
        let scene = ladder.scene(&look, 100_000.0..102_000.0);
        println!("  {} lines drawn in {:?}; key in", scene.ladder.arrows.len(), begun.elapsed());
        let begun = Instant::now();
        let _ = ladder.key(&look);
        println!("  {:?}", begun.elapsed());
        for kind in [PlotKind::Sequence, PlotKind::Flight] {
            let begun = Instant::now();
            let plot = captured_plot(&look, End::Server, kind, (900.0, 600.0));
            let drawn = begun.elapsed();
            let begun = Instant::now();
            let marks = plot.scene.as_ref().map(|scene| tcpscope_view::plot_marks(scene).len());
            println!("  plot in {drawn:?}, {marks:?} octets in {:?}", begun.elapsed());
        }
        println!("capture.open_mb.{name} {:.1} (its file {:.1})", peak(), file.len() as f64 / 1e6);
    }
    println!("{} {}", size_of::<tcpscope_dissect::Seen>(), size_of::<tcpscope_dissect::Finding>());
}

/// Whether the server sends it, its number, what it acknowledges, its text.
struct Sent(bool, u32, u32, u32);

/// Two segments, then an ACK; each thousandth is lost and sent again 40 segments later.
fn download(number: u32) -> Sent {
    let (round, step) = (number / 3, number % 3);
    let seq = |place: u32| 1 + place * TEXT;
    if step == 2 {
        return Sent(false, 1, seq(round.saturating_sub(20) * 2), 0);
    }
    let place = round * 2 + step;
    let place = if place % 1000 == 40 { place - 40 } else { place };
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
        let record =
            [1_700_000_000 + number / 5_000, number % 5_000 * 200, HEADERS, HEADERS + text];
        file.extend(record.map(u32::to_le_bytes).concat());
        let mut frame = [0; HEADERS as usize];
        frame[12] = 8;
        frame[14] = 0x45;
        frame[16..18].copy_from_slice(&u16::try_from(40 + text).unwrap_or_default().to_be_bytes());
        frame[22..24].copy_from_slice(&[64, 6]);
        let (client, server) = ([10, 0, 0, 1], [10, 0, 0, 2]);
        let (from, to) = if from_server { (server, client) } else { (client, server) };
        frame[26..30].copy_from_slice(&from);
        frame[30..34].copy_from_slice(&to);
        let (from, to) = if from_server { (80_u16, 40_000_u16) } else { (40_000, 80) };
        frame[34..36].copy_from_slice(&from.to_be_bytes());
        frame[36..38].copy_from_slice(&to.to_be_bytes());
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
