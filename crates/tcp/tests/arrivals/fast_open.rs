//! TCP Fast Open (RFC 7413), both sides of it, as far as it touches the connection.

use bytes::Bytes;
use tcpscope_tcp::{
    Config, Effect, Effects, FastOpenCookie, Flags, Isn, Options, Reply, Segment, State, Timer,
};

use crate::common::{ISS, PASSIVE, Probe, segment};
use crate::line::MODERN;

fn cookie() -> FastOpenCookie {
    FastOpenCookie::new(b"8 octets").expect("it is")
}

fn config() -> Config {
    Config { fast_open: true, ..Config::plain() }
}

/// A client that opens with `text`, and its SYN.
fn client(config: Config, cookie: Option<FastOpenCookie>, text: &'static [u8]) -> (Probe, Segment) {
    let mut probe = Probe::new(config);
    let mut effects = Effects::unobserved();
    let data = Bytes::from_static(text);
    let opened =
        probe.connection.open_fast(probe.now, Isn::Given(ISS), cookie, &data, &mut effects);
    assert_eq!(opened, Ok(Reply::Sent { octets: text.len() as u32 }));
    let syn = effects.drain().find_map(|entry| match entry.effect {
        Effect::Transmit { segment, .. } => Some(segment),
        _ => None,
    });
    (probe, syn.expect("a SYN"))
}

fn syn_ack(ack: u32, fast_open: Option<FastOpenCookie>) -> Segment {
    let options = Options { fast_open, ..MODERN };
    Segment { options, ..segment(Flags::SYN, 300, Some(ack), b"") }
}

fn texts(probe: &Probe) -> Vec<(u32, Vec<u8>)> {
    probe.sent().iter().map(|sent| (sent.seq.value(), sent.payload.to_vec())).collect()
}

/// RFC 7413 §4.1.1.
#[test]
fn without_a_cookie_one_is_asked_for_and_the_text_waits() {
    let (mut probe, syn) = client(config(), None, b"text");
    assert_eq!(syn.options.fast_open, Some(FastOpenCookie::REQUEST));
    assert!(syn.payload.is_empty());
    probe.arrives(syn_ack(101, Some(cookie())));
    assert_eq!(probe.connection.fast_open_cookie(), Some(cookie()));
    assert_eq!(texts(&probe), [(101, b"text".to_vec())]);
}

/// RFC 7413 §4.2.1.
#[test]
fn with_a_cookie_the_text_goes_with_the_syn() {
    let (mut probe, syn) = client(config(), Some(cookie()), b"text");
    assert_eq!((syn.options.fast_open, &syn.payload[..]), (Some(cookie()), &b"text"[..]));
    probe.arrives(syn_ack(105, None));
    assert_eq!((probe.state(), texts(&probe)), (State::Established, vec![(105, vec![])]));
    assert!(probe.connection.all_acknowledged());
    assert_eq!(probe.connection.deadline(Timer::Retransmission), None);
}

#[test]
fn text_that_was_not_taken_goes_out_again_at_once() {
    let (mut probe, _) = client(config(), Some(cookie()), b"text");
    probe.arrives(syn_ack(101, None));
    assert_eq!(texts(&probe), [(101, b"text".to_vec())]);
    probe.arrives(segment(Flags::empty(), 301, Some(105), b""));
    assert!(probe.connection.all_acknowledged());
}

#[test]
fn a_syn_that_was_lost_is_repeated_as_any_other() {
    let (mut probe, _) = client(config(), Some(cookie()), b"text");
    probe.expires(Timer::Retransmission);
    assert_eq!(texts(&probe), [(100, vec![])]);
    assert_eq!(probe.sent()[0].options.fast_open, None);
    probe.arrives(syn_ack(101, None));
    assert_eq!(texts(&probe), [(101, b"text".to_vec())]);
}

#[test]
fn what_does_not_fit_into_a_syn_follows() {
    static TEXT: [u8; 496 + 2920] = [7; 496 + 2920];
    let (mut probe, syn) = client(config(), Some(cookie()), &TEXT);
    assert_eq!(syn.payload.len(), 496);
    probe.arrives(syn_ack(101 + 496, None));
    let sent: usize = texts(&probe).iter().map(|(_, text)| text.len()).sum();
    assert_eq!((probe.sent()[0].seq.value(), sent), (597, 2920));
}

#[test]
fn where_it_is_off_it_is_an_ordinary_opening() {
    let off = Config { fast_open: false, ..config() };
    let (_, syn) = client(off.clone(), Some(cookie()), b"text");
    assert_eq!((syn.options.fast_open, syn.payload.len()), (None, 0));
    let mut probe = Probe::new(off);
    probe.call(PASSIVE).expect("allowed");
    let options = Options { fast_open: Some(cookie()), ..MODERN };
    probe.arrives(Segment { options, ..segment(Flags::SYN, 300, None, b"text") });
    assert_eq!((probe.acks(), probe.connection.unread()), (vec![301], 0));
    assert_eq!(probe.sent()[0].options.fast_open, None);
}

/// A server that was told of a SYN with `text` whether its cookie is right.
fn server(valid: bool, give: Option<FastOpenCookie>, text: &[u8]) -> Probe {
    let mut probe = Probe::new(config());
    probe.call(PASSIVE).expect("allowed");
    probe.connection.judge_fast_open(valid, give);
    let options = Options { fast_open: Some(cookie()), ..MODERN };
    probe.arrives(Segment { options, ..segment(Flags::SYN, 300, None, text) });
    assert_eq!(probe.state(), State::SynReceived);
    probe
}

#[test]
fn a_right_cookie_lets_the_text_in_before_the_handshake_is_over() {
    let mut probe = server(true, None, b"text");
    assert_eq!(probe.acks(), [305]);
    assert_eq!(&probe.read(100)[..], b"text");
    // The SYN comes again, as does the text: neither is news.
    probe.arrives(Segment { options: MODERN, ..segment(Flags::SYN, 300, None, b"text") });
    assert_eq!(probe.acks(), [305]);
    probe.arrives(segment(Flags::empty(), 305, Some(101), b", more"));
    assert_eq!((probe.state(), probe.acks()), (State::Established, vec![311]));
    assert_eq!(&probe.read(100)[..], b", more");
}

#[test]
fn a_wrong_cookie_leaves_the_text_out_and_gives_another() {
    let mut probe = server(false, Some(cookie()), b"text");
    assert_eq!((probe.acks(), probe.sent()[0].options.fast_open), (vec![301], Some(cookie())));
    assert!(probe.rules.contains(&"fast-open-refused"));
    probe.arrives(segment(Flags::empty(), 301, Some(101), b"text"));
    assert_eq!(probe.acks(), [305]);
    assert_eq!(&probe.read(100)[..], b"text");
}
