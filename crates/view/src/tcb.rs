//! The table of a connection's variables.

use tcpscope_sim::{RecordId, Trace};
use tcpscope_tcp::{Duration, SeqNumber, State, Status};

use crate::words::{Messages, Side};
use crate::{Bases, End, Locale, Numbers, duration_text, messages};

/// Variables that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TcbGroup {
    /// What they are about.
    pub title: &'static str,
    /// The variables.
    pub rows: Vec<TcbRow>,
}

/// A variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TcbRow {
    /// The name, as the RFC writes it: `SND.UNA`.
    pub name: &'static str,
    /// The value; `—` where there is none yet.
    pub value: String,
    /// The value before the present step, where the step changed it.
    pub before: Option<String>,
    /// What the variable is, in one line.
    pub hint: &'static str,
}

/// What stands for a value that does not exist.
const NONE: &str = "—";

/// The name in the table of a variable that claims call `snd.una`; `None` where the table has no
/// such row.
#[must_use]
pub fn tcb_name(claimed: &str, locale: Locale) -> Option<&'static str> {
    let words = messages(locale);
    let special = [
        ("retransmissions", words.tcb.retransmissions_name),
        ("flight", "FlightSize"),
        ("duplicates", words.side.duplicates_name),
        ("unsent", words.tcb.unsent_name),
        ("out_of_order", words.tcb.out_of_order_name),
        ("unread", words.tcb.unread_name),
        ("read", words.tcb.read_name),
    ];
    let named = special.iter().find(|(name, _)| *name == claimed).map(|(_, row)| *row);
    let groups = groups(&Status::default(), Bases::default(), words);
    let mut rows = groups.iter().flat_map(|group| &group.rows).map(|row| row.name);
    named.or_else(|| rows.find(|row| row.eq_ignore_ascii_case(claimed)))
}

/// The variables of a connection once `record` has happened; changed is what differs from before the
/// step that `record` belongs to.
#[must_use]
pub fn tcb(end: End<'_>, record: RecordId, locale: Locale, numbers: Numbers) -> Vec<TcbGroup> {
    let bases = end.bases(record, numbers);
    let before = first_of_step(end.trace(), record);
    let now = groups(&end.status(record), bases, messages(locale));
    let before = groups(&end.status_before(before), bases, messages(locale));
    now.into_iter().zip(before).map(|(now, before)| with_changes(now, &before)).collect()
}

/// The first record of the step that `record` belongs to; itself in a run in which nothing happens.
fn first_of_step(trace: &Trace, record: RecordId) -> RecordId {
    if record.index() >= trace.records().len() {
        return record;
    }
    u32::try_from(trace.event_of(record).start).map_or(record, RecordId)
}

fn with_changes(mut now: TcbGroup, before: &TcbGroup) -> TcbGroup {
    for row in &mut now.rows {
        // One row has another name once both SYNs have agreed on SACK.
        let old = before.rows.iter().find(|old| old.name == row.name);
        let old = old.map_or(NONE, |old| &old.value);
        if row.value != old {
            row.before = Some(old.to_owned());
        }
    }
    now
}

fn groups(status: &Status, bases: Bases, messages: &'static Messages) -> Vec<TcbGroup> {
    let (words, side) = (&messages.tcb, &messages.side);
    let values = Values::new(status, bases);
    let group = |title, rows: Vec<(&'static str, Option<String>, &'static str)>| TcbGroup {
        title,
        rows: rows
            .into_iter()
            .map(|(name, value, hint)| TcbRow {
                name,
                value: value.unwrap_or_else(|| NONE.into()),
                before: None,
                hint,
            })
            .collect(),
    };
    vec![
        group(
            words.send,
            vec![
                ("ISS", values.initial(status.iss), words.iss),
                ("SND.UNA", values.sent(status.snd_una), words.snd_una),
                ("SND.NXT", values.sent(status.snd_nxt), words.snd_nxt),
                ("SND.WND", values.once_answered(status.snd_wnd), words.snd_wnd),
                ("SND.WL1", values.received(status.snd_wl1), words.snd_wl1),
                ("SND.WL2", values.once_both(status.snd_wl2), words.snd_wl2),
                ("SND.UP", values.sent(status.snd_up), words.snd_up),
                ("MSS", values.once_answered(status.mss), words.mss),
            ],
        ),
        group(
            words.receive,
            vec![
                ("IRS", values.initial(status.irs), words.irs),
                ("RCV.NXT", values.received(status.rcv_nxt), words.rcv_nxt),
                ("RCV.WND", values.once_opened(status.rcv_wnd), words.rcv_wnd),
                ("RCV.UP", values.received(status.rcv_up), words.rcv_up),
            ],
        ),
        group(
            words.round_trip,
            vec![
                ("SRTT", values.span(status.srtt), words.srtt),
                ("RTTVAR", values.span(status.rttvar), words.rttvar),
                ("RTO", values.span(Some(status.rto)), words.rto),
                (
                    words.retransmissions_name,
                    values.once_opened(status.retransmissions),
                    words.retransmissions,
                ),
                ("min_RTT", values.span(status.min_rtt), side.min_rtt),
            ],
        ),
        group(
            words.congestion,
            vec![
                ("cwnd", values.once_answered(status.cwnd), words.cwnd),
                ("ssthresh", values.once_answered(status.ssthresh), words.ssthresh),
                ("FlightSize", values.once_opened(status.flight), words.flight),
            ],
        ),
        group(
            side.recovery,
            vec![
                (side.duplicates_name, values.once_answered(status.duplicates), side.duplicates),
                (
                    if status.agreed.sack { "RecoveryPoint" } else { "recover" },
                    status.recover.and_then(|recover| values.sent(recover)),
                    words.recovery_point,
                ),
                ("pipe", values.once_opened(status.pipe), words.pipe),
            ],
        ),
        group(
            side.agreed,
            vec![
                ("Snd.Wind.Shift", values.shift(|(theirs, _)| theirs), words.snd_wind_shift),
                ("Rcv.Wind.Shift", values.shift(|(_, ours)| ours), words.rcv_wind_shift),
                ("SACK", values.agreed(status.agreed.sack, side), side.sack),
                ("Timestamps", values.agreed(status.agreed.timestamps, side), side.timestamps),
                ("ECN", values.agreed(status.agreed.ecn, side), side.ecn),
            ],
        ),
        group(
            words.buffers,
            vec![
                (words.unsent_name, Some(status.unsent.to_string()), words.unsent),
                (words.out_of_order_name, values.runs(), words.out_of_order),
                (words.unread_name, Some(status.unread.to_string()), words.unread),
                (words.read_name, Some(status.read.to_string()), words.read),
            ],
        ),
    ]
}

/// Values in words: which of them exist depends on how far the connection has come.
struct Values<'a> {
    status: &'a Status,
    bases: Bases,
    /// Whether our SYN was sent, and so our numbers mean something.
    opened: bool,
    /// Whether the peer's SYN has arrived, and so its numbers and its window do.
    answered: bool,
}

impl<'a> Values<'a> {
    /// CLOSED is the state of having no TCB: there is no value at all (RFC 9293 §3.3.2).
    fn new(status: &'a Status, bases: Bases) -> Self {
        let exists = status.state != State::Closed;
        let opened = exists && status.iss.is_some();
        Self { status, bases, opened, answered: exists && status.irs.is_some() }
    }

    /// An initial sequence number is always absolute: the relative ones are counted from it.
    fn initial(&self, number: Option<SeqNumber>) -> Option<String> {
        let exists = self.status.state != State::Closed;
        number.filter(|_| exists).map(|number| number.to_string())
    }

    fn sent(&self, number: SeqNumber) -> Option<String> {
        self.opened.then(|| number.distance_from(self.bases.send).to_string())
    }

    fn received(&self, number: SeqNumber) -> Option<String> {
        self.answered.then(|| number.distance_from(self.bases.receive).to_string())
    }

    /// A number of ours that exists once there are numbers of both sides.
    fn once_both(&self, number: SeqNumber) -> Option<String> {
        self.sent(number).filter(|_| self.answered)
    }

    fn once_opened(&self, value: u32) -> Option<String> {
        self.opened.then(|| value.to_string())
    }

    /// The largest number stands for there being no limit.
    fn once_answered(&self, value: u32) -> Option<String> {
        let text = || if value == u32::MAX { "∞".into() } else { value.to_string() };
        self.answered.then(text)
    }

    /// A shift of the windows, where both SYNs carried one.
    fn shift(&self, of: impl Fn((u8, u8)) -> u8) -> Option<String> {
        self.status.agreed.shifts.filter(|_| self.answered).map(|shifts| of(shifts).to_string())
    }

    /// Whether both SYNs agreed on something, once both are known.
    fn agreed(&self, is_so: bool, words: &Side) -> Option<String> {
        let answer = if is_so { words.yes } else { words.no };
        self.answered.then(|| answer.to_owned())
    }

    fn span(&self, span: Option<Duration>) -> Option<String> {
        span.filter(|_| self.opened).map(duration_text)
    }

    /// What is kept out of order, first to last number of each run.
    fn runs(&self) -> Option<String> {
        let text = |number: SeqNumber| self.received(number);
        let runs = self.status.out_of_order.runs().iter();
        let runs: Vec<_> = runs
            .filter_map(|(start, end)| Some(format!("{}–{}", text(*start)?, text(*end - 1)?)))
            .collect();
        (!runs.is_empty()).then(|| runs.join(", "))
    }
}
