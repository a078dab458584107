//! Pure functions from a trace and a moment to things to draw and to say.

mod axis;
mod causes;
mod compare;
mod edits;
mod end;
mod geometry;
mod hit;
mod in_flight;
mod inspector;
mod label;
mod ladder;
mod lanes;
mod log;
mod near;
mod order;
mod plots;
mod prose;
mod queues;
mod script;
mod search;
mod sockets;
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
pub use edits::{edit_in_words, property_in_words, rate_text};
pub use end::{End, Pick, connection_choices, ends};
pub use geometry::{Path, PathStep, Point, Rect};
pub use hit::{REACH_MOUSE, REACH_TOUCH, Target, hit};
pub use in_flight::Dot;
pub use inspector::{
    CellKind, ChecksumWork, Envelope, EnvelopeKind, FieldRow, FragmentRow, HeaderCell, HexLine,
    HexRow, HexRun, Layer, LayerKind, Limits, PacketView, Part, Seen, Sight, SumPart, SumRow,
    SumWord, Verdict, Way, checksum_work, conclusion, envelopes, field_beside, fragments,
    header_diagram, header_field_name, hex_rows, mac_address, packet_view, printable,
    view_of_octets,
};
pub use label::{Detail, LabelLevel, flags_text, segment_label};
pub use ladder::{
    Anchor, Arrow, Band, CallMark, Column, Density, FoldMark, FragmentMark, Ghost, Ghosts, Label,
    Ladder, LadderLayout, LadderScene, Lifeline, MessageMark, NoteMark, NowMark, Overview,
    OverviewRow, Places, SackMark, Tense, Tie, TimeMark, TimerMark, sack_told,
};
pub use lanes::{Flight, HostLanes, Lanes, StateSpan, TimerEnd, TimerSpan};
pub use log::{LogMark, LogRow, log_row};
pub use near::nearest;
pub use plots::{
    GlyphKind, Plot, PlotClock, PlotFlow, PlotGlyphs, PlotKind, PlotLabel, PlotPoint, PlotRow,
    PlotScene, PlotSpot, PlotStroke, PlotTick, PlotView, Track, TrackKind, TrackShape, flow_title,
    plot_csv, plot_flows, plot_row, plot_rows, same_flow, spot_text,
};
pub use prose::{prose_lines, prose_width};
pub use queues::{Queue, Queues, queues};
pub use script::{Programs, Progress, ScriptLine, programs};
pub use search::{FIELDS, FieldInfo, Problem, Query, Said, SearchError};
pub use sockets::{SOCKET_HEAD, SocketText, socket_text};
pub use state_diagram::{
    DIAGRAM_HEIGHT, DIAGRAM_WIDTH, DiagramEdge, DiagramScene, Node, ORDER_RADIUS, Order,
    SMALL_HEIGHT, SMALL_WIDTH, SmallDiagram, SmallNode, SmallWay, Token, small_diagram,
    state_diagram,
};
pub use svg::{
    LADDER_HEADER, Svg, Theme, diagram_svg, draw_diagram, draw_hosts, draw_ladder, draw_present,
    draw_ribbon, draw_small_diagram, ladder_svg, phase, plot_marks, plot_svg, ribbon_height,
    ribbon_svg,
};
pub use tcb::{TcbGroup, TcbRow, tcb, tcb_name};
pub use timers::{TimerRow, timers};
pub use windows::{
    Highlight, HighlightKind, Mark, MarkKind, Piece, Ribbon, RibbonScale, Span, SpanKind, Stream,
    highlights, piece, pieces, receive_window, send_window,
};
#[cfg(feature = "built-in-words")]
pub use words::words_text;
pub use words::{
    Bases, Because, CaptureWords, Context, Locale, Messages, Numbers, Phrase, QuizWords, Side,
    Told, Variable, Words, because, chinese_faults, describe, duration_text, explain,
    first_words_do, first_words_explain, has_words, host_in_words, host_title, learn_words,
    messages, narrate, narrate_these, percent_text, variables, words_file,
};
