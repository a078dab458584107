//! The words of the comparison of two runs.
#![allow(missing_docs, reason = "a field's name and its English text say what it is for")]

use tcpscope_sim::Switch;

use crate::Likeness;
use crate::words::table::{Phrase, words};

words! {
/// Two runs side by side.
#[derive(Debug)]
@opened pub struct Compare {
    @first pub tab: &'static str,
    pub label: &'static str,
    pub left: &'static str,
    pub right: &'static str,
    pub present: &'static str,
    /// Its number, and how many edits it has.
    pub unnamed: Phrase<2>,
    pub original: Phrase<1>,
    pub nothing_yet: &'static str,
    pub same: &'static str,
    pub parts_at: Phrase<1>,
    pub over: &'static str,
    /// How many causes are behind a record.
    pub behind: Phrase<1>,
    pub figures: &'static str,
    pub duration: &'static str,
    pub segments: &'static str,
    pub retransmissions: &'static str,
    pub lost: &'static str,
    pub given: &'static str,
    pub delivered: &'static str,
    pub delivered_at: &'static str,
    pub never: &'static str,
    pub records: &'static str,
    pub likeness: &'static str,
    /// In the order of `Likeness::ALL`.
    pub likenesses: [&'static str; 5],
    pub diverges: &'static str,
    pub runs: &'static str,
    pub keep: &'static str,
    pub kept_name: Phrase<1>,
    pub name: Phrase<1>,
    pub go: &'static str,
    pub delete: &'static str,
    pub forgotten: Phrase<1>,
    pub configuration: &'static str,
    pub no_configuration: &'static str,
    pub with: Phrase<1>,
    pub without: Phrase<1>,
    /// CUBIC in place of NewReno, and the other way round.
    pub cubic: [&'static str; 2],
    pub switch: Switches,
    pub key: &'static str,
}

/// What can be turned on and off.
#[derive(Debug)]
pub struct Switches {
    pub sack: &'static str,
    pub nagle: &'static str,
    pub delayed_ack: &'static str,
    pub timestamps: &'static str,
    pub window_scale: &'static str,
    pub ecn: &'static str,
    pub rack_tlp: &'static str,
    pub prr: &'static str,
    pub f_rto: &'static str,
    pub limited_transmit: &'static str,
    pub challenge_acks: &'static str,
    pub delayed_fin_ack: &'static str,
    pub restart_after_idle: &'static str,
    pub fast_open: &'static str,
    pub rfc1337: &'static str,
    pub syn_cookies: &'static str,
    pub three_way_opening: &'static str,
    pub time_wait: &'static str,
    pub varying_isn: &'static str,
    pub checksum: &'static str,
    pub retransmission: &'static str,
    pub flow_control: &'static str,
}
}

impl Compare {
    /// A run with something turned on, or off.
    #[must_use]
    pub fn switched(&self, switch: Switch, on: bool) -> String {
        let name = match switch {
            Switch::Cubic => return self.cubic[usize::from(!on)].to_owned(),
            Switch::Sack => self.switch.sack,
            Switch::Nagle => self.switch.nagle,
            Switch::DelayedAck => self.switch.delayed_ack,
            Switch::Timestamps => self.switch.timestamps,
            Switch::WindowScale => self.switch.window_scale,
            Switch::Ecn => self.switch.ecn,
            Switch::RackTlp => self.switch.rack_tlp,
            Switch::Prr => self.switch.prr,
            Switch::FRto => self.switch.f_rto,
            Switch::LimitedTransmit => self.switch.limited_transmit,
            Switch::ChallengeAcks => self.switch.challenge_acks,
            Switch::DelayedFinAck => self.switch.delayed_fin_ack,
            Switch::RestartAfterIdle => self.switch.restart_after_idle,
            Switch::FastOpen => self.switch.fast_open,
            Switch::Rfc1337 => self.switch.rfc1337,
            Switch::SynCookies => self.switch.syn_cookies,
            Switch::ThreeWayOpening => self.switch.three_way_opening,
            Switch::TimeWait => self.switch.time_wait,
            Switch::VaryingIsn => self.switch.varying_isn,
            Switch::Checksum => self.switch.checksum,
            Switch::Retransmission => self.switch.retransmission,
            Switch::FlowControl => self.switch.flow_control,
        };
        if on { self.with.fill([name]) } else { self.without.fill([name]) }
    }

    /// What two records have to do with each other.
    #[must_use]
    pub const fn likeness(&self, likeness: Likeness) -> &'static str {
        match likeness {
            Likeness::Same => self.likenesses[0],
            Likeness::Moved => self.likenesses[1],
            Likeness::Changed => self.likenesses[2],
            Likeness::OnlyLeft => self.likenesses[3],
            Likeness::OnlyRight => self.likenesses[4],
        }
    }
}
