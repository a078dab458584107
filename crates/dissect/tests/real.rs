//! Captures that tcpdump took of Linux' own TCP: what is in them, and that tshark finds the same.

mod common;

use std::collections::BTreeMap;

use common::{captures, conversations, output};
use tcpscope_dissect::{Completeness, Conversation, Conversations, LeftOut, Opener};

#[test]
fn every_capture_is_read_to_its_end() {
    for (name, file) in captures() {
        let (conversations, frames) = conversations(&file);
        assert!(frames > 0, "{name}");
        assert!(LeftOut::ALL.iter().all(|why| conversations.left_out(*why) == 0), "{name}");
        let sum: u64 = conversations.list().iter().map(Conversation::frames).sum();
        assert_eq!(sum, frames, "{name}");
    }
}

#[test]
fn who_opened_is_known_by_the_syn() {
    let opener = |name: &str| {
        let (_, file) = captures().into_iter().find(|(found, _)| found == name).expect("is there");
        conversations(&file).0.list()[0].opener
    };
    assert_eq!(opener("loss-client.pcap"), Opener::Seen);
    assert_eq!(opener("middle-client.pcap"), Opener::Guessed);
}

/// Two connections from one port to one port are two, and one that is refused is a third.
#[test]
fn a_port_that_is_used_again_begins_another_conversation() {
    let (_, file) =
        captures().into_iter().find(|(name, _)| name == "reset-client.pcap").expect("is there");
    let (conversations, _) = conversations(&file);
    let seen: Vec<_> = conversations
        .list()
        .iter()
        .map(|it| (it.reuses_ports, it.completeness.contains(Completeness::RST), it.frames()))
        .collect();
    assert_eq!(seen, [(false, true, 6), (true, true, 6), (false, true, 2)]);
}

/// The same conversations, frame by frame, with the same lengths; and before the last frame of each, the
/// same was seen of its course.
#[test]
#[ignore = "needs tshark; `cargo xtask test` brings it"]
fn tshark_tells_the_same_conversations_apart() {
    for (name, file) in captures() {
        let path = common::path(&name);
        let fields = ["frame.number", "tcp.stream", "tcp.len", "tcp.srcport", "tcp.completeness"];
        let mut arguments = vec!["-r", &path, "-T", "fields"];
        arguments.extend(fields.iter().flat_map(|field| ["-e", field]));
        let theirs = output("tshark", &arguments);
        let (mut frames, mut courses) = (Vec::new(), BTreeMap::new());
        for line in theirs.lines() {
            let values: Vec<u64> =
                line.split('\t').map(|value| value.parse().expect("a number")).collect();
            courses.insert(values[1], values[4]);
            frames.push(values[..4].to_vec());
        }
        let (mut list, mut ours, mut so_far) = (Conversations::new(), Vec::new(), BTreeMap::new());
        common::each_frame(&file, &mut |frame| {
            let before: Vec<u8> = list.list().iter().map(|it| it.completeness.bits()).collect();
            let (place, packet) = list.note(frame).expect("it is TCP");
            let stream = place.conversation as u64;
            so_far
                .insert(stream, before.get(place.conversation).map_or(0, |bits| u64::from(*bits)));
            let (length, port) = (packet.text_len.into(), packet.source.port().into());
            ours.push(vec![frame.number, stream, length, port]);
        });
        assert_eq!(ours, frames, "{name}");
        assert_eq!(so_far, courses, "{name}");
    }
}
