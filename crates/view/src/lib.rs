//! Pure functions from a trace and a moment to things to draw and to say.

mod axis;
mod causes;
mod compare;
mod geometry;
mod header;
mod hit;
mod in_flight;
mod label;
mod ladder;
mod lanes;
mod log;
mod order;
mod script;
mod search;
mod state_diagram;
mod svg;
mod tcb;
mod timers;
mod windows;
mod words;

pub use axis::{Fold, Playhead, Scale, Tick, TimeAxis};
pub use causes::{Cause, ChainLink, Consequences, cause, chain, consequences};
pub use compare::{
    ComparedRecord, ComparedRow, Figures, Likeness, compared_record, compared_row, figures, row_at,
};
pub use geometry::{Path, PathStep, Point, Rect};
pub use header::{FieldRow, Layer, LayerKind, PacketView, packet_view, printable};
pub use hit::{REACH_MOUSE, REACH_TOUCH, Target, hit};
pub use in_flight::Dot;
pub use label::{Detail, flags_text, segment_label};
pub use ladder::{
    Anchor, Arrow, Band, CallMark, FoldMark, Label, Ladder, LadderLayout, LadderScene, Lifeline,
    Tense, Tie, TimeMark, TimerMark,
};
pub use lanes::{Flight, HostLanes, Lanes, StateSpan, TimerEnd, TimerSpan};
pub use log::{LogMark, LogRow, log_row};
pub use script::{Progress, ScriptLine, script};
pub use search::{FIELDS, FieldInfo, Problem, Query, Said, SearchError};
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
    Bases, Because, Context, Locale, Messages, Numbers, Phrase, Told, Variable, Words, because,
    describe, duration_text, explain, first_words_do, has_words, host_in_words, host_title,
    learn_words, messages, narrate, percent_text, variables, words_file,
};
