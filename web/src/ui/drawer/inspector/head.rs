//! What a packet is, from whom to whom, and what became of it.

use tcpscope_sim::{Fate, Packet, PacketKind};
use tcpscope_view::{
    Because, Detail, Seen, Sight, Verdict, checksum_work, conclusion, segment_label,
};

use super::Shown;
use crate::store::Look;
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::button;
use crate::ui::picture::time;

/// The line above everything else.
pub(super) fn head(shown: &Shown<'_>) -> El {
    let picture = shown.picture;
    let packet = picture.trace.packet(shown.index);
    let words = &picture.messages.packet;
    let fact = |fact: String| classed("span", "facts").text(fact);
    let ends = format!("{} → {}", picture.title(packet.id.from), picture.title(packet.to));
    let again = packet.retransmission.then(|| fact(words.retransmission.to_owned()));
    let name = picture.trace.packet_name(shown.index);
    classed("div", "inspector-head")
        .add(el("h2").text(label(shown, packet)))
        .add(fact(ends))
        .add(fact(format!("{} {}", words.sent, time(packet.sent))))
        .add(fate(shown, packet))
        .maybe(again)
        .add(classed("code", "facts").text(name))
        .maybe(sights(shown, packet))
        .maybe(damage(shown, packet))
}

fn label(shown: &Shown<'_>, packet: &Packet) -> String {
    let picture = shown.picture;
    match packet.id.kind {
        // A datagram has no flags and no numbers.
        PacketKind::Udp => {
            let (from, to) = (packet.source.port(), packet.destination.port());
            format!("UDP {from} → {to} len={}", packet.segment.payload.len())
        }
        PacketKind::Syn
        | PacketKind::Data
        | PacketKind::Fin
        | PacketKind::Ack
        | PacketKind::Rst => {
            segment_label(picture.trace, shown.index, picture.numbers, Detail::Long)
        }
    }
}

fn fate(shown: &Shown<'_>, packet: &Packet) -> El {
    let words = &shown.picture.messages.packet;
    let (class, text) = match packet.fate {
        Fate::Delivered => ("facts", format!("{} {}", words.arrives, time(packet.ends))),
        Fate::Corrupted => ("facts bad", format!("{} · {}", words.corrupted, time(packet.ends))),
        Fate::Duplicate => ("facts", format!("{} · {}", words.duplicate, time(packet.ends))),
        Fate::Lost => ("facts bad", words.lost.to_owned()),
        Fate::Dropped => ("facts bad", words.dropped.to_owned()),
        Fate::UnderWay => ("facts", words.under_way.to_owned()),
    };
    classed("span", class).text(text)
}

/// As sent or as it arrives, where that is not the same.
fn sights(shown: &Shown<'_>, packet: &Packet) -> Option<El> {
    if !Seen::differs(packet) {
        return None;
    }
    let words = &shown.picture.messages.inspect;
    let mut choice = classed("div", "sights").set("role", "group").set("aria-label", words.seen);
    for (seen, name) in Seen::ALL.into_iter().zip([words.seen_sent, words.seen_arrived]) {
        let sight = Sight { seen: Some(seen), piece: shown.view.piece };
        let choose = button("sight", Command::Look(Look::Sight(sight)))
            .flag("aria-pressed", shown.view.seen == seen)
            .say(name);
        choice = choice.add(choose);
    }
    Some(choice)
}

/// What befell the packet, and what the receiver made of it.
fn damage(shown: &Shown<'_>, packet: &Packet) -> Option<El> {
    let picture = shown.picture;
    let words = &picture.messages.inspect;
    let flipped = packet.flipped_bits().len();
    let marked = packet.is_marked().then_some(words.marked);
    if flipped == 0 {
        return marked.map(|marked| classed("p", "damage").say(marked));
    }
    let mut said = classed("p", "damage")
        .add(el("b").set("class", "damaged").text(words.flipped.fill([&flipped.to_string()])));
    if let Some(Because { text, citation, .. }) =
        conclusion(picture.trace, shown.index, picture.locale, picture.numbers)
    {
        said = said.say(" · ").text(text).say(" ");
        said = said.add(classed("span", "cite").text(citation.to_string()));
    } else if is_wrong(shown) {
        said = said.say(" · ").say(words.unchecked);
    }
    if let Some(marked) = marked {
        said = said.say(" ").say(marked);
    }
    Some(said)
}

/// Whether a checksum of what arrives is wrong.
fn is_wrong(shown: &Shown<'_>) -> bool {
    let work = |layer| checksum_work(&shown.view, layer, shown.picture.messages);
    let mut works = (0..shown.view.layers.len()).filter_map(work);
    works.any(|work| work.verdict == Verdict::Different)
}
