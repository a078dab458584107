//! Segments: `S. 0:0(0) ack 1 win 65535 <mss 1460>`, and what the network reports of one.

use tcpscope_tcp::{Ecn, Flags};

use super::cursor::{Cursor, Fail, Read};
use super::options;
use crate::{Direction, Does, HeaderOption, IcmpLine, Listed, PacketLine, names};

/// The letters of the control bits; `.` is ACK.
const FLAGS: [(char, Flags); 7] = [
    ('F', Flags::FIN),
    ('S', Flags::SYN),
    ('R', Flags::RST),
    ('P', Flags::PSH),
    ('U', Flags::URG),
    ('E', Flags::ECE),
    ('W', Flags::CWR),
];

/// An IPv4 packet has 65,535 octets, two headers included.
const MOST_TEXT: u32 = 65_495;

/// What stands after `<` or `>`.
pub(super) fn line(cursor: &mut Cursor<'_>, direction: Direction) -> Read<Does> {
    let ecn = ip(cursor)?;
    cursor.skip_blanks()?;
    let at = cursor.at();
    let word: String = cursor.rest().chars().take_while(char::is_ascii_alphanumeric).collect();
    match word.as_str() {
        "icmp" => return icmp(cursor, direction).map(Does::Icmp),
        "udp" => return Err(Fail::outside(at, "a datagram of UDP", "the engine is a TCP")),
        "ipv4" | "ipv6" | "gre" | "mpls" => {
            let what = format!("a tunnel of {word}");
            return Err(Fail::outside(at, &what, "segments travel under IPv4 alone"));
        }
        _ => {}
    }
    let (flags, has_ack) = flags(cursor)?;
    let (seq, len) = range(cursor)?;
    let ack = then_number(cursor, "ack", "the acknowledgment number")?;
    if has_ack != ack.is_some() {
        let what = "`.` among the flags and `ack NUMBER` go together: write both or none";
        return Err(Fail::wrong(at, what));
    }
    let wnd = then_number(cursor, "win", "a window, which has 16 bits")?;
    if wnd.is_none() && direction == Direction::Injected {
        return Err(cursor.wrong("`win` and a window: the peer announces one"));
    }
    let urg = then_number(cursor, "urg", "an urgent pointer, which has 16 bits")?;
    let options = if cursor.then_takes("<")? { options::list(cursor)? } else { none() };
    if options == Listed::Any && direction == Direction::Injected {
        return Err(Fail::wrong(at, "what the peer sends has to be said: `<...>` is for `>`"));
    }
    Ok(Does::Packet(Box::new(PacketLine {
        direction,
        ecn,
        flags,
        seq,
        len,
        ack,
        wnd,
        urg,
        options,
    })))
}

const fn none() -> Listed {
    Listed::These(Vec::<HeaderOption>::new())
}

/// `[ect0]`: the ECN field of the IP header.
fn ip(cursor: &mut Cursor<'_>) -> Read<Option<Ecn>> {
    if !cursor.then_takes("[")? {
        return Ok(None);
    }
    cursor.skip_blanks()?;
    let at = cursor.at();
    let ecn = match cursor.word()? {
        "noecn" => Ecn::NotEct,
        "ect0" => Ecn::Ect0,
        "ect1" => Ecn::Ect1,
        "ce" => Ecn::Ce,
        word @ ("tos" | "ttl" | "flowlabel") => {
            let what = format!("`{word}`");
            return Err(Fail::outside(at, &what, "of the IP header only ECN reaches TCP"));
        }
        _ => {
            return Err(Fail::wrong(
                at,
                "of the IP header `noecn`, `ect0`, `ect1` or `ce` is said",
            ));
        }
    };
    cursor.expect("]", "after the ECN field")?;
    Ok(Some(ecn))
}

fn flags(cursor: &mut Cursor<'_>) -> Read<(Flags, bool)> {
    let at = cursor.at();
    let letters =
        cursor.taken_while(|letter| letter.is_ascii_alphanumeric() || ".-".contains(letter));
    let (mut flags, mut has_ack) = (Flags::empty(), false);
    for letter in letters.chars() {
        match FLAGS.iter().find(|(known, _)| *known == letter) {
            Some((_, flag)) => flags |= *flag,
            None if letter == '.' => has_ack = true,
            None if letters == "-" => {}
            None if letter == 'A' => {
                let why = "RFC 9768's third ECN bit is unknown to the engine";
                return Err(Fail::outside(at, "the flag `A`", why));
            }
            None => {
                let what =
                    format!("`{letter}` is no flag; those are F S R P U E W and `.` for ACK");
                return Err(Fail::wrong(at, what));
            }
        }
    }
    if letters.is_empty() {
        return Err(cursor.wrong("flags: F S R P U E W and `.` for ACK, or `-` for none"));
    }
    Ok((flags, has_ack))
}

/// `1:1001(1000)`
fn range(cursor: &mut Cursor<'_>) -> Read<(u32, u16)> {
    cursor.skip_blanks()?;
    let at = cursor.at();
    let seq: u32 = cursor.number("a sequence number, as in `1:1001(1000)`")?;
    cursor.expect(":", "and the number after the text, as in `1:1001(1000)`")?;
    let end: u32 = cursor.number("the number after the text")?;
    cursor.expect("(", "and the length of the text, as in `1:1001(1000)`")?;
    let len: u32 = cursor.number("the length of the text")?;
    cursor.expect(")", "after the length of the text")?;
    if end != seq.wrapping_add(len) {
        let right = seq.wrapping_add(len);
        let what = format!("{seq} and {len} octets of text end at {right}, not at {end}");
        return Err(Fail::wrong(at, what));
    }
    match u16::try_from(len) {
        Ok(short) if len <= MOST_TEXT => Ok((seq, short)),
        _ => {
            Err(Fail::wrong(at, format!("{len} octets of text: a packet has {MOST_TEXT} at most")))
        }
    }
}

/// A word and its number, if the word comes.
fn then_number<T: std::str::FromStr>(
    cursor: &mut Cursor<'_>,
    word: &str,
    what: &str,
) -> Read<Option<T>> {
    cursor.skip_blanks()?;
    let follows = cursor.rest().strip_prefix(word);
    if !follows.is_some_and(|rest| rest.starts_with(char::is_whitespace)) {
        return Ok(None);
    }
    cursor.advance(word.len());
    cursor.number(what).map(Some)
}

/// `icmp unreachable frag_needed mtu 1200 [1:1461(1460)]`
fn icmp(cursor: &mut Cursor<'_>, direction: Direction) -> Read<IcmpLine> {
    let at = cursor.at();
    cursor.advance("icmp".len());
    if direction == Direction::Expected {
        return Err(Fail::outside(at, "an ICMP message of ours", "the engine sends none"));
    }
    let kind = cursor.word()?;
    let mut code = cursor.word()?;
    if code == "mtu" {
        let what = "a code stands before `mtu`, as in `icmp unreachable frag_needed mtu 1200`";
        return Err(Fail::wrong(at, what));
    }
    if kind == "time_exceeded" && code == "exceeded_in_transit" {
        code = "";
    }
    let mtu = then_number(cursor, "mtu", "an MTU, which has 16 bits")?;
    let error = names::report(kind, code, mtu).ok_or_else(|| {
        let what = format!(
            "`icmp {kind} {code}` is none that is known; as in `icmp unreachable \
             frag_needed mtu 1200 [1:1461(1460)]`, the codes are net_unreachable, \
             host_unreachable, protocol_unreachable, port_unreachable, source_route_failed and \
             frag_needed"
        );
        Fail::wrong(at, what)
    })?;
    cursor.expect("[", "and the segment that it is about, as in `[1:1461(1460)]`")?;
    let (seq, len) = range(cursor)?;
    cursor.expect("]", "after the segment that it is about")?;
    Ok(IcmpLine { error, seq, len })
}
