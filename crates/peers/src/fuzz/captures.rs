//! Captures that nobody took: any octets as a file, and any segments as a conversation.

use tcpscope_dissect::{
    CapturedLadder, Conversations, End, Frame, Gather, Gathered, Look, Observed, Observing, Reader,
    Replay, captured_plot, changes_told, finding_in_words, remarks_in_words, states_told,
};
use tcpscope_view::{Locale, PlotKind};

/// Any octets as a capture: read in chunks of any size to its end or to a fault, and the first conversations
/// in it looked at. What is found does not depend on the chunks.
pub fn captures(data: &[u8]) {
    let Some((size, file)) = data.split_first() else { return };
    let (list, frames) = read_capture(file, usize::from(*size) + 1);
    let whole = read_capture(file, file.len().max(1));
    assert_eq!((list.list(), frames), (whole.0.list(), whole.1));
    for place in 0..list.list().len().min(2) {
        let gathered = gather(file, place).expect("it is in the list");
        let observed = observe(&gathered);
        tell(&gathered, &observed, usize::from(*size));
    }
}

/// Segments near each other's numbers, as the octets spell them, captured as one conversation: found to be
/// something each, drawn, and run again on our TCP where that is little.
pub fn conversations(data: &[u8]) {
    let Some((how, rest)) = data.split_first() else { return };
    let Some(gathered) = gather(&file_of(*how, rest), 0) else { return };
    let observed = observe(&gathered);
    for (place, finding) in observed.findings.iter().enumerate() {
        // What is repeated lies before what repeats it, and knows of it.
        let Some(original) = finding.repeats else { continue };
        let (one, other) = (&gathered.segments[original], &gathered.segments[place]);
        assert!(original < place && one.from == other.from);
        assert!(one.seq.before(other.end()) && other.seq.before(one.end()), "{one:?}, {other:?}");
        assert!(observed.findings[original].repeated_by.is_some_and(|by| by <= place));
    }
    tell(&gathered, &observed, usize::from(*how));
    let ladder = CapturedLadder::new(&gathered, &observed, f64::from(*how) * 4.0);
    let look =
        Look { gathered: &gathered, observed: &observed, selected: Some(0), locale: Locale::En };
    let scene = ladder.scene(&look, 0.0..ladder.height());
    assert_eq!(scene.ladder.arrows.len(), gathered.segments.len());
    for (sender, kind) in [(End::Client, PlotKind::Sequence), (End::Server, PlotKind::Flight)] {
        let _ = captured_plot(&look, sender, kind, (400.0, 300.0));
    }
    // A run of the engine takes its time, and a long one tells nothing about captures.
    let text: u64 = observed.ends.iter().map(|end| end.text).sum();
    if *how < 64
        && text < 20_000
        && let Ok(replay) = Replay::of(&gathered, &observed)
    {
        assert!(replay.placed <= replay.losses);
    }
}

/// The conversations of a capture and how many frames it has, as far as it can be read.
fn read_capture(file: &[u8], size: usize) -> (Conversations, u64) {
    let (mut reader, mut conversations) = (Reader::new(), Conversations::new());
    let mut note = |frame: &Frame<'_>| {
        conversations.note(frame);
    };
    for chunk in file.chunks(size) {
        if reader.read(chunk, &mut note).is_err() {
            break;
        }
    }
    let frames = reader.frames();
    let _ = reader.finish();
    (conversations, frames)
}

fn gather(file: &[u8], place: usize) -> Option<Gathered> {
    let mut gather = Gather::new(place);
    let _ = Reader::new().read(file, &mut |frame| gather.note(frame));
    gather.finish()
}

/// What is found of it, the same in pieces as at once.
fn observe(gathered: &Gathered) -> Observed {
    let mut observing = Observing::new(gathered);
    while observing.go_on(gathered, 3) {}
    let observed = observing.finish();
    assert_eq!(observed, Observed::of(gathered));
    assert_eq!(observed.findings.len(), gathered.segments.len());
    // Somewhere each end always is.
    let mut everywhere = observed.states.iter().flatten();
    assert!(everywhere.all(|change| change.states.states().next().is_some()));
    observed
}

/// Everything can be told of every segment; one in a while is.
fn tell(gathered: &Gathered, observed: &Observed, from: usize) {
    let locale = Locale::ALL[from % Locale::ALL.len()];
    let _ = remarks_in_words(gathered, observed, locale);
    for place in (from % 8..gathered.segments.len()).step_by(8) {
        let _ = finding_in_words(gathered, observed, place, locale);
        let _ = changes_told(observed, place, locale);
        let _ = states_told(observed, Some(place), locale);
    }
}

/// A capture of raw IPv4: each six octets are a segment: who sends it and its flags, how long after the one
/// before, its number and what it acknowledges, counted from the last ones, its window, its text.
fn file_of(how: u8, octets: &[u8]) -> Vec<u8> {
    let mut file =
        [0xa1b2_c3d4_u32, 0x0004_0002, 0, 0, 262_144, 101].map(u32::to_le_bytes).concat();
    let mut next = [u32::from(how) << 24, 0xffff_ff00];
    let mut micros = 0_u32;
    for segment in octets.chunks_exact(6).take(MOST_SEGMENTS) {
        let &[what, wait, seq, ack, window, text] = segment else { break };
        let from = usize::from(what >> 7);
        micros = micros.wrapping_add(u32::from(wait) * u32::from(wait) * 16);
        // Mostly the next numbers, else some near them.
        let near = |base: u32, by: u8| match by {
            0..128 => base,
            128..192 => base.wrapping_add(u32::from(by - 128) * 100),
            192.. => base.wrapping_sub(u32::from(by - 191) * 100),
        };
        let (seq, ack) = (near(next[from], seq), near(next[1 - from], ack));
        let flags = match what & 0x7f {
            0..64 => 0x10,
            bits => bits & 0x3f,
        };
        let text = match text {
            0..64 => 0,
            64..80 => 1,
            80.. => u32::from(text) * 10,
        };
        let control = u32::from(flags & 2 != 0) + u32::from(flags & 1 != 0);
        let end = seq.wrapping_add(text).wrapping_add(control);
        if end.wrapping_sub(next[from]) < 1 << 31 {
            next[from] = end;
        }
        let window = u16::from(window) << 4;
        let stamps = how & 1 == 1;
        frame(&mut file, &Sent { from, flags, seq, ack, window, text, micros, stamps });
    }
    file
}

/// As many segments are spelled.
const MOST_SEGMENTS: usize = 200;

struct Sent {
    from: usize,
    flags: u8,
    seq: u32,
    ack: u32,
    window: u16,
    text: u32,
    micros: u32,
    stamps: bool,
}

/// Its record in the file: headers alone were kept.
fn frame(file: &mut Vec<u8>, sent: &Sent) {
    let options = if sent.stamps { 12 } else { 0 };
    let kept = 40 + options;
    let length = kept + sent.text;
    let record = [sent.micros / 1_000_000, sent.micros % 1_000_000, kept, length];
    file.extend(record.map(u32::to_le_bytes).concat());
    let total = u16::try_from(length).unwrap_or(u16::MAX).to_be_bytes();
    file.extend([0x45, 0, total[0], total[1], 0, 0, 0, 0, 64, 6, 0, 0]);
    let addresses = [[10, 0, 0, 1], [10, 0, 0, 2]];
    let ports = [40_000_u16, 80].map(u16::to_be_bytes);
    for end in [sent.from, 1 - sent.from] {
        file.extend(addresses[end]);
    }
    for end in [sent.from, 1 - sent.from] {
        file.extend(ports[end]);
    }
    file.extend(sent.seq.to_be_bytes());
    file.extend(sent.ack.to_be_bytes());
    let words = if sent.stamps { 0x80 } else { 0x50 };
    file.extend([words, sent.flags]);
    file.extend(sent.window.to_be_bytes());
    file.extend([0; 4]);
    if sent.stamps {
        file.extend([1, 1, 8, 10]);
        file.extend(sent.micros.to_be_bytes());
        file.extend([0; 4]);
    }
}
