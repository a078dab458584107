//! What RFC 9293's companions and a host do: the sentences for it.

use super::Sentence;
use crate::words::table::words;

words! {
/// What the two SYNs agree on.
@later pub(crate) struct Options {
    pub(crate) window_scale_agreed: Sentence,
    pub(crate) window_scale_too_large: Sentence,
    pub(crate) sack_agreed: Sentence,
    pub(crate) timestamps_agreed: Sentence,
    pub(crate) ecn_agreed: Sentence,
    pub(crate) not_agreed: Sentence,
    pub(crate) ecn_setup_withdrawn: Sentence,
    pub(crate) fast_open_cookie_asked: Sentence,
    pub(crate) fast_open_cookie_given: Sentence,
    pub(crate) fast_open_sent: Sentence,
    pub(crate) fast_open_accepted: Sentence,
    pub(crate) fast_open_refused: Sentence,
    pub(crate) window_scaling: Sentence,
    pub(crate) sack: Sentence,
    pub(crate) timestamps: Sentence,
    pub(crate) ecn: Sentence,
}

/// Sending, with the companions of RFC 9293.
@later pub(crate) struct MoreSending {
    pub(crate) send_urgent: Sentence,
    pub(crate) limited_transmit: Sentence,
    pub(crate) retransmit_sack: Sentence,
    pub(crate) rescue_retransmit: Sentence,
    pub(crate) tail_loss_probe: Sentence,
    pub(crate) tail_loss_probe_again: Sentence,
    pub(crate) retransmission_off: Sentence,
    pub(crate) flow_control_off: Sentence,
    pub(crate) restart_after_idle: Sentence,
}

/// When and how what has arrived is acknowledged.
@later pub(crate) struct Acknowledging {
    pub(crate) ack_delay_starts: Sentence,
    pub(crate) ack_delay_ends: Sentence,
    pub(crate) ack_second_segment: Sentence,
    pub(crate) ack_fills_gap: Sentence,
    pub(crate) ack_rides_along: Sentence,
    pub(crate) sack_reports: Sentence,
    pub(crate) dsack_reports: Sentence,
}

/// Further checks of what arrives, and what they decide.
@later pub(crate) struct MoreChecks {
    pub(crate) paws_rejects: Sentence,
    pub(crate) paws_outdated: Sentence,
    pub(crate) timestamp_missing: Sentence,
    pub(crate) timestamp_kept: Sentence,
    pub(crate) challenge_ack_limited: Sentence,
    pub(crate) window_shrinks: Sentence,
    pub(crate) text_unwanted: Sentence,
    pub(crate) rst_ignored_in_time_wait: Sentence,
    pub(crate) time_wait_reopens: Sentence,
    pub(crate) time_wait_skipped: Sentence,
    pub(crate) two_way_opening: Sentence,
    pub(crate) fixed_isn: Sentence,
    pub(crate) syn_text_kept: Sentence,
    pub(crate) connection_over: Sentence,
}

/// Explicit congestion notification.
@later pub(crate) struct Marking {
    pub(crate) congestion_marked: Sentence,
    pub(crate) congestion_heard: Sentence,
    pub(crate) cwr_sent: Sentence,
    pub(crate) cwr_received: Sentence,
}

/// What is known to be lost, and how it is made good.
@later pub(crate) struct Recovery {
    pub(crate) sack_taken: Sentence,
    pub(crate) sack_ignored: Sentence,
    pub(crate) dsack_taken: Sentence,
    pub(crate) lost_by_sack: Sentence,
    pub(crate) lost_by_rack: Sentence,
    pub(crate) reordering_seen: Sentence,
    pub(crate) reordering_timer_starts: Sentence,
    pub(crate) reordering_timer_expires: Sentence,
    pub(crate) probe_timer_starts: Sentence,
    pub(crate) reordering_timer_stops: Sentence,
    pub(crate) probe_timer_stops: Sentence,
    pub(crate) probe_timer_expires: Sentence,
    pub(crate) probe_repaired_loss: Sentence,
    pub(crate) sack_recovery_begins: Sentence,
    pub(crate) proportional_rate: Sentence,
    pub(crate) f_rto_begins: Sentence,
    pub(crate) f_rto_spurious: Sentence,
    pub(crate) f_rto_genuine: Sentence,
}

/// CUBIC, and windows that are not filled.
@later pub(crate) struct MoreCongestion {
    pub(crate) cubic_grows: Sentence,
    pub(crate) cubic_reno_friendly: Sentence,
    pub(crate) cubic_reduces: Sentence,
    pub(crate) cwnd_not_used: Sentence,
}

/// Timers that wait for the peer.
@later pub(crate) struct MoreTimers {
    pub(crate) rto_after_syn: Sentence,
    pub(crate) keep_alive_starts: Sentence,
    pub(crate) keep_alive_stops: Sentence,
    pub(crate) keep_alive_probe: Sentence,
    pub(crate) keep_alive_gives_up: Sentence,
    pub(crate) user_timeout_starts: Sentence,
    pub(crate) user_timeout_stops: Sentence,
    pub(crate) user_timeout_expires: Sentence,
    pub(crate) fin_wait_2_starts: Sentence,
    pub(crate) fin_wait_2_expires: Sentence,
}

/// What a host decides before, or instead of, a connection.
@later pub(crate) struct Hosting {
    pub(crate) foreign_address: Sentence,
    pub(crate) bad_address: Sentence,
    pub(crate) syn_queue_full: Sentence,
    pub(crate) accept_queue_full: Sentence,
    pub(crate) syn_cookie_sent: Sentence,
    pub(crate) syn_cookie_taken: Sentence,
    pub(crate) syn_cookie_refused: Sentence,
    pub(crate) listener_closes: Sentence,
    pub(crate) lingers: Sentence,
    pub(crate) icmp_soft: Sentence,
    pub(crate) icmp_hard: Sentence,
    pub(crate) icmp_dropped: Sentence,
    pub(crate) mtu_reduced: Sentence,
}

/// What an ICMP message says: the end of [`Hosting::icmp_soft`] and its like.
@later pub(crate) struct Icmp {
    pub(crate) network_unreachable: Sentence,
    pub(crate) host_unreachable: Sentence,
    pub(crate) protocol_unreachable: Sentence,
    pub(crate) port_unreachable: Sentence,
    pub(crate) fragmentation_needed: Sentence,
    pub(crate) fragmentation_needed_somewhere: Sentence,
    pub(crate) source_route_failed: Sentence,
    pub(crate) source_quench: Sentence,
    pub(crate) time_exceeded: Sentence,
    pub(crate) parameter_problem: Sentence,
}
}
