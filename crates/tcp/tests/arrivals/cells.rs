//! Every state with every kind of segment, at every place relative to the window, with every kind
//! of acknowledgment: for each cell the answer of RFC 9293 §3.10.7.4 and RFC 5961, worked out here
//! step by step as the RFC has it, and independently of the engine.

use tcpscope_tcp::{Config, Flags, State};

use crate::common::{Opened, in_state, segment};

/// Small, so that the right edge is near.
const BUFFER: u32 = 1000;
/// The largest window that the peer ever offered: that of every segment here.
const MAX_SND_WND: u32 = 8000;

/// What arrives where.
#[derive(Clone, Copy, Debug)]
struct Cell {
    state: State,
    opened: Opened,
    rfc5961: bool,
    flags: Flags,
    seq: u32,
    ack: Option<u32>,
    text: u32,
}

/// What the state implies: our SND.UNA and SND.NXT, the RCV.NXT and RCV.WND that we announced.
struct Variables {
    una: u32,
    nxt: u32,
    rcv_nxt: u32,
    rcv_wnd: u32,
    fin_sent: bool,
    fin_taken: bool,
}

const fn variables(state: State) -> Variables {
    let fin_taken =
        matches!(state, State::CloseWait | State::LastAck | State::Closing | State::TimeWait);
    let fin_sent = matches!(
        state,
        State::FinWait1 | State::FinWait2 | State::LastAck | State::Closing | State::TimeWait
    );
    let fin_acked = matches!(state, State::FinWait2 | State::TimeWait);
    let nxt = if fin_sent { 102 } else { 101 };
    Variables {
        una: match state {
            State::SynReceived => 100,
            _ if fin_acked || !fin_sent => nxt,
            _ => 101,
        },
        nxt,
        rcv_nxt: if fin_taken { 302 } else { 301 },
        // The FIN took a number of it, and one is no step worth announcing.
        rcv_wnd: if fin_taken { BUFFER - 1 } else { BUFFER },
        fin_sent,
        fin_taken,
    }
}

impl Cell {
    /// The RFC's answer: the segment sent, if any, and the next state.
    fn answer(self) -> (String, State) {
        let Self { state, opened, rfc5961, flags, seq, ack, text } = self;
        let Variables { una, nxt, rcv_nxt, rcv_wnd, fin_sent, fin_taken } = variables(state);
        let acks = |number: u32| format!("<SEQ={nxt}><ACK={number}><CTL=ACK>");
        let nothing = String::new();
        let (syn, fin, rst) =
            (flags.contains(Flags::SYN), flags.contains(Flags::FIN), flags.contains(Flags::RST));
        let edge = rcv_nxt + rcv_wnd;
        let within = |number: u32| (rcv_nxt..edge).contains(&number);
        let passively = opened == Opened::Passively;
        let opening = state == State::SynReceived;

        // Figure 7, Appendix A.2: the SYN is old, the acknowledgment is not.
        if opening && !passively && syn && !rst && seq == 300 && ack == Some(nxt) {
            return match (text, fin) {
                (0, false) => (nothing, State::Established),
                (_, false) => (acks(301 + text), State::Established),
                (_, true) => (acks(301 + text + 1), State::CloseWait),
            };
        }
        // First and second, for a RST.
        if rst {
            return match () {
                () if !within(seq) => (nothing, state),
                () if rfc5961 && seq != rcv_nxt => (acks(rcv_nxt), state),
                () if opening && passively => (nothing, State::Listen),
                () => (nothing, State::Closed),
            };
        }
        if opening && passively && syn && ack.is_none() && seq == 300 {
            return ("<SEQ=100><ACK=301><CTL=SYN,ACK>".into(), state);
        }
        // First, check sequence number.
        let len = text + u32::from(syn) + u32::from(fin);
        let acceptable = within(seq) || len > 0 && within(seq + len - 1);
        if !acceptable {
            return (acks(rcv_nxt), state);
        }
        // Fourth, check the SYN bit.
        let syn_in_window = syn && within(seq);
        if syn && (rfc5961 || syn_in_window) {
            return match () {
                () if opening && passively => (nothing, State::Listen),
                () if rfc5961 => (acks(rcv_nxt), state),
                () => (format!("<SEQ={nxt}><ACK={rcv_nxt}><CTL=RST,ACK>"), State::Closed),
            };
        }
        // The idealized segment: what of it is new and in the window.
        let text_seq = seq + u32::from(syn);
        let (from, to) = (text_seq.clamp(rcv_nxt, edge), (text_seq + text).clamp(rcv_nxt, edge));
        let fin_seq = (fin && within(text_seq + text)).then_some(text_seq + text);
        let cut = seq < rcv_nxt || text_seq + text > edge || fin && fin_seq.is_none();
        // Fifth, check the ACK field.
        let Some(ack) = ack else { return (nothing, state) };
        if opening && !(una < ack && ack <= nxt) {
            return (format!("<SEQ={ack}><CTL=RST>"), state);
        }
        let ahead = |number: u32| i64::from(ack.wrapping_sub(number).cast_signed());
        if ahead(nxt) > 0 || rfc5961 && ahead(una) < -i64::from(MAX_SND_WND) {
            return (acks(rcv_nxt), state);
        }
        let fin_acked = fin_sent && (ack == nxt || una == nxt);
        let next = match state {
            State::SynReceived => State::Established,
            State::LastAck if fin_acked => return (nothing, State::Closed),
            State::Closing if fin_acked => State::TimeWait,
            _ => state,
        };
        // Seventh, process the segment text, and eighth, check the FIN bit.
        if fin_taken {
            let fin_again = fin_seq == Some(rcv_nxt);
            let told = cut || fin_again || next == State::TimeWait && to > from;
            return (if told { acks(rcv_nxt) } else { nothing }, next);
        }
        let acked = if next == State::FinWait1 && fin_acked { State::FinWait2 } else { next };
        if from > rcv_nxt || fin_seq.is_some_and(|fin| to == from && fin > rcv_nxt) {
            // Ahead of a gap.
            let told = to > from || fin_seq.is_some() || cut;
            return (if told { acks(rcv_nxt) } else { nothing }, acked);
        }
        let reached = rcv_nxt + (to - from);
        if fin_seq == Some(reached) {
            let closed = match acked {
                State::Established => State::CloseWait,
                State::FinWait1 => State::Closing,
                _ => State::TimeWait,
            };
            return (acks(reached + 1), closed);
        }
        let told = reached > rcv_nxt || cut;
        (if told { acks(reached) } else { nothing }, acked)
    }

    fn check(self) {
        let config = Config { receive_buffer: BUFFER, rfc5961: self.rfc5961, ..Config::plain() };
        let mut probe = in_state(self.state, self.opened, config);
        let text = vec![b'x'; self.text as usize];
        probe.arrives(segment(self.flags, self.seq, self.ack, &text));
        let sent = probe.sent_in_words().concat();
        assert_eq!((sent, probe.state()), self.answer(), "{self:?}: {:?}", probe.rules);
        assert!(!probe.rules.is_empty(), "{self:?}: nothing was decided");
    }
}

/// Kinds of segment: flags, and octets of text.
const KINDS: [(Flags, u32); 9] = [
    (Flags::empty(), 0),
    (Flags::empty(), 4),
    (Flags::SYN, 0),
    (Flags::SYN, 4),
    (Flags::FIN, 0),
    (Flags::FIN, 4),
    (Flags::RST, 0),
    (Flags::RST, 4),
    (Flags::SYN.union(Flags::FIN), 0),
];

/// RFC 9293 §3.10.7.4, RFC 5961 §3 to §5 (MAY-12), SHLD-2, MUST-10.
#[test]
fn every_cell() {
    let states = [
        State::SynReceived,
        State::Established,
        State::FinWait1,
        State::FinWait2,
        State::CloseWait,
        State::Closing,
        State::LastAck,
        State::TimeWait,
    ];
    let mut cells = 0;
    for state in states {
        let Variables { una, nxt, rcv_nxt, rcv_wnd, .. } = variables(state);
        let edge = rcv_nxt + rcv_wnd;
        // before the window, straddling its left edge, at it, inside, straddling its right edge,
        // at its last number, and beyond
        let places = [
            290,
            297,
            300,
            rcv_nxt - 1,
            rcv_nxt,
            rcv_nxt + 100,
            edge - 2,
            edge - 1,
            edge,
            edge + 50,
        ];
        // none, old, duplicate, acceptable, of the future, far too old
        let too_old = una.wrapping_sub(MAX_SND_WND + 1);
        let acks = [None, Some(una - 1), Some(una), Some(nxt), Some(nxt + 1), Some(too_old)];
        for opened in [Opened::Passively, Opened::Actively] {
            for rfc5961 in [true, false] {
                for (flags, text) in KINDS {
                    for seq in places {
                        for ack in acks {
                            Cell { state, opened, rfc5961, flags, seq, ack, text }.check();
                            cells += 1;
                        }
                    }
                }
            }
        }
    }
    assert_eq!(cells, 8 * 2 * 2 * 9 * 10 * 6);
}
