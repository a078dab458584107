//! Notes on records and packets, that stay with what they are about when the run changes.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::{HostId, PacketId, PacketIndex, Record, RecordId, RecordKind, Trace};

/// A note, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Annotation {
    /// What it is about.
    pub anchor: Anchor,
    /// What it says.
    pub note: Note,
}

/// What a note says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Note {
    /// The key of a text that is kept elsewhere.
    Key(String),
    /// A short text in one language or more: a language tag, as in `en`, and the text.
    Text(Vec<(String, String)>),
}

/// What a note is about, whatever run it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// A packet.
    Packet(PacketId),
    /// A record.
    Record(RecordAnchor),
}

/// A record, by what it is and which of those that are alike. So it is the same one, as far as it
/// can be, when other things happen before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RecordAnchor {
    /// Where it happens; `None` on a link.
    pub host: Option<HostId>,
    /// The name of its kind, as in [`RecordKind::name`].
    pub kind: &'static str,
    /// More of what it is: the state entered, the timer, what is told; empty where the kind is all.
    pub detail: &'static str,
    /// The packet that it is about, if it is about one.
    pub packet: Option<PacketId>,
    /// Which one of those that are alike: 1 for the first.
    pub nth: u32,
}

/// Where the thing that a note is about is in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// It is this packet.
    Packet(PacketIndex),
    /// It is this record.
    Record(RecordId),
    /// It is not in this run. The note is kept: another edit may bring the thing back.
    Lost,
}

impl Trace {
    /// What a note on a record is anchored to; `None` where there is no such record.
    #[must_use]
    pub fn anchor_of(&self, record: RecordId) -> Option<Anchor> {
        let one = self.records().get(record.index())?;
        let unnumbered = self.unnumbered(one);
        let until = self.records().get(self.first_for(&unnumbered)..=record.index())?;
        let alike = until.iter().filter(|other| self.unnumbered(other) == unnumbered).count();
        let nth = u32::try_from(alike).unwrap_or(u32::MAX);
        Some(Anchor::Record(RecordAnchor { nth, ..unnumbered }))
    }

    /// Where in this run the thing is that a note is about.
    #[must_use]
    pub fn place_of(&self, anchor: Anchor) -> Place {
        match anchor {
            Anchor::Packet(id) => self.find_packet(id).map_or(Place::Lost, Place::Packet),
            Anchor::Record(anchor) => self.find_record(anchor).map_or(Place::Lost, Place::Record),
        }
    }

    fn find_record(&self, anchor: RecordAnchor) -> Option<RecordId> {
        let before = usize::try_from(anchor.nth.checked_sub(1)?).ok()?;
        let unnumbered = RecordAnchor { nth: 0, ..anchor };
        let records = self.records().get(self.first_for(&unnumbered)..)?;
        let mut alike = records.iter().filter(|record| self.unnumbered(record) == unnumbered);
        alike.nth(before).map(|record| record.id)
    }

    /// Where to begin to look: nothing happens to a packet before it is sent.
    fn first_for(&self, anchor: &RecordAnchor) -> usize {
        let packet = anchor.packet.and_then(|id| self.find_packet(id));
        packet.map_or(0, |packet| self.packet(packet).sent_by.index())
    }

    fn unnumbered(&self, record: &Record) -> RecordAnchor {
        RecordAnchor {
            host: record.host,
            kind: record.kind.name(),
            detail: detail(&record.kind),
            packet: record.kind.packet().map(|packet| self.packet(packet).id),
            nth: 0,
        }
    }
}

fn detail(kind: &RecordKind) -> &'static str {
    if let RecordKind::Transition { to, .. } = kind {
        to.name()
    } else if let RecordKind::Timer { timer, .. } = kind {
        timer.name()
    } else if let RecordKind::Notify(told) = kind {
        told.name()
    } else {
        ""
    }
}

/// As many notes as a run may have.
pub const MOST_ANNOTATIONS: usize = 256;
/// As many octets as a note may have, in all its languages.
pub const LONGEST_NOTE: usize = 2000;

/// The notes of a timeline, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Annotations(Vec<Annotation>);

impl Annotations {
    pub(crate) fn all(&self) -> &[Annotation] {
        &self.0
    }

    /// Adds a note; one that there is already is not added twice.
    pub(crate) fn add(&mut self, annotation: Annotation) -> Result<(), AnnotationError> {
        let octets = match &annotation.note {
            Note::Key(key) => key.len(),
            Note::Text(texts) => texts.iter().map(|(tag, text)| tag.len() + text.len()).sum(),
        };
        if octets > LONGEST_NOTE {
            return Err(AnnotationError::TooLong { octets });
        }
        if self.0.contains(&annotation) {
            return Ok(());
        }
        if self.0.len() >= MOST_ANNOTATIONS {
            return Err(AnnotationError::TooMany);
        }
        self.0.push(annotation);
        Ok(())
    }

    pub(crate) fn remove(&mut self, place: usize) -> Option<Annotation> {
        (place < self.0.len()).then(|| self.0.remove(place))
    }
}

/// Why a note was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnnotationError {
    /// It is longer than [`LONGEST_NOTE`].
    TooLong {
        /// How many octets it has.
        octets: usize,
    },
    /// There are [`MOST_ANNOTATIONS`] already.
    TooMany,
}

impl fmt::Display for AnnotationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { octets } => {
                write!(f, "a note of {octets} octets is longer than {LONGEST_NOTE}")
            }
            Self::TooMany => write!(f, "a run has no more than {MOST_ANNOTATIONS} notes"),
        }
    }
}

impl core::error::Error for AnnotationError {}
