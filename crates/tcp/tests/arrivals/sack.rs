//! What is told of text out of order (RFC 2018) and of text that came twice (RFC 2883).

use tcpscope_tcp::{Call, Config, Options};

use crate::line::{MODERN, established, stamped, text, with_timestamp};

fn selective() -> Config {
    Config { sack: true, ..Config::plain() }
}

/// `seq, octets => ACK, blocks`, one after the other on one connection.
macro_rules! exchange {
    ($($seq:expr, $octets:expr => $ack:expr, $blocks:expr;)*) => {
        let mut probe = established(selective(), MODERN);
        $(
            probe.arrives(text($seq, $octets));
            let expected: &[(u32, u32)] = &$blocks;
            let context = format!("{} octets at {}: {:?}", $octets, $seq, probe.rules);
            assert_eq!(probe.blocks(), expected, "{context}");
            assert_eq!(probe.acks(), [$ack], "{context}");
        )*
    };
}

#[test]
fn the_newest_block_comes_first() {
    exchange! {
        311, 10 => 301, [(311, 321)];
        331, 10 => 301, [(331, 341), (311, 321)];
        351, 10 => 301, [(351, 361), (331, 341), (311, 321)];
        371, 10 => 301, [(371, 381), (351, 361), (331, 341), (311, 321)];
        // no more than four fit without timestamps
        391, 10 => 301, [(391, 401), (371, 381), (351, 361), (331, 341)];
        // joined with its neighbours, and the newest again
        321, 10 => 301, [(311, 341), (391, 401), (371, 381), (351, 361)];
        // the gap is filled: what was before it is acknowledged, the rest still told
        301, 10 => 341, [(391, 401), (371, 381), (351, 361)];
        341, 10 => 361, [(391, 401), (371, 381)];
        361, 10 => 381, [(391, 401)];
        381, 10 => 401, [];
    }
}

#[test]
fn with_timestamps_there_is_room_for_three() {
    let config = Config { timestamps: true, ..selective() };
    let mut probe = established(config, Options { timestamps: stamped(1), ..MODERN });
    for (seq, count) in [(311, 1), (331, 2), (351, 3), (371, 3)] {
        probe.arrives(with_timestamp(text(seq, 10), 1));
        assert_eq!(probe.blocks().len(), count);
        assert_eq!(probe.blocks()[0], (seq, seq + 10));
    }
    // D-SACK takes one of them
    probe.arrives(with_timestamp(text(311, 10), 1));
    assert_eq!(probe.blocks(), [(311, 321), (311, 321), (371, 381)]);
}

#[test]
fn what_came_twice_is_told_once_and_first() {
    exchange! {
        301, 20 => 321, [];
        // all of it below RCV.NXT, and a part of it
        301, 20 => 321, [(301, 321)];
        305, 10 => 321, [(305, 315)];
        311, 20 => 331, [(311, 321)];
        331, 10 => 341, [];
        // out of order: the block that contains it comes second (RFC 2883 §4.2)
        361, 20 => 341, [(361, 381)];
        361, 20 => 341, [(361, 381), (361, 381)];
        366, 5 => 341, [(366, 371), (361, 381)];
        // a part of it came before, a part is new
        371, 20 => 341, [(371, 381), (361, 391)];
        // below RCV.NXT, while something is held
        331, 10 => 341, [(331, 341), (361, 391)];
        401, 10 => 341, [(401, 411), (361, 391)];
        // across what is held: the first run that came twice is told
        356, 60 => 341, [(361, 391), (356, 416)];
        // what fills the gap reaches into what is held
        341, 20 => 416, [(356, 361)];
    }
}

#[test]
fn text_of_ours_tells_too() {
    let mut probe = established(selective(), MODERN);
    probe.arrives(text(311, 10));
    probe.call(Call::Send { data: "x".into(), push: true, urgent: false }).expect("allowed");
    assert_eq!(probe.blocks(), [(311, 321)]);
    assert!(probe.rules.contains(&"sack-reports"));
}

#[test]
fn without_agreement_there_is_none() {
    for (config, options) in
        [(Config::plain(), MODERN), (selective(), Options { sack_permitted: false, ..MODERN })]
    {
        let mut probe = established(config, options);
        probe.arrives(text(311, 10));
        assert_eq!(probe.blocks(), []);
        probe.arrives(text(311, 10));
        assert_eq!(probe.blocks(), []);
    }
}

#[test]
fn the_reasons_say_which() {
    let mut probe = established(selective(), MODERN);
    probe.arrives(text(311, 10));
    assert!(probe.rules.contains(&"sack-reports") && !probe.rules.contains(&"dsack-reports"));
    probe.arrives(text(311, 10));
    assert!(probe.rules.contains(&"sack-reports") && probe.rules.contains(&"dsack-reports"));
}
