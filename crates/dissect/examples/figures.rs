//! How long it takes to list the conversations of a capture of 100 MB, and how much memory at most:
//! `cargo run --profile fast -p tcpscope-dissect --example figures`.
//!
//! Two captures: one as of a busy server, and one of nothing but openings, each from another port,
//! which makes as many conversations as there can be.

use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::Path;
use std::time::Instant;

use tcpscope_dissect::{Conversations, Reader};

const SIZE: u64 = 100_000_000;

/// The octets of a frame without text: Ethernet, IPv4, TCP.
const HEADERS: usize = 54;

fn main() {
    let path = std::env::temp_dir().join(format!("tcpscope-figures-{}.pcap", std::process::id()));
    for (name, write) in [("busy", busy as fn(u32) -> (u32, u8, usize)), ("openings", openings)] {
        if let Err(error) = generate(&path, write) {
            eprintln!("{} cannot be written: {error}", path.display());
            return;
        }
        match measure(&path) {
            Ok((seconds, frames, conversations)) => {
                println!("capture.list_s.{name} {seconds:.3}");
                println!("  {frames} frames, {conversations} conversations");
            }
            Err(error) => eprintln!("{} cannot be read: {error}", path.display()),
        }
        println!("capture.peak_mb.{name} {:.1}", peak());
    }
    let _ = fs::remove_file(&path);
}

/// Conversation, flags and octets of text of a frame: four hundred conversations in turn.
fn busy(frame: u32) -> (u32, u8, usize) {
    let text = if frame.is_multiple_of(3) { 0 } else { 1448 };
    (frame % 400, 0x10, text)
}

fn openings(frame: u32) -> (u32, u8, usize) {
    (frame, 0x02, 0)
}

fn generate(path: &Path, of: fn(u32) -> (u32, u8, usize)) -> std::io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let head = [0xa1b2_c3d4_u32, 0x0004_0002, 0, 0, 262_144, 1];
    file.write_all(&head.map(u32::to_le_bytes).concat())?;
    let (mut written, mut number) = (24_u64, 0_u32);
    while written < SIZE {
        let (conversation, flags, text) = of(number);
        let length = u32::try_from(HEADERS + text).unwrap_or_default();
        let record = [1_700_000_000 + number / 50_000, number % 50_000 * 20, length, length];
        file.write_all(&record.map(u32::to_le_bytes).concat())?;
        let mut frame = vec![0; HEADERS + text];
        frame[12] = 8;
        frame[14] = 0x45;
        let total = u16::try_from(40 + text).unwrap_or_default();
        frame[16..18].copy_from_slice(&total.to_be_bytes());
        frame[22..24].copy_from_slice(&[64, 6]);
        let [high, upper, lower, low] = conversation.to_be_bytes();
        frame[26..30].copy_from_slice(&[10 | high, upper, lower, 1]);
        frame[30..36].copy_from_slice(&[10, 1, 0, 1, 0x80, low]);
        frame[36..38].copy_from_slice(&[0, 80]);
        frame[38..42].copy_from_slice(&number.to_be_bytes());
        frame[46..48].copy_from_slice(&[0x50, flags]);
        file.write_all(&frame)?;
        written += 16 + u64::from(length);
        number += 1;
    }
    file.flush()
}

fn measure(path: &Path) -> std::io::Result<(f64, u64, usize)> {
    let mut file = File::open(path)?;
    let begun = Instant::now();
    let (mut reader, mut list) = (Reader::new(), Conversations::new());
    let mut chunk = vec![0; 1 << 18];
    loop {
        let count = file.read(&mut chunk)?;
        if count == 0 {
            break;
        }
        let octets = chunk.get(..count).unwrap_or_default();
        let noted = reader.read(octets, &mut |frame| {
            list.note(frame);
        });
        if let Err(damage) = noted {
            eprintln!("{damage:?}");
        }
    }
    let frames = reader.frames();
    Ok((begun.elapsed().as_secs_f64(), frames, list.list().len()))
}

/// The most memory that this program had so far, in megabytes, where the system says.
fn peak() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kibibytes.unwrap_or(f64::NAN) * 1024.0 / 1e6
}
