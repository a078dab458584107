//! Groups of keys, and the ladder's marks, in English.

use crate::words::messages::looks::{Drawn, KeyGroups};
use crate::words::table::Phrase;

pub(super) const KEY_GROUPS: KeyGroups = KeyGroups {
    time: "Time",
    figure: "Ladder",
    segments: "Segments, hosts, links",
    edits: "Edits",
    others: "Search and page",
};

pub(super) const DRAWN: Drawn = Drawn {
    sack_held: Phrase::new("The sender of this ACK holds {0}, too. It lacks {1} (RFC 2018 §3)."),
    sack_twice: Phrase::new(" It says that {0} came twice (RFC 2883 §4)."),
    legend: "In the ladder",
    data: "data",
    lost: "lost",
    dropped: "dropped by hand",
    again: "sent again",
    ghost: "the run before the change",
    timer: "a timer",
    sack: "SACK: held, missing",
    icmp: "ICMP message",
    fold: "time folded",
};
