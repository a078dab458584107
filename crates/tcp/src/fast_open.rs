//! TCP Fast Open (RFC 7413): text in the SYN, under a cookie that shows that the client is where it
//! says it is. Making cookies and remembering them is the host's; here is what a connection does
//! with them.

use bytes::Bytes;

use crate::buffer::length;
use crate::recovery::scoreboard::Marks;
use crate::{CallError, Connection, Effect, Effects, FastOpenCookie, Flags, Instant, Isn, Opening};
use crate::{Reason, Reply, Segment};

/// So much text goes with a SYN at most, with room for the options of a SYN: what the peer can take
/// is not known yet (RFC 7413 §4.2.1; RFC 9293 §3.7.1).
const MOST_TEXT: u32 = 536 - 40;

/// The cookies of one opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct FastOpen {
    /// What our SYN or SYN,ACK carries: the client's cookie or its request for one, the server's
    /// gift.
    ours: Option<FastOpenCookie>,
    /// What the server gave us.
    given: Option<FastOpenCookie>,
    /// Whether the cookie in the peer's SYN is right, as the host has found.
    valid: bool,
}

impl Connection {
    /// OPEN and SEND in one: an active opening whose SYN carries the beginning of `data`, if there
    /// is a `cookie` of an earlier connection. Without, the SYN asks for one, and the text waits
    /// (RFC 7413 §4.1.2, §4.2.1). Says how much was taken.
    ///
    /// # Errors
    /// As OPEN.
    pub fn open_fast(
        &mut self,
        now: Instant,
        isn: Isn,
        cookie: Option<FastOpenCookie>,
        data: &Bytes,
        effects: &mut Effects,
    ) -> Result<Reply, CallError> {
        self.now = now;
        self.prepare_open(Opening::Active { isn })?;
        if self.config.fast_open {
            self.agreed.fast_open.ours = Some(cookie.unwrap_or(FastOpenCookie::REQUEST));
        }
        let octets = length(data).min(self.config.send_buffer);
        self.outgoing.queue.push(data.slice(..octets as usize));
        self.open_actively(now, effects);
        self.outgoing.pushed_to = self.text_end();
        Ok(Reply::Sent { octets })
    }

    /// The cookie that the server gave in its SYN,ACK, for the next time.
    #[must_use]
    pub const fn fast_open_cookie(&self) -> Option<FastOpenCookie> {
        self.agreed.fast_open.given
    }

    /// What the host has found out about the cookie in the SYN that it is about to hand to LISTEN:
    /// whether it is right, and the one to give to the client, if any (RFC 7413 §4.2.2).
    pub fn judge_fast_open(&mut self, valid: bool, give: Option<FastOpenCookie>) {
        self.agreed.fast_open = FastOpen { ours: give, given: None, valid };
    }

    /// The Fast Open option of our SYN or SYN,ACK. One that was lost is repeated without: on the
    /// way there may be something that drops what it does not know (RFC 7413 §4.1.3.1).
    pub(crate) fn cookie_of_syn(&self) -> Option<FastOpenCookie> {
        let wanted = self.config.fast_open && self.outgoing.syn_timeouts == 0;
        self.agreed.fast_open.ours.filter(|_| wanted)
    }

    /// The text that goes with our first SYN, which is being made; says how much.
    pub(crate) fn add_text_of_syn(&mut self, effects: &mut Effects) -> u32 {
        let answers = self.opened.is_some_and(|opened| opened.syn_seen);
        let Some(cookie) = self.cookie_of_syn().filter(|_| !answers) else { return 0 };
        let octets = self.outgoing.queue.len().min(MOST_TEXT).min(u32::from(self.config.mss));
        if cookie.is_request() {
            self.decide(effects, Reason::FastOpenCookieAsked);
            return 0;
        }
        if octets > 0 {
            self.decide(effects, Reason::FastOpenSent { octets });
            let syn = effects.drafted();
            syn.payload = self.outgoing.queue.peek(0, octets);
            syn.flags.set(Flags::PSH, octets == self.outgoing.queue.len());
            self.recovery.board.push(syn.text_seq(), octets, Marks::PUSHED, self.now);
        }
        octets
    }

    /// The SYN,ACK acknowledges our SYN and the text that went with it, or the SYN alone: then the
    /// text goes out again, at once (RFC 7413 §4.2.1).
    pub(crate) fn settle_text_of_syn(&mut self) {
        let text = self.snd.una.distance_from(self.snd.iss).saturating_sub(1);
        self.outgoing.queue.advance(text);
        if self.snd.una != self.snd.nxt {
            self.recovery.board.lose_all(false);
        }
    }

    /// The SYN,ACK's cookie is kept for the next time (RFC 7413 §4.1.2).
    pub(crate) fn take_cookie(&mut self, syn: &Segment) {
        if self.config.fast_open && syn.ack.is_some() {
            self.agreed.fast_open.given =
                syn.options.fast_open.filter(|cookie| !cookie.is_request());
        }
    }

    /// LISTEN, a SYN with the Fast Open option: its text is delivered before the handshake is over,
    /// and the SYN,ACK acknowledges it; or else it is left aside (RFC 7413 §4.2.2). Says whether
    /// the text was dealt with.
    pub(crate) fn take_fast_open(&mut self, syn: &Segment, effects: &mut Effects) -> bool {
        let Some(cookie) = syn.options.fast_open.filter(|_| self.config.fast_open) else {
            return false;
        };
        let FastOpen { ours, valid, .. } = self.agreed.fast_open;
        if let Some(given) = ours {
            let octets = length(given.octets());
            self.decide(effects, Reason::FastOpenCookieGiven { octets });
        }
        let text = syn.text_len();
        if !valid || cookie.is_request() {
            if text > 0 {
                self.decide(effects, Reason::FastOpenRefused { octets: text });
            }
            return true;
        }
        let octets = text.min(self.config.receive_buffer).min(u32::from(u16::MAX));
        if syn.fin() && octets == text {
            self.incoming.fin_ahead = Some(syn.text_seq() + text);
        }
        if octets > 0 {
            let reason = Reason::FastOpenAccepted { octets };
            self.decide(effects, reason);
            if octets == text {
                self.keep_push(syn);
            }
            self.incoming.queue.push(syn.payload.slice(..octets as usize));
            self.advance_rcv_nxt(octets);
            self.emit(effects, Effect::Deliver { octets }, reason);
        }
        true
    }
}
