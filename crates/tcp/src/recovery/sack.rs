//! Selective acknowledgments: what they tell, and recovery by them (RFC 2018, RFC 2883, RFC 6675).

use super::{AckNews, DUPLICATE_THRESHOLD, Due, Phase, Prr, Recovery};
use crate::{
    CongestionControl, Connection, Effects, Instant, Reason, SackBlocks, Segment, SeqNumber, Timer,
};

impl Connection {
    /// Takes the SACK blocks of an acceptable ACK into the scoreboard.
    pub(crate) fn take_sack(
        &mut self,
        now: Instant,
        segment: &Segment,
        ack: SeqNumber,
        news: &mut AckNews,
        effects: &mut Effects,
    ) {
        let mut blocks = segment.options.sack.blocks();
        if !self.agreed.sack || blocks.is_empty() {
            return;
        }
        if let Some((left, right)) = self.dsack_of(blocks, ack) {
            news.dsack = Some((left, right));
            self.decide(effects, Reason::DsackTaken { left, right });
            blocks = blocks.get(1..).unwrap_or_default();
        }
        let mut taken = SackBlocks::NONE;
        for &(left, right) in blocks {
            let (una, nxt) = (self.snd.una, self.snd.nxt);
            if !left.before(right) || right.at_or_before(una) || right.after(nxt) {
                self.decide(effects, Reason::SackIgnored { left, right });
                continue;
            }
            let left = left.later_of(una);
            taken.push(left, right);
            self.take_block(now, segment, left, right, news, effects);
        }
        self.recovery.board.remember(taken);
    }

    fn take_block(
        &mut self,
        now: Instant,
        segment: &Segment,
        left: SeqNumber,
        right: SeqNumber,
        news: &mut AckNews,
        effects: &mut Effects,
    ) {
        let echo = segment.options.timestamps.map(|timestamps| timestamps.echo);
        let facts = self.facts(now, echo);
        let rack_runs = self.rack_runs();
        let mut reordered = None;
        let Recovery { board, rack, recover, .. } = &mut self.recovery;
        let octets = board.sack(left, right, |flown| {
            news.take(flown, *recover);
            if rack_runs && rack.delivered(flown, &facts) {
                reordered = Some(flown.seq);
            }
        });
        news.sacked += octets;
        if octets > 0 {
            self.decide(effects, Reason::SackTaken { left, right, octets });
        }
        self.tell_of_reordering(reordered, effects);
    }

    /// The first block tells of a duplicate if it lies below the acknowledgment number, or within
    /// the second block (RFC 2883 §4). One from longer ago than a window is not believed.
    fn dsack_of(
        &self,
        blocks: &[(SeqNumber, SeqNumber)],
        ack: SeqNumber,
    ) -> Option<(SeqNumber, SeqNumber)> {
        let &(left, right) = blocks.first()?;
        if !left.before(right) {
            return None;
        }
        let oldest = self.snd.una - self.snd.max_wnd;
        let below = right.at_or_before(ack) && left.at_or_after(oldest);
        let within = blocks.get(1).is_some_and(|&(outer_left, outer_right)| {
            outer_left.at_or_before(left) && right.at_or_before(outer_right)
        });
        let sent = right.at_or_before(self.snd.nxt);
        (below || (within && sent)).then_some((left, right))
    }

    /// Marks what is lost: by time, or by what has arrived beyond it.
    pub(super) fn detect_losses(&mut self, now: Instant, news: &AckNews, effects: &mut Effects) {
        if self.rack_runs() {
            let (una, nxt) = (self.snd.una, self.snd.nxt);
            self.recovery.rack.note_dsack(news.dsack.is_some(), una, nxt);
            self.detect_loss_by_time(now, effects);
        } else if news.sacked > 0 {
            self.detect_loss_by_sack(effects);
        }
    }

    fn detect_loss_by_sack(&mut self, effects: &mut Effects) {
        let mss = self.congestion.mss();
        let observed = effects.is_observed();
        let mut noted = alloc::vec::Vec::new();
        self.recovery.board.judge_by_sack(mss, |flown| {
            if observed {
                noted.push(Reason::LostBySack { seq: flown.seq, octets: flown.len });
            }
        });
        for reason in noted {
            self.decide(effects, reason);
        }
    }

    /// No recovery is under way: the window grows, and a loss begins one (RFC 6675 §5).
    pub(super) fn open_with_sack(&mut self, now: Instant, news: &AckNews, effects: &mut Effects) {
        let counted = !self.rack_runs() && self.recovery.duplicates >= DUPLICATE_THRESHOLD;
        if self.recovery.board.missing() > 0 || (counted && news.sacked > 0) {
            self.begin_sack_recovery(now, news, effects);
        } else {
            self.grow_window(now, news, effects);
        }
    }

    /// Losses became known without an ACK, or with the one that ended the last recovery.
    pub(crate) fn recover_from_new_losses(&mut self, now: Instant, effects: &mut Effects) {
        if !matches!(self.recovery.phase, Phase::Open) || self.recovery.board.missing() == 0 {
            return;
        }
        let news = self.before_ack();
        self.begin_sack_recovery(now, &news, effects);
    }

    /// RFC 6675 §5 step 4: half of the flight, and the first segment that is missing goes out.
    fn begin_sack_recovery(&mut self, now: Instant, news: &AckNews, effects: &mut Effects) {
        let flight = self.flight_at_loss();
        self.note_loss(flight, now, effects);
        let ssthresh = self.congestion.ssthresh();
        let recover = self.snd.nxt;
        let controlled = self.config.congestion != CongestionControl::None;
        let expected = news.flight_before.saturating_sub(news.sacked_before);
        let prr = (self.config.prr && controlled).then(|| Prr::begin(expected, ssthresh));
        self.recovery.phase = Phase::Sack { prr, rescue: recover };
        self.recovery.recover = recover;
        self.recovery.tail.forget();
        if prr.is_none() {
            self.congestion.set_cwnd(ssthresh);
        }
        let proportional = self.proportion(news, false);
        let cwnd = self.congestion.cwnd();
        let reason = Reason::SackRecoveryBegins { flight, ssthresh, cwnd, recover };
        self.decide(effects, reason);
        if let Some(reason) = proportional {
            self.decide(effects, reason);
        }
        self.stop_timer(Timer::TailLossProbe, reason, effects);
        self.recovery.due = Some(Due::Fast { duplicates: self.recovery.duplicates });
    }

    /// Recovery by SACK is under way (RFC 6675 §5 steps A to C).
    pub(super) fn recover_by_sack(
        &mut self,
        now: Instant,
        news: &AckNews,
        safe: bool,
        effects: &mut Effects,
    ) {
        if self.snd.una.at_or_after(self.recovery.recover) {
            self.congestion.set_cwnd(self.congestion.ssthresh());
            self.end_recovery(now, effects);
        } else if news.delivered > 0
            && let Some(reason) = self.proportion(news, safe)
        {
            self.decide(effects, reason);
        }
    }

    /// cwnd is what is in the network, and as much more as proportional rate reduction lets out.
    fn proportion(&mut self, news: &AckNews, safe: bool) -> Option<Reason> {
        let pipe = self.recovery.board.pipe();
        let mss = self.congestion.mss();
        let Phase::Sack { prr: Some(prr), .. } = &mut self.recovery.phase else { return None };
        let sent = prr.on_ack(news.delivered, pipe, mss, safe);
        let cwnd = pipe.saturating_add(sent);
        self.congestion.set_cwnd(cwnd);
        Some(Reason::ProportionalRate { delivered: news.delivered, pipe, sent, cwnd })
    }
}
