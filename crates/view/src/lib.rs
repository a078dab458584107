//! Pure functions from a trace and a moment to things to draw and to say.

mod axis;
mod edits;
mod geometry;
mod hit;
mod in_flight;
mod inspector;
mod label;
mod ladder;
mod lanes;
mod log;
mod order;
mod script;
mod state_diagram;
mod svg;
mod tcb;
mod timers;
mod windows;
mod words;

pub use axis::{Fold, Playhead, Scale, Tick, TimeAxis};
pub use edits::{edit_in_words, property_in_words, rate_text};
pub use geometry::{Path, PathStep, Point, Rect};
pub use hit::{REACH_MOUSE, REACH_TOUCH, Target, hit};
pub use in_flight::Dot;
pub use inspector::{
    CellKind, ChecksumWork, Envelope, EnvelopeKind, FieldRow, FragmentRow, HeaderCell, HexLine,
    HexRow, HexRun, Layer, LayerKind, Limits, PacketView, Part, Seen, Sight, SumPart, SumRow,
    SumWord, Verdict, Way, checksum_work, conclusion, envelopes, field_beside, fragments,
    header_diagram, hex_rows, mac_address, packet_view, printable, view_of_octets,
};
pub use label::{Detail, LabelLevel, flags_text, segment_label};
pub use ladder::{
    Anchor, Arrow, Band, CallMark, Column, Density, FoldMark, Ghost, Ghosts, Label, Ladder,
    LadderLayout, LadderScene, Lifeline, NoteMark, Overview, OverviewRow, Piece, Places, Tense,
    Tie, TimeMark, TimerMark,
};
pub use lanes::{Flight, HostLanes, Lanes, StateSpan, TimerEnd, TimerSpan};
pub use log::{LogMark, LogRow, log_row};
pub use script::{Progress, ScriptLine, script};
pub use state_diagram::{
    DIAGRAM_HEIGHT, DIAGRAM_WIDTH, DiagramEdge, DiagramScene, Node, Token, state_diagram,
};
pub use svg::{Theme, diagram_svg, ladder_svg, ribbon_svg};
pub use tcb::{TcbGroup, TcbRow, tcb};
pub use timers::{TimerRow, timers};
pub use windows::{
    Mark, MarkKind, Ribbon, RibbonScale, Span, SpanKind, receive_window, send_window,
};
#[cfg(feature = "built-in-words")]
pub use words::words_text;
pub use words::{
    Bases, Because, Context, Locale, Messages, Numbers, Phrase, Told, Words, because, describe,
    duration_text, explain, first_words_do, has_words, host_in_words, host_title, learn_words,
    messages, narrate, percent_text, words_file,
};
