//! What the sentences of a language are. A missing one does not compile; what fills their gaps
//! stands in `rules` and `records.rs`, and a test looks whether they agree.

mod companions;
#[cfg(feature = "built-in-words")]
mod en;
#[cfg(feature = "built-in-words")]
mod zh_cn;

use crate::words::Locale;
use crate::words::book::book;
use crate::words::table::{Phrase, words};
pub(super) use companions::{
    Acknowledging, Hosting, Icmp, Marking, MoreChecks, MoreCongestion, MoreSending, MoreTimers,
    Options, Recovery,
};
#[cfg(feature = "built-in-words")]
pub(crate) use {en::EN, zh_cn::ZH_CN};

/// The sentences in a language.
pub(super) fn texts(locale: Locale) -> &'static Texts {
    &book(locale).texts
}

type Sentence = &'static str;

words! {
/// The sentences of a language, and how it says what fills their gaps.
pub(crate) struct Texts {
    /// What a host is called in a sentence: `client` is "the client".
    pub(super) host: Roles,
    /// What stands above it: `client` is "Client".
    pub(super) title: Roles,
    /// An initial sequence number that is shown as another.
    pub(super) shown_as: Phrase<2>,
    /// One octet, and what follows the number of several.
    pub(super) octet: &'static str,
    pub(super) octets: &'static str,
    pub(super) segment: &'static str,
    pub(super) segments: &'static str,
    /// What stands for a limit that is not there.
    pub(super) no_limit: &'static str,
    /// What the language puts between its own characters and Latin ones.
    pub(super) between_scripts: &'static str,
    pub(super) opening: Opening,
    pub(super) calls: Calls,
    pub(super) sending: Sending,
    pub(super) permit: Permit,
    pub(super) checks: Checks,
    pub(super) acks: Acks,
    pub(super) text: Text,
    pub(super) timers: Timers,
    pub(super) congestion: Congestion,
    pub(super) options: Options,
    pub(super) more_sending: MoreSending,
    pub(super) acknowledging: Acknowledging,
    pub(super) more_checks: MoreChecks,
    pub(super) marking: Marking,
    pub(super) recovery: Recovery,
    pub(super) more_congestion: MoreCongestion,
    pub(super) more_timers: MoreTimers,
    pub(super) hosting: Hosting,
    pub(super) icmp: Icmp,
    pub(super) link: Link,
    pub(super) beside: Hosts,
    pub(super) record: Records,
}

/// Hosts that are named after what they do.
pub(super) struct Roles {
    pub(super) client: &'static str,
    pub(super) server: &'static str,
    pub(super) sender: &'static str,
    pub(super) receiver: &'static str,
    pub(super) router: &'static str,
    /// All places that links lead to from one: [`NEIGHBOURS`].
    pub(super) neighbours: &'static str,
}

/// Opening a connection.
@opened pub(super) struct Opening {
    @first pub(super) passive_open: Sentence,
    @first pub(super) active_open: Sentence,
    @first pub(super) syn_in_listen: Sentence,
    @first pub(super) syn_ack_in_syn_sent: Sentence,
    pub(super) simultaneous_open: Sentence,
    @first pub(super) syn_acknowledged: Sentence,
    @first pub(super) our_syn_acked: Sentence,
    @first pub(super) effective_mss: Sentence,
    @first pub(super) effective_mss_by_default: Sentence,
    @first pub(super) initial_window: Sentence,
}

/// The application's calls.
@later pub(super) struct Calls {
    pub(super) send_waits: Sentence,
    pub(super) send_taken: Sentence,
    pub(super) receive_returns: Sentence,
    pub(super) receive_end_of_stream: Sentence,
    pub(super) receive_waits: Sentence,
    pub(super) receive_waits_for_the_first: Sentence,
    pub(super) close: Sentence,
    pub(super) close_with_unsent: Sentence,
    pub(super) close_deletes: Sentence,
    pub(super) close_unread: Sentence,
    pub(super) abort: Sentence,
    pub(super) abort_in_silence: Sentence,
    pub(super) flushed: Sentence,
    pub(super) status_asked: Sentence,
    pub(super) call_refused: Sentence,
}

/// Sending, and waiting to.
@later pub(super) struct Sending {
    /// What is sent: text, or a segment that has none.
    pub(super) stretch: Sentence,
    pub(super) bare: Sentence,
    pub(super) send_text: Sentence,
    pub(super) send_fin: Sentence,
    pub(super) window_full: Sentence,
    pub(super) nagle_waits: Sentence,
    pub(super) retransmit_after_timeout: Sentence,
    pub(super) retransmit_lost: Sentence,
    pub(super) fast_retransmit: Sentence,
    pub(super) retransmit_partial: Sentence,
    pub(super) window_probe: Sentence,
    pub(super) retransmit_probe: Sentence,
    pub(super) window_update: Sentence,
}

/// What allows text to be sent: the end of [`Sending::send_text`].
@later pub(super) struct Permit {
    pub(super) full_segment: Sentence,
    pub(super) idle: Sentence,
    pub(super) nagle_off: Sentence,
    pub(super) last_before_fin: Sentence,
    pub(super) half_window: Sentence,
    pub(super) waited: Sentence,
}

/// The checks that an arriving segment passes or fails, up to its ACK.
@later pub(super) struct Checks {
    pub(super) acceptable: Sentence,
    pub(super) not_acceptable: Sentence,
    pub(super) old_duplicate: Sentence,
    pub(super) rst_outside_window: Sentence,
    pub(super) rst_accepted: Sentence,
    pub(super) rst_accepted_in_syn_sent: Sentence,
    pub(super) rst_challenged: Sentence,
    pub(super) rst_ignored: Sentence,
    pub(super) syn_challenged: Sentence,
    pub(super) syn_in_window: Sentence,
    pub(super) syn_returns_to_listen: Sentence,
    pub(super) no_connection: Sentence,
    pub(super) no_connection_and_no_ack: Sentence,
    pub(super) not_for_syn_sent: Sentence,
    pub(super) not_for_listen: Sentence,
}

/// What an arriving acknowledgment and window say.
@later pub(super) struct Acks {
    pub(super) ack_missing: Sentence,
    pub(super) ack_advances: Sentence,
    pub(super) ack_advances_over_text: Sentence,
    pub(super) ack_duplicate: Sentence,
    pub(super) ack_duplicate_counted: Sentence,
    pub(super) ack_of_unsent: Sentence,
    pub(super) ack_too_old: Sentence,
    pub(super) ack_refused: Sentence,
    pub(super) window_taken: Sentence,
    pub(super) window_closed: Sentence,
    pub(super) our_fin_acked: Sentence,
}

/// What becomes of arriving text and of a FIN.
@later pub(super) struct Text {
    pub(super) urgent_ahead: Sentence,
    pub(super) text_in_order: Sentence,
    pub(super) text_fills_gap: Sentence,
    pub(super) text_out_of_order: Sentence,
    pub(super) fin_out_of_order: Sentence,
    pub(super) text_beyond_window: Sentence,
    pub(super) text_ignored: Sentence,
    pub(super) ack_text: Sentence,
    pub(super) ack_out_of_order: Sentence,
    pub(super) fin_arrives: Sentence,
    pub(super) ack_fin: Sentence,
    pub(super) fin_again: Sentence,
}

/// Timers and round trips.
@later pub(super) struct Timers {
    pub(super) rto_starts: Sentence,
    pub(super) rto_restarts: Sentence,
    pub(super) rto_stops: Sentence,
    pub(super) rto_expires: Sentence,
    pub(super) rto_backs_off: Sentence,
    pub(super) rto_at_its_limit: Sentence,
    pub(super) rtt_measured: Sentence,
    pub(super) karn_skips: Sentence,
    pub(super) persist_starts: Sentence,
    pub(super) persist_expires: Sentence,
    pub(super) persist_stops: Sentence,
    pub(super) time_wait_starts: Sentence,
    pub(super) time_wait_restarts: Sentence,
    pub(super) time_wait_expires: Sentence,
    pub(super) timer_dies: Sentence,
    pub(super) r1_reached: Sentence,
    pub(super) r2_reached: Sentence,
}

/// Congestion.
@opened pub(super) struct Congestion {
    pub(super) slow_start: Sentence,
    pub(super) congestion_avoidance: Sentence,
    pub(super) congestion_timeout: Sentence,
    pub(super) recovery_begins: Sentence,
    pub(super) recovery_inflates: Sentence,
    pub(super) recovery_deflates: Sentence,
    pub(super) recovery_ends: Sentence,
}

/// What a link does.
@later pub(super) struct Link {
    pub(super) loss: Sentence,
    pub(super) burst_loss: Sentence,
    pub(super) unplugged: Sentence,
    pub(super) queue_full: Sentence,
    pub(super) codel_dropped: Sentence,
    pub(super) codel_marked: Sentence,
    pub(super) queue_marked: Sentence,
    pub(super) randomly_marked: Sentence,
    pub(super) too_long: Sentence,
    pub(super) fragmentation_needed: Sentence,
    pub(super) fragmented: Sentence,
    pub(super) fragment_lost: Sentence,
    pub(super) duplicated: Sentence,
    pub(super) held_back: Sentence,
    pub(super) jitter: Sentence,
    pub(super) bit_flipped: Sentence,
    pub(super) changed: Sentence,
    pub(super) changed_to: Sentence,
    pub(super) cable_out: Sentence,
    pub(super) cable_in: Sentence,
    pub(super) dropped: Sentence,
    pub(super) delayed: Sentence,
    pub(super) duplicated_by_hand: Sentence,
    pub(super) bit_flipped_by_hand: Sentence,
    pub(super) held_by_hand: Sentence,
    pub(super) swapped: Sentence,
    pub(super) ip_checksum: Sentence,
    pub(super) tcp_checksum: Sentence,
    pub(super) unreadable: Sentence,
    pub(super) datagram_damaged: Sentence,
    /// After a number of them.
    pub(super) packets: &'static str,
    /// What a link has, in the order of [`tcpscope_sim::LinkProperty`], the cable aside.
    pub(super) properties: [&'static str; 11],
    pub(super) no_route: Sentence,
}

/// What neither TCP nor a link decides.
@later pub(super) struct Hosts {
    pub(super) crashed: Sentence,
    pub(super) restarted: Sentence,
    pub(super) down: Sentence,
    pub(super) halted: Sentence,
    pub(super) called_by_hand: Sentence,
    pub(super) forged: Sentence,
    pub(super) replayed: Sentence,
    pub(super) datagram_sent: Sentence,
    pub(super) datagram_delivered: Sentence,
    pub(super) reassembly_timeout: Sentence,
    pub(super) reassembly_reported: Sentence,
    pub(super) datagram_reported: Sentence,
}

/// What happened in a record.
@opened pub(super) struct Records {
    pub(super) crashes: Sentence,
    pub(super) restarts: Sentence,
    pub(super) halts: Sentence,
    pub(super) goes_on: Sentence,
    pub(super) called: Sentence,
    pub(super) forges: Sentence,
    pub(super) replays: Sentence,
    @first pub(super) call: Sentence,
    @first pub(super) call_sent: Sentence,
    @first pub(super) call_received: Sentence,
    @first pub(super) call_waits: Sentence,
    @first pub(super) call_end_of_stream: Sentence,
    pub(super) call_refused: Sentence,
    @first pub(super) sends: Sentence,
    pub(super) sends_again: Sentence,
    @first pub(super) arrives: Sentence,
    pub(super) lost: Sentence,
    pub(super) dropped: Sentence,
    pub(super) will_be_dropped: Sentence,
    pub(super) delayed: Sentence,
    pub(super) will_be_doubled: Sentence,
    pub(super) will_be_damaged: Sentence,
    pub(super) will_be_held: Sentence,
    pub(super) will_be_swapped: Sentence,
    pub(super) impaired: Sentence,
    pub(super) copied: Sentence,
    pub(super) icmp: Sentence,
    pub(super) reassembly_timeout: Sentence,
    pub(super) link_changed: Sentence,
    @first pub(super) enters: Sentence,
    @first pub(super) timer_set: Sentence,
    @first pub(super) timer_stopped: Sentence,
    @first pub(super) timer_expired: Sentence,
    @first pub(super) retransmission: &'static str,
    pub(super) persist: &'static str,
    @first pub(super) time_wait: &'static str,
    pub(super) delayed_ack: &'static str,
    pub(super) reordering: &'static str,
    pub(super) tail_loss_probe: &'static str,
    pub(super) keep_alive: &'static str,
    pub(super) user_timeout: &'static str,
    pub(super) fin_wait_2: &'static str,
    @first pub(super) deliver: Sentence,
    @first pub(super) connected: Sentence,
    @first pub(super) peer_closed: Sentence,
    @first pub(super) close_acknowledged: Sentence,
    pub(super) reset: Sentence,
    pub(super) refused: Sentence,
    pub(super) unresponsive: Sentence,
    pub(super) timed_out: Sentence,
    pub(super) urgent: Sentence,
}
}

/// What stands for the name of the places that links lead to from one. No host is called so.
pub(super) const NEIGHBOURS: &str = "*";

impl Roles {
    /// What a host of this name is called: a role as the language has it, anything else by name.
    pub(super) fn of(&self, name: &str) -> String {
        match name {
            "client" => self.client.into(),
            "server" => self.server.into(),
            "sender" => self.sender.into(),
            "receiver" => self.receiver.into(),
            "router" => self.router.into(),
            NEIGHBOURS => self.neighbours.into(),
            name => proper(name),
        }
    }
}

/// A name that is one plain word begins with a capital: `alice` is "Alice".
fn proper(name: &str) -> String {
    let plain = name.bytes().all(|octet| octet.is_ascii_alphabetic());
    if plain { capitalized(name) } else { name.into() }
}

/// The same, with a capital at the beginning. A host's name is in ASCII, and so is the beginning of
/// what the languages that have capitals call a host.
pub(super) fn capitalized(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}
