//! ICMP messages: from whoever could not deliver a packet to whoever sent it.
//!
//! The simulator carries a message as its delay alone: the trace has the loss that it is about and
//! its arrival. So its arrow is straight from the one to the other; which routers it passes is not
//! recorded, and it cannot be lost or dropped.

use std::ops::Range;

use tcpscope_sim::{HostId, RecordId, RecordKind, Trace};
use tcpscope_tcp::IcmpError;

use super::zoom::Zoom;
use super::{Anchor, Label, LadderLayout, MessageMark, Tense};
use crate::{Playhead, Point, TimeAxis};

/// Between the arrow and the text above it.
const GAP: f64 = 3.0;
/// What is kept free at either end.
const INSET: f64 = 20.0;

/// The messages of a run, by the heights of the axis.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) struct Messages(Vec<Message>);

#[derive(Clone, Debug, PartialEq)]
struct Message {
    mark: MessageMark,
    error: IcmpError,
    sent_by: RecordId,
}

impl Messages {
    pub(super) fn new(trace: &Trace, axis: &TimeAxis, layout: &LadderLayout) -> Self {
        let message = |record: &tcpscope_sim::Record| {
            let RecordKind::Icmp { packet, error } = record.kind else { return None };
            let (host, cause) = (record.host?, trace.record(record.cause?));
            let place = sender(trace, cause)?;
            // Who tells itself sends nothing over a link.
            if place == host {
                return None;
            }
            let at = |place, record| Point::new(layout.lifeline(place), axis.y_of(record));
            let (from, to) = (at(place, cause), at(host, record));
            let mark = MessageMark {
                record: record.id,
                host,
                packet,
                from,
                to,
                tip: from,
                tense: Tense::Future,
                label: None,
            };
            Some(Message { mark, error, sent_by: cause.id })
        };
        Self(trace.records().iter().filter_map(message).collect())
    }

    /// Those that lie in `visible`, as they are at the present.
    pub(super) fn shown(
        &self,
        layout: &LadderLayout,
        zoom: &Zoom,
        visible: &Range<f64>,
        playhead: Playhead,
    ) -> Vec<MessageMark> {
        let place = |at: Point| Point::new(at.x, zoom.to(at.y));
        let present = playhead.moment.record;
        let shown = self.0.iter().filter_map(|message| {
            let mark = &message.mark;
            let (from, to) = (place(mark.from), place(mark.to));
            if to.y < visible.start || from.y > visible.end {
                return None;
            }
            let tense = if mark.record <= present {
                Tense::Past
            } else if message.sent_by <= present {
                Tense::Present
            } else {
                Tense::Future
            };
            let part = (zoom.to(playhead.y) - from.y) / (to.y - from.y).max(f64::EPSILON);
            let tip = match tense {
                Tense::Past => to,
                Tense::Present => from.toward(to, crate::geometry::between(part, 0.0, 1.0)),
                Tense::Future => from,
            };
            let label = label(layout, message.error, from, to);
            Some(MessageMark { from, to, tip, tense, label, ..mark.clone() })
        });
        shown.collect()
    }
}

/// Who sent a message because of a record: the router at which a packet was lost, or its sender;
/// the host that gave up its fragments.
fn sender(trace: &Trace, cause: &tcpscope_sim::Record) -> Option<HostId> {
    if let RecordKind::Lost { packet, .. } = cause.kind {
        let packet = trace.packet(packet);
        return Some(packet.hops().last().map_or(packet.id.from, |hop| hop.router));
    }
    cause.host
}

/// What it says, as much as fits.
fn label(layout: &LadderLayout, error: IcmpError, from: Point, to: Point) -> Option<Label> {
    let size = layout.label_size;
    let length = from.distance(to);
    let (left, right) = if from.x <= to.x { (from, to) } else { (to, from) };
    let along = Point::new((right.x - left.x) / length, (right.y - left.y) / length);
    let [long, short] = texts(error);
    let fits = |text: &String| Label::width_of(text, size) + 2.0 * INSET <= length;
    let text = [long, short].into_iter().find(fits)?;
    let half = Label::width_of(&text, size) / 2.0;
    let middle = from.toward(to, (INSET + half) / length);
    let up = size / 2.0 + GAP;
    Some(Label {
        text,
        at: Point::new(middle.x + up * along.y, middle.y - up * along.x),
        angle: (right.y - left.y).atan2(right.x - left.x),
        along,
        anchor: Anchor::Middle,
        size,
    })
}

/// The message's name in RFC 792, and what it is called for short.
fn texts(error: IcmpError) -> [String; 2] {
    let name = match error {
        IcmpError::NetworkUnreachable => "network unreachable",
        IcmpError::HostUnreachable => "host unreachable",
        IcmpError::ProtocolUnreachable => "protocol unreachable",
        IcmpError::PortUnreachable => "port unreachable",
        IcmpError::FragmentationNeeded { mtu } => {
            return [format!("ICMP fragmentation needed, mtu={mtu}"), format!("ICMP mtu={mtu}")];
        }
        IcmpError::SourceRouteFailed => "source route failed",
        IcmpError::SourceQuench => "source quench",
        IcmpError::TimeExceeded => "time exceeded",
        IcmpError::ParameterProblem => "parameter problem",
    };
    [format!("ICMP {name}"), "ICMP".to_owned()]
}
