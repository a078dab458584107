//! Pure functions from a trace and a moment to things to draw and to say.

mod header;
mod label;
mod log;
mod script;
mod tcb;
mod timers;
mod words;

pub use header::{FieldRow, Layer, LayerKind, PacketView, packet_view, printable};
pub use label::{Detail, flags_text, segment_label};
pub use log::{LogMark, LogRow, log_row};
pub use script::{Progress, ScriptLine, script};
pub use tcb::{TcbGroup, TcbRow, tcb};
pub use timers::{TimerRow, timers};
pub use words::{
    Bases, Because, Context, Locale, Messages, Numbers, Told, because, describe, duration_text,
    explain, messages, narrate,
};
