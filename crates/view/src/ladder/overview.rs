//! A run from afar, in as many rows as a strip beside the ladder has pixels.

use tcpscope_sim::{RecordKind, Trace};

use crate::geometry::between;
use crate::{LadderLayout, TimeAxis};

/// A run from afar, from its beginning to its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    /// Each row stands for as much of the ladder's height.
    pub rows: Vec<OverviewRow>,
    /// The most segments that any row has in one direction.
    pub most: u32,
}

/// What happens in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct OverviewRow {
    /// How many segments begin that go to the right.
    pub right: u32,
    /// How many begin that go to the left.
    pub left: u32,
    /// How many of them repeat others.
    pub repeats: u32,
    /// How many are lost.
    pub lost: u32,
    /// How many times a state changes.
    pub states: u32,
    /// Whether it is folded: nothing happens for long.
    pub is_folded: bool,
}

impl Overview {
    pub(super) fn new(trace: &Trace, axis: &TimeAxis, layout: &LadderLayout, height: u32) -> Self {
        let mut rows = vec![OverviewRow::default(); height.max(1) as usize];
        let last = rows.len() - 1;
        let scale = f64::from(height.max(1)) / axis.height().max(1.0);
        let place = |y: f64| row(y * scale).min(last);
        for fold in axis.folds() {
            let (first, end) = (place(fold.y0), place(fold.y1));
            for row in &mut rows[first..end.max(first)] {
                row.is_folded = true;
            }
        }
        for record in trace.records() {
            let changes = match record.kind {
                RecordKind::Transmit { packet } | RecordKind::Copy { packet } => Some(packet),
                RecordKind::Lost { .. } | RecordKind::Transition { .. } => None,
                RecordKind::Call { .. }
                | RecordKind::Arrive { .. }
                | RecordKind::Timer { .. }
                | RecordKind::Deliver { .. }
                | RecordKind::Notify(_)
                | RecordKind::Impaired { .. }
                | RecordKind::LinkChanged { .. }
                | RecordKind::Intervention { .. }
                | RecordKind::Icmp { .. }
                | RecordKind::ReassemblyTimeout { .. }
                | RecordKind::Act(_) => continue,
            };
            let row = &mut rows[place(axis.y_of(record))];
            if let Some(packet) = changes {
                let packet = trace.packet(packet);
                let rightwards = layout.lifeline(packet.to) > layout.lifeline(packet.id.from);
                *if rightwards { &mut row.right } else { &mut row.left } += 1;
                row.repeats += u32::from(packet.retransmission);
            } else if matches!(record.kind, RecordKind::Lost { .. }) {
                row.lost += 1;
            } else {
                row.states += 1;
            }
        }
        let most = rows.iter().map(|row| row.right.max(row.left)).max().unwrap_or(0);
        Self { rows, most }
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it lies between 0 and four thousand million"
)]
fn row(y: f64) -> usize {
    between(y.floor(), 0.0, 4e9) as usize
}
