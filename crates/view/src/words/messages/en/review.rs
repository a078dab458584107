//! What is asked again, the clock, crib sheets: in English.

use crate::words::messages::review::{Clock, Crib, Review};
use crate::words::table::Phrase;

pub(super) const REVIEW: Review = Review {
    title: "Review",
    about: Phrase::new(
        "What was missed comes back. Each right answer on its day sends it further: {0} days. A \
         wrong one brings it back to the beginning.",
    ),
    due: Phrase::new("To review: {0} today"),
    none_due: Phrase::new("Nothing to review today. In {0} day{0:s}: {1}."),
    none: "Nothing to review. What is missed in an interview, a round or a lesson comes here.",
    begin: "Begin the review",
    ahead: "Ask all of it now",
    ahead_about: "Right answers before their day move nothing on; wrong ones count.",
    kept: Phrase::new("{0} to be asked again, {1} of them learned"),
    forgets: "This browser keeps nothing for the page: the review works, and will not be remembered \
              at the next visit. It can be taken along as a file.",
    not_understood: Phrase::new("Not understood, and kept as it is: {0}"),
    unread: Phrase::new(
        "What was kept on this device cannot be read: {0}. It is kept as it was, beside what is \
         kept from now on.",
    ),
    save_unread: "Save it as a file",

    leave: "Close the review",
    place: Phrase::new("{0} · box {1} of {2}"),
    from_interview: "Interview",
    from_round: "Round",
    from_lesson: "Lesson",
    gone: Phrase::new("This cannot be asked now: {0}. It stays in the review."),
    unknown: "the question is no longer there",
    next: "Next",
    later: "Not now",
    to_end: "To the end",
    ends: "Reviewed",

    held: "An interview",
    held_about: "Five of the questions below, drawn and put in order. Answer aloud, compare with the \
                 points, and judge for yourself. The address holds the interview.",
    hold: "Begin an interview",

    rate: "How was your answer?",
    had: "It had these points",
    missed: "It missed some",
    rated_known: "Good. It is not asked again unless you miss it.",
    comes_back: Phrase::new("Comes back in {0} days."),
    tomorrow: "Comes back tomorrow.",
};

pub(super) const CLOCK: Clock = Clock {
    label: "Time",
    allowed: "Time for an interview or a round",
    none: "no limit",
    minutes: Phrase::new("{0} minutes"),
    minutes_left: Phrase::new("{0} min left"),
    seconds_left: Phrase::new("{0} s left"),
    paused: "time stands still",
    pause: "Pause",
    go_on: "Go on",
    more: Phrase::new("+{0} min"),
    take_away: "No limit",
    warning: "One minute is left. You can have more.",
    up: "Time is up.",
    answered: Phrase::new("{0} of {1} questions were answered."),
};

pub(super) const CRIB: Crib = Crib {
    title: "Crib sheet",
    about: "The questions of the themes and levels that are shown, with the points of a good answer. \
            A theme fits on one page, A4 or Letter.",
    open: "Crib sheet to print",
    print: "Print",
    numbers: "Key numbers",
    states: "The eleven states",
    foot: "The numbers are those of a modern TCP in tcpscope’s engine; where an RFC is named, it asks for this one.",
    initial_rto: "RTO before the first measurement",
    max_rto: "RTO, at most",
    syn_retries: "SYN sent again, at most",
    data_retries: "text sent again, at most",
    mss: "MSS on Ethernet",
    initial_window: "initial window",
    delayed_ack: "an ACK waits at most",
    window_scale: "window scale offered",
    receive_buffer: "receive buffer",
    msl: "MSL",
    time_wait: "TIME-WAIT lasts 2 MSL",
    fin_wait_2: "FIN-WAIT-2 without a reader",
    keep_alive_idle: "keep-alive after",
    keep_alive_interval: "then every",
    keep_alive_count: "gives up after",
    segments: Phrase::new("{0} segments"),
    octets: Phrase::new("{0} octets"),
    times: Phrase::new("{0} times"),
};
