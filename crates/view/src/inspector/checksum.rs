//! A checksum worked out word by word (RFC 1071), as whoever sends a packet and whoever receives it
//! does.

use std::ops::Range;

use tcpscope_sim::{PacketIndex, RecordKind, Trace, Why};
use tcpscope_wire::{ones_complement_add, pseudo_header};

use super::{Layer, LayerKind, PacketView, printable};
use crate::{Because, Locale, Messages, Numbers, because};

/// So many words of the data are shown at its beginning, and so many at its end.
const FIRST: usize = 6;
const LAST: usize = 2;

/// A checksum, worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChecksumWork {
    /// The layer that holds it, by its place.
    pub layer: usize,
    /// The field that holds it, by its place in the layer.
    pub field: usize,
    /// What is added up, in order.
    pub parts: Vec<SumPart>,
    /// The sum of all words.
    pub sum: u16,
    /// Its complement: what the field should hold.
    pub computed: u16,
    /// What the field holds.
    pub found: u16,
    /// What follows from that.
    pub verdict: Verdict,
    /// The words that arrive otherwise than they were sent.
    pub damaged: usize,
}

/// What a checksum tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It is right.
    Equal,
    /// It is right, although not all words are as they were sent: their differences add up to
    /// nothing.
    EqualThoughDamaged,
    /// It is wrong.
    Different,
    /// There is none: UDP's may be left out (RFC 768).
    None,
}

/// Words of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SumPart {
    /// What they are, in the reader's language.
    pub name: &'static str,
    /// Their octets.
    pub octets: usize,
    /// The steps of the sum.
    pub rows: Vec<SumRow>,
}

/// A step of the sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SumRow {
    /// A word is added.
    Word(SumWord),
    /// So many words are added at once.
    Folded {
        /// How many.
        words: usize,
        /// Their own sum.
        sum: u16,
        /// The whole sum after them.
        running: u16,
    },
}

/// A word that is added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SumWord {
    /// Its octets in the frame; those of the pseudo-header are nowhere.
    pub octets: Option<Range<usize>>,
    /// What it holds, in the reader's language.
    pub what: String,
    /// The word.
    pub word: u16,
    /// The sum after it.
    pub running: u16,
    /// Whether there was a carry, which has been added.
    pub carry: bool,
    /// The word that was sent, where this one arrived.
    pub was: Option<u16>,
    /// Whether it is the checksum itself, which counts as zero.
    pub is_checksum: bool,
}

/// The work for a layer's checksum; `None`, where the layer has none or the packet is a fragment,
/// so that not all is here that it covers.
#[must_use]
pub fn checksum_work(
    view: &PacketView,
    layer: usize,
    messages: &'static Messages,
) -> Option<ChecksumWork> {
    let this = view.layers.get(layer)?;
    let (at, covers_data, has_pseudo_header) = match this.kind {
        LayerKind::Ipv4 => (10, false, false),
        LayerKind::Tcp => (16, true, true),
        LayerKind::Udp => (6, true, true),
        LayerKind::Icmp => (2, true, false),
        LayerKind::Ethernet | LayerKind::Payload | LayerKind::Trailer => return None,
    };
    if covers_data && view.piece.is_some() {
        return None;
    }
    let at = this.octets.start + at;
    let found = word(&view.octets, at)?;
    let data = view.layers.get(layer + 1).filter(|next| next.kind == LayerKind::Payload);
    let data = data.filter(|_| covers_data);
    let mut sum = Sum { view, checksum: at, running: 0, damaged: 0, messages };
    let mut parts = Vec::new();
    if has_pseudo_header {
        let ip = view.layers.get(view.layer(LayerKind::Ipv4)?)?;
        let length = this.octets.len() + data.map_or(0, |data| data.octets.len());
        parts.push(sum.pseudo_header(ip, length)?);
    }
    parts.push(SumPart {
        name: this.name,
        octets: this.octets.len(),
        rows: sum.add(&this.octets, false),
    });
    if let Some(data) = data {
        let rows = sum.add(&data.octets, true);
        parts.push(SumPart { name: data.name, octets: data.octets.len(), rows });
    }
    let complement = !sum.running;
    let computed = match this.kind {
        // Zero says that there is none (RFC 768).
        LayerKind::Udp if complement == 0 => u16::MAX,
        LayerKind::Udp
        | LayerKind::Ipv4
        | LayerKind::Tcp
        | LayerKind::Icmp
        | LayerKind::Ethernet
        | LayerKind::Payload
        | LayerKind::Trailer => complement,
    };
    let verdict = if this.kind == LayerKind::Udp && found == 0 {
        Verdict::None
    } else if !same(computed, found) {
        Verdict::Different
    } else if sum.damaged > 0 {
        Verdict::EqualThoughDamaged
    } else {
        Verdict::Equal
    };
    let (running, damaged) = (sum.running, sum.damaged);
    let field = this.fields.iter().position(|field| field.octets == (at..at + 2))?;
    Some(ChecksumWork { layer, field, parts, sum: running, computed, found, verdict, damaged })
}

/// Whether two checksums mean the same: the two forms of zero do (RFC 1071 §1).
const fn same(a: u16, b: u16) -> bool {
    a == b || (a == 0 || a == u16::MAX) && (b == 0 || b == u16::MAX)
}

/// What the receiver made of octets that arrived otherwise than they were sent; `None`, where it
/// took no offence.
#[must_use]
pub fn conclusion(
    trace: &Trace,
    packet: PacketIndex,
    locale: Locale,
    numbers: Numbers,
) -> Option<Because> {
    let sent = trace.packet(packet);
    if sent.flipped_bits().is_empty() {
        return None;
    }
    let records = trace.records().get(sent.sent_by.index()..)?;
    let arrival = records.iter().find(
        |record| matches!(record.kind, RecordKind::Arrive { packet: other } if other == packet),
    )?;
    let offence = trace.whys(arrival.id).iter().position(|why| match why {
        Why::Octets(_) => true,
        Why::Link(rule) => matches!(rule, tcpscope_sim::LinkRule::DatagramDamaged),
        Why::Tcp(_) | Why::Host(_) => false,
    })?;
    because(locale, trace, arrival.id, numbers).into_iter().nth(offence)
}

/// A sum under way.
struct Sum<'a> {
    view: &'a PacketView,
    /// Where the checksum is.
    checksum: usize,
    running: u16,
    damaged: usize,
    messages: &'static Messages,
}

impl Sum<'_> {
    fn pseudo_header(&mut self, ip: &Layer, length: usize) -> Option<SumPart> {
        let words = &self.messages.inspect;
        let octets = pseudo_header(self.view.octets.get(ip.octets.clone())?, length)?;
        let sent = self.view.sent.as_ref().and_then(|sent| sent.get(ip.octets.clone()));
        let sent = sent.and_then(|sent| pseudo_header(sent, length));
        let names = &self.messages.field;
        let what = [
            names.source_address,
            names.source_address,
            names.destination_address,
            names.destination_address,
            words.zero_protocol,
            words.length,
        ];
        let mut rows = Vec::new();
        for (place, what) in what.into_iter().enumerate() {
            let value = word(&octets, place * 2)?;
            let was = sent.as_ref().and_then(|sent| word(sent, place * 2));
            let was = was.filter(|was| *was != value);
            rows.push(SumRow::Word(self.step(None, what.to_owned(), value, was)));
        }
        Some(SumPart { name: words.pseudo_header, octets: octets.len(), rows })
    }

    /// Adds octets of the frame; of data, the middle at once.
    fn add(&mut self, octets: &Range<usize>, data: bool) -> Vec<SumRow> {
        let places: Vec<_> = octets.clone().step_by(2).collect();
        let count = places.len();
        let mut rows = Vec::new();
        let mut folded: Option<(usize, u16)> = None;
        for (nth, at) in places.into_iter().enumerate() {
            let range = at..octets.end.min(at + 2);
            let value = word_in(&self.view.octets, &range);
            let was = self.view.sent.as_ref().map(|sent| word_in(sent, &range));
            let was = was.filter(|was| *was != value);
            let shown = !data || nth < FIRST || nth + LAST >= count || count <= FIRST + LAST + 1;
            if shown || was.is_some() {
                rows.extend(folded.take().map(|folded| self.unfold(folded)));
                let what = self.what(&range, data);
                rows.push(SumRow::Word(self.step(Some(range), what, value, was)));
            } else {
                let (words, sum) = folded.unwrap_or_default();
                folded = Some((words + 1, ones_complement_add(sum, value).0));
            }
        }
        rows.extend(folded.map(|folded| self.unfold(folded)));
        rows
    }

    fn unfold(&mut self, (words, sum): (usize, u16)) -> SumRow {
        self.running = ones_complement_add(self.running, sum).0;
        SumRow::Folded { words, sum, running: self.running }
    }

    fn step(
        &mut self,
        octets: Option<Range<usize>>,
        what: String,
        word: u16,
        was: Option<u16>,
    ) -> SumWord {
        let is_checksum = octets.as_ref().is_some_and(|octets| octets.start == self.checksum);
        let counts = if is_checksum { 0 } else { word };
        let (running, carry) = ones_complement_add(self.running, counts);
        self.running = running;
        self.damaged += usize::from(was.is_some());
        SumWord { octets, what, word, running, carry, was, is_checksum }
    }

    /// What a word holds: the fields, and of the flags those that are set; of data, its characters.
    fn what(&self, octets: &Range<usize>, data: bool) -> String {
        if data {
            let text = self.view.octets.get(octets.clone()).unwrap_or_default();
            return text.iter().copied().map(printable).collect();
        }
        let mut names: Vec<&'static str> = Vec::new();
        for (layer, field) in octets.clone().flat_map(|octet| self.view.fields_of(octet)) {
            let Some(field) = self.view.field(layer, field) else { continue };
            let says = !field.is_flag() || field.is_set();
            if says && !names.contains(&field.name) {
                names.push(field.name);
            }
        }
        names.join(" · ")
    }
}

fn word(octets: &[u8], at: usize) -> Option<u16> {
    let pair = octets.get(at..at + 2)?;
    Some(u16::from_be_bytes(pair.try_into().ok()?))
}

/// One or two octets as a word, the second zero where there is none.
fn word_in(octets: &[u8], at: &Range<usize>) -> u16 {
    match octets.get(at.clone()) {
        Some([high, low]) => u16::from_be_bytes([*high, *low]),
        Some([high]) => u16::from_be_bytes([*high, 0]),
        Some(_) | None => 0,
    }
}
