//! OPEN (RFC 9293 §3.10.1).

use super::{CallError, Opening, Reply};
use crate::connection::Opened;
use crate::{Connection, Effects, Instant, Isn, Reason, State};

impl Connection {
    pub(super) fn open(
        &mut self,
        now: Instant,
        opening: Opening,
        effects: &mut Effects,
    ) -> Result<Reply, CallError> {
        self.prepare_open(opening)?;
        match opening {
            Opening::Active { .. } => self.open_actively(now, effects),
            Opening::Passive { .. } => {
                self.decide(effects, Reason::PassiveOpen);
                self.enter(State::Listen, Reason::PassiveOpen, effects);
            }
        }
        Ok(Reply::Ok)
    }

    /// Creates the TCB, where the state allows it.
    pub(crate) fn prepare_open(&mut self, opening: Opening) -> Result<(), CallError> {
        let (isn, passively) = match opening {
            Opening::Active { isn } => (isn, false),
            Opening::Passive { isn } => (isn, true),
        };
        match self.state {
            State::Closed => {}
            State::Listen if !passively => {}
            State::Listen
            | State::SynSent
            | State::SynReceived
            | State::Established
            | State::FinWait1
            | State::FinWait2
            | State::CloseWait
            | State::Closing
            | State::LastAck
            | State::TimeWait => return Err(CallError::AlreadyExists),
        }
        self.create_tcb(isn, passively);
        Ok(())
    }

    fn create_tcb(&mut self, isn: Isn, passively: bool) {
        let opened = Opened { passively, isn, syn_sent: false, syn_seen: false };
        let state = self.state;
        let now = self.now;
        *self = Self { state, opened: Some(opened), now, ..Self::new(self.config.clone()) };
    }

    /// Chooses ISS and sends a SYN.
    pub(crate) fn open_actively(&mut self, now: Instant, effects: &mut Effects) {
        self.choose_iss(now);
        let reason = Reason::ActiveOpen { iss: self.snd.iss };
        self.decide(effects, reason);
        self.explain_iss(effects);
        self.enter(State::SynSent, reason, effects);
        self.send_syn(now, reason, false, effects);
    }

    /// ISS, with SND.UNA and SND.NXT at it: the SYN is about to be sent.
    pub(crate) fn choose_iss(&mut self, now: Instant) {
        let Some(opened) = &mut self.opened else { return };
        opened.syn_sent = true;
        let iss = self.config.variant.iss(opened.isn, now);
        self.snd.iss = iss;
        self.snd.una = iss;
        self.snd.nxt = iss;
        self.snd.up = iss;
        self.outgoing.pushed_to = iss;
    }
}
