//! SEGMENT ARRIVES, state by state, with the answers of RFC 9293 §3.10.7 and RFC 5961.

use crate::common::{Opened, in_state, segment};
use tcpscope_tcp::{Config, Flags, State};

const NONE: Flags = Flags::empty();
const SYN: Flags = Flags::SYN;
const FIN: Flags = Flags::FIN;
const RST: Flags = Flags::RST;

/// What arrives, and what must follow.
struct Case {
    state: State,
    opened: Opened,
    flags: Flags,
    seq: u32,
    ack: Option<u32>,
    text: &'static [u8],
    sent: &'static str,
    then: State,
}

/// `state, flags, seq, ack, text => sent, state`, opened passively unless told otherwise.
macro_rules! cases {
    ($config:expr; $($state:ident $($opened:ident)?, $flags:expr, $seq:expr, $ack:expr, $text:expr
        => $sent:expr, $then:ident;)*) => {
        for case in [$(Case {
            state: State::$state,
            opened: cases!(@opened $($opened)?),
            flags: $flags,
            seq: $seq,
            ack: $ack,
            text: $text,
            sent: $sent,
            then: State::$then,
        }),*] {
            case.check($config);
        }
    };
    (@opened) => { Opened::Passively };
    (@opened active) => { Opened::Actively };
}

impl Case {
    fn check(self, config: Config) {
        let Self { state, opened, flags, seq, ack, text, sent, then } = self;
        let mut probe = in_state(state, opened, config);
        probe.arrives(segment(flags, seq, ack, text));
        let context = format!("{flags:?} seq={seq} ack={ack:?} {text:?} in {state} ({opened:?})");
        assert_eq!(probe.sent_in_words().concat(), sent, "{context}: {:?}", probe.rules);
        assert_eq!(probe.state(), then, "{context}: {:?}", probe.rules);
        assert!(!probe.rules.is_empty(), "{context}: nothing was decided");
    }
}

#[test]
fn in_closed() {
    cases! { Config::plain();
        Closed, RST, 300, None, b"" => "", Closed;
        Closed, RST, 300, Some(7), b"" => "", Closed;
        Closed, SYN, 300, None, b"" => "<SEQ=0><ACK=301><CTL=RST,ACK>", Closed;
        Closed, NONE, 300, None, b"four" => "<SEQ=0><ACK=304><CTL=RST,ACK>", Closed;
        Closed, NONE, 300, Some(7), b"" => "<SEQ=7><CTL=RST>", Closed;
        Closed, SYN, 300, Some(7), b"" => "<SEQ=7><CTL=RST>", Closed;
        Closed, FIN, 300, Some(7), b"" => "<SEQ=7><CTL=RST>", Closed;
    }
}

#[test]
fn in_listen() {
    cases! { Config::plain();
        Listen, RST, 300, None, b"" => "", Listen;
        Listen, RST, 300, Some(7), b"" => "", Listen;
        Listen, NONE, 300, Some(7), b"" => "<SEQ=7><CTL=RST>", Listen;
        Listen, SYN, 300, Some(7), b"" => "<SEQ=7><CTL=RST>", Listen;
        Listen, NONE, 300, None, b"text" => "", Listen;
        Listen, FIN, 300, None, b"" => "", Listen;
        Listen, SYN, 300, None, b"" => "<SEQ=100><ACK=301><CTL=SYN,ACK>", SynReceived;
    }
}

/// MUST-10: a SYN without ACK.
#[test]
fn in_syn_sent() {
    cases! { Config::plain();
        SynSent, SYN, 300, Some(101), b"" => "<SEQ=101><ACK=301><CTL=ACK>", Established;
        SynSent, SYN, 300, Some(101), b"text" => "<SEQ=101><ACK=305><CTL=ACK>", Established;
        SynSent, SYN | FIN, 300, Some(101), b"" => "<SEQ=101><ACK=302><CTL=ACK>", CloseWait;
        SynSent, SYN, 300, None, b"" => "<SEQ=100><ACK=301><CTL=SYN,ACK>", SynReceived;
        SynSent, SYN, 300, Some(100), b"" => "<SEQ=100><CTL=RST>", SynSent;
        SynSent, SYN, 300, Some(102), b"" => "<SEQ=102><CTL=RST>", SynSent;
        SynSent, NONE, 300, Some(102), b"" => "<SEQ=102><CTL=RST>", SynSent;
        SynSent, NONE, 300, Some(101), b"" => "", SynSent;
        SynSent, RST, 0, Some(101), b"" => "", Closed;
        SynSent, RST, 0, Some(102), b"" => "", SynSent;
        SynSent, RST, 0, None, b"" => "", SynSent;
        SynSent, NONE, 300, None, b"" => "", SynSent;
    }
}

/// MUST-11: it remembers whether the opening was passive or active.
#[test]
fn in_syn_received() {
    cases! { Config::plain();
        SynReceived, NONE, 301, Some(101), b"" => "", Established;
        SynReceived, NONE, 301, Some(101), b"text" => "<SEQ=101><ACK=305><CTL=ACK>", Established;
        SynReceived, FIN, 301, Some(101), b"" => "<SEQ=101><ACK=302><CTL=ACK>", CloseWait;
        SynReceived, NONE, 301, Some(100), b"" => "<SEQ=100><CTL=RST>", SynReceived;
        SynReceived, NONE, 301, Some(102), b"" => "<SEQ=102><CTL=RST>", SynReceived;
        SynReceived, NONE, 301, None, b"text" => "", SynReceived;
        // the same SYN again: our SYN,ACK was lost, and an ACK alone would tell SYN-SENT nothing
        SynReceived, SYN, 300, None, b"" => "<SEQ=100><ACK=301><CTL=SYN,ACK>", SynReceived;
        SynReceived, SYN, 300, None, b"text" => "<SEQ=100><ACK=301><CTL=SYN,ACK>", SynReceived;
        SynReceived active, SYN, 300, None, b"" => "<SEQ=101><ACK=301><CTL=ACK>", SynReceived;
        SynReceived, SYN, 301, None, b"" => "", Listen;
        SynReceived, RST, 301, None, b"" => "", Listen;
        SynReceived, RST, 302, None, b"" => "<SEQ=101><ACK=301><CTL=ACK>", SynReceived;
        SynReceived, RST, 300, None, b"" => "", SynReceived;
        SynReceived active, RST, 301, None, b"" => "", Closed;
        SynReceived active, SYN, 301, None, b"" => "<SEQ=101><ACK=301><CTL=ACK>", SynReceived;
        SynReceived active, SYN, 300, Some(101), b"" => "", Established;
    }
}

#[test]
fn in_established() {
    cases! { Config::plain();
        Established, NONE, 301, Some(101), b"text" => "<SEQ=101><ACK=305><CTL=ACK>", Established;
        Established, NONE, 301, Some(101), b"" => "", Established;
        // ahead of a gap: kept, and acknowledged at once
        Established, NONE, 305, Some(101), b"text" => "<SEQ=101><ACK=301><CTL=ACK>", Established;
        Established, FIN, 305, Some(101), b"" => "<SEQ=101><ACK=301><CTL=ACK>", Established;
        // old
        Established, NONE, 297, Some(101), b"text" => "<SEQ=101><ACK=301><CTL=ACK>", Established;
        Established, NONE, 300, Some(101), b"" => "<SEQ=101><ACK=301><CTL=ACK>", Established;
        // straddling the left edge: only the new part is taken
        Established, NONE, 299, Some(101), b"text" => "<SEQ=101><ACK=303><CTL=ACK>", Established;
        // the last number of the window, the first beyond it
        Established, NONE, 65_835, Some(101), b"" => "", Established;
        Established, NONE, 65_836, Some(101), b"" => "<SEQ=101><ACK=301><CTL=ACK>", Established;
        Established, NONE, 65_836, Some(101), b"t" => "<SEQ=101><ACK=301><CTL=ACK>", Established;
        // RST: RFC 5961 §3.2
        Established, RST, 301, None, b"" => "", Closed;
        Established, RST, 302, None, b"" => "<SEQ=101><ACK=301><CTL=ACK>", Established;
        Established, RST, 300, None, b"" => "", Established;
        Established, RST, 65_836, None, b"" => "", Established;
        // SYN: RFC 5961 §4.2
        Established, SYN, 301, None, b"" => "<SEQ=101><ACK=301><CTL=ACK>", Established;
        Established, SYN, 300, Some(101), b"" => "<SEQ=101><ACK=301><CTL=ACK>", Established;
        // ACK: missing, of what was never sent, far too old
        Established, NONE, 301, None, b"text" => "", Established;
        Established, NONE, 301, Some(102), b"" => "<SEQ=101><ACK=301><CTL=ACK>", Established;
        Established, NONE, 301, Some(0x8000_0000), b"" => "<SEQ=101><ACK=301><CTL=ACK>", Established;
        Established, FIN, 301, Some(101), b"text" => "<SEQ=101><ACK=306><CTL=ACK>", CloseWait;
    }
}

#[test]
fn in_the_closing_states() {
    cases! { Config::plain();
        FinWait1, NONE, 301, Some(102), b"" => "", FinWait2;
        FinWait1, NONE, 301, Some(101), b"text" => "<SEQ=102><ACK=305><CTL=ACK>", FinWait1;
        FinWait1, FIN, 301, Some(101), b"" => "<SEQ=102><ACK=302><CTL=ACK>", Closing;
        FinWait1, FIN, 301, Some(102), b"" => "<SEQ=102><ACK=302><CTL=ACK>", TimeWait;
        FinWait1, FIN, 302, Some(102), b"" => "<SEQ=102><ACK=301><CTL=ACK>", FinWait2;
        FinWait2, NONE, 301, Some(102), b"text" => "<SEQ=102><ACK=305><CTL=ACK>", FinWait2;
        FinWait2, FIN, 301, Some(102), b"" => "<SEQ=102><ACK=302><CTL=ACK>", TimeWait;
        FinWait2, RST, 301, None, b"" => "", Closed;
        CloseWait, FIN, 301, Some(101), b"" => "<SEQ=101><ACK=302><CTL=ACK>", CloseWait;
        CloseWait, NONE, 302, Some(101), b"text" => "", CloseWait;
        CloseWait, RST, 302, None, b"" => "", Closed;
        Closing, NONE, 302, Some(101), b"" => "", Closing;
        Closing, NONE, 302, Some(102), b"" => "", TimeWait;
        Closing, RST, 302, None, b"" => "", Closed;
        LastAck, NONE, 302, Some(102), b"" => "", Closed;
        LastAck, NONE, 302, Some(101), b"" => "", LastAck;
        LastAck, FIN, 301, Some(101), b"" => "<SEQ=102><ACK=302><CTL=ACK>", LastAck;
        TimeWait, FIN, 301, Some(102), b"" => "<SEQ=102><ACK=302><CTL=ACK>", TimeWait;
        TimeWait, RST, 302, None, b"" => "", Closed;
        TimeWait, SYN, 302, None, b"" => "<SEQ=102><ACK=302><CTL=ACK>", TimeWait;
        TimeWait, NONE, 302, Some(102), b"" => "", TimeWait;
    }
}

#[test]
fn by_the_rules_of_rfc_793() {
    let config = || Config { rfc5961: false, ..Config::plain() };
    cases! { config();
        Established, RST, 302, None, b"" => "", Closed;
        Established, RST, 300, None, b"" => "", Established;
        Established, SYN, 302, None, b"" => "<SEQ=101><ACK=301><CTL=RST,ACK>", Closed;
        Established, SYN, 300, None, b"" => "<SEQ=101><ACK=301><CTL=ACK>", Established;
    }
}

#[test]
fn a_zero_window_takes_acks_and_resets_but_no_text() {
    let config = Config { receive_buffer: 4, ..Config::plain() };
    let full = || {
        let mut probe = in_state(State::Established, Opened::Passively, config.clone());
        probe.arrives(segment(NONE, 301, Some(101), b"full"));
        assert_eq!(probe.connection.status().rcv_wnd, 0);
        probe
    };
    let mut probe = full();
    probe.arrives(segment(NONE, 305, Some(101), b"x"));
    assert_eq!(probe.sent_in_words(), ["<SEQ=101><ACK=305><CTL=ACK>"]);
    assert_eq!(probe.connection.status().unread, 4);

    let mut probe = full();
    probe.call(tcpscope_tcp::Call::Send { data: "hi".into(), push: true, urgent: false }).unwrap();
    probe.arrives(segment(NONE, 305, Some(103), b"x"));
    assert_eq!(probe.connection.status().snd_una.value(), 103, "the ACK counts: MUST-66");

    let mut probe = full();
    probe.arrives(segment(RST, 305, None, b""));
    assert_eq!(probe.state(), State::Closed);
}

#[test]
fn time_wait_begins_again_with_the_fin_that_comes_again() {
    use tcpscope_tcp::{Duration, Effects, Instant, Timer};
    let mut probe = in_state(State::TimeWait, Opened::Passively, Config::plain());
    let before = probe.connection.deadline(Timer::TimeWait);
    let later = Instant::from_micros(20_000_000);
    let mut effects = Effects::unobserved();
    probe.connection.segment_arrives(later, segment(FIN, 301, Some(102), b""), &mut effects);
    let after = probe.connection.deadline(Timer::TimeWait);
    assert!(after > before);
    assert_eq!(after, Some(later + Duration::from_secs(60)));
}
