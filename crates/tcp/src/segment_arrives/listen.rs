//! SEGMENT ARRIVES in LISTEN (RFC 9293 §3.10.7.2).

use crate::{Connection, Effects, Instant, Reason, Segment, State};

impl Connection {
    pub(super) fn arrives_in_listen(
        &mut self,
        now: Instant,
        segment: &Segment,
        effects: &mut Effects,
    ) {
        if segment.rst() {
            self.decide(effects, Reason::RstIgnored { state: State::Listen });
        } else if let Some(ack) = segment.ack {
            let reason = Reason::AckRefused { ack, state: State::Listen };
            self.decide(effects, reason);
            self.send_reset(ack, None, reason, effects);
        } else if segment.syn() {
            self.take_syn_in_listen(now, segment, effects);
        } else {
            self.decide(effects, Reason::NotForListen);
        }
    }

    fn take_syn_in_listen(&mut self, now: Instant, segment: &Segment, effects: &mut Effects) {
        self.choose_iss(now);
        self.take_peer_syn(segment);
        let (irs, rcv_nxt, iss) = (self.rcv.irs, self.rcv.nxt, self.snd.iss);
        let reason = Reason::SynInListen { irs, rcv_nxt, iss };
        self.decide(effects, reason);
        self.explain_iss(effects);
        self.settle_options(segment, effects);
        self.enter(State::SynReceived, reason, effects);
        let fast = self.take_fast_open(segment, effects);
        self.send_syn(now, reason, false, effects);
        if !fast {
            // The SYN,ACK acknowledges no text: what came with the SYN is kept and acknowledged
            // once the connection is established.
            self.keep_text_of_syn(segment, effects);
        }
        self.open_in_two_ways(effects);
    }

    /// The peer's SYN: IRS, RCV.NXT, and the first that is known of its window.
    pub(super) fn take_peer_syn(&mut self, segment: &Segment) {
        if let Some(opened) = &mut self.opened {
            opened.syn_seen = true;
        }
        self.rcv.irs = segment.seq;
        self.rcv.nxt = segment.seq + 1;
        self.rcv.up = self.rcv.nxt;
        self.snd.wnd = u32::from(segment.wnd);
        self.snd.max_wnd = self.snd.wnd;
        self.snd.wl1 = segment.seq;
        self.snd.wl2 = segment.ack.unwrap_or(self.snd.iss);
    }

    /// Text and FIN that came with a SYN are processed once the connection is established: they
    /// "should be queued for processing later". What lies beyond the window is not kept.
    pub(super) fn keep_text_of_syn(&mut self, segment: &Segment, effects: &mut Effects) {
        let text = segment.text_len();
        let octets = self.rcv.wnd.min(text);
        if segment.fin() && self.rcv.wnd > text {
            self.incoming.fin_ahead = Some(segment.text_seq() + text);
        }
        if octets > 0 {
            self.decide(effects, Reason::SynTextKept { octets });
            if octets == text {
                self.keep_push(segment);
            }
            let kept = segment.payload.slice(..octets as usize);
            self.incoming.ahead.insert(segment.text_seq(), kept);
        }
    }
}
