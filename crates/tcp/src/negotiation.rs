//! What the two SYNs agree on: window scale, SACK, timestamps, ECN; and so what options each
//! segment carries.

use crate::fast_open::FastOpen;
use crate::{Connection, Effects, Instant, Negotiable, Options, Reason, Segment};

/// The largest shift (RFC 7323 §2.3).
const MOST_SHIFT: u8 = 14;

/// The octets of the Timestamps option with the two NOPs that align it (RFC 7323 appendix A).
pub(crate) const TIMESTAMPS_LEN: u32 = 12;

/// What both sides will use. All is off until the peer's SYN has been seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Agreed {
    /// SACK (RFC 2018).
    pub(crate) sack: bool,
    /// Timestamps (RFC 7323).
    pub(crate) timestamps: bool,
    /// ECN (RFC 3168).
    pub(crate) ecn: bool,
    /// Snd.Wind.Shift and Rcv.Wind.Shift: what the peer announces is shifted by the first, what
    /// we announce by the second (RFC 7323 §2.2).
    pub(crate) shifts: Option<(u8, u8)>,
    /// The cookies of Fast Open (RFC 7413).
    pub(crate) fast_open: FastOpen,
    /// TS.Recent: the timestamp that is echoed, and when it was taken (RFC 7323 §4.3).
    pub(crate) ts_recent: Option<(u32, Instant)>,
}

impl Agreed {
    /// Snd.Wind.Shift.
    pub(crate) fn snd_shift(&self) -> u8 {
        self.shifts.map_or(0, |(snd, _)| snd)
    }

    /// Rcv.Wind.Shift.
    pub(crate) fn rcv_shift(&self) -> u8 {
        self.shifts.map_or(0, |(_, rcv)| rcv)
    }
}

impl Connection {
    /// The options of our SYN; once the peer's SYN was seen, only those that it carried too.
    pub(crate) fn options_of_syn(&self) -> Options {
        let config = &self.config;
        let agreed = &self.agreed;
        let answers = self.opened.is_some_and(|opened| opened.syn_seen);
        let offers = |wanted: bool, agreed: bool| wanted && (!answers || agreed);
        Options {
            // The option goes with every SYN, and with nothing else; it says what can be received:
            // RFC 9293 §3.7.1, MUST-14, MUST-65, MUST-67, SHLD-5, MAY-3.
            mss: Some(config.mss),
            window_scale: config.window_scale.filter(|_| !answers || agreed.shifts.is_some()),
            sack_permitted: offers(config.sack, agreed.sack),
            timestamps: offers(config.timestamps, agreed.timestamps).then(|| self.timestamps()),
            fast_open: self.cookie_of_syn(),
            ..Options::NONE
        }
    }

    /// Gives any other segment its options.
    pub(crate) fn add_options(&self, options: &mut Options) {
        if self.agreed.timestamps {
            options.timestamps = Some(self.timestamps());
        }
        self.add_sack_blocks(&mut options.sack);
    }

    /// Takes the options of the peer's SYN.
    pub(crate) fn settle_options(&mut self, syn: &Segment, effects: &mut Effects) {
        let offered = &syn.options;
        let config = &self.config;
        let sack = config.sack && offered.sack_permitted;
        let timestamps = config.timestamps && offered.timestamps.is_some();
        let shifts = offered
            .window_scale
            .zip(config.window_scale)
            .map(|(theirs, ours)| (theirs.min(MOST_SHIFT), ours.min(MOST_SHIFT)));
        for (wanted, agreed, option) in [
            (config.sack, sack, Negotiable::Sack),
            (config.timestamps, timestamps, Negotiable::Timestamps),
            (config.window_scale.is_some(), shifts.is_some(), Negotiable::WindowScale),
        ] {
            if wanted && !agreed {
                self.decide(effects, Reason::NotAgreed { option });
            }
        }
        self.agreed.sack = sack;
        self.agreed.timestamps = timestamps;
        self.agreed.shifts = shifts;
        self.agreed.ts_recent =
            offered.timestamps.filter(|_| timestamps).map(|ts| (ts.value, self.now));
        self.settle_ecn(syn, effects);
        self.take_cookie(syn);
        self.settle_mss(offered.mss, effects);
        if sack {
            self.decide(effects, Reason::SackAgreed);
        }
        if timestamps {
            self.decide(effects, Reason::TimestampsAgreed { mss: self.outgoing.mss });
        }
        if let Some((snd_shift, rcv_shift)) = shifts {
            if let Some(shift) = offered.window_scale.filter(|shift| *shift > MOST_SHIFT) {
                self.decide(effects, Reason::WindowScaleTooLarge { shift });
            }
            self.decide(effects, Reason::WindowScaleAgreed { snd_shift, rcv_shift });
        }
    }

    /// SEG.WND in octets: scaled, but for that of a segment that arrived with SYN (RFC 7323 §2.2).
    pub(crate) fn window_of(&self, segment: &Segment) -> u32 {
        let shift = if self.incoming.with_syn { 0 } else { self.agreed.snd_shift() };
        u32::from(segment.wnd) << shift
    }
}
