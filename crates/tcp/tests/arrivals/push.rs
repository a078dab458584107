//! PSH, and what RECEIVE says of it (RFC 9293 §3.9.1.3).

use tcpscope_tcp::{Call, Config, Flags, Reply, Segment};

use crate::common::{PASSIVE, Probe, segment};
use crate::line::{MODERN, established, text};

fn pushed(segment: Segment) -> Segment {
    Segment { flags: segment.flags | Flags::PSH, ..segment }
}

/// How many octets RECEIVE returns, and whether it says that they are pushed.
fn receive(probe: &mut Probe, max: u32) -> (usize, bool) {
    match probe.call(Call::Receive { max }) {
        Ok(Reply::Received { data, push }) => (data.len(), push),
        other => panic!("{other:?}"),
    }
}

/// MAY-17.
#[test]
fn receive_tells_of_a_push() {
    // what arrives => what each RECEIVE is asked for, what it returns, and whether that is pushed
    type Case = (&'static str, Vec<Segment>, &'static [(u32, usize, bool)]);
    let cases: [Case; 9] = [
        ("not pushed", vec![text(301, 10)], &[(99, 10, false)]),
        ("pushed", vec![pushed(text(301, 10))], &[(99, 10, true)]),
        ("read in parts", vec![pushed(text(301, 10))], &[(9, 9, false), (1, 1, true)]),
        ("and more", vec![pushed(text(301, 10)), text(311, 5)], &[(12, 12, true), (9, 3, false)]),
        (
            "twice: the last counts",
            vec![pushed(text(301, 10)), pushed(text(311, 5))],
            &[(10, 10, false), (99, 5, true)],
        ),
        (
            "ahead of a gap",
            vec![pushed(text(311, 10)), text(301, 10)],
            &[(10, 10, false), (99, 10, true)],
        ),
        (
            "sent again",
            vec![pushed(text(301, 10)), pushed(text(301, 10)), text(311, 5)],
            &[(10, 10, true), (99, 5, false)],
        ),
        ("beyond the window", vec![pushed(text(301, 600))], &[(999, 500, false)]),
        ("without text", vec![text(301, 5), pushed(text(306, 0))], &[(99, 5, false)]),
    ];
    for (what, segments, reads) in cases {
        let config = Config { receive_buffer: 500, ..Config::plain() };
        let mut probe = established(config, MODERN);
        for segment in segments {
            probe.arrives(segment);
        }
        for (max, octets, push) in reads {
            assert_eq!(receive(&mut probe, *max), (*octets, *push), "{what}");
        }
        // Told once: what comes next is not pushed.
        let next = probe.connection.status().rcv_nxt.value();
        probe.arrives(text(next, 10));
        assert_eq!(receive(&mut probe, 99), (10, false), "{what}: the next");
    }
}

#[test]
fn text_that_came_with_the_syn_may_be_pushed() {
    for (buffer, read) in [(500, (4, true)), (3, (3, false))] {
        let mut probe = Probe::new(Config { receive_buffer: buffer, ..Config::plain() });
        probe.call(PASSIVE).expect("the call is allowed here");
        probe.arrives(pushed(segment(Flags::SYN, 300, None, b"text")));
        probe.arrives(segment(Flags::empty(), 301, Some(101), b""));
        assert_eq!(receive(&mut probe, 99), read, "room for {buffer}");
    }
}
