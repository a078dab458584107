//! Eighth, check the FIN bit (RFC 9293 §3.10.7.4).

use crate::{Connection, Effects, Instant, Notification, Reason, SeqNumber, State};

impl Connection {
    /// Takes the peer's FIN once all text before it has been taken: the segment's own, `fin`, or
    /// one that arrived ahead of a gap.
    pub(super) fn check_fin(
        &mut self,
        now: Instant,
        fin: Option<SeqNumber>,
        effects: &mut Effects,
    ) {
        let state = self.state();
        let in_order = [fin, self.incoming.fin_ahead].contains(&Some(self.rcv.nxt));
        if !in_order {
            return;
        }
        if self.incoming.ended {
            self.take_another_fin(now, effects);
            return;
        }
        if !state.receives_text() {
            return;
        }
        self.advance_rcv_nxt(1);
        self.incoming.ended = true;
        self.incoming.fin_ahead = None;
        let rcv_nxt = self.rcv.nxt;
        let reason = Reason::FinArrives { rcv_nxt, state };
        self.decide(effects, reason);
        self.owe_ack_of_fin(state);
        match state {
            State::Established => self.enter(State::CloseWait, reason, effects),
            State::FinWait1 if !self.fin_acked() => self.enter(State::Closing, reason, effects),
            State::FinWait1 | State::FinWait2 => self.enter_time_wait(now, reason, effects),
            State::Closed
            | State::Listen
            | State::SynSent
            | State::SynReceived
            | State::CloseWait
            | State::Closing
            | State::LastAck
            | State::TimeWait => {}
        }
        self.notify(Notification::PeerClosed, reason, effects);
    }

    /// A FIN after the FIN: "Remain in the CLOSE-WAIT state", and so on. Its number is not taken;
    /// but as every FIN it is acknowledged, and in TIME-WAIT it restarts the 2 MSL timeout.
    fn take_another_fin(&mut self, now: Instant, effects: &mut Effects) {
        let seq = self.rcv.nxt;
        match self.state() {
            State::TimeWait => self.take_fin_again(now, seq, effects),
            State::CloseWait | State::Closing | State::LastAck => {
                let reason = Reason::FinAgain { seq, rcv_nxt: seq };
                self.decide(effects, reason);
                self.owe_ack(reason);
            }
            State::Closed
            | State::Listen
            | State::SynSent
            | State::SynReceived
            | State::Established
            | State::FinWait1
            | State::FinWait2 => {}
        }
    }
}
