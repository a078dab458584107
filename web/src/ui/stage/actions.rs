//! What can be done to the selected segment.

use tcpscope_sim::{Edit, Intervention};
use tcpscope_tcp::Duration;

use crate::store::{Action, Store};

/// The delays that are offered.
pub(crate) const DELAYS: [Duration; 4] = [
    Duration::from_millis(20),
    Duration::from_millis(100),
    Duration::from_millis(500),
    Duration::from_secs(2),
];

/// Drops the selected segment.
pub(crate) fn drop_packet(store: &Store) {
    if let Some(packet) = selected(store) {
        store.act(Action::Edit(Edit::Packet(Intervention::Drop(packet))));
    }
}

/// Delays the selected segment.
pub(crate) fn delay(store: &Store, by: Duration) {
    if let Some(packet) = selected(store) {
        store.act(Action::Edit(Edit::Packet(Intervention::Delay { packet, by })));
    }
}

fn selected(store: &Store) -> Option<tcpscope_sim::PacketId> {
    let session = store.read();
    session.selected().and(session.selection)
}
