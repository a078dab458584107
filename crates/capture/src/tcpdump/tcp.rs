//! TCP segments, with numbers as tcpdump counts them.

use std::collections::BTreeMap;
use std::net::SocketAddrV4;

use super::number::{u8_at, u16_at, u32_at};
use super::{Header, endpoints, options};

const HEADER_LEN: usize = 20;

const SYN: u8 = 0x02;
const ACK: u8 = 0x10;
const URG: u8 = 0x20;
/// The flags of a segment whose number is always said: SYN, FIN, RST.
const CONTROL: u8 = 0x07;

/// Their letters, in tcpdump's order.
const LETTERS: [(u8, char); 8] = [
    (0x01, 'F'),
    (SYN, 'S'),
    (0x04, 'R'),
    (0x08, 'P'),
    (ACK, '.'),
    (URG, 'U'),
    (0x40, 'E'),
    (0x80, 'W'),
];

/// What numbers are counted from: both ends' first ones, by both ends in one order.
#[derive(Default)]
pub(super) struct Conversations(BTreeMap<[SocketAddrV4; 2], [u32; 2]>);

/// What the numbers of one segment are counted from.
#[derive(Clone, Copy, Default)]
struct Origins {
    /// What is subtracted from SEQ and ACK.
    shown: [u32; 2],
    /// What is subtracted from the numbers in a SACK option.
    sack: u32,
}

impl Conversations {
    pub(super) fn text(&mut self, ip: &Header, segment: &[u8], length: usize) -> String {
        let Some(endpoints) = endpoints(ip, segment) else {
            return format!("{} > {}: [|tcp]", ip.source, ip.destination);
        };
        let text = self.after_endpoints(ip, segment, length);
        endpoints + text.as_deref().unwrap_or(" [|tcp]")
    }

    /// `None` where the header's twenty octets are not all there.
    fn after_endpoints(&mut self, ip: &Header, segment: &[u8], length: usize) -> Option<String> {
        let (mut seq, mut ack) = (u32_at(segment, 4)?, u32_at(segment, 8)?);
        let header_len = usize::from(u8_at(segment, 12)? >> 4) * 4;
        let flags = u8_at(segment, 13)?;
        let window = u16_at(segment, 14)?;
        let urgent = u16_at(segment, 18)?;
        if header_len < HEADER_LEN {
            return Some(format!(
                " tcp {} [bad hdr length {header_len} - too short, < {HEADER_LEN}]",
                length.saturating_sub(header_len)
            ));
        }
        let origins = if flags & ACK == 0 {
            Origins::default()
        } else {
            let from = SocketAddrV4::new(ip.source, u16_at(segment, 0)?);
            let to = SocketAddrV4::new(ip.destination, u16_at(segment, 2)?);
            self.origins(from, to, [seq, ack], flags & SYN != 0)
        };
        seq = seq.wrapping_sub(origins.shown[0]);
        ack = ack.wrapping_sub(origins.shown[1]);

        let mut text = format!("Flags [{}]", letters(flags));
        let Some(text_len) = length.checked_sub(header_len) else {
            text += &format!(" [bad hdr length {header_len} - too long, > {length}]");
            return Some(text);
        };
        if text_len > 0 || flags & CONTROL != 0 {
            text += &format!(", seq {seq}");
        }
        if text_len > 0 {
            let end = seq.wrapping_add(u32::try_from(text_len).unwrap_or(u32::MAX));
            text += &format!(":{end}");
        }
        if flags & ACK != 0 {
            text += &format!(", ack {ack}");
        }
        text += &format!(", win {window}");
        if flags & URG != 0 {
            text += &format!(", urg {urgent}");
        }
        let list = segment.get(HEADER_LEN..header_len).unwrap_or_default();
        if !list.is_empty() {
            text += ", options [";
            let follows = segment.get(header_len..).unwrap_or_default();
            if !options::write(list, follows, origins.sack, &mut text) {
                return Some(text);
            }
            text += "]";
        }
        Some(text + &format!(", length {text_len}"))
    }

    /// A conversation begins with the first segment that acknowledges, and anew with a SYN that
    /// does: its own numbers are shown as they are.
    fn origins(
        &mut self,
        from: SocketAddrV4,
        to: SocketAddrV4,
        [seq, ack]: [u32; 2],
        syn: bool,
    ) -> Origins {
        let reverse = from > to;
        let key = if reverse { [to, from] } else { [from, to] };
        let known = self.0.get(&key).filter(|_| !syn).copied();
        // Kept in the order of the key.
        let in_order = |[own, other]: [u32; 2]| if reverse { [other, own] } else { [own, other] };
        let first = known.unwrap_or_else(|| in_order([seq, ack.wrapping_sub(1)]));
        self.0.insert(key, first);
        let [own, other] = in_order(first);
        Origins { shown: if known.is_some() { [own, other] } else { [0, 0] }, sack: other }
    }
}

fn letters(flags: u8) -> String {
    let set = LETTERS.iter().filter(|(flag, _)| flags & flag != 0);
    let letters: String = set.map(|(_, letter)| letter).collect();
    if letters.is_empty() { "none".to_owned() } else { letters }
}
