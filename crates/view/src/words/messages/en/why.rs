//! Why something happened, in English.

use crate::words::messages::why::{Causes, Measures, Notes, Seek};
use crate::words::table::Phrase;

pub(super) const MEASURES: Measures = Measures {
    octets: "text",
    segments: "segments",
    state: "state",
    attempt: "attempt",
    unsent: "unsent",
    unread: "unread",
    room: "room",
    usable: "usable window",
    waited: "waited",
    announced: "peer's MSS option",
    ours: "own limit",
    duplicates: "duplicate ACKs",
    left: "left edge",
    right: "right edge",
    blocks: "blocks",
    kept: "kept",
    cut: "cut off",
    after: "after",
    idle: "idle",
    since: "since the reduction",
    elapsed: "elapsed",
    allowed: "allowed",
    delivered: "delivered",
    sent: "sent",
    backlog: "backlog",
    shift: "shift",
    limit: "limit",
    loss: "loss",
    share: "share",
    by: "by",
    until: "until",
    most: "at most",
    lasts: "burst",
    target: "target",
    bit: "bit",
    fragments: "fragments",
    offset: "offset",
};

pub(super) const CAUSES: Causes = Causes {
    label: "What led to it, latest first",
    begins: "The chain begins here: nothing earlier in the run caused it.",
    fold: Phrase::new("{0} cause{0:s} between"),
    unfold: "show them",
    fold_again: "Fold the chain",
    effects: "What it caused",
    no_effects: "Nothing in the run follows from it.",
    more_effects: Phrase::new("and {0} more"),
};

pub(super) const NOTES: Notes = Notes {
    label: "Notes",
    hint: "A note stays with what it is about, whatever is changed in the run.",
    about: "About",
    record: "this moment",
    segment: "the selected segment",
    add: "Add note",
    delete: "Delete note",
    lost: "not in this run",
    full: "There is room for no more notes. Delete one to add another.",
};

pub(super) const SEEK: Seek = Seek {
    label: "Go to",
    next: Phrase::new("Next: {0}"),
    previous: Phrase::new("Previous: {0}"),
    goals: [
        "change of state",
        "fault",
        "retransmission",
        "timer runs out",
        "call",
        "delivery",
        "news for the application",
        "the selected segment",
    ],
    key_next: "next of the chosen kind",
    key_previous: "previous of the chosen kind",
};
