//! What the SYNs agree on, and which segment carries which option (RFC 9293 §3.7.1).

use tcpscope_tcp::{Call, Config, Flags, Options, Segment};

use crate::common::{ACTIVE, PASSIVE, Probe, segment};
use crate::line::{MODERN, stamped};

fn opened(config: Config, options: Options, actively: bool) -> (Probe, Vec<Segment>) {
    let mut probe = Probe::new(config);
    let mut sent = Vec::new();
    let take = |probe: &Probe, sent: &mut Vec<Segment>| {
        sent.extend(probe.sent().into_iter().cloned());
    };
    probe.call(if actively { ACTIVE } else { PASSIVE }).expect("allowed");
    take(&probe, &mut sent);
    let ack = actively.then_some(101);
    probe.arrives(Segment { options, ..segment(Flags::SYN, 300, ack, b"") });
    take(&probe, &mut sent);
    if !actively {
        let options = Options { timestamps: options.timestamps, ..Options::NONE };
        probe.arrives(Segment { options, ..segment(Flags::empty(), 301, Some(101), b"") });
    }
    probe
        .call(Call::Send { data: vec![7; 9000].into(), push: true, urgent: false })
        .expect("allowed");
    take(&probe, &mut sent);
    (probe, sent)
}

/// MUST-14, MUST-15, MUST-16, RFC 6691: what can be sent is what the peer can receive, or 536, or
/// what our own link takes, less the options of every segment.
#[test]
fn segments_are_as_large_as_both_sides_allow() {
    // ours, the peer's, timestamps => the text of a segment
    for (ours, theirs, timestamps, text) in [
        (1460, Some(1460), false, 1460),
        (1460, Some(1000), false, 1000),
        (1000, Some(1460), false, 1000),
        (1460, None, false, 536),
        (400, None, false, 400),
        (1460, Some(1460), true, 1448),
        (1460, None, true, 524),
        (1460, Some(1), false, 1),
        (1460, Some(0), false, 1),
    ] {
        for actively in [true, false] {
            let config = Config { mss: ours, timestamps, ..Config::plain() };
            let stamps = if timestamps { stamped(1) } else { None };
            let options = Options { mss: theirs, timestamps: stamps, ..Options::NONE };
            let (probe, sent) = opened(config, options, actively);
            let context = format!("{ours}, {theirs:?}, timestamps {timestamps}, {actively}");
            assert_eq!(probe.connection.status().mss, text, "{context}");
            let first = sent.iter().find(|sent| !sent.payload.is_empty()).expect("text");
            assert_eq!(first.payload.len(), text as usize, "{context}");
        }
    }
}

/// MUST-65, MUST-67, SHLD-5, MAY-3; RFC 2018 §2, RFC 7323 §2.2, §3.2: the MSS that we announce is
/// ours, whatever the peer's is; it is in every SYN and in nothing else, as are the other options
/// of a SYN, which a SYN,ACK has only where the SYN had them.
#[test]
fn the_options_of_a_syn_are_in_syns_alone() {
    let all = Options { mss: Some(900), timestamps: stamped(1), ..MODERN };
    let config = || Config { mss: 1400, ..Config::default() };
    for options in [all, Options { mss: None, ..all }, Options { mss: Some(900), ..Options::NONE }]
    {
        for actively in [true, false] {
            let (_, sent) = opened(config(), options, actively);
            for sent in &sent {
                let has = sent.options;
                let asked = actively && sent.ack.is_none();
                let offered = |there: bool| sent.syn() && (asked || there);
                assert_eq!(has.mss, sent.syn().then_some(1400), "{sent:?}");
                assert_eq!(has.window_scale.is_some(), offered(options.window_scale.is_some()));
                assert_eq!(has.sack_permitted, offered(options.sack_permitted));
                let agreed = options.timestamps.is_some();
                assert_eq!(has.timestamps.is_some(), offered(agreed) || !sent.syn() && agreed);
            }
        }
    }
}

/// An option that we did not ask for agrees on nothing.
#[test]
fn what_was_not_offered_is_not_agreed_on() {
    let all = Options { timestamps: stamped(1), ..MODERN };
    let (mut probe, sent) = opened(Config::plain(), all, true);
    assert!(sent.iter().all(|sent| sent.options.timestamps.is_none()));
    assert_eq!(probe.connection.status().snd_wnd, 8000);
    probe.arrives(Segment { wnd: 10, ..segment(Flags::empty(), 301, Some(101), b"") });
    assert_eq!(probe.connection.status().snd_wnd, 10, "not scaled");
}
