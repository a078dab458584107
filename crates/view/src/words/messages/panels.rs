//! The words of the figures and of the panels beside them.
#![allow(missing_docs, reason = "a field's name and its English text say what it is for")]

use tcpscope_tcp::{State, Timer};

use crate::Progress;
use crate::words::table::{Phrase, words};

words! {
/// The ladder, and the table that is its twin.
#[derive(Debug)]
pub struct Ladder {
    pub label: &'static str,
    pub help: &'static str,
    pub table_caption: &'static str,
    pub sent_at: &'static str,
    pub way: &'static str,
    pub segment: &'static str,
    pub fate: &'static str,
}

/// The panel of an endpoint.
#[derive(Debug)]
pub struct Endpoint {
    pub label: Phrase<1>,
    pub state_is: Phrase<2>,
}

/// The state diagram.
#[derive(Debug)]
pub struct Diagram {
    pub label: &'static str,
    pub help: &'static str,
}

/// The two windows.
#[derive(Debug)]
pub struct Window {
    pub send: &'static str,
    pub receive: &'static str,
    pub octets: Phrase<1>,
    pub acknowledged: &'static str,
    pub in_flight: &'static str,
    pub usable: &'static str,
    pub not_allowed: &'static str,
    pub unsent: &'static str,
    pub read: &'static str,
    pub waiting: &'static str,
    pub missing: &'static str,
    pub out_of_order: &'static str,
    pub window: &'static str,
    pub acknowledged_hint: &'static str,
    pub in_flight_hint: &'static str,
    pub usable_hint: &'static str,
    pub not_allowed_hint: &'static str,
    pub read_hint: &'static str,
    pub waiting_hint: &'static str,
    pub missing_hint: &'static str,
    pub out_of_order_hint: &'static str,
    pub window_hint: &'static str,
    pub none_yet: &'static str,
}

/// The table of variables, with a line on each.
#[derive(Debug)]
pub struct Tcb {
    pub label: &'static str,
    pub variable: &'static str,
    pub value: &'static str,
    pub send: &'static str,
    pub receive: &'static str,
    pub round_trip: &'static str,
    pub congestion: &'static str,
    pub buffers: &'static str,
    pub iss: &'static str,
    pub snd_una: &'static str,
    pub snd_nxt: &'static str,
    pub snd_wnd: &'static str,
    pub snd_up: &'static str,
    pub snd_wl1: &'static str,
    pub snd_wl2: &'static str,
    pub irs: &'static str,
    pub rcv_nxt: &'static str,
    pub rcv_wnd: &'static str,
    pub rcv_up: &'static str,
    pub mss: &'static str,
    pub srtt: &'static str,
    pub rttvar: &'static str,
    pub rto: &'static str,
    pub retransmissions: &'static str,
    pub cwnd: &'static str,
    pub ssthresh: &'static str,
    pub flight: &'static str,
    /// What is there only where both SYNs agreed on it.
    pub snd_wind_shift: &'static str,
    pub rcv_wind_shift: &'static str,
    pub pipe: &'static str,
    pub recovery_point: &'static str,
    pub unsent: &'static str,
    pub unread: &'static str,
    pub read: &'static str,
    pub out_of_order: &'static str,
    /// The names of what the RFC gives no name.
    pub retransmissions_name: &'static str,
    pub unsent_name: &'static str,
    pub unread_name: &'static str,
    pub read_name: &'static str,
    pub out_of_order_name: &'static str,
}

/// The timers.
#[derive(Debug)]
@opened pub struct Timers {
    @first pub label: &'static str,
    @first pub none: &'static str,
    @first pub left: Phrase<1>,
    @first pub retransmission: &'static str,
    pub persist: &'static str,
    @first pub time_wait: &'static str,
    pub delayed_ack: &'static str,
    pub reordering: &'static str,
    pub tail_loss_probe: &'static str,
    pub keep_alive: &'static str,
    pub user_timeout: &'static str,
    pub fin_wait_2: &'static str,
    @first pub retransmission_hint: &'static str,
    pub persist_hint: &'static str,
    @first pub time_wait_hint: &'static str,
    pub delayed_ack_hint: &'static str,
    pub reordering_hint: &'static str,
    pub tail_loss_probe_hint: &'static str,
    pub keep_alive_hint: &'static str,
    pub user_timeout_hint: &'static str,
    pub fin_wait_2_hint: &'static str,
}

/// The application's program.
#[derive(Debug)]
pub struct Program {
    pub label: &'static str,
    pub done: &'static str,
    pub waiting: &'static str,
    pub blocked: &'static str,
    pub refused: &'static str,
    pub skipped: &'static str,
    pub to_come: &'static str,
    /// What a line waits for, as comments in the code.
    pub until: Phrase<1>,
    pub after: Phrase<1>,
    pub when_connected: &'static str,
    pub when_peer_closed: &'static str,
    pub when_readable: Phrase<1>,
    pub when_in_state: Phrase<1>,
    pub when_acknowledged: &'static str,
    pub until_end_of_stream: &'static str,
    /// Between two of those.
    pub and: &'static str,
}

/// The log.
#[derive(Debug)]
pub struct Log {
    pub label: &'static str,
    pub time: &'static str,
    pub place: &'static str,
    pub event: &'static str,
    pub why: &'static str,
    pub on_the_link: &'static str,
    pub why_title: &'static str,
    pub source: &'static str,
}

/// The inspector of a segment.
#[derive(Debug)]
@opened pub struct Inspector {
    @first pub label: &'static str,
    pub header: &'static str,
    pub octets: &'static str,
    pub bits: &'static str,
    pub select_segment: &'static str,
    pub ipv4: &'static str,
    pub tcp: &'static str,
    pub options: &'static str,
    pub payload: &'static str,
    pub bit: Phrase<1>,
    pub bit_range: Phrase<2>,
}

/// The names of the headers' fields.
#[derive(Debug)]
@later pub struct FieldNames {
    pub source_port: &'static str,
    pub destination_port: &'static str,
    pub sequence_number: &'static str,
    pub acknowledgment_number: &'static str,
    pub data_offset: &'static str,
    pub reserved: &'static str,
    pub window: &'static str,
    pub checksum: &'static str,
    pub urgent_pointer: &'static str,
    pub option: &'static str,
    pub option_mss: &'static str,
    pub option_window_scale: &'static str,
    pub option_sack_permitted: &'static str,
    pub option_sack: &'static str,
    pub option_timestamps: &'static str,
    pub option_fast_open: &'static str,
    pub option_end: &'static str,
    pub option_nop: &'static str,
    pub padding: &'static str,
    pub version: &'static str,
    pub header_length: &'static str,
    pub total_length: &'static str,
    pub identification: &'static str,
    pub fragment_offset: &'static str,
    pub time_to_live: &'static str,
    pub protocol: &'static str,
    pub header_checksum: &'static str,
    pub source_address: &'static str,
    pub destination_address: &'static str,
    pub data: &'static str,
}

/// What the fields of the headers mean.
#[derive(Debug)]
@later pub struct Header {
    pub source_port: &'static str,
    pub destination_port: &'static str,
    /// SEG.SEQ of a segment with text, with a SYN, with nothing but a FIN, with nothing.
    pub sequence_number: &'static str,
    pub sequence_number_syn: &'static str,
    pub sequence_number_fin: &'static str,
    pub sequence_number_bare: &'static str,
    pub acknowledgment_number: &'static str,
    pub acknowledgment_unused: &'static str,
    pub header_length: Phrase<1>,
    pub reserved: &'static str,
    pub cwr: &'static str,
    pub ece: &'static str,
    pub urg: &'static str,
    pub ack: &'static str,
    pub psh: &'static str,
    pub rst: &'static str,
    pub syn: &'static str,
    pub fin: &'static str,
    pub window: &'static str,
    pub checksum: &'static str,
    pub urgent_pointer: &'static str,
    pub urgent_unused: &'static str,
    pub option_mss: &'static str,
    pub option_window_scale: Phrase<1>,
    pub option_sack_permitted: &'static str,
    /// Each block as `1001–2001`, with commas between them.
    pub option_sack: Phrase<1>,
    /// With TSecr, and without: it counts only where ACK is set.
    pub option_timestamps: &'static str,
    pub option_timestamps_first: &'static str,
    pub option_fast_open: Phrase<1>,
    pub option_fast_open_request: &'static str,
    pub option_end: &'static str,
    pub option_nop: &'static str,
    pub option_unknown: &'static str,
    pub option_unreadable: &'static str,
    pub padding: &'static str,
    pub payload: &'static str,
    pub version: &'static str,
    pub dscp: &'static str,
    /// The four values of the field (RFC 3168 §5): 00, 01, 10, 11.
    pub ecn: [&'static str; 4],
    pub total_length: &'static str,
    pub identification: &'static str,
    pub dont_fragment: &'static str,
    pub more_fragments: &'static str,
    pub fragment_offset: &'static str,
    pub time_to_live: &'static str,
    pub protocol: &'static str,
    pub header_checksum: &'static str,
    pub source_address: &'static str,
    pub destination_address: &'static str,
    pub ipv4_options: &'static str,
    /// That a field differs from the same field of the sender's segment before.
    pub changed: &'static str,
}

/// What each state is. Their names are the same in every language.
#[derive(Debug)]
pub struct States {
    pub closed: &'static str,
    pub listen: &'static str,
    pub syn_sent: &'static str,
    pub syn_received: &'static str,
    pub established: &'static str,
    pub fin_wait_1: &'static str,
    pub fin_wait_2: &'static str,
    pub close_wait: &'static str,
    pub closing: &'static str,
    pub last_ack: &'static str,
    pub time_wait: &'static str,
}
}

impl States {
    /// What a state waits for.
    #[must_use]
    pub const fn about(&self, state: State) -> &'static str {
        match state {
            State::Closed => self.closed,
            State::Listen => self.listen,
            State::SynSent => self.syn_sent,
            State::SynReceived => self.syn_received,
            State::Established => self.established,
            State::FinWait1 => self.fin_wait_1,
            State::FinWait2 => self.fin_wait_2,
            State::CloseWait => self.close_wait,
            State::Closing => self.closing,
            State::LastAck => self.last_ack,
            State::TimeWait => self.time_wait,
        }
    }
}

impl Program {
    /// How far a line is.
    #[must_use]
    pub const fn progress(&self, progress: Progress) -> &'static str {
        match progress {
            Progress::Done => self.done,
            Progress::Waiting => self.waiting,
            Progress::Blocked => self.blocked,
            Progress::Refused => self.refused,
            Progress::Skipped => self.skipped,
            Progress::ToCome => self.to_come,
        }
    }
}

impl Timers {
    /// A timer's name.
    #[must_use]
    pub const fn name(&self, timer: Timer) -> &'static str {
        match timer {
            Timer::Retransmission => self.retransmission,
            Timer::Persist => self.persist,
            Timer::TimeWait => self.time_wait,
            Timer::DelayedAck => self.delayed_ack,
            Timer::Reordering => self.reordering,
            Timer::TailLossProbe => self.tail_loss_probe,
            Timer::KeepAlive => self.keep_alive,
            Timer::UserTimeout => self.user_timeout,
            Timer::FinWait2 => self.fin_wait_2,
        }
    }

    /// What a timer is for.
    #[must_use]
    pub const fn hint(&self, timer: Timer) -> &'static str {
        match timer {
            Timer::Retransmission => self.retransmission_hint,
            Timer::Persist => self.persist_hint,
            Timer::TimeWait => self.time_wait_hint,
            Timer::DelayedAck => self.delayed_ack_hint,
            Timer::Reordering => self.reordering_hint,
            Timer::TailLossProbe => self.tail_loss_probe_hint,
            Timer::KeepAlive => self.keep_alive_hint,
            Timer::UserTimeout => self.user_timeout_hint,
            Timer::FinWait2 => self.fin_wait_2_hint,
        }
    }
}
