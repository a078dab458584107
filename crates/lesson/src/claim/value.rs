//! What an expression may come to.

use std::fmt;

use tcpscope_tcp::{Duration, SeqNumber, State};
use tcpscope_view::{Numbers, duration_text};

/// A value out of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A sequence number, and what relative ones are counted from.
    Seq(SeqNumber, SeqNumber),
    /// A number: of octets, of packets, of anything.
    Number(i128),
    /// A time, in microseconds: a span, or a moment since the beginning.
    Time(i128),
    /// A state.
    State(State),
    /// The flags of a segment, as labels list them.
    Flags(String),
    /// A name or any other text.
    Text(String),
    /// Whether something is so.
    Truth(bool),
    /// There is none yet, or no longer.
    None,
}

impl Value {
    /// What it is, with an article.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Seq(..) => "a sequence number",
            Self::Number(_) => "a number",
            Self::Time(_) => "a time",
            Self::State(_) => "a state",
            Self::Flags(_) => "flags",
            Self::Text(_) => "a text",
            Self::Truth(_) => "true or false",
            Self::None => "nothing",
        }
    }

    /// The value as it is said in the page.
    #[must_use]
    pub fn said(&self, numbers: Numbers) -> String {
        match self {
            Self::Seq(number, base) => match numbers {
                Numbers::Relative => number.distance_from(*base).to_string(),
                Numbers::Absolute => number.to_string(),
            },
            // As the panel has a window that nothing limits.
            Self::Number(number) if *number == i128::from(u32::MAX) => "∞".to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Time(micros) => {
                let span = u64::try_from(micros.unsigned_abs()).unwrap_or(u64::MAX);
                let sign = if *micros < 0 { "−" } else { "" };
                format!("{sign}{}", duration_text(Duration::from_micros(span)))
            }
            Self::State(state) => state.name().to_owned(),
            // As the texts have them.
            Self::Flags(text) => flags(text).collect::<Vec<_>>().join(","),
            Self::Text(text) => text.clone(),
            Self::Truth(truth) => truth.to_string(),
            Self::None => "—".to_owned(),
        }
    }
}

/// As it stands in a message: a sequence number in full, and counted from the first.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seq(number, base) => {
                write!(f, "{number} (relative {})", number.distance_from(*base))
            }
            Self::Text(text) => write!(f, "\"{text}\""),
            Self::None => f.write_str("none"),
            Self::Number(_) | Self::Time(_) | Self::State(_) | Self::Flags(_) | Self::Truth(_) => {
                f.write_str(&self.said(Numbers::Absolute))
            }
        }
    }
}

/// Flags, told apart by nothing but which they are: `SYN,ACK`, `ACK SYN`.
pub(crate) fn same_flags(one: &str, other: &str) -> bool {
    let set = |text: &str| {
        let mut flags: Vec<String> = flags(text).map(str::to_ascii_uppercase).collect();
        flags.sort_unstable();
        flags
    };
    set(one) == set(other)
}

/// The flags that a text lists, however it parts them.
fn flags(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', ',', '+', '/']).filter(|flag| !flag.is_empty())
}
