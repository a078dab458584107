//! What can be done to a segment.

use tcpscope_sim::{Edit, Fate, Intervention, PacketIndex, PacketKind};
use tcpscope_tcp::{Duration, Flags};
use tcpscope_view::{Detail, duration_text, flags_text, segment_label};

use super::{Hand, choice, item, key, number, sheet};
use crate::ui::command::{Command, DELAYS};
use crate::ui::element::{El, classed, el};
use crate::ui::icons::{self, button, icon};
use crate::ui::picture::{Picture, time};
use crate::ui::topbar::picker;

/// The menu of a segment.
pub(super) fn menu(picture: &Picture<'_>, packet: PacketIndex) -> El {
    let words = &picture.messages.packet;
    let hand = &picture.messages.hand;
    let label = segment_label(picture.trace, packet, picture.numbers, Detail::Short);
    let undo = picture
        .run
        .timeline()
        .can_undo()
        .then(|| item(icons::UNDO, picture.messages.edits.undo, Command::Undo).add(key("U")));
    sheet("packet-menu", words.menu.to_owned(), label, route(picture, packet))
        .add(item(icons::DROP, words.drop, Command::Drop).add(key("D")))
        .add(delays(picture))
        .add(item(icons::COPY, hand.duplicate, Command::Hand(Hand::Duplicate)))
        .maybe(swap(picture, packet))
        .add(hold(picture, packet))
        .maybe(let_go(picture, packet))
        .add(corrupt(picture, packet))
        .add(item(icons::INSPECT, words.inspect, Command::Inspect).add(key("I")))
        .maybe(undo)
}

fn delays(picture: &Picture<'_>) -> El {
    let (words, hand) = (&picture.messages.packet, &picture.messages.hand);
    let mut delays = classed("span", "delays");
    for by in DELAYS {
        delays = delays.add(delay_button(by));
    }
    let typed = classed("span", "typed")
        .add(number("typed-delay", hand.typed_delay, "50".to_owned(), Hand::DelayTyped))
        .add(classed("span", "unit").say(hand.milliseconds))
        .add(choice(hand.do_delay, Hand::DelayTyped));
    titled(icons::DELAY, words.delay_by, words.delay).add(delays.add(typed))
}

fn delay_button(by: Duration) -> El {
    button("button num", Command::Delay(by)).text(format!("+{}", duration_text(by)))
}

/// Holding, until one second after it would arrive unless something else is typed.
fn hold(picture: &Picture<'_>, packet: PacketIndex) -> El {
    let hand = &picture.messages.hand;
    let until = picture.trace.packet(packet).ends + Duration::from_secs(1);
    let milliseconds = super::decimal(until.as_micros(), 1000);
    let typed = classed("span", "delays")
        .add(number("typed-hold", hand.hold_until, milliseconds, Hand::Hold))
        .add(classed("span", "unit").say(hand.milliseconds))
        .add(choice(hand.do_hold, Hand::Hold));
    titled(icons::HOLD, hand.hold, hand.hold).set("class", "line").add(typed)
}

/// Where it is held by now: letting it go.
fn let_go(picture: &Picture<'_>, packet: PacketIndex) -> Option<El> {
    let id = picture.trace.packet(packet).id;
    let holds = |edit: &Edit| matches!(edit, Edit::Packet(Intervention::Hold { packet, .. }) if *packet == id);
    picture.run.timeline().edits().iter().any(holds).then(|| {
        let name = picture.messages.hand.let_go.fill([&time(picture.moment.at)]);
        button("item", Command::Hand(Hand::LetGo)).add(icon(icons::PLAY)).add(el("span").text(name))
    })
}

/// The bits that are offered: of the text, of numbers of the header, of its flags.
fn corrupt(picture: &Picture<'_>, packet: PacketIndex) -> El {
    /// Where the TCP header begins, in bits, and its fields end there.
    const TCP: u32 = 8 * 20;
    let hand = &picture.messages.hand;
    let field = &picture.messages.field;
    let sent = picture.trace.packet(packet);
    let at_first = sent.bit_to_flip();
    let mut bits = Vec::new();
    if sent.segment.text_len() > 0 {
        bits.push((at_first, field.data.to_owned()));
    }
    if sent.id.kind != PacketKind::Udp {
        for (bit, name) in [
            (TCP + 127, field.window),
            (TCP + 63, field.sequence_number),
            (TCP + 95, field.acknowledgment_number),
            (TCP + 143, field.checksum),
        ] {
            bits.push((bit, name.to_owned()));
        }
        // The octet of the flags: CWR ECE URG ACK PSH RST SYN FIN (RFC 9293 §3.1).
        for (place, flags) in [(111, Flags::FIN), (110, Flags::SYN), (109, Flags::RST)] {
            let segment = tcpscope_tcp::Segment { flags, ..tcpscope_tcp::Segment::default() };
            bits.push((TCP + place, hand.flag.fill([&flags_text(&segment)])));
        }
        bits.push((TCP + 107, hand.flag.fill(["ACK"])));
    }
    bits.push((71, field.time_to_live.to_owned()));
    let options = bits.into_iter().map(|(bit, name)| (bit.to_string(), name)).collect();
    let chosen = classed("span", "delays")
        .add(
            picker("typed-bit", options, &at_first.to_string())
                .set("aria-label", hand.corrupt_which),
        )
        .add(choice(hand.do_flip, Hand::Corrupt));
    titled(icons::FLIP, hand.corrupt, hand.corrupt).set("class", "line").add(chosen)
}

/// Swapping with the next segment on the same way, if there is one.
fn swap(picture: &Picture<'_>, packet: PacketIndex) -> Option<El> {
    let next = picture.run.next_on_same_way(packet)?;
    let label = segment_label(picture.trace, next, picture.numbers, Detail::Short);
    let name = picture.messages.hand.swap.fill([&label]);
    Some(
        button("item", Command::Hand(Hand::Swap)).add(icon(icons::SWAP)).add(el("span").text(name)),
    )
}

fn titled(path: &'static str, name: &'static str, label: &'static str) -> El {
    let title = classed("span", "item-title").add(icon(path)).add(el("span").say(name));
    el("div").set("role", "group").set("aria-label", label).add(title)
}

/// Who sends it to whom, and what becomes of it.
fn route(picture: &Picture<'_>, packet: PacketIndex) -> String {
    let words = &picture.messages.packet;
    let packet = picture.trace.packet(packet);
    let (from, to) = (picture.title(packet.id.from), picture.title(packet.to));
    let fate = match packet.fate {
        Fate::Delivered => words.delivered,
        Fate::Corrupted => words.corrupted,
        Fate::Duplicate => words.duplicate,
        Fate::Lost => words.lost,
        Fate::Dropped => words.dropped,
        Fate::UnderWay => words.under_way,
    };
    let again = if packet.retransmission { words.retransmission } else { "" };
    let separator = if again.is_empty() { "" } else { " · " };
    format!("{from} → {to} · {fate}{separator}{again}")
}
