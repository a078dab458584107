//! Groups of keys, in English.

use crate::words::messages::looks::KeyGroups;

pub(super) const KEY_GROUPS: KeyGroups = KeyGroups {
    time: "Time",
    figure: "Ladder",
    segments: "Segments, hosts, links",
    edits: "Edits",
    others: "Search and page",
};
