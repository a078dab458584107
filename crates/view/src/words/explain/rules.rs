//! Which sentence says a rule, and which of the rule's numbers fill its gaps.

use tcpscope_sim::HostRule;
use tcpscope_tcp::{IcmpError, Negotiable, Reason, SendPermit, SeqNumber, State, Timer};

use super::template::{Gap, Value};
use super::texts::{Icmp, Options, Permit, Texts};

use Value::{Count, Initial, Octets, Received, Segments, Sent, Span, Text};

/// Says a sentence with its gaps filled.
pub(super) type Say<'a> = &'a dyn Fn(&'static str, &[Gap<'_>]) -> String;

/// A rule of TCP's.
pub(super) fn tcp_rule(texts: &Texts, reason: &Reason, say: Say<'_>) -> String {
    let Texts { opening, calls, sending, checks, acks, text, timers, congestion, .. } = texts;
    let Texts { options, more_sending, acknowledging, more_checks, marking, .. } = texts;
    let Texts { recovery, more_congestion, more_timers, hosting, .. } = texts;
    // A SYN or a FIN alone carries no octet of text.
    let what = |seq, octets| match octets {
        0 => say(sending.bare, &[("seq", Sent(seq))]),
        _ => say(sending.stretch, &[("octets", Octets(octets)), ("seq", Sent(seq))]),
    };
    match *reason {
        Reason::PassiveOpen => say(opening.passive_open, &[]),
        Reason::ActiveOpen { iss } => say(opening.active_open, &[("iss", Initial(iss))]),
        Reason::SynInListen { irs, rcv_nxt, iss } => say(
            opening.syn_in_listen,
            &[("irs", Received(irs)), ("rcv_nxt", Received(rcv_nxt)), ("iss", Initial(iss))],
        ),
        Reason::SynAckInSynSent { irs, rcv_nxt, snd_una } => say(
            opening.syn_ack_in_syn_sent,
            &[("irs", Received(irs)), ("rcv_nxt", Received(rcv_nxt)), ("snd_una", Sent(snd_una))],
        ),
        Reason::SimultaneousOpen { irs, rcv_nxt, iss } => say(
            opening.simultaneous_open,
            &[("irs", Received(irs)), ("rcv_nxt", Received(rcv_nxt)), ("iss", Sent(iss))],
        ),
        Reason::SynAcknowledged { rcv_nxt } => {
            say(opening.syn_acknowledged, &[("rcv_nxt", Received(rcv_nxt))])
        }
        Reason::OurSynAcked { ack, iss } => {
            say(opening.our_syn_acked, &[("ack", Sent(ack)), ("iss", Sent(iss))])
        }
        Reason::EffectiveMss { announced: Some(announced), ours, mss } => say(
            opening.effective_mss,
            &[
                ("announced", Octets(announced.into())),
                ("ours", Octets(ours.into())),
                ("mss", Octets(mss)),
            ],
        ),
        Reason::EffectiveMss { announced: None, ours, mss } => say(
            opening.effective_mss_by_default,
            &[("ours", Octets(ours.into())), ("mss", Octets(mss))],
        ),
        Reason::InitialWindow { segments, mss, cwnd } => say(
            opening.initial_window,
            &[("segments", Segments(segments)), ("mss", Octets(mss)), ("cwnd", Octets(cwnd))],
        ),

        Reason::SendWaits { octets, state } => {
            say(calls.send_waits, &[("octets", Octets(octets)), ("state", Value::State(state))])
        }
        Reason::SendTaken { octets, unsent, room } => say(
            calls.send_taken,
            &[("octets", Octets(octets)), ("unsent", Octets(unsent)), ("room", Octets(room))],
        ),
        Reason::ReceiveReturns { octets, unread } => {
            say(calls.receive_returns, &[("octets", Octets(octets)), ("unread", Octets(unread))])
        }
        Reason::ReceiveEndOfStream { rcv_nxt } => {
            say(calls.receive_end_of_stream, &[("rcv_nxt", Received(rcv_nxt))])
        }
        // RCV.NXT is 0 before the peer's SYN; where it is 0 after it, this is as true.
        Reason::ReceiveWaits { rcv_nxt } if rcv_nxt == SeqNumber::default() => {
            say(calls.receive_waits_for_the_first, &[])
        }
        Reason::ReceiveWaits { rcv_nxt } => {
            say(calls.receive_waits, &[("rcv_nxt", Received(rcv_nxt))])
        }
        Reason::Close { unsent: 0, state } => say(calls.close, &[("state", Value::State(state))]),
        Reason::Close { unsent, state } => say(
            calls.close_with_unsent,
            &[("state", Value::State(state)), ("unsent", Octets(unsent))],
        ),
        Reason::CloseDeletes { state } => {
            say(calls.close_deletes, &[("state", Value::State(state))])
        }
        Reason::CloseUnread { unread } => say(calls.close_unread, &[("unread", Octets(unread))]),
        Reason::Abort { state } => {
            let sentence = if tells_the_peer(state) { calls.abort } else { calls.abort_in_silence };
            say(sentence, &[("state", Value::State(state))])
        }
        Reason::Flushed { octets } => say(calls.flushed, &[("octets", Octets(octets))]),
        Reason::StatusAsked { state } => say(calls.status_asked, &[("state", Value::State(state))]),
        Reason::CallRefused { error, state } => say(
            calls.call_refused,
            &[("state", Value::State(state)), ("error", Text(&error.to_string()))],
        ),

        Reason::SendText { seq, octets, usable, permit } => say(
            sending.send_text,
            &[
                ("usable", Octets(usable)),
                ("what", Text(&what(seq, octets))),
                ("permit", Text(&say(permit_text(&texts.permit, permit), &[]))),
            ],
        ),
        Reason::SendFin { seq } => say(sending.send_fin, &[("seq", Sent(seq))]),
        Reason::WindowFull { unsent, flight, wnd, cwnd } => say(
            sending.window_full,
            &[
                ("unsent", Octets(unsent)),
                ("flight", Octets(flight)),
                ("wnd", Octets(wnd)),
                ("cwnd", Octets(cwnd)),
            ],
        ),
        Reason::NagleWaits { unsent, mss, flight } => say(
            sending.nagle_waits,
            &[("unsent", Octets(unsent)), ("mss", Octets(mss)), ("flight", Octets(flight))],
        ),
        Reason::RetransmitAfterTimeout { seq, octets, attempt } => say(
            sending.retransmit_after_timeout,
            &[("what", Text(&what(seq, octets))), ("attempt", Count(attempt))],
        ),
        Reason::RetransmitLost { seq, octets, cwnd } => say(
            sending.retransmit_lost,
            &[("cwnd", Octets(cwnd)), ("what", Text(&what(seq, octets)))],
        ),
        Reason::FastRetransmit { seq, octets, duplicates } => say(
            sending.fast_retransmit,
            &[
                ("duplicates", Count(duplicates)),
                ("seq", Sent(seq)),
                ("what", Text(&what(seq, octets))),
            ],
        ),
        Reason::RetransmitPartial { seq, octets, recover } => say(
            sending.retransmit_partial,
            &[("recover", Sent(recover)), ("what", Text(&what(seq, octets)))],
        ),
        Reason::WindowProbe { seq, octets, attempt } => say(
            sending.window_probe,
            &[("attempt", Count(attempt)), ("what", Text(&what(seq, octets)))],
        ),
        Reason::RetransmitProbe { seq, octets, wnd } => say(
            sending.retransmit_probe,
            &[("wnd", Octets(wnd)), ("what", Text(&what(seq, octets)))],
        ),
        Reason::WindowUpdate { rcv_nxt, from, to } => say(
            sending.window_update,
            &[("from", Octets(from)), ("to", Octets(to)), ("rcv_nxt", Received(rcv_nxt))],
        ),

        Reason::Acceptable { seq, len, rcv_nxt, rcv_wnd } => say(
            checks.acceptable,
            &[
                ("seq", Received(seq)),
                ("len", Count(len)),
                ("rcv_wnd", Octets(rcv_wnd)),
                ("rcv_nxt", Received(rcv_nxt)),
            ],
        ),
        Reason::NotAcceptable { seq, len, rcv_nxt, rcv_wnd } => say(
            checks.not_acceptable,
            &[
                ("seq", Received(seq)),
                ("len", Count(len)),
                ("rcv_wnd", Octets(rcv_wnd)),
                ("rcv_nxt", Received(rcv_nxt)),
            ],
        ),
        Reason::OldDuplicate { seq, len, rcv_nxt } => say(
            checks.old_duplicate,
            &[("seq", Received(seq)), ("len", Count(len)), ("rcv_nxt", Received(rcv_nxt))],
        ),
        Reason::RstOutsideWindow { seq, rcv_nxt, rcv_wnd } => say(
            checks.rst_outside_window,
            &[("seq", Received(seq)), ("rcv_wnd", Octets(rcv_wnd)), ("rcv_nxt", Received(rcv_nxt))],
        ),
        // Here the peer's numbers are unknown; it is the ACK that tells a RST meant for us.
        Reason::RstAccepted { state: State::SynSent, .. } => {
            say(checks.rst_accepted_in_syn_sent, &[])
        }
        Reason::RstAccepted { seq, rcv_nxt, state } => say(
            checks.rst_accepted,
            &[
                ("seq", Received(seq)),
                ("rcv_nxt", Received(rcv_nxt)),
                ("state", Value::State(state)),
            ],
        ),
        Reason::RstChallenged { seq, rcv_nxt } => {
            say(checks.rst_challenged, &[("seq", Received(seq)), ("rcv_nxt", Received(rcv_nxt))])
        }
        Reason::RstIgnored { state } => say(checks.rst_ignored, &[("state", Value::State(state))]),
        Reason::SynChallenged { seq, rcv_nxt } => {
            say(checks.syn_challenged, &[("seq", Received(seq)), ("rcv_nxt", Received(rcv_nxt))])
        }
        Reason::SynInWindow { seq } => say(checks.syn_in_window, &[("seq", Received(seq))]),
        Reason::SynReturnsToListen { seq } => {
            say(checks.syn_returns_to_listen, &[("seq", Received(seq))])
        }
        Reason::NoConnection { ack: Some(ack), .. } => {
            say(checks.no_connection, &[("ack", Sent(ack))])
        }
        Reason::NoConnection { seq, ack: None } => {
            say(checks.no_connection_and_no_ack, &[("seq", Received(seq))])
        }
        Reason::NotForSynSent => say(checks.not_for_syn_sent, &[]),
        Reason::NotForListen => say(checks.not_for_listen, &[]),

        Reason::AckMissing { state } => say(acks.ack_missing, &[("state", Value::State(state))]),
        // What covers only a SYN or a FIN covers no text.
        Reason::AckAdvances { from, to, octets: 0 } => {
            say(acks.ack_advances, &[("to", Sent(to)), ("from", Sent(from))])
        }
        Reason::AckAdvances { from, to, octets } => say(
            acks.ack_advances_over_text,
            &[("to", Sent(to)), ("from", Sent(from)), ("octets", Octets(octets))],
        ),
        Reason::AckDuplicate { ack, snd_una, count: 0 } => {
            say(acks.ack_duplicate, &[("ack", Sent(ack)), ("snd_una", Sent(snd_una))])
        }
        Reason::AckDuplicate { ack, snd_una, count } => say(
            acks.ack_duplicate_counted,
            &[("ack", Sent(ack)), ("snd_una", Sent(snd_una)), ("count", Count(count))],
        ),
        Reason::AckOfUnsent { ack, snd_nxt } => {
            say(acks.ack_of_unsent, &[("ack", Sent(ack)), ("snd_nxt", Sent(snd_nxt))])
        }
        Reason::AckTooOld { ack, snd_una, max_wnd } => say(
            acks.ack_too_old,
            &[("ack", Sent(ack)), ("max_wnd", Octets(max_wnd)), ("snd_una", Sent(snd_una))],
        ),
        Reason::AckRefused { ack, state } => {
            say(acks.ack_refused, &[("state", Value::State(state)), ("ack", Sent(ack))])
        }
        Reason::WindowTaken { from, to, wl1, wl2 } => say(
            acks.window_taken,
            &[
                ("from", Count(from)),
                ("to", Octets(to)),
                ("wl1", Received(wl1)),
                ("wl2", Sent(wl2)),
            ],
        ),
        Reason::WindowClosed { from } => say(acks.window_closed, &[("from", Count(from))]),
        Reason::OurFinAcked { ack, state } => {
            say(acks.our_fin_acked, &[("ack", Sent(ack)), ("state", Value::State(state))])
        }

        Reason::UrgentAhead { rcv_up, rcv_nxt } => {
            say(text.urgent_ahead, &[("rcv_up", Received(rcv_up)), ("rcv_nxt", Received(rcv_nxt))])
        }
        Reason::TextInOrder { seq, octets, rcv_nxt } => say(
            text.text_in_order,
            &[("seq", Received(seq)), ("octets", Octets(octets)), ("rcv_nxt", Received(rcv_nxt))],
        ),
        Reason::TextFillsGap { seq, octets, waited, rcv_nxt } => say(
            text.text_fills_gap,
            &[
                ("seq", Received(seq)),
                ("octets", Octets(octets)),
                ("waited", Octets(waited)),
                ("rcv_nxt", Received(rcv_nxt)),
            ],
        ),
        Reason::TextOutOfOrder { seq, octets: 0, rcv_nxt } => {
            say(text.fin_out_of_order, &[("seq", Received(seq)), ("rcv_nxt", Received(rcv_nxt))])
        }
        Reason::TextOutOfOrder { seq, octets, rcv_nxt } => say(
            text.text_out_of_order,
            &[("seq", Received(seq)), ("rcv_nxt", Received(rcv_nxt)), ("octets", Octets(octets))],
        ),
        Reason::TextBeyondWindow { kept, cut } => {
            say(text.text_beyond_window, &[("kept", Octets(kept)), ("cut", Octets(cut))])
        }
        Reason::TextIgnored { octets, state } => {
            say(text.text_ignored, &[("state", Value::State(state)), ("octets", Octets(octets))])
        }
        // What window the ACK announces stands on it.
        Reason::AckText { rcv_nxt } => say(text.ack_text, &[("rcv_nxt", Received(rcv_nxt))]),
        Reason::AckOutOfOrder { seq, rcv_nxt } => {
            say(text.ack_out_of_order, &[("seq", Received(seq)), ("rcv_nxt", Received(rcv_nxt))])
        }
        Reason::FinArrives { rcv_nxt, state } => {
            say(text.fin_arrives, &[("state", Value::State(state)), ("rcv_nxt", Received(rcv_nxt))])
        }
        Reason::AckFin { rcv_nxt } => say(text.ack_fin, &[("rcv_nxt", Received(rcv_nxt))]),
        Reason::FinAgain { seq, rcv_nxt } => {
            say(text.fin_again, &[("seq", Received(seq)), ("rcv_nxt", Received(rcv_nxt))])
        }

        Reason::RtoStarts { rto } => say(timers.rto_starts, &[("rto", Span(rto))]),
        Reason::RtoRestarts { rto } => say(timers.rto_restarts, &[("rto", Span(rto))]),
        Reason::RtoStops => say(timers.rto_stops, &[]),
        Reason::RtoExpires { rto, attempt } => {
            say(timers.rto_expires, &[("rto", Span(rto)), ("attempt", Count(attempt))])
        }
        Reason::RtoBacksOff { from, to } if from == to => {
            say(timers.rto_at_its_limit, &[("to", Span(to))])
        }
        Reason::RtoBacksOff { from, to } => {
            say(timers.rto_backs_off, &[("from", Span(from)), ("to", Span(to))])
        }
        Reason::RttMeasured { rtt, srtt, rttvar, rto } => say(
            timers.rtt_measured,
            &[
                ("rtt", Span(rtt)),
                ("srtt", Span(srtt)),
                ("rttvar", Span(rttvar)),
                ("rto", Span(rto)),
            ],
        ),
        Reason::KarnSkips { ack } => say(timers.karn_skips, &[("ack", Sent(ack))]),
        Reason::PersistStarts { after } => say(timers.persist_starts, &[("after", Span(after))]),
        Reason::PersistExpires { attempt } => {
            say(timers.persist_expires, &[("attempt", Count(attempt))])
        }
        Reason::PersistStops { wnd } => say(timers.persist_stops, &[("wnd", Octets(wnd))]),
        Reason::TimeWaitStarts { msl } => {
            say(timers.time_wait_starts, &[("twice", Span(msl.times(2))), ("msl", Span(msl))])
        }
        Reason::TimeWaitRestarts { msl } => {
            say(timers.time_wait_restarts, &[("twice", Span(msl.times(2))), ("msl", Span(msl))])
        }
        Reason::TimeWaitExpires { msl } => {
            say(timers.time_wait_expires, &[("twice", Span(msl.times(2))), ("msl", Span(msl))])
        }
        Reason::TimerDies { timer } => {
            say(timers.timer_dies, &[("timer", Text(timer_text(texts, timer)))])
        }
        Reason::R1Reached { attempt } => say(timers.r1_reached, &[("attempt", Count(attempt))]),
        Reason::R2Reached { attempt } => say(timers.r2_reached, &[("attempt", Count(attempt))]),

        Reason::SlowStart { from, to, ssthresh } => say(
            congestion.slow_start,
            &[("ssthresh", Octets(ssthresh)), ("from", Count(from)), ("to", Octets(to))],
        ),
        Reason::CongestionAvoidance { from, to } => {
            say(congestion.congestion_avoidance, &[("from", Count(from)), ("to", Octets(to))])
        }
        Reason::CongestionTimeout { flight, ssthresh, cwnd } => say(
            congestion.congestion_timeout,
            &[("flight", Octets(flight)), ("ssthresh", Octets(ssthresh)), ("cwnd", Octets(cwnd))],
        ),
        Reason::RecoveryBegins { flight, ssthresh, cwnd, recover } => say(
            congestion.recovery_begins,
            &[
                ("flight", Octets(flight)),
                ("ssthresh", Octets(ssthresh)),
                ("cwnd", Octets(cwnd)),
                ("recover", Sent(recover)),
            ],
        ),
        Reason::RecoveryInflates { cwnd } => {
            say(congestion.recovery_inflates, &[("cwnd", Octets(cwnd))])
        }
        Reason::RecoveryDeflates { cwnd } => {
            say(congestion.recovery_deflates, &[("cwnd", Octets(cwnd))])
        }
        Reason::RecoveryEnds { cwnd } => say(congestion.recovery_ends, &[("cwnd", Octets(cwnd))]),

        Reason::WindowScaleAgreed { snd_shift, rcv_shift } => say(
            options.window_scale_agreed,
            &[("snd_shift", Count(snd_shift.into())), ("rcv_shift", Count(rcv_shift.into()))],
        ),
        Reason::WindowScaleTooLarge { shift } => {
            say(options.window_scale_too_large, &[("shift", Count(shift.into()))])
        }
        Reason::SackAgreed => say(options.sack_agreed, &[]),
        Reason::TimestampsAgreed { mss } => say(options.timestamps_agreed, &[("mss", Octets(mss))]),
        Reason::EcnAgreed => say(options.ecn_agreed, &[]),
        Reason::NotAgreed { option } => {
            say(options.not_agreed, &[("option", Text(option_text(options, option)))])
        }
        Reason::EcnSetupWithdrawn { attempt } => {
            say(options.ecn_setup_withdrawn, &[("attempt", Count(attempt))])
        }
        Reason::FastOpenCookieAsked => say(options.fast_open_cookie_asked, &[]),
        Reason::FastOpenCookieGiven { octets } => {
            say(options.fast_open_cookie_given, &[("octets", Octets(octets))])
        }
        Reason::FastOpenSent { octets } => {
            say(options.fast_open_sent, &[("octets", Octets(octets))])
        }
        Reason::FastOpenAccepted { octets } => {
            say(options.fast_open_accepted, &[("octets", Octets(octets))])
        }
        Reason::FastOpenRefused { octets } => {
            say(options.fast_open_refused, &[("octets", Octets(octets))])
        }

        Reason::SendUrgent { snd_up } => say(more_sending.send_urgent, &[("snd_up", Sent(snd_up))]),
        Reason::LimitedTransmit { seq, octets, duplicates } => say(
            more_sending.limited_transmit,
            &[("duplicates", Count(duplicates)), ("what", Text(&what(seq, octets)))],
        ),
        Reason::RetransmitSack { seq, octets, pipe, cwnd } => say(
            more_sending.retransmit_sack,
            &[("pipe", Octets(pipe)), ("cwnd", Octets(cwnd)), ("what", Text(&what(seq, octets)))],
        ),
        Reason::RescueRetransmit { seq, octets } => {
            say(more_sending.rescue_retransmit, &[("what", Text(&what(seq, octets)))])
        }
        Reason::TailLossProbe { seq, octets, new_text: true } => {
            say(more_sending.tail_loss_probe, &[("what", Text(&what(seq, octets)))])
        }
        Reason::TailLossProbe { seq, octets, new_text: false } => {
            say(more_sending.tail_loss_probe_again, &[("what", Text(&what(seq, octets)))])
        }
        Reason::RetransmissionOff { seq } => {
            say(more_sending.retransmission_off, &[("seq", Sent(seq))])
        }
        Reason::FlowControlOff { octets, wnd } => {
            say(more_sending.flow_control_off, &[("wnd", Octets(wnd)), ("octets", Octets(octets))])
        }
        Reason::RestartAfterIdle { idle, from, to } => say(
            more_sending.restart_after_idle,
            &[("idle", Span(idle)), ("from", Count(from)), ("to", Octets(to))],
        ),

        Reason::AckDelayStarts { after, rcv_nxt } => say(
            acknowledging.ack_delay_starts,
            &[("rcv_nxt", Received(rcv_nxt)), ("after", Span(after))],
        ),
        Reason::AckDelayEnds { rcv_nxt } => {
            say(acknowledging.ack_delay_ends, &[("rcv_nxt", Received(rcv_nxt))])
        }
        Reason::AckSecondSegment { rcv_nxt } => {
            say(acknowledging.ack_second_segment, &[("rcv_nxt", Received(rcv_nxt))])
        }
        Reason::AckFillsGap { rcv_nxt } => {
            say(acknowledging.ack_fills_gap, &[("rcv_nxt", Received(rcv_nxt))])
        }
        Reason::AckRidesAlong { rcv_nxt } => {
            say(acknowledging.ack_rides_along, &[("rcv_nxt", Received(rcv_nxt))])
        }
        Reason::SackReports { left, right, blocks } => say(
            acknowledging.sack_reports,
            &[("left", Received(left)), ("right", Received(right)), ("blocks", Count(blocks))],
        ),
        Reason::DsackReports { left, right } => say(
            acknowledging.dsack_reports,
            &[("left", Received(left)), ("right", Received(right))],
        ),

        Reason::PawsRejects { value, recent } => {
            say(more_checks.paws_rejects, &[("value", Count(value)), ("recent", Count(recent))])
        }
        Reason::PawsOutdated { recent } => {
            say(more_checks.paws_outdated, &[("recent", Count(recent))])
        }
        Reason::TimestampMissing { seq } => {
            say(more_checks.timestamp_missing, &[("seq", Received(seq))])
        }
        Reason::TimestampKept { value } => {
            say(more_checks.timestamp_kept, &[("value", Count(value))])
        }
        Reason::ChallengeAckLimited { limit } => {
            say(more_checks.challenge_ack_limited, &[("limit", Count(limit))])
        }
        Reason::WindowShrinks { from, to } => {
            say(more_checks.window_shrinks, &[("from", Count(from)), ("to", Octets(to))])
        }
        Reason::TextUnwanted { octets, state } => say(
            more_checks.text_unwanted,
            &[("state", Value::State(state)), ("octets", Octets(octets))],
        ),
        Reason::RstIgnoredInTimeWait { seq } => {
            say(more_checks.rst_ignored_in_time_wait, &[("seq", Received(seq))])
        }
        Reason::TimeWaitReopens { seq, rcv_nxt } => say(
            more_checks.time_wait_reopens,
            &[("seq", Received(seq)), ("rcv_nxt", Received(rcv_nxt))],
        ),
        Reason::TimeWaitSkipped => say(more_checks.time_wait_skipped, &[]),
        Reason::TwoWayOpening { iss } => say(more_checks.two_way_opening, &[("iss", Sent(iss))]),
        Reason::FixedIsn { iss } => say(more_checks.fixed_isn, &[("iss", Initial(iss))]),
        Reason::SynTextKept { octets } => {
            say(more_checks.syn_text_kept, &[("octets", Octets(octets))])
        }
        Reason::ConnectionOver { state } => {
            say(more_checks.connection_over, &[("state", Value::State(state))])
        }

        Reason::CongestionMarked { seq } => {
            say(marking.congestion_marked, &[("seq", Received(seq))])
        }
        Reason::CongestionHeard { flight, ssthresh, cwnd } => say(
            marking.congestion_heard,
            &[("flight", Octets(flight)), ("ssthresh", Octets(ssthresh)), ("cwnd", Octets(cwnd))],
        ),
        Reason::CwrSent { seq } => say(marking.cwr_sent, &[("seq", Sent(seq))]),
        Reason::CwrReceived { seq } => say(marking.cwr_received, &[("seq", Received(seq))]),

        Reason::SackTaken { left, right, octets } => say(
            recovery.sack_taken,
            &[("left", Sent(left)), ("right", Sent(right)), ("octets", Octets(octets))],
        ),
        Reason::SackIgnored { left, right } => {
            say(recovery.sack_ignored, &[("left", Sent(left)), ("right", Sent(right))])
        }
        Reason::DsackTaken { left, right } => {
            say(recovery.dsack_taken, &[("left", Sent(left)), ("right", Sent(right))])
        }
        Reason::LostBySack { seq, octets } => {
            say(recovery.lost_by_sack, &[("what", Text(&what(seq, octets)))])
        }
        Reason::LostByRack { seq, octets, elapsed, allowed } => say(
            recovery.lost_by_rack,
            &[
                ("elapsed", Span(elapsed)),
                ("allowed", Span(allowed)),
                ("what", Text(&what(seq, octets))),
            ],
        ),
        Reason::ReorderingSeen { seq } => say(recovery.reordering_seen, &[("seq", Sent(seq))]),
        Reason::ReorderingTimerStarts { after } => {
            say(recovery.reordering_timer_starts, &[("after", Span(after))])
        }
        Reason::ReorderingTimerExpires => say(recovery.reordering_timer_expires, &[]),
        Reason::ProbeTimerStarts { after } => {
            say(recovery.probe_timer_starts, &[("after", Span(after))])
        }
        Reason::ReorderingTimerStops => say(recovery.reordering_timer_stops, &[]),
        Reason::ProbeTimerStops => say(recovery.probe_timer_stops, &[]),
        Reason::ProbeTimerExpires => say(recovery.probe_timer_expires, &[]),
        Reason::ProbeRepairedLoss { seq } => {
            say(recovery.probe_repaired_loss, &[("seq", Sent(seq))])
        }
        Reason::SackRecoveryBegins { flight, ssthresh, cwnd, recover } => say(
            recovery.sack_recovery_begins,
            &[
                ("flight", Octets(flight)),
                ("ssthresh", Octets(ssthresh)),
                ("cwnd", Octets(cwnd)),
                ("recover", Sent(recover)),
            ],
        ),
        Reason::ProportionalRate { delivered, pipe, sent, cwnd } => say(
            recovery.proportional_rate,
            &[
                ("delivered", Octets(delivered)),
                ("sent", Octets(sent)),
                ("pipe", Octets(pipe)),
                ("cwnd", Octets(cwnd)),
            ],
        ),
        Reason::FRtoBegins { recover } => say(recovery.f_rto_begins, &[("recover", Sent(recover))]),
        Reason::FRtoSpurious { cwnd, ssthresh } => {
            say(recovery.f_rto_spurious, &[("cwnd", Octets(cwnd)), ("ssthresh", Octets(ssthresh))])
        }
        Reason::FRtoGenuine { ack } => say(recovery.f_rto_genuine, &[("ack", Sent(ack))]),

        Reason::CubicGrows { from, to, w_max, since } => say(
            more_congestion.cubic_grows,
            &[
                ("since", Span(since)),
                ("w_max", Octets(w_max)),
                ("from", Count(from)),
                ("to", Octets(to)),
            ],
        ),
        Reason::CubicRenoFriendly { from, to } => {
            say(more_congestion.cubic_reno_friendly, &[("from", Count(from)), ("to", Octets(to))])
        }
        Reason::CubicReduces { w_max, ssthresh } => say(
            more_congestion.cubic_reduces,
            &[("w_max", Octets(w_max)), ("ssthresh", Octets(ssthresh))],
        ),
        Reason::CwndNotUsed { cwnd, flight } => say(
            more_congestion.cwnd_not_used,
            &[("flight", Octets(flight)), ("cwnd", Octets(cwnd))],
        ),

        Reason::RtoAfterSyn { rto } => say(more_timers.rto_after_syn, &[("rto", Span(rto))]),
        Reason::KeepAliveStarts { after } => {
            say(more_timers.keep_alive_starts, &[("after", Span(after))])
        }
        Reason::KeepAliveStops => say(more_timers.keep_alive_stops, &[]),
        Reason::KeepAliveProbe { seq, attempt } => {
            say(more_timers.keep_alive_probe, &[("attempt", Count(attempt)), ("seq", Sent(seq))])
        }
        Reason::KeepAliveGivesUp { attempt } => {
            say(more_timers.keep_alive_gives_up, &[("attempt", Count(attempt))])
        }
        Reason::UserTimeoutStarts { after } => {
            say(more_timers.user_timeout_starts, &[("after", Span(after))])
        }
        Reason::UserTimeoutStops => say(more_timers.user_timeout_stops, &[]),
        Reason::UserTimeoutExpires { after } => {
            say(more_timers.user_timeout_expires, &[("after", Span(after))])
        }
        Reason::FinWait2Starts { after } => {
            say(more_timers.fin_wait_2_starts, &[("after", Span(after))])
        }
        Reason::FinWait2Expires => say(more_timers.fin_wait_2_expires, &[]),

        Reason::ForeignAddress => say(hosting.foreign_address, &[]),
        Reason::BadAddress => say(hosting.bad_address, &[]),
        Reason::SynQueueFull { backlog } => {
            say(hosting.syn_queue_full, &[("backlog", Count(backlog))])
        }
        Reason::AcceptQueueFull { backlog } => {
            say(hosting.accept_queue_full, &[("backlog", Count(backlog))])
        }
        Reason::SynCookieSent { iss, mss } => {
            say(hosting.syn_cookie_sent, &[("mss", Octets(mss.into())), ("iss", Initial(iss))])
        }
        Reason::SynCookieTaken { ack, mss } => {
            say(hosting.syn_cookie_taken, &[("ack", Sent(ack)), ("mss", Octets(mss.into()))])
        }
        Reason::SynCookieRefused { ack } => say(hosting.syn_cookie_refused, &[("ack", Sent(ack))]),
        Reason::ListenerCloses => say(hosting.listener_closes, &[]),
        Reason::Lingers => say(hosting.lingers, &[]),
        Reason::IcmpSoft { error } => {
            say(hosting.icmp_soft, &[("error", Text(&icmp_text(&texts.icmp, error, say)))])
        }
        Reason::IcmpHard { error } => {
            say(hosting.icmp_hard, &[("error", Text(&icmp_text(&texts.icmp, error, say)))])
        }
        Reason::IcmpDropped { error } => {
            say(hosting.icmp_dropped, &[("error", Text(&icmp_text(&texts.icmp, error, say)))])
        }
        Reason::MtuReduced { mtu, mss } => {
            say(hosting.mtu_reduced, &[("mtu", Octets(mtu)), ("mss", Octets(mss))])
        }
    }
}

/// A rule that is neither TCP's nor a link's.
pub(super) fn host_rule(texts: &Texts, rule: HostRule, say: Say<'_>) -> String {
    let words = &texts.beside;
    let sentence = match rule {
        HostRule::Crashed => words.crashed,
        HostRule::Restarted => words.restarted,
        HostRule::Down => words.down,
        HostRule::Halted => words.halted,
        HostRule::CalledByHand => words.called_by_hand,
        HostRule::Forged => words.forged,
        HostRule::Replayed => words.replayed,
        HostRule::DatagramSent => words.datagram_sent,
        HostRule::DatagramDelivered => words.datagram_delivered,
    };
    say(sentence, &[])
}

/// A timer's name in the middle of a sentence.
pub(super) const fn timer_text(texts: &Texts, timer: Timer) -> &'static str {
    match timer {
        Timer::Retransmission => texts.record.retransmission,
        Timer::Persist => texts.record.persist,
        Timer::TimeWait => texts.record.time_wait,
        Timer::DelayedAck => texts.record.delayed_ack,
        Timer::Reordering => texts.record.reordering,
        Timer::TailLossProbe => texts.record.tail_loss_probe,
        Timer::KeepAlive => texts.record.keep_alive,
        Timer::UserTimeout => texts.record.user_timeout,
        Timer::FinWait2 => texts.record.fin_wait_2,
    }
}

const fn permit_text(permits: &Permit, permit: SendPermit) -> &'static str {
    match permit {
        SendPermit::FullSegment => permits.full_segment,
        SendPermit::Idle => permits.idle,
        SendPermit::NagleOff => permits.nagle_off,
        SendPermit::LastBeforeFin => permits.last_before_fin,
        SendPermit::HalfWindow => permits.half_window,
        SendPermit::Override => permits.waited,
    }
}

/// What both SYNs must carry, in the middle of a sentence.
const fn option_text(options: &Options, option: Negotiable) -> &'static str {
    match option {
        Negotiable::WindowScale => options.window_scaling,
        Negotiable::Sack => options.sack,
        Negotiable::Timestamps => options.timestamps,
        Negotiable::Ecn => options.ecn,
    }
}

/// What an ICMP message says.
fn icmp_text(icmp: &Icmp, error: IcmpError, say: Say<'_>) -> String {
    match error {
        IcmpError::NetworkUnreachable => say(icmp.network_unreachable, &[]),
        IcmpError::HostUnreachable => say(icmp.host_unreachable, &[]),
        IcmpError::ProtocolUnreachable => say(icmp.protocol_unreachable, &[]),
        IcmpError::PortUnreachable => say(icmp.port_unreachable, &[]),
        // Old routers do not tell (RFC 1191 §4).
        IcmpError::FragmentationNeeded { mtu: 0 } => say(icmp.fragmentation_needed_somewhere, &[]),
        IcmpError::FragmentationNeeded { mtu } => {
            say(icmp.fragmentation_needed, &[("mtu", Octets(mtu.into()))])
        }
        IcmpError::SourceRouteFailed => say(icmp.source_route_failed, &[]),
        IcmpError::SourceQuench => say(icmp.source_quench, &[]),
        IcmpError::TimeExceeded => say(icmp.time_exceeded, &[]),
        IcmpError::ParameterProblem => say(icmp.parameter_problem, &[]),
    }
}

/// Whether ABORT sends a RST in this state (RFC 9293 §3.10.5).
const fn tells_the_peer(state: State) -> bool {
    match state {
        State::SynReceived
        | State::Established
        | State::FinWait1
        | State::FinWait2
        | State::CloseWait => true,
        State::Closed
        | State::Listen
        | State::SynSent
        | State::Closing
        | State::LastAck
        | State::TimeWait => false,
    }
}
